"""Acts on deadlines of editions. They move: what they were before stays on record."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete
from core.locks import lock
from core.records import services as records
from spaces.models import DeadlineChange, Edition, EditionDeadline


@dataclass(frozen=True)
class DeadlinePlan:
    """A deadline as it was announced: `title` in `language`, the last day and, where they were announced, time and zone."""

    kind: str
    title: str
    language: str
    day: datetime.date
    time: datetime.time | None = None
    zone: str = ""
    opens_on: datetime.date | None = None
    #: The public web address that says so.
    source: str = ""


@transaction.atomic
def add_deadline(
    edition: Edition, plan: DeadlinePlan, *, actor: User | None, now: datetime.datetime
) -> EditionDeadline:
    """Record a deadline of an edition.

    Journals `deadline_added`. Raises Incomplete where it opens after it closes, or has a time without its zone.
    """
    if plan.opens_on and plan.opens_on > plan.day:
        raise Incomplete({"opens_on": _("It cannot open after it closes.")})
    deadline = EditionDeadline(
        edition=edition,
        kind=plan.kind,
        source_language=plan.language,
        opens_on=plan.opens_on,
        day=plan.day,
        zone=plan.zone,
        closes_at=_closing_instant(plan.day, plan.time, plan.zone),
        is_demo=edition.is_demo,
        sources=[{"url": plan.source}] if plan.source else [],
    )
    setattr(deadline, f"title_{plan.language}", plan.title)
    deadline.save()
    records.touch(edition.code)
    journal.record(actor, "deadline_added", edition.code, now, deadline=deadline.pk, day=plan.day.isoformat())
    return deadline


@transaction.atomic
def extend_deadline(
    deadline: EditionDeadline,
    *,
    day: datetime.date,
    time: datetime.time | None,
    zone: str,
    announced_on: datetime.date | None,
    reason: str,
    actor: User | None,
    now: datetime.datetime,
) -> EditionDeadline:
    """Move a deadline; the former day stays on record as a DeadlineChange.

    Journals `deadline_moved`. Reminders, feeds and calendars follow by themselves. Raises Incomplete.
    """
    deadline = lock(deadline, "edition")
    closes_at = _closing_instant(day, time, zone)
    if (day, closes_at) == (deadline.day, deadline.closes_at):
        raise Incomplete({"day": _("This is already its day.")})
    if deadline.opens_on and day < deadline.opens_on:
        raise Incomplete({"day": _("It cannot close before it opens.")})
    DeadlineChange.objects.create(
        deadline=deadline,
        old_day=deadline.day,
        new_day=day,
        announced_on=announced_on,
        at=now,
        by=journal.key(actor),
        note=reason,
    )
    facts = {"deadline": deadline.pk, "from_day": deadline.day.isoformat(), "to_day": day.isoformat()}
    deadline.day, deadline.closes_at, deadline.zone = day, closes_at, zone
    deadline.save(update_fields=["day", "closes_at", "zone"])
    records.touch(deadline.edition.code)
    journal.record(actor, "deadline_moved", deadline.edition.code, now, **facts)
    return deadline


def _closing_instant(day: datetime.date, time: datetime.time | None, zone: str) -> datetime.datetime | None:
    """The exclusive instant of a deadline, or None where only the day is known.

    Raises Incomplete for a time without its zone or a zone without a time.
    """
    if (time is None) != (not zone):
        raise Incomplete({"zone": _("A time needs the time zone it was announced in, and a time zone needs a time.")})
    return clock.end_of(datetime.datetime.combine(day, time), zone) if time is not None else None
