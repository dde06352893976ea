"""Mail about meetings: invitations and their changes with a calendar part; date polls, minutes, communiqués."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.services import issue_links
from core import clock, dates
from core.dates import instant_words
from core.icalendar.build import cancel, request
from core.icalendar.entry import Party
from core.outbox.services import drop, drop_keys, enqueue
from core.text import shown
from core.visibility import Visibility
from meetings.documents.calendars import calendar_entry, dates_in_words, option_in_words
from meetings.models import Communique, DatePoll, EmbargoReader, Invitation, Meeting, Minutes, PollRespondent
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for

KIND = "meeting_invitation"
CANCELLED = "meeting_cancelled"
SIGN = "communique_sign"
POLL_LINK = "poll"
EMBARGO_LINK = "embargo"
INVITATION_LINK = "meeting_invitation"


def _organizer() -> Party:
    """The organizer of calendar entries: the portal's own address."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Party(address, name)


def notify_invited(meeting: Meeting, invitations: Iterable[Invitation], template: str, now: datetime.datetime) -> None:
    """Write `mail/meetings/<template>` with a calendar REQUEST to each; after a move, unsent invitations are dropped."""
    if template == "moved":
        drop(KIND, meeting.code)
    invitations = list(invitations)
    days = max((meeting.starts_on - now.date()).days, 0) + 2
    links = issue_links(INVITATION_LINK, {(meeting.code, one.address) for one in invitations}, now, days)
    for invitation in invitations:
        token = links[meeting.code, invitation.address]
        _enqueue_calendar(meeting, invitation, template, KIND, request, "REQUEST", now, token)


def notify_cancelled(meeting: Meeting, invitations: Iterable[Invitation], now: datetime.datetime) -> None:
    """Write the cancellation with its calendar CANCEL to everybody who was invited."""
    drop(KIND, meeting.code)
    for invitation in invitations:
        _enqueue_calendar(meeting, invitation, "cancelled", CANCELLED, cancel, "CANCEL", now)


def notify_released(meeting: Meeting, invitation: Invitation, now: datetime.datetime) -> None:
    """Write to a guest that their invitation is withdrawn, with a calendar CANCEL of their own."""
    drop_keys([_key(KIND, meeting, invitation)])
    _enqueue_calendar(meeting, invitation, "released", CANCELLED, cancel, "CANCEL", now, raised=1)


def _key(kind: str, meeting: Meeting, invitation: Invitation) -> str:
    return f"{kind}:{meeting.code}:{meeting.sequence}:{invitation.pk}"


def _enqueue_calendar(
    meeting: Meeting,
    invitation: Invitation,
    template: str,
    kind: str,
    build: Callable[..., bytes],
    method: str,
    now: datetime.datetime,
    token: str = "",
    raised: int = 0,
) -> None:
    """`raised` is added to the SEQUENCE that this one person gets, where the meeting itself stays as it is."""
    language = invitation.language
    entry = calendar_entry(meeting, language, with_link=True)
    calendar = ""
    if entry is not None:
        entry = replace(entry, sequence=entry.sequence + raised)
        attendee = Party(invitation.address, invitation.name)
        calendar = build(entry, attendee, _organizer(), now, language).decode()
    enqueue(
        key=_key(kind, meeting, invitation),
        kind=kind,
        code=meeting.code,
        address=invitation.address,
        language=language,
        template=f"mail/meetings/{template}",
        context=_invitation_context(meeting, invitation, token),
        at=now,
        calendar=calendar,
        calendar_method=method if calendar else "",
    )


def _offset(moment: datetime.datetime, zone: str) -> datetime.timedelta | None:
    return moment.astimezone(clock.zone(zone)).utcoffset()


def _invitation_context(meeting: Meeting, invitation: Invitation, token: str) -> dict[str, Any]:
    with translation.override(invitation.language):
        # A meeting among the organisations has no page for a guest.
        is_hidden = invitation.is_guest and meeting.visibility != Visibility.PUBLIC
        context = {
            "meeting": meeting,
            "is_guest": invitation.is_guest,
            "title": shown(meeting, "title", invitation.language).value,
            "page": "" if is_hidden else settings.CASA_ORIGIN + meeting.get_absolute_url(),
        }
        if token:
            path = reverse("meetings:invitation_by_link", args=[meeting.code, token])
            context["answer_page"] = settings.CASA_ORIGIN + path
        if meeting.starts_at is not None:
            context["when"] = dates_in_words(meeting)
            if _offset(meeting.starts_at, invitation.zone) != _offset(meeting.starts_at, meeting.zone):
                context["yours"] = dates_in_words(meeting, invitation.zone)
        else:
            context["when"] = dates.span(meeting.starts_on, meeting.ends_on, meeting.date_precision)
        return context


