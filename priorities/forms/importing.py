"""Priorities from a spreadsheet: the columns of the export, and what they mean in a draft.

Whatever a column says is checked by the draft's own form; a word is taken as the reader would write it (a theme by its
slug or its name, a country by its letters or its name, yes in three languages).
"""

from django import forms
from django.utils.translation import gettext as _

from core import countries
from core.sheets import SheetForm
from core.text import content_language
from core.visibility import Visibility
from priorities.forms.drafts import DraftForm
from priorities.models import PriorityPlan
from priorities.queries.drafts import DraftChoices
from priorities.services.drafts import MOST_DRAFTS

#: Columns that are taken, in the order in which a row is shown.
TAKEN = (
    "title",
    "why",
    "action",
    "theme",
    "visibility",
    "result",
    "indicator",
    "month_from",
    "month_until",
    "countries",
    "spaces",
    "wants_partners",
    "continues",
    "language",
)
#: Columns of the export that are known and not taken: where a row comes from and how it went. Ranks follow the rows.
KNOWN = ("code", "organization", "year", "rank", "state")
YES = {"yes", "y", "1", "true", "sí", "si", "sim", "x"}
VISIBILITIES = {
    **dict.fromkeys(("", "community", "comunidad", "comunidade"), Visibility.COMMUNITY.value),
    **dict.fromkeys(("public", "pública", "público", "publica", "publico"), Visibility.PUBLIC.value),
}
NO = {"", "no", "n", "0", "false", "não", "nao"}


class ImportForm(SheetForm):
    """Priorities for the drafts of a plan being written."""

    columns, needed = (*TAKEN, *KNOWN), ("title",)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, plan: PriorityPlan, choices: DraftChoices, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan, self.choices = plan, choices

    def most(self):
        return MOST_DRAFTS - self.plan.drafts.count()

    def read(self, row, cells):
        owner = cells.get("organization", "")
        if owner and owner.casefold() != self.plan.organization.acronym.casefold():
            row.problems.append(("organization", _("This row belongs to another organisation.")))
        form = DraftForm(self._data(cells, row), choices=self.choices)
        for name, sentences in form.errors.items():
            row.problems += [(name, sentence) for sentence in sentences]
        if not row.title:
            row.problems.append(("title", _("A row needs a title.")))
        if not row.problems:
            row.values = form.values()
            row.sees = Visibility(row.values["visibility"]).label

    def _data(self, cells, row):
        """A row as the draft's form is sent."""
        data = {name: cells.get(name, "") for name in ("title", "why", "action", "result", "indicator")}
        data["language"] = cells.get("language", "").lower() or content_language()
        data["visibility"] = _visibility(cells.get("visibility", ""))
        data["theme"] = _named(cells.get("theme", ""), {theme.slug: theme.name for theme in self.choices.themes})
        for name in ("month_from", "month_until"):
            data[name] = cells.get(name, "").lstrip("0")
        data["countries"] = [countries.named(part) or part for part in _parts(cells.get("countries", ""))]
        known = {space.slug: space.short_name for space in self.choices.spaces}
        data["spaces"] = [_named(part, known) for part in _parts(cells.get("spaces", ""))]
        data["continues"] = self._continues(cells)
        wants = cells.get("wants_partners", "").casefold()
        data["wants_partners"] = "on" if wants in YES else ""
        if wants not in YES | NO:
            row.problems.append(("wants_partners", _("Write yes or no.")))
        return data

    def _continues(self, cells):
        """What the row continues: as it says, or, in a file exported from an earlier year, the row's own record."""
        if cells.get("continues"):
            return cells["continues"].upper()
        code = cells.get("code", "").upper()
        return code if code in {priority.code for priority in self.choices.earlier} else ""


def _parts(text):
    return [part.strip() for part in text.split(";") if part.strip()]


def _named(text, known):
    """The slug of what is written as a slug or by its name; as written where it is neither, for the form to refuse."""
    wanted = text.casefold()
    return next((slug for slug, name in known.items() if wanted in (slug, name.casefold())), text)


def _visibility(text):
    """The value of a word as people write it; an empty one stays among the organisations."""
    return VISIBILITIES.get(text.casefold(), text)
