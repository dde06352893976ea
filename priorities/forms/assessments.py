"""Looking back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core.visibility import Visibility
from priorities.states import TakenUp


def _words(label, help_text):
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=3000, required=False, widget=area, help_text=help_text)


class AssessmentForm(forms.Form):
    """Three questions; all may wait until it is published."""

    worked = _words(_("What worked"), _("What we would do again."))
    improve = _words(
        _("What to improve"),
        _("One per line. A year later each one is answered: whether it was taken up, and why or why not."),
    )
    next = _words(_("What comes next"), _("What follows from it."))
    visibility = forms.ChoiceField(
        label=_("Who sees this"), choices=[(one.value, one.label) for one in (Visibility.COMMUNITY, Visibility.PUBLIC)],
        help_text=_("Everybody, once it is published. Until then, only the people writing it."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGE_CHOICES)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("worked", "improve", "next"):
            self.fields[name].needed = True


class BeginForm(forms.Form):
    """In whose name one looks back."""

    who = forms.ChoiceField(label=_("On behalf of"), widget=forms.RadioSelect)

    def __init__(self, *args, mine, together, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {one.slug: one for one in mine}
        choices = [(slug, one.acronym) for slug, one in self.by_slug.items()]
        self.fields["who"].choices = [*choices, *([("-", _("all together"))] if together else [])]
        self.initial.setdefault("who", self.fields["who"].choices[0][0])

    @property
    def organization(self):
        return self.by_slug.get(self.cleaned_data["who"])


class ImprovementsForm(forms.Form):
    """For each thing that was to be improved, whether it was taken up; what is left open is not answered."""

    hide_optional = True

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"taken_up_{row.number}"] = forms.ChoiceField(
                label=row.text, choices=[("", _("not answered yet")), *TakenUp.choices], required=False,
                initial=row.taken_up,
            )  # fmt: skip
            self.fields[f"words_{row.number}"] = forms.CharField(
                label=_("How, or why not"), max_length=400, required=False, initial=row.words
            )

    def answers(self):
        """What the service takes."""
        data = self.cleaned_data
        return {row.number: (data[f"taken_up_{row.number}"], data[f"words_{row.number}"]) for row in self.rows}
