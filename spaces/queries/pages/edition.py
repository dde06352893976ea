"""The page of an edition: its dates in words, how they moved, its deadlines, and what is still possible."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import clock, dates
from spaces.models import DeadlineChange, Edition, EditionChange, EditionDeadline, ParticipationAction
from spaces.states import EDITION_MOVES, EditionState

PRECISION_NOTES = {
    dates.Precision.MONTH: gettext_lazy("The source gives the month, not the days."),
    dates.Precision.YEAR: gettext_lazy("The source gives only the year."),
}


@dataclass(frozen=True)
class FormerDates:
    """Dates an edition no longer has, with when they were changed and why."""

    change: EditionChange

    @property
    def text(self) -> str:
        change = self.change
        return dates.span(change.old_starts_on, change.old_ends_on, change.old_precision) or _("no dates")


@dataclass(frozen=True)
class Extension:
    """A day that a deadline no longer has."""

    change: DeadlineChange

    @property
    def text(self) -> str:
        if self.change.old_day:
            return _("Deadline extended; it was %(former)s.") % {"former": dates.span(self.change.old_day)}
        return _("Deadline extended; we did not find the original date.")


@dataclass(frozen=True)
class DatedDeadline:
    deadline: EditionDeadline
    is_over: bool

    @property
    def opens_on(self) -> datetime.date | None:
        """The day it opens, where it closes at a time; where it closes with a day, the two are one sentence."""
        return self.deadline.opens_on if self.deadline.closes_at else None

    @property
    def extensions(self) -> list[Extension]:
        return [Extension(change) for change in self.deadline.moves]


@dataclass(frozen=True)
class EditionPage:
    """`participation` is what this reader may see of our part."""

    edition: Edition
    former_dates: list[FormerDates]
    deadlines: list[DatedDeadline]
    participation: list[ParticipationAction]

    @property
    def dates(self) -> str:
        edition = self.edition
        known = dates.span(edition.starts_on, edition.ends_on, edition.date_precision)
        return known or _("Its dates are not known yet.")

    @property
    def precision_note(self) -> str:
        """That the dates are less exact than a day; empty where they are not, or are not known."""
        if self.edition.starts_on is None:
            return ""
        return str(PRECISION_NOTES.get(dates.Precision(self.edition.date_precision), ""))

    @property
    def has_untimed(self) -> bool:
        """Whether a deadline closes with a day, because no time was announced."""
        return any(line.deadline.closes_at is None for line in self.deadlines)

    @property
    def moves(self) -> list[EditionState]:
        """The states it may get."""
        return [state for state in EditionState if state in EDITION_MOVES[EditionState(self.edition.state)]]

    @property
    def may_move(self) -> bool:
        """Whether its dates can still change."""
        return self.edition.state not in (EditionState.HELD, EditionState.CANCELLED)

    @property
    def is_on(self) -> bool:
        return self.edition.state != EditionState.CANCELLED


def edition_page(edition: Edition, user: User | AnonymousUser, now: datetime.datetime) -> EditionPage:
    """The page of an edition read `with_deadlines`, for this reader. Two queries."""
    today = clock.today(now, settings.CASA_ZONE)
    return EditionPage(
        edition=edition,
        former_dates=[FormerDates(change) for change in edition.changes.order_by("pk")],
        deadlines=[DatedDeadline(line, line.day < today) for line in edition.dated_deadlines],
        participation=list(edition.participation.visible_to(user, now).in_order()),
    )
