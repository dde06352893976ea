"""The outcome text and its publication."""

from django.db import transaction
from django.utils.translation import gettext as _

from commons.models import SignOff, Text
from commons.services import texts
from commons.states import SIGNED
from core import journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from core.visibility import Visibility
from meetings.emails import tell_to_sign
from meetings.models import Communique
from meetings.services.common import hold_back_or_release, locked
from meetings.states import COMMUNIQUE_MOVES, MEETING_MOVES, CommuniqueState, MeetingState
from organizations.models import Organization


@transaction.atomic
def write_outcome(meeting, *, language, body, actor, now, base_number=0, reviewer="", official_language=None):
    """Add a version of the outcome in one language; the first ever written decides, with `official_language`, which
    language prevails. After publication a new version of the official text is a dated correction.

    Returns the TextVersion. Raises Conflict, carrying the newer version, where somebody wrote meanwhile.
    """
    meeting = locked(meeting)
    communique = Communique.objects.filter(meeting=meeting).first()
    if communique is not None and out_by_now(held(communique), now):
        meeting = locked(meeting)
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
            _ask_anew(held(communique), version, actor, now)
    return version


def _ask_anew(communique, version, actor, now):
    """The official text is another: what was signed counts no more, and who had answered is asked anew. After the
    publication nobody is asked: it is an erratum."""
    if communique.state != CommuniqueState.SIGNING:
        return
    answered = SignOff.objects.filter(version=communique.version)
    organizations = list(Organization.objects.filter(pk__in=answered.values("organization")).in_order())
    communique.version = version
    look_again(communique)
    tell_to_sign(communique, "sign_again", now, organizations)
    journal.record(actor, "communique_asked_anew", communique.meeting.code, now, asked=len(organizations))


@transaction.atomic
def publish_meeting(meeting, visibility, actor, now):
    """Publish the outcome for the public or the community. Translations may follow; nothing waits for them.

    Raises Incomplete with everything that is missing.
    """
    meeting = locked(meeting)
    if Communique.objects.filter(meeting=meeting).exclude(state=CommuniqueState.OUT).exists():
        raise NotNow(_("It has a communiqué: it is published from there, in the name of those who sign."))
    return publish_outcome(meeting, visibility, actor, now)


def publish_outcome(meeting, visibility, actor, now):
    """Publish it, in the caller's transaction, with the meeting held by it."""
    if meeting.state not in (MeetingState.HELD, MeetingState.PUBLISHED):
        raise NotNow(_("The outcome can be published once the meeting has been held."))
    move(meeting, MeetingState.PUBLISHED, MEETING_MOVES)
    if missing := what_is_missing(meeting, visibility):
        raise Incomplete(missing, _("The outcome cannot be published yet."))
    meeting.visibility, meeting.published_at, meeting.revised_at = Visibility(visibility), now, now
    meeting.save(update_fields=["state", "visibility", "published_at", "revised_at"])
    records.touch(meeting.code)
    hold_back_or_release(meeting)
    for code in meeting.decisions.values_list("code", flat=True):
        records.touch(code)
    journal.record(actor, "outcome_published", meeting.code, now, visibility=visibility)
    return meeting


def what_is_missing(meeting, visibility=None):
    """{what: sentence} of everything without which the outcome is not published; empty when it is ready.

    Without `visibility` for the community where the meeting is the community's, else for the public.
    """
    missing = {}
    if visibility is None:
        community = meeting.visibility == Visibility.COMMUNITY
        visibility = Visibility.COMMUNITY if community else Visibility.PUBLIC
    if meeting.starts_on is None:
        missing["starts_on"] = _("The days on which it was held.")
    official = meeting.outcome.official() if meeting.outcome else None
    if official is None or not official.body.strip():
        missing["outcome"] = _("The outcome text in its official language.")
    wishes = list(meeting.decisions.values_list("visibility", flat=True))
    if not wishes:
        missing["decisions"] = _("At least one decision, or something noted.")
    elif visibility == Visibility.PUBLIC and Visibility.PUBLIC not in wishes:
        missing["decisions"] = _("At least one public decision: all of them are only for the organisations.")
    if visibility not in (Visibility.PUBLIC, Visibility.COMMUNITY):
        missing["visibility"] = _("Choose whether to publish for everybody or for the organisations.")
    return missing


def held(communique):
    """It and its meeting, held until the transaction ends."""
    meeting = locked(communique.meeting)
    found = Communique.objects.select_for_update().get(pk=communique.pk)
    found.meeting = meeting
    return found


def look_again(communique):
    """Keep whether anybody signed the version that counts. Until it is out; then that stands."""
    if communique.state != CommuniqueState.OUT:
        signed = SignOff.objects.filter(version=communique.version_id, stand__in=SIGNED)
        communique.is_signed = communique.version_id is not None and signed.exists()
    communique.save()


def out_by_now(communique, now):
    """Whether it is out; what is due goes out first, so that nothing is signed or changed after its hour."""
    if communique.is_out(now) and communique.state != CommuniqueState.OUT:
        go_out(communique, None, now)
    return communique.is_out(now)


def go_out(communique, actor, now):
    """Publish it in the name of those who signed, in the caller's transaction. Whether it may was asked before."""
    move(communique, CommuniqueState.OUT, COMMUNIQUE_MOVES)
    communique.published_at = now
    communique.save()
    communique.meeting = publish_outcome(communique.meeting, communique.meeting.visibility, actor, now)
    signed = SignOff.objects.filter(version=communique.version, stand__in=SIGNED).select_related("organization")
    names = [one.organization.acronym for one in signed]
    facts = {"signed": names, "number": communique.version.number}
    journal.record(actor, "communique_published", communique.meeting.code, now, **facts)
    return communique
