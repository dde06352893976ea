"""An agenda from a spreadsheet: the columns of its export, checked row by row by the item's own form."""

import datetime

from django.utils.translation import gettext as _

from core.sheets import SheetForm
from core.text import content_language
from meetings.forms.agenda import AgendaItemForm
from meetings.services.agenda import MOST_ITEMS, ItemContent
from organizations.models import Organization

#: The columns of the export; `begins_at` is an hour of the meeting's zone, `presenter` an acronym.
COLUMNS = ("title", "language", "kind", "minutes", "day", "begins_at", "presenter", "note", "visibility", "subject")


class AgendaSheetForm(SheetForm):
    """Items for a meeting's agenda."""

    columns, needed = COLUMNS, ("title",)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        #: What the rows that are right say.
        self.contents: list[ItemContent] = []
        self.presenters = {row.acronym.casefold(): row.pk for row in Organization.objects.in_order()}

    def most(self):
        return MOST_ITEMS - self.meeting.agenda.count()

    def read(self, row, texts):
        language = texts.get("language", "").lower() or content_language()
        audience = "public" if self.meeting.visibility == "public" else "community"
        presenter = texts.get("presenter", "")
        form = AgendaItemForm(
            {
                f"title_{language}": texts.get("title", ""),
                "source_language": language,
                "kind": texts.get("kind", "") or "discussion",
                "minutes": texts.get("minutes", "") or "30",
                "day": texts.get("day", ""),
                "begins_at": texts.get("begins_at", ""),
                "note": texts.get("note", ""),
                "visibility": texts.get("visibility", "") or audience,
                "presenter": self.presenters.get(presenter.casefold(), ""),
                "subject": texts.get("subject", ""),
            },
            meeting=self.meeting,
        )
        if presenter and presenter.casefold() not in self.presenters:
            row.problems.append(("presenter", _("There is no organisation with this acronym.")))
        for name, sentences in form.errors.items():
            column = "title" if name.startswith("title_") else "language" if name == "source_language" else name
            row.problems += [(column, sentence) for sentence in sentences]
        if not row.problems:
            row.values = form.cleaned_data
            self.contents.append(form.content())


def row_of(item):
    """An item's values in the order of COLUMNS."""
    begins = item.begins_at.strftime("%H:%M") if isinstance(item.begins_at, datetime.time) else ""
    presenter = item.presenter.acronym if item.presenter else ""
    return [
        item.source_text("title"),
        item.source_language,
        item.kind,
        item.minutes,
        item.day,
        begins,
        presenter,
        item.note,
        item.visibility,
        item.subject,
    ]
