"""Agenda items that organisations propose, and how the coordination team answers."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.states import move
from core.visibility import Visibility
from meetings.models import ItemProposal, Meeting
from meetings.queries.proposals import minutes_left
from meetings.services.agenda import ItemContent, add_item
from meetings.states import PROPOSAL_MOVES, MeetingState, ProposalState
from organizations.models import Organization


@dataclass(frozen=True)
class NewProposal:
    """What an organisation proposes; `why` is its reason."""

    title: str
    language: str
    kind: str
    minutes: int
    why: str


@transaction.atomic
def propose_item(
    meeting: Meeting,
    *,
    organization: Organization,
    proposal: NewProposal,
    actor: User | None,
    now: datetime.datetime,
) -> ItemProposal:
    """Propose an agenda item for an organisation, within the minutes it has left. Returns the ItemProposal.

    Raises NotNow where the meeting is not open to proposals, Incomplete without a title or minutes left.
    """
    meeting = lock(meeting)
    if meeting.state != MeetingState.CONVENED or not meeting.proposal_minutes:
        raise NotNow(_("This meeting is not open to proposals."))
    missing = {}
    if not proposal.title.strip():
        missing["title"] = _("Give it a title.")
    left = minutes_left(meeting, organization)
    if not 1 <= proposal.minutes <= left:
        missing["minutes"] = _("Your organisation has %(n)s minutes left to propose.") % {"n": left}
    if missing:
        raise Incomplete(missing)
    row = ItemProposal.objects.create(
        meeting=meeting,
        organization=organization,
        title=proposal.title.strip(),
        language=proposal.language,
        kind=proposal.kind,
        minutes=proposal.minutes,
        why=proposal.why.strip(),
        author=journal.key(actor),
        proposed_at=now,
    )
    facts = {"organization": organization.acronym, "minutes": row.minutes}
    journal.record(actor, "item_proposed", meeting.code, now, **facts)
    return row


@transaction.atomic
def answer_proposal(
    proposal: ItemProposal, *, state: str, answer: str, actor: User | None, now: datetime.datetime
) -> ItemProposal:
    """Put a proposal on the agenda (TAKEN), or decline it with a reason. Returns the ItemProposal.

    Adds an agenda item without a day, at the end.
    Raises Incomplete for another state or without a reason, NotNow where it is answered already.
    """
    meeting = lock(proposal.meeting)
    proposal = lock(proposal)
    if state not in (ProposalState.TAKEN, ProposalState.DECLINED):
        raise Incomplete({"state": _("Choose an answer.")})
    if state == ProposalState.DECLINED and not answer.strip():
        raise Incomplete({"answer": _("Say why; the organisation will see it.")})
    move(proposal, state, PROPOSAL_MOVES)
    proposal.answer = answer.strip()
    if state == ProposalState.TAKEN:
        content = ItemContent(
            titles={proposal.language: proposal.title},
            language=proposal.language,
            kind=proposal.kind,
            minutes=proposal.minutes,
            presenter=Organization.objects.get(pk=proposal.organization_id),
            note=proposal.why,
            visibility=Visibility.COMMUNITY,
        )
        proposal.item = add_item(meeting, content=content, actor=actor, now=now)
    proposal.save()
    journal.record(actor, "proposal_answered", meeting.code, now, proposal=proposal.pk, state=str(state))
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: ItemProposal, *, actor: User | None, now: datetime.datetime) -> None:
    """Withdraw a proposal; its minutes can be proposed again. Raises NotNow where it is answered already."""
    proposal = lock(proposal, "meeting")
    move(proposal, ProposalState.WITHDRAWN, PROPOSAL_MOVES)
    proposal.save(update_fields=["state"])
    journal.record(actor, "proposal_withdrawn", proposal.meeting.code, now, proposal=proposal.pk)
