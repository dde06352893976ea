"""Decisions of a meeting."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import Theme
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from core.states import move
from meetings.models import AgendaItem, Decision, Meeting
from meetings.models.translations import set_translations
from meetings.queries.translations import missing_official_text
from meetings.services.conflicts import check_version
from meetings.states import DECISION_MOVES, RECORDING, DecisionState
from spaces.models import Space


@dataclass(frozen=True)
class DecisionContent:
    """What was decided and how; `titles` and `texts` are {language: text}."""

    titles: Mapping[str, str]
    language: str
    how: str
    visibility: str
    texts: Mapping[str, str] = field(default_factory=dict)
    objections: str = ""
    theme: Theme | None = None
    spaces: Iterable[Space] = ()
    item: AgendaItem | None = None
    decided_on: datetime.date | None = None


@transaction.atomic
def record_decision(
    meeting: Meeting,
    *,
    content: DecisionContent,
    came_from: str = "",
    is_demo: bool = False,
    actor: User | None,
    now: datetime.datetime,
) -> Decision:
    """Record a decision under the next number of its meeting. Returns the Decision.

    Without a day it is dated today, or on the nearest day of the meeting.
    Links it to the record with the code `came_from`.
    Raises NotNow before the meeting is convened and once its outcome is published, Incomplete for what is missing.
    """
    meeting = _lock_recording(meeting)
    missing: dict[str, Any] = dict(_missing(content))
    try:
        origin = origin_code(came_from, actor or AnonymousUser(), now)
    except Incomplete as error:
        missing |= error.missing
    if missing:
        raise Incomplete(missing)
    number = (meeting.decisions.aggregate(last=Max("number"))["last"] or 0) + 1
    decision = Decision(
        meeting=meeting, number=number, is_demo=is_demo, decided_on=content.decided_on or _default_day(meeting, now)
    )
    _set_content(decision, content)
    records.create("DEC", meeting.year, decision)
    decision.spaces.set(content.spaces)
    if origin:
        records.link(origin, decision.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    records.touch(meeting.code)
    facts = {"meeting": meeting.code, "how": content.how, "came_from": origin}
    journal.record(actor, "decision_recorded", decision.code, now, **facts)
    return decision


@transaction.atomic
def change_decision(
    decision: Decision,
    *,
    content: DecisionContent,
    base_version: int | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> Decision:
    """Change a decision until its meeting's outcome is published; from then on only its state changes.

    Returns the Decision. Raises NotNow afterwards, Conflict where it changed since `base_version`, Incomplete without
    a title in the official language.
    """
    _lock_recording(decision.meeting)
    decision = lock(decision, "meeting")
    check_version(decision, base_version)
    if missing := _missing(content):
        raise Incomplete(missing)
    _set_content(decision, content)
    decision.decided_on = content.decided_on or decision.decided_on
    decision.save()
    decision.spaces.set(content.spaces)
    records.touch(decision.code)
    records.touch(decision.meeting.code)
    journal.record(actor, "decision_changed", decision.code, now, how=content.how)
    return decision


@transaction.atomic
def set_decision_state(
    decision: Decision, *, state: str, reason: str, actor: User | None, now: datetime.datetime
) -> Decision:
    """Set how far a decision is carried out. Returns the Decision.

    Raises Incomplete where it is not continued without a reason, which the public reads, NotNow for another move.
    """
    decision = lock(decision)
    state = DecisionState(state)
    reason = reason.strip()
    if state == DecisionState.NOT_CONTINUED and not reason:
        raise Incomplete({"reason": _("Say why it is not continued.")})
    move(decision, state, DECISION_MOVES)
    decision.state_reason = reason
    decision.save(update_fields=["state", "state_reason"])
    records.touch(decision.code)
    journal.record(actor, "decision_state_set", decision.code, now, state=state)
    return decision


def _lock_recording(meeting: Meeting) -> Meeting:
    meeting = lock(meeting)
    if meeting.is_published:
        raise NotNow(_("The outcome is published: its decisions are final."))
    if meeting.state not in RECORDING:
        raise NotNow(_("Decisions and actions can be recorded once the meeting is convened."))
    return meeting


def _default_day(meeting: Meeting, now: datetime.datetime) -> datetime.date:
    """Today where the meeting takes place, or the nearest of its days."""
    today = clock.today(now, meeting.zone)
    if meeting.starts_on is None:
        return today
    return min(max(today, meeting.starts_on), meeting.ends_on or meeting.starts_on)


def _missing(content: DecisionContent) -> dict[str, str]:
    message = _("Say what was decided, in the official language.")
    return missing_official_text(content.language, "title", content.titles, message)


def _set_content(decision: Decision, content: DecisionContent) -> None:
    """Set everything but the day and the spaces. The caller saves."""
    set_translations(decision, content.language, title=content.titles, text=content.texts)
    for name in ("how", "objections", "theme", "visibility", "item"):
        setattr(decision, name, getattr(content, name))
