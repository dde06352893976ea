"""How everything of an organisation goes, on one page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from priorities.forms.projects import evidence_field
from priorities.states import Health


class ProgressAllForm(forms.Form):
    """For each of `rows` a choice, a few words and a link; what is left at "nothing new" is left alone."""

    hide_optional = True

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"{row.code}.health"] = forms.ChoiceField(
                label=_("Progress"), choices=[("", _("nothing new")), *Health.choices], required=False
            )
            self.fields[f"{row.code}.words"] = forms.CharField(
                label=_("In a few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"{row.code}.evidence"] = evidence_field()

    @property
    def parts(self):
        """[(row, its three fields)] for the page."""
        return [(row, [self[f"{row.code}.{name}"] for name in ("health", "words", "evidence")]) for row in self.rows]

    def clean(self):
        data = super().clean()
        for row in self.rows:
            said = data.get(f"{row.code}.words") or data.get(f"{row.code}.evidence")
            if said and not data.get(f"{row.code}.health") and f"{row.code}.health" not in self.errors:
                self.add_error(f"{row.code}.health", _("Also choose how it is going."))
        return data

    def entries(self):
        """What the service takes: those of which something is told."""
        data = self.cleaned_data
        return [
            (row, data[f"{row.code}.health"], data[f"{row.code}.words"], data[f"{row.code}.evidence"])
            for row in self.rows
            if data[f"{row.code}.health"]
        ]
