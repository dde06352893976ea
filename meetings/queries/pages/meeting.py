"""The page of a meeting: when and where, what can be done, its outcome, decisions and agenda, who was there."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.models import ActionItem
from core import clock, dates, permissions
from core.records import threads
from core.templatetags.notices import below
from meetings.deadlines import begins_at
from meetings.models import AgendaItem, Decision, Invitation, ItemProposal, Meeting, Minutes, OwnAccount
from meetings.queries.invitations import ANSWERS
from meetings.queries.outcome import outcome_blockers
from meetings.queries.pages.acts import MeetingActs
from meetings.queries.pages.agenda import Agenda, agenda_of, with_papers
from meetings.queries.pages.facts import MeetingFacts, meeting_facts
from meetings.queries.pages.outcome import Outcome, visible_outcome
from meetings.states import MOVABLE, RECORDING, MeetingState, Presence, Subject
from organizations.standing import standing_of


@dataclass(frozen=True)
class CoordinationPart:
    """What only the coordination team reads."""

    acts: MeetingActs
    #: What keeps the outcome of a meeting that was held from being published.
    blockers: dict[str, str]
    #: How many of the invited gave each answer; the key is empty for those who have not answered.
    answers: Counter[str]

    @property
    def invited(self) -> int:
        return sum(self.answers.values())

    @property
    def invited_in_words(self) -> str:
        """`12 people were invited. In person: 7. Remote: 2.`"""
        sentence = ngettext("%(n)s person was invited.", "%(n)s people were invited.", self.invited)
        given = [
            f"{capfirst(Presence(value).label)}: {self.answers[value]}." for value in ANSWERS if self.answers[value]
        ]
        return " ".join([sentence % {"n": self.invited}, *given])


@dataclass(frozen=True)
class DecisionRow:
    """A decision of the meeting, and what came of it."""

    decision: Decision
    came: list[Any]


@dataclass(frozen=True)
class MeetingPage:
    """A meeting as its reader sees it."""

    meeting: Meeting
    is_community: bool
    has_begun: bool
    can_edit: bool
    can_propose_item: bool
    invitation: Invitation | None
    outcome: Outcome | None
    accounts: list[OwnAccount]
    decisions: list[DecisionRow]
    #: What came of the meeting itself.
    came: list[Any]
    #: Of the decisions and of the meeting.
    actions: list[ActionItem]
    minutes: Minutes | None
    agenda: Agenda
    proposals: list[ItemProposal]
    facts: MeetingFacts
    coordination: CoordinationPart | None

    @property
    def description(self) -> str:
        """For search engines: `Annual meeting 2026, 22–23 January 2026, Montevideo`."""
        return ", ".join(filter(None, [str(self.meeting.title), self._dates, self.meeting.place]))

    @property
    def _dates(self) -> str:
        meeting = self.meeting
        return dates.span(meeting.starts_on, meeting.ends_on, meeting.date_precision) if meeting.starts_on else ""

    @property
    def when_and_where(self) -> str:
        if not self._dates:
            return _("Its days are not known yet.")
        return ". ".join(filter(None, [self._dates, self.meeting.place]))

    @property
    def invitation_question(self) -> str:
        if self.invitation is None or not self.invitation.answer:
            return _("Will you attend?")
        answer = f"{_('Your answer:')} {self.invitation.get_answer_display()}."
        return f"{answer} {_('You can change it until the meeting begins.')}"

    @property
    def is_in_session(self) -> bool:
        """For those who can enter the room."""
        return self.is_community and self.meeting.state == MeetingState.IN_SESSION

    @property
    def hides_outcome(self) -> bool:
        """Whether the meeting is over and its outcome is not for this reader."""
        return self.outcome is None and self.meeting.state in (MeetingState.HELD, MeetingState.PUBLISHED)

    @property
    def can_record_first_decision(self) -> bool:
        return self.can_edit and self.meeting.state in RECORDING and self.has_begun and not self.decisions

    @property
    def lacks_agenda(self) -> bool:
        return not self.agenda.days and self.meeting.state in MOVABLE

    @property
    def takes_proposals(self) -> bool:
        return self.can_propose_item and self.meeting.state == MeetingState.CONVENED


def meeting_page(meeting: Meeting, user: Any, now: datetime.datetime) -> MeetingPage:
    """The page for its reader."""
    standing = standing_of(user, now)
    is_community, today = standing.is_community, clock.today(now, meeting.zone)
    items = list(AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).in_order())
    with_papers(meeting, items, user, now)
    rows = list(Decision.objects.visible_to(user, now).filter(meeting=meeting).by_number())
    codes = [meeting.code, *(decision.code for decision in rows)]
    nodes = {node.code: node for node in threads.what_came_of(codes, user, now)}
    decisions = [DecisionRow(decision, below(nodes.get(decision.code))) for decision in rows]
    came = below(nodes.get(meeting.code))
    has_begun = meeting.starts_on is not None and meeting.starts_on <= today
    can_edit = permissions.has_perm(user, "meetings.edit_meeting", meeting)
    takes_proposals = is_community and bool(meeting.proposal_minutes)
    proposals = ItemProposal.objects.visible_to(user, now).filter(meeting=meeting) if takes_proposals else ()
    return MeetingPage(
        meeting=meeting,
        is_community=is_community,
        has_begun=has_begun,
        can_edit=can_edit,
        can_propose_item=takes_proposals and permissions.has_perm(user, "meetings.propose_item"),
        invitation=_own_invitation(meeting, user, now),
        outcome=visible_outcome(meeting, is_community, now),
        accounts=list(meeting.accounts.select_related("organization")),
        decisions=decisions,
        came=came,
        actions=_actions([*came, *(node for row in decisions for node in row.came)], user, now),
        minutes=Minutes.objects.visible_to(user, now).filter(meeting=meeting).first(),
        agenda=agenda_of(
            meeting,
            items,
            user,
            is_community=is_community,
            open_actions=_open_actions(meeting, items, user, now) if is_community else None,
        ),
        proposals=list(proposals),
        facts=meeting_facts(meeting, is_community),
        coordination=_coordination(meeting, user, has_begun) if can_edit else None,
    )


def _coordination(meeting: Meeting, user: Any, has_begun: bool) -> CoordinationPart:
    return CoordinationPart(
        acts=MeetingActs(
            meeting=meeting,
            has_begun=has_begun,
            poll=meeting.polls.filter(state="open").first(),
            can_propose_project=permissions.has_perm(user, "priorities.propose_project"),
        ),
        blockers=outcome_blockers(meeting) if meeting.state == MeetingState.HELD else {},
        answers=Counter(meeting.invitations.values_list("answer", flat=True)),
    )


def _own_invitation(meeting: Meeting, user: Any, now: datetime.datetime) -> Invitation | None:
    """The reader's own invitation to a meeting that has not begun."""
    if not user.is_authenticated or meeting.state != MeetingState.CONVENED or begins_at(meeting) <= now:
        return None
    return meeting.invitations.filter(address=user.email).first()


def _open_actions(
    meeting: Meeting, items: Iterable[AgendaItem], user: Any, now: datetime.datetime
) -> list[ActionItem] | None:
    """What was undertaken earlier and is open, overdue first, where the agenda treats it.

    None where it is not treated, and once the meeting is over: what is open now is not what was open then.
    """
    treats = any(item.subject == Subject.ACTIONS for item in items)
    if not treats or meeting.state not in MOVABLE | RECORDING:
        return None
    today = clock.today(now, meeting.zone)
    unfinished = ActionItem.objects.visible_to(user, now).unfinished()
    rows = list(unfinished.filter(code__lt=f"CASA-{meeting.year + 1}").with_people().overdue_first()[:50])
    for row in rows:
        row.is_late = row.is_overdue_on(today)
    return rows


def _actions(nodes: Iterable[Any], user: Any, now: datetime.datetime) -> list[ActionItem]:
    codes = sorted({node.code for node in nodes if node.row.kind.code == "ACT"})
    if not codes:
        return []
    return list(ActionItem.objects.visible_to(user, now).filter(code__in=codes).with_people().overdue_first())
