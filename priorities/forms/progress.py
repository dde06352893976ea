"""How everything of an organisation goes, on one page."""

from collections.abc import Sequence
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from priorities.forms.projects import evidence_field
from priorities.models import CommonProject, Priority, ProgressUpdate
from priorities.queries.progress import WorkUnderWay
from priorities.services.progress import Report
from priorities.states import Health


class ProgressPart(NamedTuple):
    """A priority or project, the last report on it, and the fields of the next one."""

    record: Priority | CommonProject
    latest: ProgressUpdate | None
    fields: list[BoundField]


class ProgressAllForm(forms.Form):
    """For each of `rows` a choice, a few words and a link; what is left at "nothing new" is left alone."""

    hide_optional = True

    def __init__(self, *args, rows: Sequence[WorkUnderWay], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for record, _latest in rows:
            self.fields[f"{record.code}.health"] = forms.ChoiceField(
                label=_("Progress"), choices=[("", _("nothing new")), *Health.choices], required=False
            )
            self.fields[f"{record.code}.words"] = forms.CharField(
                label=_("In a few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"{record.code}.evidence"] = evidence_field()

    @property
    def parts(self) -> list[ProgressPart]:
        """The form for the page, record by record."""
        names = ("health", "words", "evidence")
        return [
            ProgressPart(record, latest, [self[f"{record.code}.{name}"] for name in names])
            for record, latest in self.rows
        ]

    def clean(self):
        data = super().clean()
        for record, _latest in self.rows:
            health = f"{record.code}.health"
            has_text = data.get(f"{record.code}.words") or data.get(f"{record.code}.evidence")
            if has_text and not data.get(health) and health not in self.errors:
                self.add_error(health, _("Also choose how it is going."))
        return data

    def reports(self) -> list[Report]:
        """What the service takes: a report on each record of which the writer chose how it goes."""
        data = self.cleaned_data
        return [
            Report(
                record,
                health=data[f"{record.code}.health"],
                words=data[f"{record.code}.words"],
                evidence=data[f"{record.code}.evidence"],
            )
            for record, _latest in self.rows
            if data[f"{record.code}.health"]
        ]
