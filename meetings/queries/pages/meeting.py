"""The page of a meeting: when and where, what can be done, its outcome, decisions and agenda, who was there."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from commons.models import ActionItem
from core import clock, dates, permissions
from core.records import threads
from core.templatetags.notices import below
from core.text import language_in_words
from meetings.deadlines import begins_at
from meetings.documents.calendars import calendar_entry
from meetings.models import AgendaItem, Decision, Invitation, ItemProposal, Meeting, Minutes, OwnAccount
from meetings.queries.invitations import ANSWERS
from meetings.queries.outcome import outcome_blockers
from meetings.queries.pages.acts import MeetingActs
from meetings.queries.pages.agenda import Agenda, agenda_of, with_papers
from meetings.queries.pages.outcome import Outcome, visible_outcome
from meetings.states import MOVABLE, RECORDING, MeetingState, Presence, Subject
from organizations.models import Organization, Person
from organizations.standing import standing_of


@dataclass
class AttendanceGroup:
    """Who took part in one way: organisations by order of joining, and people who can be named."""

    presence: Presence
    organizations: list[Organization] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Empty where it is not stated how they took part."""
        return str(capfirst(self.presence.label)) if self.presence else ""

    @property
    def names(self) -> str:
        return ", ".join(person.name for person in self.people)


@dataclass(frozen=True)
class MeetingFacts:
    """The facts beside a meeting. What is not known is said: not announced yet, not in the source, not recorded."""

    meeting: Meeting
    is_community: bool
    attendance: list[AttendanceGroup]
    on_calendars: bool

    @property
    def _is_ahead(self) -> bool:
        return self.meeting.state in MOVABLE

    @property
    def times_unknown(self) -> str:
        if self._is_ahead:
            return _("The times are not announced yet.")
        return _("The source does not give the times.") if self.meeting.sources else _("The times were not recorded.")

    @property
    def is_of_one_day(self) -> bool:
        return self.meeting.starts_on == self.meeting.ends_on

    @property
    def place_or_mode_unknown(self) -> str:
        if self._is_ahead:
            return _("not announced yet")
        return _("The source does not say.") if self.meeting.sources else _("not recorded")

    @property
    def mode(self) -> str:
        return capfirst(self.meeting.get_mode_display()) or self.place_or_mode_unknown

    @property
    def link(self) -> str:
        """The address for taking part remotely, which only the organisations get."""
        return self.meeting.link if self.is_community else ""

    @property
    def interpretation(self) -> str:
        return ", ".join(language_in_words(code) for code in self.meeting.interpretation or ())

    @property
    def has_attendance(self) -> bool:
        return bool(self.attendance) or self.meeting.state in (MeetingState.HELD, MeetingState.PUBLISHED)

    @property
    def attendance_unknown(self) -> str:
        return _("The source does not say who attended.") if self.meeting.sources else _("not recorded")

    @property
    def official_language(self) -> str:
        return capfirst(language_in_words(self.meeting.source_language))

    @property
    def audience(self) -> str:
        """Who sees the page; empty for the public."""
        return self.meeting.get_visibility_display() if self.is_community else ""


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
        facts=MeetingFacts(
            meeting=meeting,
            is_community=is_community,
            attendance=_attendance(meeting, is_community),
            on_calendars=calendar_entry(meeting, get_language()) is not None,
        ),
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


def _attendance(meeting: Meeting, is_community: bool) -> list[AttendanceGroup]:
    """By way of taking part; the public reads only names that are public. One query."""
    rows = meeting.attendances.select_related("organization", "person").order_by(
        "organization__position", "organization__acronym", "person__name"
    )
    groups = {presence: AttendanceGroup(presence) for presence in Presence}
    for row in rows:
        group = groups[Presence(row.presence)]
        if row.organization not in group.organizations:
            group.organizations.append(row.organization)
        if row.person is not None and (is_community or row.person.is_public):
            group.people.append(row.person)
    return [group for group in groups.values() if group.organizations]
