"""What organisations say of candidates, and candidates answer: supports and questions."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Incomplete, NotNow, PermissionDenied
from core.locks import lock
from elections.models import Election, Nomination, Question, Support
from elections.services.claims import check_speaks_for
from elections.services.steps import record_event
from elections.states import ElectionState, NominationState
from organizations.models import Organization
from organizations.standing import standing_of

#: While these last, candidates are supported and asked.
CAMPAIGNING = (ElectionState.CANDIDATES, ElectionState.VOTING)


def _check_candidate(election: Election, row: Nomination) -> None:
    if row.state != NominationState.ACCEPTED or election.state not in CAMPAIGNING:
        raise NotNow(_("This person is not a candidate now."))


@transaction.atomic
def support_candidate(row: Nomination, *, organization: Organization, actor: User, now: datetime.datetime) -> None:
    """Support a candidate publicly in the name of an organisation.

    An event of the chain, the first time. Raises PermissionDenied, NotNow.
    """
    election, row = lock(row.election), lock(row)
    check_speaks_for(actor, organization, now)
    _check_candidate(election, row)
    _support, is_new = Support.objects.get_or_create(
        nomination=row, organization=organization, defaults={"given_at": now}
    )
    if is_new:
        facts = {"organization": organization.slug, "candidate": row.number}
        record_event(election, "supported", actor=actor, now=now, **facts)


@transaction.atomic
def ask_question(
    row: Nomination, *, organization: Organization, text: str, actor: User, now: datetime.datetime
) -> Question:
    """Ask a candidate a question that is shown with the candidates. Raises PermissionDenied, NotNow, Incomplete."""
    election, row = lock(row.election), lock(row)
    check_speaks_for(actor, organization, now)
    _check_candidate(election, row)
    if not text.strip():
        raise Incomplete({"text": _("Write the question.")})
    return Question.objects.create(nomination=row, organization=organization, text=text.strip(), asked_at=now)


@transaction.atomic
def answer_question(question: Question, *, answer: str, actor: User, now: datetime.datetime) -> Question:
    """Store the candidate's answer, once. Raises PermissionDenied for anybody else, NotNow, Incomplete."""
    election, question = lock(question.nomination.election), lock(question, "nomination")
    row = question.nomination
    if row.person_id is None or row.person_id != standing_of(actor, now).person_id:
        raise PermissionDenied(_("Only the candidate who was asked can answer."))
    if question.answer:
        raise NotNow(_("This question has already been answered."))
    _check_candidate(election, row)
    if not answer.strip():
        raise Incomplete({"answer": _("Write the answer.")})
    question.answer, question.answered_at = answer.strip(), now
    question.save()
    return question
