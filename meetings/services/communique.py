"""The communiqué: begun, put to the organisations, signed, published at its hour in the name of those who signed."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from commons.models import SignOff
from commons.services import texts
from commons.states import SIGNED
from core import clock, journal
from core.errors import CasaError, Conflict, Incomplete, NotNow
from core.states import move
from meetings.emails import tell_to_sign
from meetings.models import Communique
from meetings.services.common import locked
from meetings.services.outcome import go_out, held, look_again, out_by_now, what_is_missing, write_outcome
from meetings.states import COMMUNIQUE_MOVES, CommuniqueState, MeetingState
from organizations.models import Organization

log = logging.getLogger(__name__)
IN_THE_ROOM = (MeetingState.IN_SESSION, MeetingState.HELD)


@transaction.atomic
def begin_communique(meeting, *, language, body, actor, now):
    """Begin the communiqué of a meeting that is in session or over; where no outcome is written yet `body` is its draft
    in `language`, which becomes the official one. Returns the Communique; beginning twice changes nothing."""
    meeting = locked(meeting)
    if meeting.state not in IN_THE_ROOM:
        raise NotNow(_("The communiqué can be begun in the room or afterwards, before the outcome is published."))
    communique, made = Communique.objects.get_or_create(meeting=meeting, defaults={"begun_at": now})
    if made:
        journal.record(actor, "communique_begun", meeting.code, now)
        if meeting.outcome is None:
            write_outcome(meeting, language=language, body=body, official_language=language, actor=actor, now=now)
    return communique


@transaction.atomic
def ask_to_sign(communique, publishes_at, *, actor, now):
    """Put the official text as it stands to every member organisation, and announce the hour at which it goes out.

    May be done again under another hour; answers to the same text stay. Raises Incomplete, all at once.
    """
    communique = held(communique)
    meeting = communique.meeting
    if meeting.state not in IN_THE_ROOM or communique.is_out(now):
        raise NotNow(_("It has already been published, or its meeting is not yet in session."))
    missing = what_is_missing(meeting)
    if publishes_at <= now:
        missing["publishes_at"] = _("That time has passed.")
    if missing:
        raise Incomplete(missing, _("The organisations cannot be asked yet."))
    move(communique, CommuniqueState.SIGNING, COMMUNIQUE_MOVES)
    communique.publishes_at, communique.version = publishes_at, meeting.outcome.official()
    look_again(communique)
    told = tell_to_sign(communique, "sign", now)
    journal.record(
        actor, "communique_asked", meeting.code, now, publishes_at=publishes_at.isoformat(), told=told,
        number=communique.version.number,
    )  # fmt: skip
    return communique


@transaction.atomic
def sign(communique, organization, stand, words="", *, number, aloud=False, actor, now):
    """Answer for an organisation: agreed, with a reserve, or not joining; once it is out only adherence is left.

    `number` is the version that was read. `aloud`: the coordination team notes what was said in the room; it never
    replaces what the organisation answered itself. Returns the SignOff; raises Conflict, Incomplete, NotNow.
    """
    communique = held(communique)
    meeting = communique.meeting
    is_out = out_by_now(communique, now)
    if communique.state == CommuniqueState.DRAFT:
        raise NotNow(_("The text is not open for signing yet."))
    today = clock.today(now, settings.CASA_ZONE)
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        raise NotNow(_("Only member organisations can sign."))
    if is_out:
        _check_adherence(communique, organization, stand)
    elif aloud and _answered_itself(communique, organization):
        raise NotNow(_("This organisation has answered for itself; only it can change its answer."))
    said = texts.sign_off(
        meeting.outcome,
        number=number,
        organization=organization,
        answer=stand,
        words=words,
        aloud=aloud and not is_out,
        actor=actor,
        now=now,
    )
    look_again(communique)
    journal.record(
        actor, "communique_signed", meeting.code, now, organization=organization.acronym, stand=str(said.stand),
        number=number, aloud=said.aloud, adherence=is_out,
    )  # fmt: skip
    return said


def _check_adherence(communique, organization, stand):
    if stand not in SIGNED:
        raise NotNow(_("It is published. An organisation can still adhere; signatures cannot be changed."))
    signed = SignOff.objects.of(communique.meeting.outcome).filter(organization=organization, stand__in=SIGNED)
    if signed.filter(Q(version=communique.version) | Q(signed_at__gt=communique.published_at)).exists():
        raise NotNow(_("This organisation has already signed."))


def _answered_itself(communique, organization):
    return SignOff.objects.filter(version=communique.version, organization=organization, aloud=False).exists()


@transaction.atomic
def publish_communique(communique, *, actor, now):
    """Let it go out: by itself at the announced hour or, once every member organisation has answered, before it."""
    communique = held(communique)
    if communique.state == CommuniqueState.OUT:
        return communique
    if missing := publication_blockers(communique, now):
        raise Incomplete(missing, _("It cannot be published now."))
    return go_out(communique, actor, now)


@transaction.atomic
def review_translation(meeting, language, number, reviewer, *, actor, now):
    """A member who compared a translation with the official text puts their name under it, once, as it stands.

    Whoever wrote it is not its reviewer. Raises Conflict where it is another by now. Returns the TextVersion.
    """
    meeting = locked(meeting)
    newest = meeting.outcome.latest().get(language) if meeting.outcome else None
    if newest is None or language == meeting.outcome.authoritative_language:
        raise NotNow(_("There is no translation to review in this language."))
    if newest.number != number:
        raise Conflict(newest)
    if newest.made_from_id != meeting.outcome.official().pk:
        raise NotNow(_("The official text has changed since then: update the translation first."))
    if newest.author and newest.author == journal.key(actor):
        raise NotNow(_("Somebody else must review what you translated."))
    return write_outcome(
        meeting, language=language, body=newest.body, reviewer=reviewer, base_number=number, actor=actor, now=now
    )  # fmt: skip


def publish_due(now):
    """Publish whatever the hour has come for, each in a transaction of its own; returns how many went out."""
    count = 0
    for communique in Communique.objects.due(now):
        try:
            publish_communique(communique, actor=None, now=now)
            count += 1
        except CasaError as error:
            log.error("%s did not go out: %s", communique.meeting.code, error)
    return count


def publication_blockers(communique, now):
    """{what: sentence} of everything that keeps it from going out at an instant; empty when it may."""
    found = {}
    if communique.state == CommuniqueState.DRAFT:
        found["state"] = _("The organisations have not been asked to sign it.")
        return found
    if communique.meeting.state != MeetingState.HELD:
        found["meeting"] = _("The meeting is not over: mark it as held.")
    if not communique.is_signed:
        found["signed"] = _("No organisation has signed it: it would be published in nobody's name.")
    if now < communique.publishes_at and (silent := silent_about(communique, now)):
        names = ", ".join(one.acronym for one in silent)
        found["hour"] = _("The announced time has not come, and these organisations have not answered: %(names)s.") % {
            "names": names
        }
    return found


def silent_about(communique, now):
    """Member organisations that have not answered about the text as it stands, by order of joining."""
    answered = SignOff.objects.filter(version=communique.version_id).values("organization")
    members = Organization.objects.members_on(clock.today(now, settings.CASA_ZONE))
    return list(members.exclude(pk__in=answered).in_order())
