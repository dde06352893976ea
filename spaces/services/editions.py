"""Acts on editions. Dates move: what they were before stays on record."""

import calendar
import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.dates import Precision
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from spaces.models import Edition, EditionChange, Space
from spaces.states import EDITION_MOVES, EditionState, Mode


class Days(NamedTuple):
    """From when until when; neither where it is not known."""

    starts_on: datetime.date | None
    ends_on: datetime.date | None


@dataclass(frozen=True)
class EditionPlan:
    """A new edition as it was announced: `title` in `language`, dates no more exact than `precision`."""

    year: int
    title: str
    language: str
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    precision: str = Precision.DAY
    zone: str = ""
    city: str = ""
    country: str = ""
    mode: str = Mode.UNKNOWN
    #: The public web address that says so.
    source: str = ""


@transaction.atomic
def add_edition(space: Space, plan: EditionPlan, *, actor: User | None, now: datetime.datetime) -> Edition:
    """Announce an edition of a space.

    Journals `edition_announced`. Raises Incomplete where its days do not fit each other or the year.
    """
    _check_days(plan.year, plan.starts_on, plan.ends_on)
    days = _whole_days(plan.starts_on, plan.ends_on, plan.precision)
    edition = Edition(
        space=space,
        year=plan.year,
        source_language=plan.language,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        date_precision=plan.precision,
        zone=plan.zone,
        city=plan.city,
        country=plan.country,
        mode=plan.mode,
        is_demo=space.is_demo,
        sources=[{"url": plan.source}] if plan.source else [],
    )
    setattr(edition, f"title_{plan.language}", plan.title)
    records.create("EDI", plan.year, edition)
    journal.record(actor, "edition_announced", edition.code, now, space=space.slug)
    return edition


@transaction.atomic
def move_edition(
    edition: Edition,
    *,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    precision: str,
    reason: str,
    actor: User | None,
    now: datetime.datetime,
) -> Edition:
    """Give an edition other dates; the former ones stay on record as an EditionChange.

    Journals `edition_moved`. Raises NotNow where it was held or cancelled, and Incomplete where its days do not fit.
    """
    edition = lock(edition)
    if edition.state in (EditionState.HELD, EditionState.CANCELLED):
        raise NotNow(_("It has been held or cancelled: its dates can no longer change."))
    if starts_on is None:
        raise Incomplete({"starts_on": _("Enter when it begins.")})
    _check_days(starts_on.year, starts_on, ends_on)
    days = _whole_days(starts_on, ends_on, precision)
    if (*days, precision) == (edition.starts_on, edition.ends_on, edition.date_precision):
        raise Incomplete({"starts_on": _("These are already its dates.")})
    EditionChange.objects.create(
        edition=edition,
        old_starts_on=edition.starts_on,
        old_ends_on=edition.ends_on,
        old_precision=edition.date_precision,
        at=now,
        by=journal.key(actor),
        note=reason,
    )
    edition.starts_on, edition.ends_on, edition.date_precision = days.starts_on, days.ends_on, precision
    edition.save(update_fields=["starts_on", "ends_on", "date_precision"])
    records.touch(edition.code)
    journal.record(actor, "edition_moved", edition.code, now, starts_on=str(days.starts_on), ends_on=str(days.ends_on))
    return edition


@transaction.atomic
def set_edition_state(edition: Edition, state: str, *, actor: User | None, now: datetime.datetime) -> Edition:
    """Change the status of an edition: confirmed, held, postponed, cancelled.

    Journals `edition_state`. Raises NotNow where that does not follow, and Incomplete where it is no status.
    """
    edition = lock(edition)
    if state not in EditionState.values:
        raise Incomplete({"state": _("Choose the status of the edition.")})
    today = clock.today(now, edition.zone or settings.CASA_ZONE)
    if state == EditionState.HELD and (edition.starts_on is None or edition.starts_on > today):
        raise NotNow(_("It has not started yet, so it cannot have been held."))
    move(edition, EditionState(state), EDITION_MOVES)
    edition.save(update_fields=["state"])
    records.touch(edition.code)
    journal.record(actor, "edition_state", edition.code, now, state=state)
    return edition


def _whole_days(starts_on: datetime.date | None, ends_on: datetime.date | None, precision: str) -> Days:
    """Dates as they are stored: a month or a year from its first day to its last."""
    if starts_on is None:
        return Days(None, None)
    ends_on = ends_on or starts_on
    if precision == Precision.YEAR:
        return Days(starts_on.replace(month=1, day=1), ends_on.replace(month=12, day=31))
    if precision == Precision.MONTH:
        last_day = calendar.monthrange(ends_on.year, ends_on.month)[1]
        return Days(starts_on.replace(day=1), ends_on.replace(day=last_day))
    return Days(starts_on, ends_on)


def _check_days(year: int, starts_on: datetime.date | None, ends_on: datetime.date | None) -> None:
    """Raise Incomplete, everything at once, where the days do not fit each other or the year."""
    wrong = {}
    if starts_on is None and ends_on is not None:
        wrong["starts_on"] = _("Enter also when it begins.")
    if starts_on and starts_on.year != year:
        wrong["starts_on"] = _("This day is not in the year of the edition.")
    if starts_on and ends_on and ends_on < starts_on:
        wrong["ends_on"] = _("It cannot end before it begins.")
    if wrong:
        raise Incomplete(wrong)
