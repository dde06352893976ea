"""Priorities from a spreadsheet: the columns of the export, and what they mean in a card.

Whatever a column says is checked by the card's own form; a word is taken as the reader would write it (a theme by its
slug or its name, a country by its letters or its name, yes in three languages).
"""

from django import forms
from django.utils.translation import gettext as _

from core import countries
from core.sheets import SheetForm
from core.text import content_language
from core.visibility import Visibility
from priorities.forms.plans import DraftForm
from priorities.services.drafts import MOST_CARDS

#: Columns that are taken, in the order in which a row is shown.
TAKEN = (
    "title", "why", "action", "theme", "visibility", "result", "indicator", "month_from", "month_until", "countries",
    "spaces", "wants_partners", "continues", "language",
)  # fmt: skip
#: Columns of the export that say where a row comes from and how it stood: of the rank, the order of the rows is taken.
READ = ("code", "organization", "year", "rank", "state")
YES = {"yes", "y", "1", "true", "sí", "si", "sim", "x"}
SEEN_BY = {
    **dict.fromkeys(("", "community", "comunidad", "comunidade"), Visibility.COMMUNITY.value),
    **dict.fromkeys(("public", "pública", "público", "publica", "publico"), Visibility.PUBLIC.value),
}
NO = {"", "no", "n", "0", "false", "não", "nao"}


class ImportForm(SheetForm):
    """Priorities for the cards of a plan being written."""

    columns, needed = (*TAKEN, *READ), ("title",)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, plan, room, **kwargs):
        """`room` is what DraftForm takes: themes, spaces, earlier priorities."""
        super().__init__(*args, **kwargs)
        self.plan, self.room = plan, room

    def most(self):
        return MOST_CARDS - self.plan.drafts.count()

    def read(self, row, said):
        owner = said.get("organization", "")
        if owner and owner.casefold() != self.plan.organization.acronym.casefold():
            row.problems.append(("organization", _("This row belongs to another organisation.")))
        form = DraftForm(self._data(said, row), **self.room)
        for name, words in form.errors.items():
            row.problems += [(name, sentence) for sentence in words]
        if not row.title:
            row.problems.append(("title", _("A row needs a title.")))
        if not row.problems:
            row.values = form.values()
            row.sees = Visibility(row.values["visibility"]).label

    def _data(self, said, row):
        """A row as the card's form is sent."""
        data = {name: said.get(name, "") for name in ("title", "why", "action", "result", "indicator")}
        data["language"] = said.get("language", "").lower() or content_language()
        data["visibility"] = _visibility(said.get("visibility", ""))
        data["theme"] = _named(said.get("theme", ""), {one.slug: one.name for one in self.room["themes"]})
        for name in ("month_from", "month_until"):
            data[name] = said.get(name, "").lstrip("0")
        data["countries"] = [countries.named(one) or one for one in _parts(said.get("countries", ""))]
        known = {one.slug: one.short_name for one in self.room["spaces"]}
        data["spaces"] = [_named(one, known) for one in _parts(said.get("spaces", ""))]
        data["continues"] = self._continues(said)
        wants = said.get("wants_partners", "").casefold()
        data["wants_partners"] = "on" if wants in YES else ""
        if wants not in YES | NO:
            row.problems.append(("wants_partners", _("Write yes or no.")))
        return data

    def _continues(self, said):
        """What the row continues: as it says, or, in a file exported from an earlier year, the row's own record."""
        if said.get("continues"):
            return said["continues"].upper()
        code = said.get("code", "").upper()
        return code if code in {one.code for one in self.room["earlier"]} else ""


def _parts(text):
    return [one.strip() for one in text.split(";") if one.strip()]


def _named(text, known):
    """The slug of what is written as a slug or by its name; as written where it is neither, to be told."""
    wanted = text.casefold()
    return next((slug for slug, name in known.items() if wanted in (slug, name.casefold())), text)


def _visibility(text):
    """The value of a word as people write it; what nobody said stays among the organisations."""
    return SEEN_BY.get(text.casefold(), text)
