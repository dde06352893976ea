"""Acts on regulation that is followed: dated steps with their source; what they mean stays among the organisations."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import Theme
from core import clock, journal
from core.errors import Conflict, Incomplete
from core.locks import lock
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from engagement.models import Institution, Regulation, RegulationEvent
from engagement.states import RegulationStage


@dataclass(frozen=True, kw_only=True)
class RegulationDetails:
    """A regulation to be followed, in its own language, with its first known step."""

    kind: str
    title: str
    language: str
    reference: str
    country: str
    body: Institution | None
    themes: Sequence[Theme]
    visibility: str
    on: datetime.date
    stage: str
    source: str
    note: str


@transaction.atomic
def add_regulation(
    details: RegulationDetails, *, came_from: str, actor: User, now: datetime.datetime, is_demo: bool = False
) -> Regulation:
    """Record a regulation with its first known step; `came_from` is the code of an earlier record, or empty.

    Raises Incomplete.
    """
    origin = origin_code(came_from, actor, now)
    wrong = {}
    if not details.title.strip():
        wrong["title"] = _("Enter its name.")
    if not details.country and details.body is None:
        wrong["country"] = _("Choose the country or the body it belongs to.")
    if not details.source:
        wrong["source"] = _missing_source()
    if wrong:
        raise Incomplete(wrong)
    _check_not_ahead(details.on, now)
    regulation = Regulation(
        kind=details.kind,
        source_language=details.language,
        reference=details.reference.strip(),
        country=details.country,
        body=details.body,
        visibility=details.visibility,
        state=details.stage,
        state_on=details.on,
        sources=[{"url": details.source}],
        is_demo=is_demo,
    )
    setattr(regulation, f"title_{details.language}", details.title.strip())
    records.create("REG", details.on.year, regulation)
    regulation.themes.set(details.themes)
    RegulationEvent.objects.create(
        regulation=regulation,
        on=details.on,
        stage=details.stage,
        source=details.source,
        note=details.note.strip(),
        at=now,
        by=journal.key(actor),
    )
    if origin:
        records.link(origin, regulation.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    journal.record(actor, "regulation_added", regulation.code, now)
    return regulation


def _missing_source() -> str:
    return _("Give the public web address that says so: without a source it cannot be recorded.")


def _check_not_ahead(day: datetime.date, now: datetime.datetime) -> None:
    if day > clock.today(now, settings.CASA_ZONE):
        raise Incomplete({"on": _("This day is in the future: record a step once it has happened.")})


@transaction.atomic
def add_event(
    regulation: Regulation,
    *,
    on: datetime.date,
    stage: str,
    source: str,
    note: str,
    actor: User,
    now: datetime.datetime,
) -> RegulationEvent:
    """Record one more dated step, in any order; the regulation's stage becomes that of its latest.

    Raises Incomplete, also where the step is recorded already.
    """
    regulation = lock(regulation)
    if not source:
        raise Incomplete({"source": _missing_source()})
    _check_not_ahead(on, now)
    try:
        with transaction.atomic():
            event = RegulationEvent.objects.create(
                regulation=regulation,
                on=on,
                stage=RegulationStage(stage),
                source=source,
                note=note.strip(),
                at=now,
                by=journal.key(actor),
            )
    except IntegrityError as error:
        raise Incomplete({"stage": _("This step is already recorded for this day.")}) from error
    latest = regulation.events.order_by("-on", "-pk")[0]
    regulation.state, regulation.state_on = latest.stage, latest.on
    if source not in {row["url"] for row in regulation.sources}:
        regulation.sources = [*regulation.sources, {"url": source}]
    regulation.save(update_fields=["state", "state_on", "sources"])
    records.touch(regulation.code)
    journal.record(actor, "regulation_step", regulation.code, now, stage=stage, on=on.isoformat())
    return event


@transaction.atomic
def write_impact(
    regulation: Regulation, *, impact: str, version: int, actor: User, now: datetime.datetime
) -> Regulation:
    """Write what a regulation means for the organisations. Raises Conflict where another wrote meanwhile."""
    regulation = lock(regulation)
    if version != regulation.version:
        raise Conflict(regulation)
    regulation.impact, regulation.version = impact.strip(), regulation.version + 1
    regulation.save(update_fields=["impact", "version"])
    records.touch(regulation.code)
    journal.record(actor, "regulation_assessed", regulation.code, now)
    return regulation
