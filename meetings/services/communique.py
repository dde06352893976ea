"""The communiqué: begun, opened for signing, signed, published at its time in the name of those who signed."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import SignOff, TextVersion
from commons.services.texts import sign_off as record_sign_off
from commons.states import SIGNED
from core import clock, journal
from core.errors import CasaError, Conflict, Incomplete, NotNow
from core.locks import lock
from core.states import move
from meetings.emails import ask_to_sign
from meetings.models import Communique, Meeting
from meetings.queries.communique import publication_blockers
from meetings.queries.outcome import outcome_blockers
from meetings.services.outcome import (
    publish_if_due,
    publish_locked_communique,
    update_is_signed,
    write_outcome,
)
from meetings.states import COMMUNIQUE_MOVES, WITH_COMMUNIQUE, CommuniqueState
from organizations.models import Organization

log = logging.getLogger(__name__)


@transaction.atomic
def begin_communique(
    meeting: Meeting, *, language: str, body: str, actor: User | None, now: datetime.datetime
) -> Communique:
    """Begin the communiqué of a meeting that is in session or over. Returns it; beginning twice changes nothing.

    Where no outcome is written yet, writes `body` as its first version in `language`, the official one from then on.
    Raises NotNow in another state.
    """
    meeting = lock(meeting)
    if meeting.state not in WITH_COMMUNIQUE:
        raise NotNow(_("The communiqué can be begun in the room or afterwards, before the outcome is published."))
    communique, created = Communique.objects.get_or_create(meeting=meeting, defaults={"begun_at": now})
    if created:
        journal.record(actor, "communique_begun", meeting.code, now)
        if meeting.outcome is None:
            write_outcome(meeting, language=language, body=body, official_language=language, actor=actor, now=now)
    return communique


@transaction.atomic
def open_signing(
    communique: Communique, *, publishes_at: datetime.datetime, actor: User | None, now: datetime.datetime
) -> Communique:
    """Open the official text as it is for signing, and announce when it will be published. Returns the Communique.

    Writes to everybody who speaks for a member organisation.
    May be done again with another time; answers to the same text stay.
    Raises Incomplete with everything that is missing, NotNow once it is published or before the session.
    """
    lock(communique.meeting)
    communique = lock(communique, "meeting")
    meeting = communique.meeting
    if meeting.state not in WITH_COMMUNIQUE or communique.is_published_at(now):
        raise NotNow(_("It has already been published, or its meeting is not yet in session."))
    official = meeting.outcome.official() if meeting.outcome else None
    missing = outcome_blockers(meeting)
    if publishes_at <= now:
        missing["publishes_at"] = _("That time has passed.")
    if missing or official is None:
        raise Incomplete(missing, _("The organisations cannot be asked yet."))
    move(communique, CommuniqueState.SIGNING, COMMUNIQUE_MOVES)
    communique.publishes_at, communique.version = publishes_at, official
    update_is_signed(communique)
    count = ask_to_sign(communique, "sign", now)
    facts = {"publishes_at": publishes_at.isoformat(), "told": count, "number": official.number}
    journal.record(actor, "communique_asked", meeting.code, now, **facts)
    return communique


@transaction.atomic
def sign_communique(
    communique: Communique,
    *,
    organization: Organization,
    answer: str,
    number: int,
    words: str = "",
    aloud: bool = False,
    actor: User | None,
    now: datetime.datetime,
) -> SignOff:
    """Answer for an organisation: sign, sign with a reservation, or not. Returns the SignOff.

    `number` is the version that was read. `aloud`: the coordination team records what was said in the room; it never
    replaces what the organisation answered itself. After publication an organisation can only adhere.
    Publishes a communiqué whose time has come first.
    Raises Conflict where the text is another by now, Incomplete for a reservation without words, NotNow otherwise.
    """
    lock(communique.meeting)
    communique = lock(communique, "meeting")
    meeting = communique.meeting
    is_published = publish_if_due(communique, now=now)
    if communique.state == CommuniqueState.DRAFT or meeting.outcome is None:
        raise NotNow(_("The text is not open for signing yet."))
    today = clock.today(now, settings.CASA_ZONE)
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        raise NotNow(_("Only member organisations can sign."))
    if is_published:
        _check_adherence(communique, organization, answer)
    elif aloud and _has_answered_itself(communique, organization):
        raise NotNow(_("This organisation has answered for itself; only it can change its answer."))
    sign_off = record_sign_off(
        meeting.outcome,
        number=number,
        organization=organization,
        answer=answer,
        words=words,
        aloud=aloud and not is_published,
        actor=actor,
        now=now,
    )
    update_is_signed(communique)
    facts = {"organization": organization.acronym, "stand": str(sign_off.stand), "number": number}
    facts |= {"aloud": sign_off.aloud, "adherence": is_published}
    journal.record(actor, "communique_signed", meeting.code, now, **facts)
    return sign_off


def _check_adherence(communique: Communique, organization: Organization, answer: str) -> None:
    if answer not in SIGNED:
        raise NotNow(_("It is published. An organisation can still adhere; signatures cannot be changed."))
    signed = SignOff.objects.of(communique.meeting.outcome).filter(organization=organization, stand__in=SIGNED)
    if signed.filter(Q(version=communique.version) | Q(signed_at__gt=communique.published_at)).exists():
        raise NotNow(_("This organisation has already signed."))


def _has_answered_itself(communique: Communique, organization: Organization) -> bool:
    return SignOff.objects.filter(version=communique.version, organization=organization, aloud=False).exists()


@transaction.atomic
def publish_communique(communique: Communique, *, actor: User | None, now: datetime.datetime) -> Communique:
    """Publish a communiqué at its time or, once every member organisation has answered, before it. Returns it.

    Twice is once. Raises Incomplete with its publication blockers.
    """
    lock(communique.meeting)
    communique = lock(communique, "meeting")
    if communique.state == CommuniqueState.PUBLISHED:
        return communique
    if blockers := publication_blockers(communique, now):
        raise Incomplete(blockers, _("It cannot be published now."))
    return publish_locked_communique(communique, actor=actor, now=now)


@transaction.atomic
def review_translation(
    meeting: Meeting, *, language: str, number: int, reviewer: str, actor: User | None, now: datetime.datetime
) -> TextVersion:
    """Name the reviewer of a translation: a new version with the same text. Returns the TextVersion.

    Its author cannot review it. Raises Conflict where version `number` is no longer the newest, NotNow where there is
    nothing to review.
    """
    meeting = lock(meeting)
    outcome = meeting.outcome
    newest = outcome.latest().get(language) if outcome else None
    if outcome is None or newest is None or language == outcome.authoritative_language:
        raise NotNow(_("There is no translation to review in this language."))
    if newest.number != number:
        raise Conflict(newest)
    if newest.made_from_id != outcome.official().pk:
        raise NotNow(_("The official text has changed since then: update the translation first."))
    if newest.author and newest.author == journal.key(actor):
        raise NotNow(_("Somebody else must review what you translated."))
    return write_outcome(
        meeting,
        language=language,
        body=newest.body,
        reviewer=reviewer,
        base_number=number,
        actor=actor,
        now=now,
    )


def publish_due_communiques(*, now: datetime.datetime) -> int:
    """Publish every communiqué whose time has come, each in a transaction of its own; returns how many.

    One that cannot be published is logged, and the others are published all the same.
    """
    count = 0
    for communique in Communique.objects.due(now):
        try:
            publish_communique(communique, actor=None, now=now)
            count += 1
        except CasaError as error:
            log.error("%s was not published: %s", communique.meeting.code, error)
    return count
