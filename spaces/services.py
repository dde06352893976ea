"""Acts on editions and deadlines. Dates move: what they were before is always kept."""

import calendar
import datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import clock, journal, permissions
from core.dates import Precision
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.records.models import LinkKind
from core.states import move
from core.text import shown
from spaces.models import DeadlineChange, Edition, EditionChange, EditionDeadline, ParticipationAction
from spaces.states import (
    EDITION_MOVES,
    OPEN_PARTS,
    PARTICIPATION_MOVES,
    EditionState,
    ParticipationKind,
    ParticipationState,
)


def _whole(starts_on, ends_on, precision):
    """Days as they are kept: a month or a year stands from its first day to its last."""
    if starts_on is None:
        return None, None
    ends_on = ends_on or starts_on
    if precision == Precision.YEAR:
        return starts_on.replace(month=1, day=1), ends_on.replace(month=12, day=31)
    if precision == Precision.MONTH:
        return starts_on.replace(day=1), ends_on.replace(day=calendar.monthrange(ends_on.year, ends_on.month)[1])
    return starts_on, ends_on


def _check_days(year, starts_on, ends_on):
    """Raises Incomplete, everything at once, where the days do not fit each other or the year."""
    wrong = {}
    if starts_on is None and ends_on is not None:
        wrong["starts_on"] = _("Enter also when it begins.")
    if starts_on and starts_on.year != year:
        wrong["starts_on"] = _("This day is not in the year of the edition.")
    if starts_on and ends_on and ends_on < starts_on:
        wrong["ends_on"] = _("It cannot end before it begins.")
    if wrong:
        raise Incomplete(wrong)


@transaction.atomic
def add_edition(
    *, space, year, title, language, starts_on, ends_on, precision, zone, city, country, mode, source, actor, now
):
    """Announce an edition of a space. Returns the Edition; raises Incomplete where its days do not fit."""
    _check_days(year, starts_on, ends_on)
    starts_on, ends_on = _whole(starts_on, ends_on, precision)
    edition = Edition(
        space=space, year=year, source_language=language, starts_on=starts_on, ends_on=ends_on,
        date_precision=precision, zone=zone, city=city, country=country, mode=mode, is_demo=space.is_demo,
        sources=[{"url": source}] if source else [],
    )  # fmt: skip
    setattr(edition, f"title_{language}", title)
    records.create("EDI", year, edition)
    journal.record(actor, "edition_announced", edition.code, now, space=space.slug)
    return edition


@transaction.atomic
def move_edition(edition, *, starts_on, ends_on, precision, reason, actor, now):
    """Give an edition other dates; the former ones stay on record. Raises NotNow where it was held or cancelled."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state in (EditionState.HELD, EditionState.CANCELLED):
        raise NotNow(_("It has been held or cancelled: its dates can no longer change."))
    if starts_on is None:
        raise Incomplete({"starts_on": _("Enter when it begins.")})
    _check_days(starts_on.year, starts_on, ends_on)
    starts_on, ends_on = _whole(starts_on, ends_on, precision)
    if (starts_on, ends_on, precision) == (edition.starts_on, edition.ends_on, edition.date_precision):
        raise Incomplete({"starts_on": _("These are already its dates.")})
    EditionChange.objects.create(
        edition=edition, old_starts_on=edition.starts_on, old_ends_on=edition.ends_on,
        old_precision=edition.date_precision, at=now, by=journal.key(actor), note=reason,
    )  # fmt: skip
    edition.starts_on, edition.ends_on, edition.date_precision = starts_on, ends_on, precision
    edition.save(update_fields=["starts_on", "ends_on", "date_precision"])
    records.touch(edition.code)
    journal.record(actor, "edition_moved", edition.code, now, starts_on=str(starts_on), ends_on=str(ends_on))
    return edition


@transaction.atomic
def set_edition_state(edition, state, actor, now):
    """Say how an edition stands: confirmed, held, postponed, cancelled. Raises NotNow where that does not follow."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if state not in EditionState.values:
        raise Incomplete({"state": _("Choose the status of the edition.")})
    state = EditionState(state)
    today = clock.today(now, edition.zone or settings.CASA_ZONE)
    if state == EditionState.HELD and (edition.starts_on is None or edition.starts_on > today):
        raise NotNow(_("It has not started yet, so it cannot have been held."))
    move(edition, state, EDITION_MOVES)
    edition.save(update_fields=["state"])
    records.touch(edition.code)
    journal.record(actor, "edition_state", edition.code, now, state=state)
    return edition


def closing(day, time, zone):
    """The exclusive instant of a deadline; None where only the day is known. Time and zone come together."""
    if (time is None) != (not zone):
        raise Incomplete({"zone": _("A time needs the time zone it was announced in, and a time zone needs a time.")})
    return clock.end_of(datetime.datetime.combine(day, time), zone) if time else None


@transaction.atomic
def add_deadline(*, edition, kind, title, language, opens_on, day, time, zone, source, actor, now):
    """Record a deadline of an edition as it was announced. Returns the EditionDeadline."""
    if opens_on and opens_on > day:
        raise Incomplete({"opens_on": _("It cannot open after it closes.")})
    deadline = EditionDeadline(
        edition=edition, kind=kind, source_language=language, opens_on=opens_on, day=day, zone=zone,
        closes_at=closing(day, time, zone), is_demo=edition.is_demo, sources=[{"url": source}] if source else [],
    )  # fmt: skip
    setattr(deadline, f"title_{language}", title)
    deadline.save()
    records.touch(edition.code)
    journal.record(actor, "deadline_added", edition.code, now, deadline=deadline.pk, day=day.isoformat())
    return deadline


