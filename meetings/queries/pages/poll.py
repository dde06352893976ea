"""The page of a date poll: until when it is open, what each organisation answered, what can be decided."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import permissions
from meetings.models import DatePoll, Meeting
from meetings.queries.polls import PollDate, PollResult, poll_result
from meetings.states import MeetingState, PollState


@dataclass(frozen=True)
class PollRow:
    """One date, with what speaks against it."""

    date: PollDate

    @property
    def holidays_in_words(self) -> str:
        """`Holiday in 2 countries`; empty where there is none."""
        count = len(self.date.holidays)
        sentence = ngettext("Holiday in %(n)s country", "Holiday in %(n)s countries", count)
        return sentence % {"n": count} if count else ""

    @property
    def holidays(self) -> str:
        return ", ".join(self.date.holidays)

    @property
    def look(self) -> str:
        """Of the button that chooses it."""
        return "small" if self.date.has_quorum else "small quiet"


@dataclass(frozen=True)
class PollPage:
    """A date poll as its reader sees it."""

    poll: DatePoll
    accepts: bool
    can_decide: bool
    result: PollResult

    @property
    def meeting(self) -> Meeting:
        return self.poll.meeting

    @property
    def links_meeting(self) -> bool:
        """Whether the meeting has a page for its reader: of a planned one only the coordination team knows."""
        return self.can_decide or self.meeting.state != MeetingState.PLANNED

    @property
    def is_decided(self) -> bool:
        return self.poll.state == PollState.DECIDED

    @property
    def is_withdrawn(self) -> bool:
        return self.poll.state == PollState.WITHDRAWN

    @property
    def closing_words(self) -> str:
        """They stand before the moment at which it closes."""
        return _("Answers accepted until") if self.accepts else _("Closed since")

    @property
    def progress(self) -> str:
        values = {"n": self.result.answered, "all": len(self.result.organizations)}
        return _("%(n)s of %(all)s organisations have answered.") % values

    @property
    def support_in_words(self) -> str:
        """How many organisations a date needs."""
        sentence = ngettext(
            "A date has enough support with %(n)s organisation. The best answer of each organisation counts.",
            "A date has enough support with %(n)s organisations. The best answer of each organisation counts.",
            self.poll.quorum,
        )
        return sentence % {"n": self.poll.quorum}

    @property
    def dates(self) -> list[PollRow]:
        return [PollRow(date) for date in self.result.dates]

    @property
    def waiting(self) -> str:
        """Those who are reminded, while it is open."""
        is_open = self.poll.state == PollState.OPEN
        return ", ".join(one.acronym for one in self.result.waiting) if is_open else ""


def poll_page(poll: DatePoll, user: Any, now: datetime.datetime) -> PollPage:
    """The page for its reader."""
    return PollPage(
        poll=poll,
        accepts=poll.accepts(now),
        can_decide=poll.state == PollState.OPEN and permissions.has_perm(user, "meetings.poll_dates", poll),
        result=poll_result(poll, user, now),
    )
