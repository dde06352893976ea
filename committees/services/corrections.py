"""Corrections of the published roll: asked for by one officer, confirmed by another, public and chained."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from committees.emails import tell_corrected
from committees.models import NoClaims, RollCorrection, RollEntry
from committees.services.common import locked, note
from committees.services.roll import check_electors, seal_of
from committees.states import ClaimStage, ElectionState
from core import clock
from core.errors import Incomplete, NotNow
from organizations.models import Organization

S = ElectionState
CORRECTED_IN = (S.ROLL, S.CANDIDATES, S.VOTING)


def _correctable(election, organization):
    """Raise NotNow where the roll is not published, the vote is over, or the organisation has voted."""
    if election.state not in CORRECTED_IN:
        raise NotNow(_("The roll is corrected once it is published, and until the vote closes."))
    entry = RollEntry.objects.filter(election=election, organization=organization).first()
    if entry and (hasattr(entry, "ballot") or hasattr(entry, "participation")):
        raise NotNow(_("This organisation has voted: its line on the roll stays."))
    if entry is None and election.state == S.VOTING:
        raise NotNow(_("While people vote nobody is added to the roll."))
    return entry


@transaction.atomic
def ask_correction(election, *, organization, voter, alternate, reason, claim=None, actor, now):
    """Ask that an organisation votes by these people, or not at all (`voter` None). It takes effect once another of the
    coordination team confirms it. Returns the RollCorrection; raises Incomplete, NotNow."""
    election = locked(election)
    entry = _correctable(election, organization)
    wrong = {} if reason.strip() else {"reason": _("Say why; everybody reads it.")}
    if voter is None:
        if entry is None:
            wrong["voter"] = _("This organisation is not on the roll.")
        elif election.state == S.VOTING:
            wrong["voter"] = _("While people vote nobody is struck from the roll.")
    else:
        today = clock.today(now, settings.HOUSE_ZONE)
        if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
            wrong["voter"] = _("It is not a member organisation today.")
        wrong |= check_electors(election, organization, voter, alternate, today)
    if wrong:
        raise Incomplete(wrong)
    try:
        with transaction.atomic():
            row = RollCorrection.objects.create(
                election=election, organization=organization, voter=voter, alternate=alternate, reason=reason.strip(),
                claim=claim, asked_by=actor.person, asked_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotNow(_("A correction for this organisation waits for its answer.")) from error
    note(election, "correction_asked", actor, now, organization=organization.slug)
    return row


@transaction.atomic
def answer_correction(row, *, confirmed, actor, now):
    """A second officer confirms a correction, and it takes effect; or refuses it. Whoever asked does neither."""
    election = locked(row.election)
    row = RollCorrection.objects.select_for_update(of=("self",)).select_related("organization").get(pk=row.pk)
    if row.is_confirmed is not None:
        raise NotNow(_("This correction has its answer."))
    if row.asked_by_id == actor.person.pk:
        raise NotNow(_("Another of the coordination team confirms what you asked for: two sign a correction."))
    row.answered_by, row.answered_at, row.is_confirmed = actor.person, now, confirmed
    if not confirmed:
        row.save()
        note(election, "correction_refused", actor, now, organization=row.organization.slug)
        return row
    entry = _correctable(election, row.organization)
    _apply(election, row, entry, now)
    row.save()
    election.roll_hash = seal_of(election)
    election.save(update_fields=["roll_hash"])
    signed = sorted([row.asked_by.name, row.answered_by.name])
    note(
        election, "roll_corrected", actor, now, organization=row.organization.slug, roll=election.roll_hash,
        signed_by=signed, reason=row.reason,
    )  # fmt: skip
    tell_corrected(election, row, now)
    return row


def _apply(election, row, entry, now):
    """Write it on the roll. Who had no claims on the roll as it was is asked again."""
    if row.voter is None:
        NoClaims.objects.filter(entry=entry).delete()
        entry.check_ins.all().delete()
        entry.delete()
    else:
        today = clock.today(now, settings.HOUSE_ZONE)
        if wrong := check_electors(election, row.organization, row.voter, row.alternate, today):
            raise NotNow(" ".join(str(words) for words in wrong.values()))
        entry, made = RollEntry.objects.update_or_create(
            election=election, organization=row.organization, defaults={"voter": row.voter, "alternate": row.alternate}
        )
        if not made:
            entry.check_ins.all().delete()
    if election.state == S.ROLL:
        NoClaims.objects.filter(entry__election=election, stage=ClaimStage.ROLL).delete()
