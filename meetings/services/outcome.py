"""The outcome text, and its publication by hand or as a communiqué."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import SignOff, Text, TextVersion
from commons.services import texts
from commons.states import SIGNED
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from core.visibility import Visibility
from meetings.emails import ask_to_sign
from meetings.models import Communique, Meeting
from meetings.queries.outcome import outcome_blockers
from meetings.services.actions import update_held_back_actions
from meetings.states import COMMUNIQUE_MOVES, MEETING_MOVES, CommuniqueState, MeetingState
from organizations.models import Organization


@transaction.atomic
def write_outcome(
    meeting: Meeting,
    *,
    language: str,
    body: str,
    base_number: int = 0,
    reviewer: str = "",
    official_language: str | None = None,
    actor: User | None,
    now: datetime.datetime,
) -> TextVersion:
    """Add a version of the outcome in one language. Returns the TextVersion.

    The first version ever written sets the official language. A new official version after publication is a dated
    correction; before it, the signing of a communiqué begins again, and those who had answered are written to.
    Publishes a communiqué whose time has come first.
    Raises Conflict, carrying the newer version, where somebody wrote meanwhile, NotNow before the meeting is convened,
    Incomplete for an empty text.
    """
    meeting = lock(meeting)
    communique = _lock_communique_of(meeting)
    if communique is not None and publish_if_due(communique, now=now):
        meeting = lock(meeting)
    if meeting.state in (MeetingState.PLANNED, MeetingState.CANCELLED):
        raise NotNow(_("The outcome can be written once the meeting is convened."))
    if not body.strip():
        raise Incomplete({"body": _("Write the text.")})
    if meeting.outcome is None:
        meeting.outcome = Text.objects.create(authoritative_language=official_language or meeting.source_language)
        meeting.save(update_fields=["outcome"])
    is_official = language == meeting.outcome.authoritative_language
    version = texts.write_version(
        meeting.outcome,
        language=language,
        body=body.strip(),
        base_number=base_number,
        reviewer="" if is_official else reviewer.strip(),
        actor=actor,
        now=now,
    )
    if version.written_at == now:
        records.touch(meeting.code)
        verb = "outcome_corrected" if meeting.is_published and is_official else "outcome_written"
        journal.record(actor, verb, meeting.code, now, language=language, number=version.number)
        if communique is not None and is_official:
            _reopen_signing(communique, version, actor, now)
    return version


def _lock_communique_of(meeting: Meeting) -> Communique | None:
    communique = Communique.objects.filter(meeting=meeting).first()
    return lock(communique, "meeting") if communique else None


def _reopen_signing(communique: Communique, version: TextVersion, actor: User | None, now: datetime.datetime) -> None:
    """Open another official version for signing: signatures to the old one no longer count. Not after publication."""
    if communique.state != CommuniqueState.SIGNING:
        return
    answered = SignOff.objects.filter(version=communique.version)
    organizations = list(Organization.objects.filter(pk__in=answered.values("organization")).in_order())
    communique.version = version
    update_is_signed(communique)
    ask_to_sign(communique, "sign_again", now, organizations)
    facts = {"asked": len(organizations)}
    journal.record(actor, "communique_asked_anew", communique.meeting.code, now, **facts)


@transaction.atomic
def publish_meeting(meeting: Meeting, *, visibility: str, actor: User | None, now: datetime.datetime) -> Meeting:
    """Publish the outcome for the public or the community; translations may follow. Returns the Meeting.

    Raises Incomplete with everything that is missing, NotNow where the meeting is not held or has a communiqué.
    """
    meeting = lock(meeting)
    if Communique.objects.filter(meeting=meeting).exclude(state=CommuniqueState.PUBLISHED).exists():
        raise NotNow(_("It has a communiqué: it is published from there, in the name of those who sign."))
    return _publish_outcome(meeting, visibility, actor, now)


def _publish_outcome(meeting: Meeting, visibility: str, actor: User | None, now: datetime.datetime) -> Meeting:
    if meeting.state not in (MeetingState.HELD, MeetingState.PUBLISHED):
        raise NotNow(_("The outcome can be published once the meeting has been held."))
    move(meeting, MeetingState.PUBLISHED, MEETING_MOVES)
    if blockers := outcome_blockers(meeting, visibility):
        raise Incomplete(blockers, _("The outcome cannot be published yet."))
    meeting.visibility, meeting.published_at, meeting.revised_at = Visibility(visibility), now, now
    meeting.save(update_fields=["state", "visibility", "published_at", "revised_at"])
    records.touch(meeting.code)
    update_held_back_actions(meeting)
    for code in meeting.decisions.values_list("code", flat=True):
        records.touch(code)
    journal.record(actor, "outcome_published", meeting.code, now, visibility=visibility)
    return meeting


@transaction.atomic
def update_is_signed(communique: Communique) -> None:
    """Save a communiqué and, until it is published, whether anybody signed its version. The caller has locked it."""
    if communique.state != CommuniqueState.PUBLISHED:
        signed = SignOff.objects.filter(version=communique.version_id, stand__in=SIGNED)
        communique.is_signed = communique.version_id is not None and signed.exists()
    communique.save()


@transaction.atomic
def publish_if_due(communique: Communique, *, now: datetime.datetime) -> bool:
    """Publish a locked communiqué whose time has come, so that nothing is signed or changed after it.

    Returns whether it is published.
    """
    if communique.is_published_at(now) and communique.state != CommuniqueState.PUBLISHED:
        publish_locked_communique(communique, actor=None, now=now)
    return communique.is_published_at(now)


@transaction.atomic
def publish_locked_communique(communique: Communique, *, actor: User | None, now: datetime.datetime) -> Communique:
    """Publish a locked communiqué, and the outcome with it, in the name of those who signed. Returns it.

    The caller has checked its publication blockers.
    """
    move(communique, CommuniqueState.PUBLISHED, COMMUNIQUE_MOVES)
    communique.published_at = now
    communique.save()
    communique.meeting = _publish_outcome(communique.meeting, communique.meeting.visibility, actor, now)
    signed = SignOff.objects.filter(version=communique.version, stand__in=SIGNED).select_related("organization")
    acronyms = [sign_off.organization.acronym for sign_off in signed]
    number = communique.version.number if communique.version else None
    facts = {"signed": acronyms, "number": number}
    journal.record(actor, "communique_published", communique.meeting.code, now, **facts)
    return communique
