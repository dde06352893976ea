"""What pages ask of seats: who held one on a day, who held it before, and until when."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from committees.models import Committee, Seat, Term
from core import clock, dates
from core.records.rows import Row, rows


@dataclass(frozen=True)
class TermLine:
    """A term in words; `chosen` is the record of the meeting or election that chose."""

    term: Term
    is_current: bool = False
    chosen: Row | None = None

    @property
    def since(self) -> str:
        return dates.since(self.term.starts_on, self.term.start_precision)

    @property
    def until(self) -> str:
        """When it ended or is planned to end."""
        if self.term.ended_on:
            return _("until %(last)s") % {"last": dates.span(self.term.ended_on)}
        if self.term.planned_end:
            return " ".join([_("planned until"), dates.span(self.term.planned_end)])
        return _("planned end: not known")

    @property
    def until_and_why(self) -> str:
        """The same, with the reason for which it ended."""
        if self.term.ended_on and self.term.end_reason:
            return f"{self.until} ({self.term.get_end_reason_display()})"
        return self.until


@dataclass(frozen=True)
class Place:
    """A seat as it stood on a day: who held it, or why nobody is named."""

    seat: Seat
    term: Term | None
    #: the last term that had ended by then
    last: Term | None
    #: whether the day lies before anything recorded of this seat
    before_memory: bool
    #: whether the holder's organisation was no longer in the community
    has_left: bool = False

    @property
    def is_vacant(self) -> bool:
        return self.term is None and not self.before_memory and self.seat.committee.holders_known

    @property
    def is_without_source(self) -> bool:
        """Whether nothing says who holds it, which does not mean that it is vacant."""
        return self.term is None and not self.is_vacant and not self.seat.held

    @property
    def line(self) -> TermLine | None:
        return TermLine(self.term) if self.term else None

    @property
    def nobody(self) -> str:
        """In one or two words why nobody is named."""
        if self.is_vacant:
            return _("Vacant")
        return _("Not on record") if self.before_memory else _("Holder not published")

    @property
    def nobody_because(self) -> str:
        """What is known of a seat without a name."""
        if self.is_vacant:
            if self.last is None:
                return _("Nobody is recorded in this seat.")
            return _("Last held by %(name)s.") % {"name": self.last.person.name}
        return _("That day is before what is recorded of this seat.") if self.before_memory else ""


@dataclass(frozen=True)
class SeatHistory:
    """A seat today and everybody who held it, newest first."""

    place: Place
    terms: list[TermLine]


@dataclass(frozen=True)
class CommitteePage:
    """A body with the seats of the community."""

    committee: Committee
    seats: list[SeatHistory]

    @property
    def filled_by(self) -> str:
        """How the seats are filled; empty without a seat."""
        return self.seats[0].place.seat.get_filled_by_display() if self.seats else ""

    @property
    def term_length(self) -> str:
        years = self.committee.term_years
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years} if years else _("not known")


def place_on(seat: Seat, day: datetime.date) -> Place:
    """The Place of a seat on a day; the seat comes from SeatQuerySet.with_terms, so that `held` is known."""
    running = next((term for term in seat.held if term.runs_on(day)), None)
    ended = [term for term in seat.held if term.starts_on <= day and term is not running]
    has_left = running is not None and not running.organization.is_in_on(day)
    return Place(seat, running, ended[0] if ended else None, bool(seat.held) and not running and not ended, has_left)


def committee_page(committee: Committee, user: User | AnonymousUser, now: datetime.datetime) -> CommitteePage:
    """The page of a body for a reader. A constant number of queries."""
    today = clock.today(now, settings.CASA_ZONE)
    seats = list(Seat.objects.filter(committee=committee).in_order().with_terms())
    chosen = rows({term.chosen_in for seat in seats for term in seat.held if term.chosen_in}, user, now)
    histories = []
    for seat in seats:
        seat.committee = committee
        place = place_on(seat, today)
        lines = [TermLine(term, term == place.term, chosen.get(term.chosen_in)) for term in seat.held]
        histories.append(SeatHistory(place, lines))
    return CommitteePage(committee, histories)
