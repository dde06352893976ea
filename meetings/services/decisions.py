"""Decisions and the actions that follow from them."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from commons.services import actions
from commons.services.actions import ActionPlan
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from core.states import move
from meetings.models import Decision
from meetings.services.common import is_read_by_all, locked, needs_words, same_as_seen, write_words
from meetings.states import DECISION_MOVES, RECORDING, DecisionState


@transaction.atomic
def record_decision(
    meeting, *, titles, texts, language, how, objections, theme, spaces, visibility, actor, now, item=None,
    decided_on=None, came_from="", is_demo=False,
):  # fmt: skip
    """Write down what the meeting decided, under its next number; `came_from` is the code of what it comes from.

    `titles` and `texts` are {language: words}. Returns the Decision.
    """
    meeting = _recording(meeting)
    came_from = _check(titles, language, actor, now, came_from)
    number = (meeting.decisions.aggregate(last=Max("number"))["last"] or 0) + 1
    decision = Decision(
        meeting=meeting, item=item, number=number, is_demo=is_demo, decided_on=decided_on or _day(meeting, now)
    )
    _write(decision, titles, texts, language, how, objections, theme, visibility)
    records.create("DEC", meeting.year, decision)
    decision.spaces.set(spaces)
    if came_from:
        records.link(came_from, decision.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    records.touch(meeting.code)
    journal.record(actor, "decision_recorded", decision.code, now, meeting=meeting.code, how=how, came_from=came_from)
    return decision


@transaction.atomic
def change_decision(
    decision, *, titles, texts, language, how, objections, theme, spaces, visibility, actor, now, base_version=None,
    decided_on=None, item=None,
):  # fmt: skip
    """Correct a decision until its meeting's outcome is published; then it stands, and only its state moves."""
    _recording(decision.meeting)
    decision = Decision.objects.select_for_update().select_related("meeting").get(pk=decision.pk)
    same_as_seen(decision, base_version)
    _check(titles, language, actor, now)
    _write(decision, titles, texts, language, how, objections, theme, visibility)
    decision.decided_on, decision.item = decided_on or decision.decided_on, item
    decision.save()
    decision.spaces.set(spaces)
    records.touch(decision.code)
    records.touch(decision.meeting.code)
    journal.record(actor, "decision_changed", decision.code, now, how=how)
    return decision


@transaction.atomic
def set_decision_state(decision, state, reason, actor, now):
    """Say how a commitment stands. That it does not continue needs a reason, which the public reads."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
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


@transaction.atomic
def record_action(meeting, *, decision=None, title, language, organization, person, due_on, visibility, actor, now):
    """Note what an organisation undertook, from a decision or from the meeting itself. Returns the ActionItem.

    A public one is read by all once the outcome is published for all.
    """
    meeting = _recording(meeting, also_published=True)
    if decision is not None and decision.meeting_id != meeting.pk:
        raise Incomplete({"decision": _("That decision belongs to another meeting.")})
    if not title.strip():
        raise Incomplete({"title": _("Say what will be done.")})
    plan = ActionPlan(
        title=title.strip(),
        language=language,
        organization=organization,
        year=meeting.year,
        due_on=due_on,
        person=person,
        visibility=visibility,
        is_demo=meeting.is_demo,
    )
    action = actions.record_action(
        plan,
        origin=decision.code if decision else meeting.code,
        held_back=not is_read_by_all(meeting),
        actor=actor,
        now=now,
    )
    records.touch(meeting.code)
    return action


def _recording(meeting, also_published=False):
    meeting = locked(meeting)
    if meeting.state in RECORDING or (also_published and meeting.is_published):
        return meeting
    if meeting.is_published:
        raise NotNow(_("The outcome is published: its decisions are final."))
    raise NotNow(_("Decisions and actions can be recorded once the meeting is convened."))


def _day(meeting, now):
    """The day a decision is dated when nobody says: today there, kept within the meeting's days."""
    today = clock.today(now, meeting.zone)
    return min(max(today, meeting.starts_on), meeting.ends_on or meeting.starts_on) if meeting.starts_on else today


def _check(titles, language, actor, now, came_from=""):
    """The tidied code of what it comes from; raises Incomplete with all that is missing at once."""
    missing = needs_words(language, "title", titles, _("Say what was decided, in the official language."))
    try:
        came_from = origin_code(came_from, actor, now)
    except Incomplete as error:
        missing |= error.missing
    if missing:
        raise Incomplete(missing)
    return came_from


def _write(decision, titles, texts, language, how, objections, theme, visibility):
    write_words(decision, language, title=titles, text=texts)
    decision.how, decision.objections, decision.theme, decision.visibility = how, objections, theme, visibility
    if decision.pk:
        decision.save()
