"""Claims and their windows, supports, questions and answers."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import instant_words
from core.errors import Incomplete, NotNow, PermissionDenied
from elections.models import Claim, Election, NoClaims, Nomination, Question, Support
from elections.services.common import entry_of, locked, note
from elections.states import CLAIMS_FROM, CLAIMS_IN, ClaimOutcome, ElectionState, NominationState
from organizations.standing import standing_of

S = ElectionState


def claims_until(election, stage):
    """The end, exclusive, of the time for claims on a stage; None where the rules fix none."""
    if not election.claims_hours:
        return None
    published = election.events.filter(verb__in=CLAIMS_FROM[stage]).order_by("-number").first()
    return published.at + datetime.timedelta(hours=election.claims_hours) if published else None


def takes_claims(election, now):
    """The stage on which claims are taken at an instant, or None."""
    stage = CLAIMS_IN.get(election.state)
    until = claims_until(election, stage) if stage else None
    return stage if stage and (until is None or now < until) else None


def have_no_claims(election, stage):
    """How many of the roll have said that they have no claims."""
    return NoClaims.objects.filter(entry__election=election, stage=stage).count()


def check_claims(election, stage, now):
    """Raise NotNow while a claim waits, or while the time for claims runs and not every elector has done without."""
    if election.claims.filter(stage=stage, outcome="").exists():
        raise NotNow(_("A claim is waiting for an answer."))
    until = claims_until(election, stage)
    if until and now < until and have_no_claims(election, stage) < election.roll.count():
        words = _("Claims can be submitted until %(when)s, or until every elector says that there are none.")
        raise NotNow(words % {"when": instant_words(until, election.zone)})


def _speaking(actor, organization, now):
    standing = standing_of(actor, now)
    if organization.pk not in standing.speaks_for & standing.member_of:
        raise PermissionDenied(_("Only those who speak for a member organisation can do this in its name."))


@transaction.atomic
def raise_claim(election, *, organization, text, actor, now):
    """Say in an organisation's name what is not right in what was published. Raises NotNow outside the time for it."""
    election = locked(election)
    _speaking(actor, organization, now)
    stage = takes_claims(election, now)
    if stage is None:
        raise NotNow(_("Claims cannot be submitted now."))
    if not text.strip():
        raise Incomplete({"text": _("Say what is wrong.")})
    NoClaims.objects.filter(entry__election=election, entry__organization=organization, stage=stage).delete()
    claim = Claim.objects.create(
        election=election, stage=stage, organization=organization, raised_by=actor.person, text=text.strip(),
        raised_at=now,
    )  # fmt: skip
    note(election, "claim_raised", actor, now, stage=stage, organization=organization.slug)
    return claim


@transaction.atomic
def answer_claim(claim, *, outcome, answer, actor, now):
    """Accept or reject a claim, with the reason, once."""
    election = locked(claim.election)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("organization").get(pk=claim.pk)
    if claim.outcome:
        raise NotNow(_("This claim has already been answered."))
    wrong = {} if answer.strip() else {"answer": _("Say why; the organisations will see it.")}
    if outcome not in ClaimOutcome.values:
        wrong["outcome"] = _("Say whether it is accepted.")
    if wrong:
        raise Incomplete(wrong)
    claim.outcome, claim.answer, claim.answered_at = outcome, answer.strip(), now
    claim.save()
    note(
        election, "claim_answered", actor, now, stage=claim.stage, organization=claim.organization.slug, outcome=outcome
    )
    return claim


@transaction.atomic
def say_no_claims(election, actor, now):
    """An elector has no claim on what was published; said once. Returns how many of the roll have said so."""
    election = locked(election)
    entry = entry_of(election, actor, now)
    if entry is None:
        raise PermissionDenied(_("You are not on the roll of this election."))
    stage = takes_claims(election, now)
    if stage is None:
        raise NotNow(_("Claims cannot be submitted now."))
    if election.claims.filter(stage=stage, organization=entry.organization, outcome="").exists():
        raise NotNow(_("Your organisation has a claim that is waiting for an answer."))
    _row, made = NoClaims.objects.get_or_create(
        entry=entry, stage=stage, defaults={"said_by": actor.person, "said_at": now}
    )
    if made:
        note(election, "no_claims", actor, now, stage=stage, organization=entry.organization.slug)
    return have_no_claims(election, stage)


def _candidate(row, states):
    election = Election.objects.get(pk=row.election_id)
    if row.state != NominationState.ACCEPTED or election.state not in states:
        raise NotNow(_("This person is not a candidate now."))
    return election


@transaction.atomic
def support(row, *, organization, actor, now):
    """An organisation supports a candidate, publicly."""
    row = Nomination.objects.get(pk=row.pk)
    _speaking(actor, organization, now)
    election = locked(_candidate(row, (S.CANDIDATES, S.VOTING)))
    _support, made = Support.objects.get_or_create(
        nomination=row, organization=organization, defaults={"given_at": now}
    )
    if made:
        note(election, "supported", actor, now, organization=organization.slug, candidate=row.number)


@transaction.atomic
def ask(row, *, organization, text, actor, now):
    """An organisation asks a candidate; the question is read with the candidates."""
    row = Nomination.objects.get(pk=row.pk)
    _speaking(actor, organization, now)
    _candidate(row, (S.CANDIDATES, S.VOTING))
    if not text.strip():
        raise Incomplete({"text": _("Write the question.")})
    return Question.objects.create(nomination=row, organization=organization, text=text.strip(), asked_at=now)


@transaction.atomic
def answer_question(question, *, answer, actor, now):
    """The candidate answers, once."""
    question = Question.objects.select_for_update(of=("self",)).select_related("nomination").get(pk=question.pk)
    if question.nomination.person_id is None or question.nomination.person_id != standing_of(actor, now).person_id:
        raise PermissionDenied(_("Only the candidate who was asked can answer."))
    if question.answer:
        raise NotNow(_("This question has already been answered."))
    _candidate(question.nomination, (S.CANDIDATES, S.VOTING))
    if not answer.strip():
        raise Incomplete({"answer": _("Write the answer.")})
    question.answer, question.answered_at = answer.strip(), now
    question.save()
    return question
