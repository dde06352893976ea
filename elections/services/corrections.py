"""Corrections of the published roll: asked for by one officer, confirmed by another, public and chained."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Incomplete, NotNow
from elections.emails import tell_corrected
from elections.models import NoClaims, RollCorrection, RollEntry
from elections.services.common import locked, note
from elections.services.roll import check_electors, check_roll, seal_of
from elections.states import ClaimOutcome, ClaimStage, ElectionState
from organizations.models import Organization

S = ElectionState
CORRECTED_IN = (S.ROLL, S.CANDIDATES, S.VOTING)


def _correctable(election, organization):
    """Raise NotNow where the roll is not published, the vote is over, or the organisation has voted."""
    if election.state not in CORRECTED_IN:
        raise NotNow(_("The roll can be corrected from its publication until voting closes."))
    entry = RollEntry.objects.filter(election=election, organization=organization).first()
    if entry and (hasattr(entry, "ballot") or hasattr(entry, "participation")):
        raise NotNow(_("This organisation has already voted: its entry on the roll stays as it is."))
    if entry is None and election.state == S.VOTING:
        raise NotNow(_("Nobody can be added to the roll during voting."))
    return entry


@transaction.atomic
def ask_correction(election, *, organization, voter, alternate, reason, weight=None, claim=None, actor, now):
    """Ask that an organisation votes by these people, or not at all (`voter` None); nothing changes before another of
    the coordination team confirms it.

    `weight` None keeps what it has. Returns the RollCorrection; raises Incomplete, NotNow.
    """
    election = locked(election)
    entry = _correctable(election, organization)
    weight = weight or getattr(entry, "weight", 1)
    wrong = {} if reason.strip() else {"reason": _("Say why; everybody will see it.")}
    if claim is not None and (claim.election_id != election.pk or claim.outcome != ClaimOutcome.ACCEPTED):
        wrong["claim"] = _("Only an accepted claim on this roll can be given as the reason.")
    wrong |= _asked(election, entry, (organization, voter, alternate, weight), now)
    if wrong:
        raise Incomplete(wrong)
    try:
        with transaction.atomic():
            row = RollCorrection.objects.create(
                election=election, organization=organization, voter=voter, alternate=alternate, weight=weight,
                reason=reason.strip(), claim=claim, asked_by=actor.person, asked_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotNow(_("A correction for this organisation is waiting for an answer.")) from error
    note(election, "correction_asked", actor, now, organization=organization.slug)
    return row


def _asked(election, entry, line, now):
    """{field: sentence} of what keeps a line of the roll from being so; empty where nothing does."""
    organization, voter, alternate, weight = line
    if voter is None and entry is None:
        return {"voter": _("This organisation is not on the roll.")}
    if voter is None:
        voting = election.state == S.VOTING
        return {"voter": _("Nobody can be removed from the roll during voting.")} if voting else {}
    today = clock.today(now, settings.CASA_ZONE)
    wrong = check_electors(election, organization, voter, alternate, today)
    if weight != 1 and not election.is_weighted:
        wrong["weight"] = _("Under the rules, each organisation has one vote.")
    if entry and (entry.voter, entry.alternate, entry.weight) == (voter, alternate, weight):
        wrong["voter"] = _("The roll already says this.")
    if entry and entry.weight != weight and election.state == S.VOTING:
        wrong["weight"] = _("Weights cannot change during voting.")
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        wrong["voter"] = _("This is not a member organisation today.")
    return wrong


@transaction.atomic
def answer_correction(row, *, confirmed, actor, now):
    """A second officer confirms a correction, and it takes effect; or refuses it. Whoever asked does neither."""
    election = locked(row.election)
    row = RollCorrection.objects.select_for_update(of=("self",)).select_related("organization").get(pk=row.pk)
    if row.is_confirmed is not None:
        raise NotNow(_("This correction has already been answered."))
    if row.asked_by_id == actor.person.pk:
        raise NotNow(
            _("Another member of the coordination team must confirm what you asked for: a correction takes two people.")
        )
    row.answered_by, row.answered_at, row.is_confirmed = actor.person, now, confirmed
    if not confirmed:
        row.save()
        note(election, "correction_refused", actor, now, organization=row.organization.slug)
        return row
    entry = _correctable(election, row.organization)
    before = [one for one in (entry.voter, entry.alternate) if one] if entry else []
    _apply(election, row, entry, now)
    row.save()
    election.roll_hash = seal_of(election)
    election.save(update_fields=["roll_hash"])
    signed = sorted([row.asked_by.name, row.answered_by.name])
    note(
        election, "roll_corrected", actor, now, organization=row.organization.slug, roll=election.roll_hash,
        signed_by=signed, reason=row.reason,
    )  # fmt: skip
    tell_corrected(election, row, [one for one in before if one not in (row.voter, row.alternate)], now)
    return row


def _apply(election, row, entry, now):
    """Write it on the roll, if it may still be so. Who had no claims on the roll as it was is asked again."""
    if wrong := _asked(election, entry, (row.organization, row.voter, row.alternate, row.weight), now):
        raise NotNow(" ".join(str(words) for words in wrong.values()))
    if entry:
        entry.check_ins.all().delete()
    if row.voter is None:
        NoClaims.objects.filter(entry=entry).delete()
        entry.delete()
    else:
        RollEntry.objects.update_or_create(
            election=election, organization=row.organization,
            defaults={"voter": row.voter, "alternate": row.alternate, "weight": row.weight},
        )  # fmt: skip
    check_roll(election, list(election.roll.values_list("weight", flat=True)))
    if election.state == S.ROLL:
        NoClaims.objects.filter(entry__election=election, stage=ClaimStage.ROLL).delete()