@transaction.atomic
def extend_deadline(deadline, *, day, time, zone, announced_on, reason, actor, now):
    """Move a deadline; the former day stays on record. Reminders, feeds and calendars follow by themselves."""
    deadline = EditionDeadline.objects.select_for_update().get(pk=deadline.pk)
    edition = Edition.objects.get(pk=deadline.edition_id)
    closes_at = closing(day, time, zone)
    if (day, closes_at) == (deadline.day, deadline.closes_at):
        raise Incomplete({"day": _("This is already its day.")})
    if deadline.opens_on and day < deadline.opens_on:
        raise Incomplete({"day": _("It cannot close before it opens.")})
    DeadlineChange.objects.create(
        deadline=deadline, old_day=deadline.day, new_day=day, announced_on=announced_on, at=now, by=journal.key(actor),
        note=reason,
    )  # fmt: skip
    facts = {"deadline": deadline.pk, "from_day": deadline.day.isoformat(), "to_day": day.isoformat()}
    deadline.day, deadline.closes_at, deadline.zone = day, closes_at, zone
    deadline.save(update_fields=["day", "closes_at", "zone"])
    records.touch(edition.code)
    journal.record(actor, "deadline_moved", edition.code, now, **facts)
    return deadline


@transaction.atomic
def record_participation(
    *, edition, organization, kind, title, language, person, state, evidence, visibility, came_from="", actor, now
):
    """Write down what an organisation does in an edition. Returns the ParticipationAction.

    An editor plans; who speaks for the organisation may say at once that it is committed or done. Without a title it
    is called after its kind and the edition. Raises Incomplete where the code it comes from is none.
    """
    came_from = records.origin(came_from, actor, now)
    if edition.state == EditionState.CANCELLED:
        raise NotNow(_("This edition was cancelled."))
    row = ParticipationAction(
        edition=edition, organization=organization, kind=kind, source_language=language, person=person,
        evidence=evidence, visibility=visibility, is_demo=edition.is_demo,
    )  # fmt: skip
    setattr(row, f"title_{language}", title.strip() or _called(kind, edition, language))
    records.create("PAR", edition.year, row)
    if came_from:
        records.link(came_from, row.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    journal.record(
        actor, "participation_recorded", row.code, now, edition=edition.code, organization=organization.acronym
    )
    steps = {"planned": (), "committed": ("committed",), "done": ("committed", "done")}[state]
    for step in steps:
        row = report_participation(row, state=step, reason="", evidence=evidence, actor=actor, now=now)
    return row


def _called(kind, edition, language):
    with override({"pt": "pt-br", "fr": "en"}.get(language, language)):
        return f"{capfirst(ParticipationKind(kind).label)}: {shown(edition, 'title', language).value or edition}"[:240]


@transaction.atomic
def edit_participation(row, *, kind, title, language, person, evidence, visibility, version, actor, now):
    """Correct our part while it is planned or committed. Raises Conflict where another wrote meanwhile, NotNow."""
    row = ParticipationAction.objects.select_for_update().get(pk=row.pk)
    if not row.still_changes:
        raise NotNow(_("It is done or not continued, and can no longer change."))
    if version != row.version:
        raise Conflict(row)
    if row.source_language != language:
        setattr(row, f"title_{row.source_language}", "")
    setattr(row, f"title_{language}", title.strip() or _called(kind, row.edition, language))
    row.source_language, row.kind, row.person = language, kind, person
    row.evidence, row.visibility, row.version = evidence, visibility, row.version + 1
    row.save()
    records.touch(row.code)
    journal.record(actor, "participation_edited", row.code, now)
    return row


@transaction.atomic
def report_participation(row, *, state, reason, evidence, actor, now):
    """Say how our part stands. Committing is for who speaks for the organisation; not continuing needs a reason.

    Raises Refused, NotNow where that does not follow, Incomplete.
    """
    row = ParticipationAction.objects.select_for_update().get(pk=row.pk)
    state = ParticipationState(state)
    if state == ParticipationState.COMMITTED:
        permissions.check_perm(actor, "spaces.commit_participation", row)
    if state == ParticipationState.DROPPED and not reason.strip():
        raise Incomplete({"reason": _("Say why it is not continued.")})
    move(row, state, PARTICIPATION_MOVES)
    row.reason = reason.strip() if state == ParticipationState.DROPPED else ""
    row.evidence = evidence or row.evidence
    row.told_at = now
    row.save(update_fields=["state", "reason", "evidence", "told_at"])
    records.touch(row.code)
    journal.record(actor, "participation_reported", row.code, now, state=state)
    return row


def hand_over_parts(organization, codes, giver, receiver):
    """Name another person on our open parts in editions, in the caller's transaction. Returns those moved."""
    rows = ParticipationAction.objects.select_for_update().filter(
        organization=organization, code__in=codes, person=giver
    )
    moved = list(rows.filter(state__in=OPEN_PARTS).order_by("code"))
    for row in moved:
        row.person = receiver
        row.save(update_fields=["person"])
        records.touch(row.code)
    return moved
