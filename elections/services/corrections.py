"""Corrections of the published roll: requested by one officer, confirmed by another, public and in the chain."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Incomplete, NotNow
from core.locks import lock
from elections.emails import notify_corrected
from elections.models import CheckIn, Claim, ClaimWaiver, Election, RollCorrection, RollEntry
from elections.queries.roll import elector_errors, roll_digest
from elections.services.roll import check_roll
from elections.services.steps import record_event
from elections.states import CORRECTED_IN, ClaimOutcome, ClaimStage, ElectionState
from organizations.models import Organization, Person


@dataclass(frozen=True)
class RollLine:
    """How an organisation shall stand on the roll; without a voter, not at all. `weight` None keeps what it has."""

    organization: Organization
    voter: Person | None
    alternate: Person | None = None
    weight: int | None = None


@transaction.atomic
def request_correction(
    election: Election, *, line: RollLine, reason: str, claim: Claim | None = None, actor: User, now: datetime.datetime
) -> RollCorrection:
    """Request that a line of the published roll be changed; nothing changes before another officer confirms it.

    An event of the chain. Raises Incomplete, NotNow.
    """
    election = lock(election)
    entry = _entry_to_correct(election, line.organization)
    weight = line.weight or (entry.weight if entry else 1)
    errors = {} if reason.strip() else {"reason": _("Say why; everybody will see it.")}
    if claim is not None and (claim.election_id != election.pk or claim.outcome != ClaimOutcome.ACCEPTED):
        errors["claim"] = _("Only an accepted claim on this roll can be given as the reason.")
    correction = RollCorrection(
        election=election,
        organization=line.organization,
        voter=line.voter,
        alternate=line.alternate,
        weight=weight,
        reason=reason.strip(),
        claim=claim,
        requested_by=actor.person,
        requested_at=now,
    )
    errors |= _correction_errors(election, entry, correction, now)
    if errors:
        raise Incomplete(errors)
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as error:
        raise NotNow(_("A correction for this organisation is waiting for an answer.")) from error
    record_event(election, "correction_asked", actor=actor, now=now, organization=line.organization.slug)
    return correction


def _entry_to_correct(election: Election, organization: Organization) -> RollEntry | None:
    """The line of an organisation. Raises NotNow where the roll is not published, the vote is over, or it has voted."""
    if election.state not in CORRECTED_IN:
        raise NotNow(_("The roll can be corrected from its publication until voting closes."))
    entry = RollEntry.objects.filter(election=election, organization=organization).first()
    if entry and (hasattr(entry, "ballot") or hasattr(entry, "participation")):
        raise NotNow(_("This organisation has already voted: its entry on the roll stays as it is."))
    if entry is None and election.state == ElectionState.VOTING:
        raise NotNow(_("Nobody can be added to the roll during voting."))
    return entry


def _correction_errors(
    election: Election, entry: RollEntry | None, line: RollCorrection, now: datetime.datetime
) -> dict[str, str]:
    """{field: sentence} of why the roll cannot say this; empty where it can."""
    voting = election.state == ElectionState.VOTING
    if line.voter is None and entry is None:
        return {"voter": _("This organisation is not on the roll.")}
    if line.voter is None:
        return {"voter": _("Nobody can be removed from the roll during voting.")} if voting else {}
    today = clock.today(now, settings.CASA_ZONE)
    errors = elector_errors(election, line.organization, line.voter, line.alternate, today)
    if line.weight != 1 and not election.is_weighted:
        errors["weight"] = _("Under the rules, each organisation has one vote.")
    if entry and (entry.voter, entry.alternate, entry.weight) == (line.voter, line.alternate, line.weight):
        errors["voter"] = _("The roll already says this.")
    if entry and entry.weight != line.weight and voting:
        errors["weight"] = _("Weights cannot change during voting.")
    if not Organization.objects.members_on(today).filter(pk=line.organization.pk).exists():
        errors["voter"] = _("This is not a member organisation today.")
    return errors


@transaction.atomic
def answer_correction(
    correction: RollCorrection, *, confirmed: bool, actor: User, now: datetime.datetime
) -> RollCorrection:
    """Confirm a correction, which takes effect by it, or refuse it: another officer than the one who requested it.

    The roll is sealed anew; an event of the chain; a mail to those who are put on the roll or removed from it. Raises
    NotNow.
    """
    election, correction = lock(correction.election), lock(correction, "organization")
    if correction.is_confirmed is not None:
        raise NotNow(_("This correction has already been answered."))
    if correction.requested_by_id == actor.person.pk:
        raise NotNow(
            _("Another member of the coordination team must confirm what you asked for: a correction takes two people.")
        )
    correction.answered_by, correction.answered_at, correction.is_confirmed = actor.person, now, confirmed
    slug = correction.organization.slug
    if not confirmed:
        correction.save()
        record_event(election, "correction_refused", actor=actor, now=now, organization=slug)
        return correction
    entry = _entry_to_correct(election, correction.organization)
    before = [person for person in (entry.voter, entry.alternate) if person] if entry else []
    _apply(election, correction, entry, now)
    correction.save()
    election.roll_hash = roll_digest(election)
    election.save(update_fields=["roll_hash"])
    signed = sorted([correction.requested_by.name, correction.answered_by.name])
    facts = {"organization": slug, "roll": election.roll_hash, "signed_by": signed, "reason": correction.reason}
    record_event(election, "roll_corrected", actor=actor, now=now, **facts)
    removed = [person for person in before if person not in (correction.voter, correction.alternate)]
    notify_corrected(election, correction, removed, now)
    return correction


def _apply(election: Election, line: RollCorrection, entry: RollEntry | None, now: datetime.datetime) -> None:
    """Write a line on the roll, if it is still allowed; electors who waived claims on the former roll may claim again."""
    if errors := _correction_errors(election, entry, line, now):
        raise NotNow(" ".join(str(sentence) for sentence in errors.values()))
    entries = RollEntry.objects.filter(election=election, organization=line.organization)
    CheckIn.objects.filter(entry__in=entries).delete()
    if line.voter is None:
        ClaimWaiver.objects.filter(entry__in=entries).delete()
        entries.delete()
    else:
        people = {"voter": line.voter, "alternate": line.alternate, "weight": line.weight}
        RollEntry.objects.update_or_create(election=election, organization=line.organization, defaults=people)
    check_roll(election)
    if election.state == ElectionState.ROLL:
        ClaimWaiver.objects.filter(entry__election=election, stage=ClaimStage.ROLL).delete()
