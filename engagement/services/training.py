"""Acts on training for judges, prosecutors and law enforcement: sessions and counts, never people."""

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from core import countries, journal
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from engagement.models import TrainingProgramme, TrainingSession
from engagement.services import hosted
from engagement.states import SESSION_MOVES, SessionState, TraineeRole

MOST_TRAINEES = 100_000


@transaction.atomic
def add_programme(
    *, name: str, description: str, language: str, actor: User, now: datetime.datetime, is_demo: bool = False
) -> TrainingProgramme:
    """Create a series of training. Raises Incomplete where its name is taken."""
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
def add_session(
    programme: TrainingProgramme,
    *,
    details: hosted.HostedDetails,
    came_from: str,
    actor: User,
    now: datetime.datetime,
    is_demo: bool = False,
) -> TrainingSession:
    """Record a session that is planned; `came_from` is the code of an earlier record, or empty. Raises Incomplete."""
    session = TrainingSession(programme=programme, is_demo=is_demo)
    hosted.fill(session, details)
    hosted.create("TRA", session, details, came_from=came_from, actor=actor, now=now)
    journal.record(actor, "session_added", session.code, now)
    return session


@transaction.atomic
def edit_session(
    session: TrainingSession, *, details: hosted.HostedDetails, version: int, actor: User, now: datetime.datetime
) -> TrainingSession:
    """Correct a session, until it is published or cancelled.

    Raises NotNow, Incomplete, and Conflict where another wrote meanwhile.
    """
    session = lock(session)
    _check_can_change(session)
    hosted.update(session, details, version=version, actor=actor, now=now)
    journal.record(actor, "session_edited", session.code, now)
    return session


def _check_can_change(session: TrainingSession) -> None:
    if session.state in (SessionState.PUBLISHED, SessionState.CANCELLED):
        raise NotNow(_("It is published or cancelled and can no longer change."))


@transaction.atomic
def count_session(
    session: TrainingSession,
    *,
    by_country: Mapping[str, int],
    by_role: Mapping[str, int],
    version: int,
    actor: User,
    now: datetime.datetime,
) -> TrainingSession:
    """Record how many took part in a session that was held, by country (two letters) and by role.

    Both tables have the same sum: they count the same people.
    Raises NotNow, Conflict, Incomplete.
    """
    session = lock(session)
    _check_can_change(session)
    if session.state != SessionState.HELD:
        raise NotNow(_("Participants can be counted once it has been held."))
    if version != session.version:
        raise Conflict(session)
    by_country = {code: number for code, number in by_country.items() if number}
    by_role = {role: number for role, number in by_role.items() if number}
    _check_counts(by_country, by_role)
    session.by_country, session.by_role, session.version = by_country, by_role, session.version + 1
    session.save(update_fields=["by_country", "by_role", "version"])
    records.touch(session.code)
    journal.record(actor, "session_counted", session.code, now)
    return session


def _check_counts(by_country: Mapping[str, int], by_role: Mapping[str, int]) -> None:
    wrong = {}
    if any(not countries.is_country(code) for code in by_country):
        wrong["by_country"] = _("No country has this code.")
    if set(by_role) - set(TraineeRole.values):
        wrong["by_role"] = _("There is no such role.")
    for name, table in (("by_country", by_country), ("by_role", by_role)):
        if any(not isinstance(number, int) or not 0 < number <= MOST_TRAINEES for number in table.values()):
            wrong[name] = _("Write whole numbers.")
    if wrong:
        raise Incomplete(wrong)
    first, second = sum(by_country.values()), sum(by_role.values())
    if first != second:
        sentence = _("By country there are %(first)s, by role %(second)s: both tables must count the same people.")
        raise Incomplete({"by_role": sentence % {"first": first, "second": second}})


@transaction.atomic
def set_session_state(session: TrainingSession, *, state: str, actor: User, now: datetime.datetime) -> TrainingSession:
    """Record that a session was held or is cancelled; the coordination team publishes it.

    Raises PermissionDenied, NotNow.
    """
    session = lock(session)
    hosted.change_state(
        session,
        SessionState(state),
        SESSION_MOVES,
        verb="session_state",
        publishing="engagement.publish_session",
        actor=actor,
        now=now,
    )
    return session
