"""The agenda on the pages that show it: the meeting's, the one to edit it, the one to print."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.models import ActionItem
from core import dates, permissions
from meetings.models import AgendaItem, Meeting, Paper
from meetings.queries import agenda as queries
from meetings.states import ItemKind


@dataclass(frozen=True)
class AgendaLine:
    """An agenda item as its reader sees it."""

    line: queries.AgendaLine
    is_community: bool
    is_editing: bool
    can_add_paper: bool

    @property
    def item(self) -> AgendaItem:
        return self.line.item

    @property
    def starts_at(self) -> datetime.datetime | None:
        return self.line.starts_at

    @property
    def is_break(self) -> bool:
        return self.item.kind == ItemKind.BREAK

    @property
    def length(self) -> str:
        return _("%(n)s min") % {"n": self.item.minutes}

    @property
    def details(self) -> str:
        """`Discussion, 20 min · Room 2 · Public`; for whom it is, the organisations read."""
        kind = "" if self.is_break else f"{capfirst(self.item.get_kind_display())}, "
        room = f" · {self.item.room}" if self.item.room else ""
        visibility = f" · {self.item.get_visibility_display()}" if self.is_community else ""
        return f"{kind}{self.length}{room}{visibility}"

    @property
    def lateness(self) -> str:
        """Said where the items before it run past its time; empty otherwise and for the public."""
        if not self.line.late_by or not self.is_community:
            return ""
        return _("%(n)s min late: the item before it is running over") % {"n": self.line.late_by}

    @property
    def subject(self) -> str:
        """What it treats, for those who act on it; empty for the public."""
        return self.item.subject if self.is_community else ""

    @property
    def note(self) -> str:
        return self.item.note if self.is_community else ""


@dataclass(frozen=True)
class AgendaDay:
    """A day of the agenda, or the items that are on no day yet."""

    day: queries.AgendaDay
    lines: list[AgendaLine]
    heading: str
    #: Said where it is too long; empty otherwise and for the public.
    overrun: str

    @property
    def mark(self) -> str:
        return self.day.mark


@dataclass(frozen=True)
class Agenda:
    """The agenda of a meeting as its reader sees it."""

    days: list[AgendaDay]
    is_editing: bool
    #: Of the item about them; None where the agenda does not treat them, or no longer.
    open_actions: list[ActionItem] | None
    year_before: int


def agenda_of(
    meeting: Meeting,
    items: Iterable[AgendaItem],
    user: Any,
    *,
    is_community: bool,
    is_editing: bool = False,
    is_printing: bool = False,
    open_actions: list[ActionItem] | None = None,
) -> Agenda:
    """The agenda with the items its reader can see."""
    days = queries.agenda_days(meeting, items)
    return Agenda(
        days=[
            AgendaDay(
                day=day,
                lines=[
                    AgendaLine(line, is_community, is_editing, _can_add_paper(line.item, user, is_printing))
                    for line in day.lines
                ],
                heading=_heading(day, is_only=len(days) == 1 and not is_editing),
                overrun=_overrun(day) if is_community else "",
            )
            for day in days
        ],
        is_editing=is_editing,
        open_actions=open_actions,
        year_before=meeting.year - 1,
    )


def _can_add_paper(item: AgendaItem, user: Any, is_printing: bool) -> bool:
    takes_papers = item.kind != ItemKind.BREAK and not is_printing
    return takes_papers and permissions.has_perm(user, "meetings.add_paper", item)


def _heading(day: queries.AgendaDay, is_only: bool) -> str:
    if day.is_known:
        return dates.span(day.day)
    return "" if is_only else _("Not on a day yet")


def _overrun(day: queries.AgendaDay) -> str:
    if not day.over_by:
        return ""
    sentence = ngettext("This day runs over by %(n)s minute.", "This day runs over by %(n)s minutes.", day.over_by)
    return sentence % {"n": day.over_by}


def with_papers(meeting: Meeting, items: Iterable[AgendaItem], user: Any, now: datetime.datetime) -> None:
    """Give each item the papers this reader can see, as `seen_papers`. One query."""
    papers = Paper.objects.visible_to(user, now).by_item(meeting)
    for item in items:
        item.seen_papers = papers.get(item.pk, [])
