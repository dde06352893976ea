"""Claims on the roll, the candidates and the result: raised, answered, waived."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.dates import instant_words
from core.errors import Incomplete, NotNow, PermissionDenied
from core.locks import lock
from elections.models import Claim, ClaimWaiver, Election
from elections.queries.claims import claims_until, count_waivers, open_claim_stage
from elections.queries.electors import entry_of
from elections.services.steps import record_event
from elections.states import ClaimOutcome, ClaimStage
from organizations.models import Organization
from organizations.standing import standing_of


def check_claims(election: Election, stage: ClaimStage, now: datetime.datetime) -> None:
    """Raise NotNow while a claim waits, or while the time for claims runs and not every elector has waived them."""
    if election.claims.filter(stage=stage, outcome="").exists():
        raise NotNow(_("A claim is waiting for an answer."))
    until = claims_until(election, stage)
    if until and now < until and count_waivers(election, stage) < election.roll.count():
        text = _("Claims can be submitted until %(when)s, or until every elector says that there are none.")
        raise NotNow(text % {"when": instant_words(until, election.zone)})


def check_speaks_for(actor: User, organization: Organization, now: datetime.datetime) -> None:
    """Raise PermissionDenied where the actor does not speak for this member organisation."""
    standing = standing_of(actor, now)
    if organization.pk not in standing.speaks_for & standing.member_of:
        raise PermissionDenied(_("Only those who speak for a member organisation can do this in its name."))


@transaction.atomic
def raise_claim(
    election: Election, *, organization: Organization, text: str, actor: User, now: datetime.datetime
) -> Claim:
    """Claim in an organisation's name that something published is wrong; its waiver on this stage ends.

    An event of the chain. Raises PermissionDenied, NotNow outside the time for claims, Incomplete.
    """
    election = lock(election)
    check_speaks_for(actor, organization, now)
    stage = open_claim_stage(election, now)
    if stage is None:
        raise NotNow(_("Claims cannot be submitted now."))
    if not text.strip():
        raise Incomplete({"text": _("Say what is wrong.")})
    ClaimWaiver.objects.filter(entry__election=election, entry__organization=organization, stage=stage).delete()
    claim = Claim.objects.create(
        election=election,
        stage=stage,
        organization=organization,
        raised_by=actor.person,
        text=text.strip(),
        raised_at=now,
    )
    record_event(election, "claim_raised", actor=actor, now=now, stage=stage, organization=organization.slug)
    return claim


@transaction.atomic
def answer_claim(claim: Claim, *, outcome: str, answer: str, actor: User, now: datetime.datetime) -> Claim:
    """Accept or reject a claim, with the reason, once.

    An event of the chain. Raises NotNow, Incomplete.
    """
    election, claim = lock(claim.election), lock(claim, "organization")
    if claim.outcome:
        raise NotNow(_("This claim has already been answered."))
    errors = {} if answer.strip() else {"answer": _("Say why; the organisations will see it.")}
    if outcome not in ClaimOutcome.values:
        errors["outcome"] = _("Say whether it is accepted.")
    if errors:
        raise Incomplete(errors)
    claim.outcome, claim.answer, claim.answered_at = outcome, answer.strip(), now
    claim.save()
    facts = {"stage": claim.stage, "organization": claim.organization.slug, "outcome": outcome}
    record_event(election, "claim_answered", actor=actor, now=now, **facts)
    return claim


@transaction.atomic
def waive_claims(election: Election, *, actor: User, now: datetime.datetime) -> int:
    """Declare that the actor, an elector, has no claims on what was published; returns how many of the roll have.

    An event of the chain, the first time. Raises PermissionDenied, NotNow.
    """
    election = lock(election)
    entry = entry_of(election, actor, now)
    if entry is None:
        raise PermissionDenied(_("You are not on the roll of this election."))
    stage = open_claim_stage(election, now)
    if stage is None:
        raise NotNow(_("Claims cannot be submitted now."))
    if election.claims.filter(stage=stage, organization=entry.organization, outcome="").exists():
        raise NotNow(_("Your organisation has a claim that is waiting for an answer."))
    defaults = {"waived_by": actor.person, "waived_at": now}
    _waiver, is_new = ClaimWaiver.objects.get_or_create(entry=entry, stage=stage, defaults=defaults)
    if is_new:
        record_event(election, "no_claims", actor=actor, now=now, stage=stage, organization=entry.organization.slug)
    return count_waivers(election, stage)
