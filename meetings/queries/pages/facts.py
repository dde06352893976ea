"""The facts beside a meeting: when, where, in which mode, who was there."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.text import language_in_words
from meetings.documents.calendars import calendar_entry
from meetings.models import Meeting
from meetings.states import MOVABLE, MeetingState, Presence
from organizations.models import Organization, Person


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


def meeting_facts(meeting: Meeting, is_community: bool) -> MeetingFacts:
    """The facts for the organisations, or for the public."""
    return MeetingFacts(
        meeting=meeting,
        is_community=is_community,
        attendance=_attendance(meeting, is_community),
        on_calendars=calendar_entry(meeting, get_language()) is not None,
    )


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