def ask_about_dates(poll: DatePoll, respondents: Sequence[PollRespondent], now: datetime.datetime) -> None:
    """Write to every respondent of a poll: its dates in the announced zone and their own, with a personal link that is
    valid until the poll closes."""
    code, meeting = f"poll-{poll.pk}", poll.meeting
    days = (poll.closes_at - now).days + 1
    links = issue_links(POLL_LINK, {(code, one.address) for one in respondents}, now, days)
    options = list(poll.options.all())
    for respondent in respondents:
        with translation.override(respondent.language):
            page = reverse("meetings:poll_by_link", args=[meeting.code, links[code, respondent.address]])
            context = {
                "meeting": meeting,
                "title": shown(meeting, "title", respondent.language).value,
                "poll": poll,
                "options": [option_in_words(option, poll.zone, respondent.zone) for option in options],
                "closes": instant_words(poll.last_minute, poll.zone),
                "page": settings.CASA_ORIGIN + page,
                "organization": respondent.organization,
                "closes_on": dates.span(clock.today(poll.last_minute, poll.zone)),
            }
        enqueue(
            key=f"dates-asked:{poll.pk}:{respondent.pk}",
            kind="dates_asked",
            code=meeting.code,
            address=respondent.address,
            language=respondent.language,
            template="mail/meetings/dates_asked",
            context=context,
            at=now,
        )


def notify_circulated(minutes: Minutes, now: datetime.datetime) -> int:
    """Write to everybody who speaks for a member organisation that the minutes can be read, and until when commented.

    Returns the number of mails.
    """
    meeting, today = minutes.meeting, clock.today(now, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today).in_order())
    written, speaking = set(), who_speaks_for(members, today)
    for organization in members:
        for person in speaking[organization.pk]:
            if person.address in written:
                continue
            written.add(person.address)
            with translation.override(person.language):
                context = {
                    "title": shown(meeting, "title", person.language).value,
                    "organization": organization,
                    "until": instant_words(minutes.last_minute, meeting.zone),
                    "page": settings.CASA_ORIGIN + minutes.get_absolute_url(),
                }
            enqueue(
                key=f"minutes:{minutes.pk}:{now.isoformat()}:{person.address}",
                kind="minutes_circulated",
                code=meeting.code,
                address=person.address,
                language=person.language,
                template="mail/meetings/minutes",
                context=context,
                at=now,
            )
    return len(written)


def ask_to_sign(
    communique: Communique,
    template: str,
    now: datetime.datetime,
    organizations: Sequence[Organization] | None = None,
) -> int:
    """Write to everybody who speaks for these organisations (None: for every member) to sign, and by when.

    Earlier requests that are not sent yet are dropped. Returns the number of mails.
    """
    meeting, today = communique.meeting, clock.today(now, settings.CASA_ZONE)
    drop(SIGN, meeting.code)
    if organizations is None:
        organizations = list(Organization.objects.members_on(today).in_order())
    speaking = who_speaks_for(organizations, today)
    count = 0
    for organization in organizations:
        for person in speaking[organization.pk]:
            with translation.override(person.language):
                context = {
                    "title": shown(meeting, "title", person.language).value,
                    "organization": organization,
                    "until": instant_words(communique.publishes_at, meeting.zone),
                    "page": settings.CASA_ORIGIN + communique.get_absolute_url(),
                }
            enqueue(
                key=f"{SIGN}:{communique.pk}:{organization.pk}:{now.isoformat()}:{person.address}",
                kind=SIGN,
                code=meeting.code,
                address=person.address,
                language=person.language,
                template=f"mail/meetings/{template}",
                context=context,
                at=now,
            )
            count += 1
    return count


def send_embargo_link(communique: Communique, reader: EmbargoReader, token: str, now: datetime.datetime) -> None:
    """Write to somebody the personal link by which they read the text early, and until when it is embargoed."""
    meeting = communique.meeting
    with translation.override(reader.language):
        page = reverse("meetings:embargo_by_link", args=[meeting.code, token])
        context = {
            "title": shown(meeting, "title", reader.language).value,
            "name": reader.name,
            "until": instant_words(communique.publishes_at, meeting.zone),
            "page": settings.CASA_ORIGIN + page,
        }
    enqueue(
        key=f"embargo:{reader.pk}",
        kind="embargo",
        code=meeting.code,
        address=reader.address,
        language=reader.language,
        template="mail/meetings/embargo",
        context=context,
        at=now,
    )
