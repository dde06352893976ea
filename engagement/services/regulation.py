"""Following regulation: dated steps with their source; what they mean for us stays among the organisations."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Conflict, Incomplete
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from engagement.models import Regulation, RegulationEvent
from engagement.states import RegulationStage


@transaction.atomic
def add_regulation(
    *, kind, title, language, reference, country, body, themes, visibility, on, stage, source, note, came_from, actor,
    now, is_demo=False,
):  # fmt: skip
    """Write down a regulation with its first known step. Returns the Regulation; raises Incomplete, all at once."""
    came_from = origin_code(came_from, actor, now)
    wrong = {}
    if not title.strip():
        wrong["title"] = _("Enter its name.")
    if not country and body is None:
        wrong["country"] = _("Choose the country or the body it belongs to.")
    if not source:
        wrong["source"] = _("Give the public web address that says so: without a source it cannot be recorded.")
    if wrong:
        raise Incomplete(wrong)
    _not_ahead(on, now)
    row = Regulation(
        kind=kind, source_language=language, reference=reference.strip(), country=country, body=body,
        visibility=visibility, state=stage, state_on=on, sources=[{"url": source}], is_demo=is_demo,
    )  # fmt: skip
    setattr(row, f"title_{language}", title.strip())
    records.create("REG", on.year, row)
    row.themes.set(themes)
    RegulationEvent.objects.create(
        regulation=row, on=on, stage=stage, source=source, note=note.strip(), at=now, by=journal.key(actor)
    )
    if came_from:
        records.link(came_from, row.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    journal.record(actor, "regulation_added", row.code, now)
    return row


def _not_ahead(on, now):
    if on > clock.today(now, settings.CASA_ZONE):
        raise Incomplete({"on": _("This day is in the future: record a step once it has happened.")})


@transaction.atomic
def add_event(row, *, on, stage, source, note, actor, now):
    """One more dated step, in any order; the stage is that of the latest. Raises Incomplete where it is there already."""
    row = Regulation.objects.select_for_update().get(pk=row.pk)
    if not source:
        raise Incomplete(
            {"source": _("Give the public web address that says so: without a source it cannot be recorded.")}
        )
    _not_ahead(on, now)
    try:
        with transaction.atomic():
            event = RegulationEvent.objects.create(
                regulation=row, on=on, stage=RegulationStage(stage), source=source, note=note.strip(), at=now,
                by=journal.key(actor),
            )  # fmt: skip
    except IntegrityError as error:
        raise Incomplete({"stage": _("This step is already recorded for this day.")}) from error
    latest = row.events.order_by("-on", "-pk").first()
    row.state, row.state_on = latest.stage, latest.on
    if source not in {one["url"] for one in row.sources}:
        row.sources = [*row.sources, {"url": source}]
    row.save(update_fields=["state", "state_on", "sources"])
    records.touch(row.code)
    journal.record(actor, "regulation_step", row.code, now, stage=stage, on=on.isoformat())
    return event


@transaction.atomic
def write_impact(row, *, impact, version, actor, now):
    """What it means for the organisations. Raises Conflict where another wrote meanwhile."""
    row = Regulation.objects.select_for_update().get(pk=row.pk)
    if version != row.version:
        raise Conflict(row)
    row.impact, row.version = impact.strip(), row.version + 1
    row.save(update_fields=["impact", "version"])
    records.touch(row.code)
    journal.record(actor, "regulation_assessed", row.code, now)
    return row
