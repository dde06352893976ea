"""Training for judges, prosecutors and law enforcement: sessions and counts, never people."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import countries, journal
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from engagement.models import TrainingProgramme, TrainingSession
from engagement.services import common
from engagement.states import SESSION_MOVES, SessionState, TraineeRole

MOST = 100_000


@transaction.atomic
def add_programme(*, name, description, language, actor, now, is_demo=False):
    """A series of training. Returns the TrainingProgramme; raises Incomplete where its name is taken."""
    programme = TrainingProgramme(slug=slugify(name)[:60] or "programme", source_language=language, is_demo=is_demo)
    setattr(programme, f"name_{language}", name.strip())
    setattr(programme, f"description_{language}", description.strip())
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        raise Incomplete({"name": _("There is already a programme with this name.")}) from error
    journal.record(actor, "programme_added", programme.slug, now)
    return programme


@transaction.atomic
def add_session(programme, *, actor, now, is_demo=False, **values):
    """Write down a session that is planned. Returns the TrainingSession; raises Incomplete, all at once."""
    row = TrainingSession(programme=programme, is_demo=is_demo)
    common.fill(row, values)
    common.add("TRA", row, values, actor, now)
    journal.record(actor, "session_added", row.code, now)
    return row


@transaction.atomic
def edit_session(row, *, version, actor, now, **values):
    """Correct it, until it is published or cancelled. Raises Conflict where another wrote meanwhile."""
    row = TrainingSession.objects.select_for_update().get(pk=row.pk)
    _still_changes(row)
    common.changed(row, version, values, actor, now)
    journal.record(actor, "session_edited", row.code, now)
    return row


def _still_changes(row):
    if row.state in (SessionState.PUBLISHED, SessionState.CANCELLED):
        raise NotNow(_("It is published or cancelled and can no longer change."))


@transaction.atomic
def count_session(row, *, by_country, by_role, version, actor, now):
    """Write how many took part, by country (two letters) and by role, once it was held.

    Both tables have the same sum: they count the same people. Raises NotNow, Conflict, Incomplete.
    """
    row = TrainingSession.objects.select_for_update().get(pk=row.pk)
    _still_changes(row)
    if row.state != SessionState.HELD:
        raise NotNow(_("Participants can be counted once it has been held."))
    if version != row.version:
        raise Conflict(row)
    by_country = {code: number for code, number in by_country.items() if number}
    by_role = {role: number for role, number in by_role.items() if number}
    wrong = {}
    if any(not countries.is_country(code) for code in by_country):
        wrong["by_country"] = _("No country has this code.")
    if set(by_role) - set(TraineeRole.values):
        wrong["by_role"] = _("There is no such role.")
    for name, table in (("by_country", by_country), ("by_role", by_role)):
        if any(not isinstance(n, int) or not 0 < n <= MOST for n in table.values()):
            wrong[name] = _("Write whole numbers.")
    if wrong:
        raise Incomplete(wrong)
    first, second = sum(by_country.values()), sum(by_role.values())
    if first != second:
        words = _("By country there are %(first)s, by role %(second)s: both tables must count the same people.")
        raise Incomplete({"by_role": words % {"first": first, "second": second}})
    row.by_country, row.by_role, row.version = by_country, by_role, row.version + 1
    row.save(update_fields=["by_country", "by_role", "version"])
    records.touch(row.code)
    journal.record(actor, "session_counted", row.code, now)
    return row


@transaction.atomic
def set_session_state(row, state, *, actor, now):
    """Say that it was held or is cancelled; the coordination team publishes. Raises NotNow, Refused."""
    row = TrainingSession.objects.select_for_update().get(pk=row.pk)
    return common.moved(
        row, SessionState(state), SESSION_MOVES, publishing="engagement.publish_session", verb="session_state",
        actor=actor, now=now,
    )  # fmt: skip
