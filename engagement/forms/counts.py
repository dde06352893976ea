"""How many took part in a training, and programmes of training."""

import re

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import countries
from engagement.forms.hosted import LANGUAGES
from engagement.services.training import MOST_TRAINEES
from engagement.states import TraineeRole

LINE = re.compile(r"\s*(?P<country>.+?)[\s:;,=]+(?P<number>\d{1,6})\s*", re.ASCII)
COUNTS_READERS = _("the hosts and the coordination team; nobody else sees a number below five")


class CountsForm(forms.Form):
    """One line a country, one number a role. Both count the same people."""

    by_country = forms.CharField(
        label=_("By country"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line per country, like “UY 12” or “Uruguay 12”."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["by_country"].who_sees = COUNTS_READERS
        for role in TraineeRole:
            self.fields[f"role_{role.value}"] = forms.IntegerField(
                label=capfirst(role.label), required=False, min_value=0, max_value=MOST_TRAINEES
            )

    def clean_by_country(self):
        counts, wrong = {}, []
        for line in filter(str.strip, self.cleaned_data["by_country"].splitlines()):
            parts = LINE.fullmatch(line)
            code = countries.named(parts["country"]) if parts else ""
            if not code:
                wrong.append(line.strip()[:60])
            elif code in counts:
                raise forms.ValidationError(_("%(country)s appears twice."), params={"country": parts["country"]})
            else:
                counts[code] = int(parts["number"])
        if wrong:
            raise forms.ValidationError(
                _("These lines could not be read: %(lines)s"), params={"lines": "; ".join(wrong)}
            )
        return counts

    def values(self):
        """What the service takes."""
        data = self.cleaned_data
        by_role = {role.value: data[f"role_{role.value}"] or 0 for role in TraineeRole}
        return {"by_country": data["by_country"], "by_role": by_role, "version": data["version"]}


def counts_of(row):
    """What the form begins with."""
    lines = "\n".join(f"{countries.name(code)} {number}" for code, number in sorted(row.by_country.items()))
    roles = {f"role_{role}": number for role, number in row.by_role.items()}
    return {"by_country": lines, "version": row.version, **roles}


class ProgrammeForm(forms.Form):
    """A series of training."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGES)
