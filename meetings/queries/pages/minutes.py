"""The pages of the minutes: reading them and commenting, writing one part."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import permissions
from meetings.models import AgendaItem, Meeting, Minutes, MinutesComment, MinutesPart
from meetings.queries.minutes import Part, circulation_blockers, visible_parts
from meetings.states import Handling, ItemKind, MeetingState, MinutesState


def _handling(part: MinutesPart | None) -> str:
    """How a part is read, where that is not as all others are."""
    return capfirst(part.get_handling_display()) if part and part.handling != Handling.OPEN else ""


@dataclass(frozen=True)
class CommentRow:
    """A comment of an organisation, and what can be done about it."""

    comment: MinutesComment
    names_nobody: bool
    can_answer: bool

    @property
    def verdict(self) -> str:
        """Empty until it is answered."""
        verdicts = {True: _("Accepted."), False: _("Not accepted."), None: ""}
        return verdicts[self.comment.taken_up]


@dataclass(frozen=True)
class PartRow:
    """A part of the minutes, and what its reader can do about it."""

    meeting: Meeting
    part: Part
    is_writer: bool
    can_write: bool
    can_comment: bool

    @property
    def key(self) -> str:
        """Names it within the page."""
        return str(self.part.item.pk) if self.part.item else "general"

    @property
    def handling(self) -> str:
        return _handling(self.part.row)

    @property
    def comments(self) -> list[CommentRow]:
        names_nobody = bool(self.part.row and self.part.row.names_nobody)
        return [CommentRow(comment, names_nobody, self.is_writer) for comment in self.part.comments]

    @property
    def write_address(self) -> str:
        return self._address("minutes_write", "minutes_general")

    @property
    def handling_address(self) -> str:
        return self._address("minutes_handling", "minutes_general_handling")

    def _address(self, route: str, general: str) -> str:
        if self.part.item is None:
            return reverse(f"meetings:{general}", args=[self.meeting.code])
        return reverse(f"meetings:{route}", args=[self.meeting.code, self.part.item.pk])

    @property
    def has_versions(self) -> bool:
        return self.can_write and bool(self.part.number)

    @property
    def has_acts(self) -> bool:
        return self.can_write or self.can_comment


@dataclass(frozen=True)
class MinutesPage:
    """The minutes as their reader sees them; `minutes` is None until they are begun."""

    meeting: Meeting
    minutes: Minutes | None
    parts: list[PartRow]
    is_writer: bool
    can_comment: bool
    accepts_comments: bool
    blockers: list[str]
    #: Comments that are not answered.
    waiting: int

    @property
    def is_draft(self) -> bool:
        return self.minutes is None or self.minutes.state == MinutesState.DRAFT

    @property
    def is_circulated(self) -> bool:
        return self.minutes is not None and self.minutes.state == MinutesState.CIRCULATED

    @property
    def circulating_verb(self) -> str:
        """Empty where they cannot be circulated: before the meeting is over, and once they are approved."""
        is_over = self.meeting.state in (MeetingState.HELD, MeetingState.PUBLISHED)
        if self.minutes is None or not is_over or self.minutes.state == MinutesState.APPROVED:
            return ""
        return _("Give more time…") if self.is_circulated else _("Circulate the minutes…")

    @property
    def circulating_look(self) -> str:
        return "quiet" if self.is_circulated else ""

    @property
    def can_approve(self) -> bool:
        return self.is_circulated and not self.accepts_comments and not self.waiting

    @property
    def can_reopen(self) -> bool:
        return not self.is_draft

    @property
    def waiting_in_words(self) -> str:
        """Empty where no comment is waiting."""
        if not self.waiting:
            return ""
        sentence = ngettext(
            "%(n)s comment is waiting for an answer", "%(n)s comments are waiting for an answer", self.waiting
        )
        return sentence % {"n": self.waiting}


def minutes_page(meeting: Meeting, minutes: Minutes | None, user: Any, now: datetime.datetime) -> MinutesPage:
    """The page for its reader, who reads only what is written unless they write it."""
    is_writer = permissions.has_perm(user, "meetings.write_minutes")
    accepts_comments = minutes is not None and minutes.accepts_comments(now)
    can_comment = accepts_comments and permissions.has_perm(user, "meetings.comment_minutes")
    can_write = is_writer and (minutes is None or minutes.state != MinutesState.APPROVED)
    parts = [part for part in writable_parts(meeting, user, now) if is_writer or (part.row and part.body)]
    stops = is_writer and minutes is not None and minutes.state == MinutesState.DRAFT
    return MinutesPage(
        meeting=meeting,
        minutes=minutes,
        parts=[PartRow(meeting, part, is_writer, can_write, can_comment and part.row is not None) for part in parts],
        is_writer=is_writer,
        can_comment=can_comment,
        accepts_comments=accepts_comments,
        blockers=circulation_blockers(minutes) if minutes is not None and stops else [],
        waiting=sum(comment.taken_up is None for part in parts for comment in part.comments),
    )


def writable_parts(meeting: Meeting, user: Any, now: datetime.datetime) -> list[Part]:
    """A part for each agenda item that can have minutes (all but the breaks) and the general one."""
    items = AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).exclude(kind=ItemKind.BREAK)
    return visible_parts(meeting, list(items.in_order()), user, now)


@dataclass(frozen=True)
class PartWriting:
    """The page on which one part is written; `item` is None for the meeting in general."""

    meeting: Meeting
    item: AgendaItem | None
    part: MinutesPart | None

    @property
    def title(self) -> str:
        return self.item.title if self.item else _("General")

    @property
    def key(self) -> str:
        return str(self.item.pk) if self.item else "general"

    @property
    def handling(self) -> str:
        return _handling(self.part)

    @property
    def is_in_session(self) -> bool:
        return self.meeting.state == MeetingState.IN_SESSION

    @property
    def takes_sentences(self) -> bool:
        """Whether sentences of the notes can be recorded as decisions and actions."""
        return self.meeting.state in (MeetingState.IN_SESSION, MeetingState.HELD)

    @property
    def decision_address(self) -> str:
        route = "room_decide" if self.is_in_session else "decision_record"
        about_item = f"?item={self.item.pk}" if self.item else ""
        return reverse(f"meetings:{route}", args=[self.meeting.code]) + about_item
