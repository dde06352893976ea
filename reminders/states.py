"""When each kind of thing is told: whole days before it is due and, where it may be late, after."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

#: How late a reminder may still be planned; what is older is past its use.
GRACE = datetime.timedelta(days=2)
#: How long before its moment a reminder is written, so that it can be seen waiting.
AHEAD = datetime.timedelta(hours=12)
#: Nobody is written to between these hours of theirs.
WAKES, SLEEPS = 8, 21


@dataclass(frozen=True)
class Times:
    """`before` 0 is the morning of the last day itself."""

    before: tuple[int, ...]
    after: tuple[int, ...] = ()

    @property
    def offsets(self):
        return (*(-days for days in self.before), *self.after)


TIMES = {
    "priorities.plan": Times((14, 7, 2, 0)),
    "meetings.meeting": Times((7, 1)),
    "meetings.poll": Times((3, 1)),
    "meetings.sign_off": Times((1, 0)),
    "commons.action": Times((7, 1), after=(1, 8, 15, 22)),
    "priorities.milestone": Times((7, 1), after=(1, 8)),
    "edition_deadline": Times((14, 3)),
    "elections.nomination": Times((5, 1)),
    "elections.vote": Times((3, 1, 0)),
    "elections.office": Times((0,), after=(1, 4)),
    "committees.term": Times((60, 14)),
}

#: What each is called where one chooses what to be reminded of.
LABELS = {
    "priorities.plan": _("Priorities to submit"),
    "meetings.meeting": _("Upcoming meetings"),
    "meetings.poll": _("Dates of meetings to answer"),
    "meetings.sign_off": _("Communiqués to sign"),
    "commons.action": _("Actions that are due"),
    "priorities.milestone": _("Milestones of common projects"),
    "edition_deadline": _("Deadlines of governance spaces"),
    "elections.nomination": _("Nominations to answer"),
    "elections.vote": _("Votes to cast"),
    "elections.office": _("Elections in your charge"),
    "committees.term": _("Terms ending"),
}


def mail_kind(kind):
    """The kind of mail that reminds of a kind of due."""
    return f"reminder.{kind}"
