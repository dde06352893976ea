"""The room of a meeting in session, on the wall and on the phones: what is treated, who is present, what is asked."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core import permissions
from core.states import Look
from meetings.models import Meeting, QuestionAnswer
from meetings.queries.room import CurrentQuestion, RoomState, room_state
from meetings.states import ANSWERS, Answer, ItemKind, MeetingState, QuestionKind
from organizations.models import Organization
from organizations.standing import standing_of


def _verb(answer: Answer) -> str:
    verbs = {
        Answer.AGREE: _("I agree"),
        Answer.ACCEPT: _("I can live with it"),
        Answer.OBJECT: _("I object"),
        Answer.FOR: pgettext("hand", "In favour"),
        Answer.AGAINST: pgettext("hand", "Against"),
        Answer.ABSTAIN: _("I abstain"),
    }
    return verbs[answer]


@dataclass(frozen=True)
class Choice:
    """One answer that an organisation can give, as a button."""

    value: Answer
    verb: str
    is_given: bool


@dataclass(frozen=True)
class OwnAnswer:
    """An organisation for which the reader can answer, with the answer it gave."""

    organization: Organization
    kind: QuestionKind
    answer: QuestionAnswer | None

    @property
    def given(self) -> str:
        return self.answer.get_answer_display() if self.answer else ""

    @property
    def reason(self) -> str:
        return self.answer.reason if self.answer else ""

    @property
    def reason_label(self) -> str:
        is_consensus = self.kind == QuestionKind.CONSENSUS
        return _("Reason, if you object") if is_consensus else _("Reason (optional)")

    @property
    def choices(self) -> list[Choice]:
        given = self.answer.answer if self.answer else ""
        return [Choice(value, _verb(value), value == given) for value in ANSWERS[self.kind]]


@dataclass(frozen=True)
class QuestionView:
    """What is asked now, or was asked last."""

    current: CurrentQuestion
    leads: bool
    own_answers: list[OwnAnswer]
    #: Organisations for which the reader speaks and that are not recorded as present.
    outside: list[Organization]

    @property
    def pk(self) -> int:
        return self.current.question.pk

    @property
    def words(self) -> str:
        return self.current.question.words

    @property
    def is_open(self) -> bool:
        return self.current.question.closed_at is None

    @property
    def kind(self) -> str:
        return capfirst(self.current.question.get_kind_display())

    @property
    def silent(self) -> list[Organization]:
        """Those present that have not answered, while it is open."""
        return self.current.silent if self.is_open else []

    @property
    def can_close(self) -> bool:
        return self.leads and self.is_open


@dataclass(frozen=True)
class SessionView:
    """A session as its reader sees it."""

    meeting: Meeting
    room: RoomState
    leads: bool
    question: QuestionView | None

    @property
    def decision_address(self) -> str:
        about = f"?question={self.question.pk}" if self.question else ""
        return reverse("meetings:room_decide", args=[self.meeting.code]) + about

    @property
    def minutes_address(self) -> str:
        """Of the part about the current item; breaks have none."""
        item = self.room.item
        if item is None or item.kind == ItemKind.BREAK:
            return reverse("meetings:minutes_general", args=[self.meeting.code])
        return reverse("meetings:minutes_write", args=[self.meeting.code, item.pk])

    @property
    def time_left(self) -> str:
        minutes = self.room.minutes_left or 0
        return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}

    @property
    def time_over(self) -> str:
        """Empty while there is time left for the item."""
        minutes = self.room.minutes_over
        return ngettext("%(n)s minute over", "%(n)s minutes over", minutes) % {"n": minutes} if minutes else ""

    @property
    def number_present(self) -> str:
        number = len(self.room.present)
        return ngettext("%(n)s organisation present", "%(n)s organisations present", number) % {"n": number}

    @property
    def quorum_look(self) -> Look:
        return Look.DONE if self.room.has_quorum else Look.RISK

    @property
    def quorum_in_words(self) -> str:
        if self.room.has_quorum:
            return _("there is a quorum")
        return _("no quorum: %(n)s needed") % {"n": self.room.session.quorum}

    @property
    def following_verb(self) -> str:
        return _("Next item") if self.room.item else _("Begin with the first item")


@dataclass(frozen=True)
class RoomPage:
    """The page of the room; there is no `session` while the meeting is not in session."""

    meeting: Meeting
    is_wall: bool
    session: SessionView | None

    @property
    def closed_in_words(self) -> str:
        """Why there is nothing to see."""
        if self.meeting.state == MeetingState.CONVENED:
            return _("The session has not begun. This page opens when the coordination team begins the session.")
        return _("The meeting is not in session.")

    @property
    def now_address(self) -> str:
        """Of the part that the page's JavaScript refreshes."""
        return reverse("meetings:room_now", args=[self.meeting.code]) + ("?wall=1" if self.is_wall else "")


def room_page(meeting: Meeting, user: Any, now: datetime.datetime, *, is_wall: bool) -> RoomPage:
    """The page for its reader. A wall is for all: it has no buttons for the person signed in there."""
    if meeting.state != MeetingState.IN_SESSION:
        return RoomPage(meeting, is_wall, session=None)
    room = room_state(meeting, user, now)
    leads = not is_wall and permissions.has_perm(user, "meetings.lead_room")
    current = room.question
    can_answer = current is not None and current.question.closed_at is None and not is_wall
    standing = standing_of(user, now)
    speaks_for = standing.speaks_for & standing.member_of if can_answer else frozenset()
    question = _question(room, current, leads, speaks_for) if current else None
    return RoomPage(meeting, is_wall, SessionView(meeting, room, leads, question))


def _question(room: RoomState, current: CurrentQuestion, leads: bool, speaks_for: Collection[int]) -> QuestionView:
    kind = QuestionKind(current.question.kind)
    return QuestionView(
        current=current,
        leads=leads,
        own_answers=[
            OwnAnswer(period.organization, kind, current.answers.get(period.organization_id))
            for period in room.present
            if period.organization_id in speaks_for
        ],
        outside=[member for member in room.absent if member.pk in speaks_for],
    )
