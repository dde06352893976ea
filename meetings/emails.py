"""What a meeting says by mail: convening, change and cancelling with their calendar part; dates, minutes, signing."""

from dataclasses import replace
from email.utils import parseaddr

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
from meetings.documents import entry_of, option_words, when_words
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for

KIND = "meeting_invitation"
CANCELLED = "meeting_cancelled"
SIGN = "communique_sign"
POLL_LINK = "poll"
EMBARGO_LINK = "embargo"
INVITATION_LINK = "meeting_invitation"


def organizer():
    """Who convenes, for mail programs: the portal's own address."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Party(address, name)


def tell_invited(meeting, invitations, template, now):
    """Write `mail/meetings/<template>` with a REQUEST to each; what was not sent yet no longer holds after a move."""
    if template == "moved":
        drop(KIND, meeting.code)
    invitations = list(invitations)
    days = max((meeting.starts_on - now.date()).days, 0) + 2
    links = issue_links(INVITATION_LINK, {(meeting.code, one.address) for one in invitations}, now, days)
    for invitation in invitations:
        _put(meeting, invitation, template, KIND, request, "REQUEST", now, links[meeting.code, invitation.address])


def tell_cancelled(meeting, invitations, now):
    """Write the cancelling with its CANCEL to everybody who was called."""
    drop(KIND, meeting.code)
    for invitation in invitations:
        _put(meeting, invitation, "cancelled", CANCELLED, cancel, "CANCEL", now)


def tell_released(meeting, invitation, now):
    """Tell a guest that they are called no more, with a CANCEL of their own; others hear nothing."""
    drop_keys([_key(KIND, meeting, invitation)])
    _put(meeting, invitation, "released", CANCELLED, cancel, "CANCEL", now, raised=1)


def _key(kind, meeting, invitation):
    return f"{kind}:{meeting.code}:{meeting.sequence}:{invitation.pk}"


def _put(meeting, invitation, template, kind, build, method, now, token="", raised=0):
    """`raised` lifts the SEQUENCE of what this one person gets, where the meeting itself stays as it is."""
    language = invitation.language
    entry = entry_of(meeting, language, with_link=True)
    calendar = ""
    if entry is not None:
        entry = replace(entry, sequence=entry.sequence + raised)
        attendee = Party(invitation.address, invitation.name)
        calendar = build(entry, attendee, organizer(), now, language).decode()
    enqueue(
        key=_key(kind, meeting, invitation), kind=kind, code=meeting.code,
        address=invitation.address, language=language, template=f"mail/meetings/{template}",
        context=_context(meeting, invitation, token), at=now, calendar=calendar, calendar_method=method if calendar else "",
    )  # fmt: skip


def _offset(meeting, zone):
    return meeting.starts_at.astimezone(clock.zone(zone)).utcoffset()


def _context(meeting, invitation, token):
    with translation.override(invitation.language):
        context = {
            "meeting": meeting,
            "is_guest": invitation.is_guest,
            "title": shown(meeting, "title", invitation.language).value,
            # A meeting of the organisations has no page for a guest.
            "page": ""
            if invitation.is_guest and meeting.visibility != Visibility.PUBLIC
            else settings.CASA_ORIGIN + meeting.get_absolute_url(),
        }
        if token:
            path = reverse("meetings:invitation_by_link", args=[meeting.code, token])
            context["answer_page"] = settings.CASA_ORIGIN + path
        if meeting.has_hours:
            context["when"] = when_words(meeting)
            if _offset(meeting, invitation.zone) != _offset(meeting, meeting.zone):
                context["yours"] = when_words(meeting, invitation.zone)
        else:
            context["when"] = dates.span(meeting.starts_on, meeting.ends_on, meeting.date_precision)
        return context


def ask_dates(poll, voices, now):
    """To everybody who is asked: which of these dates suit, in the announced zone and their own, with a link of their
    own that works until the poll closes."""
    code, meeting = f"poll-{poll.pk}", poll.meeting
    days = (poll.closes_at - now).days + 1
    links = issue_links(POLL_LINK, {(code, one.address) for one in voices}, now, days)
    options = list(poll.options.all())
    for voice in voices:
        with translation.override(voice.language):
            page = reverse("meetings:poll_by_link", args=[meeting.code, links[code, voice.address]])
            context = {
                "meeting": meeting, "title": shown(meeting, "title", voice.language).value, "poll": poll,
                "options": [option_words(one, poll.zone, voice.zone) for one in options],
                "closes": instant_words(poll.last_minute, poll.zone), "page": settings.CASA_ORIGIN + page,
                "organization": voice.organization,
                "closes_on": dates.span(clock.today(poll.last_minute, poll.zone)),
            }  # fmt: skip
        enqueue(
            key=f"dates-asked:{poll.pk}:{voice.pk}", kind="dates_asked", code=meeting.code, address=voice.address,
            language=voice.language, template="mail/meetings/dates_asked", context=context, at=now,
        )  # fmt: skip


def tell_minutes(minutes, now):
    """To everybody who speaks for a member organisation: the minutes are there, comments until. Returns how many."""
    meeting, today = minutes.meeting, clock.today(now, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today).in_order())
    seen, speaking = set(), who_speaks_for(members, today)
    for organization in members:
        for one in speaking[organization.pk]:
            if one.address in seen:
                continue
            seen.add(one.address)
            with translation.override(one.language):
                context = {
                    "title": shown(meeting, "title", one.language).value, "organization": organization,
                    "until": instant_words(minutes.last_minute, meeting.zone),
                    "page": settings.CASA_ORIGIN + minutes.get_absolute_url(),
                }  # fmt: skip
            enqueue(
                key=f"minutes:{minutes.pk}:{now.isoformat()}:{one.address}", kind="minutes_circulated", code=meeting.code,
                address=one.address, language=one.language, template="mail/meetings/minutes", context=context, at=now,
            )  # fmt: skip
    return len(seen)


def tell_to_sign(communique, template, now, organizations=None):
    """To everybody who speaks for a member organisation, or for these: sign, and by when. Returns how many."""
    meeting, today = communique.meeting, clock.today(now, settings.CASA_ZONE)
    drop(SIGN, meeting.code)
    if organizations is None:
        organizations = list(Organization.objects.members_on(today).in_order())
    speaking = who_speaks_for(organizations, today)
    told = 0
    for organization in organizations:
        for one in speaking[organization.pk]:
            with translation.override(one.language):
                context = {
                    "title": shown(meeting, "title", one.language).value, "organization": organization,
                    "until": instant_words(communique.publishes_at, meeting.zone),
                    "page": settings.CASA_ORIGIN + communique.get_absolute_url(),
                }  # fmt: skip
            enqueue(
                key=f"{SIGN}:{communique.pk}:{organization.pk}:{now.isoformat()}:{one.address}", kind=SIGN,
                code=meeting.code, address=one.address, language=one.language, template=f"mail/meetings/{template}",
                context=context, at=now,
            )  # fmt: skip
            told += 1
    return told


def give_early(communique, reader, token, now):
    """To somebody named: the text before its hour, by a link of their own, and until when nothing may be told of it."""
    meeting = communique.meeting
    with translation.override(reader.language):
        page = reverse("meetings:embargo_by_link", args=[meeting.code, token])
        context = {
            "title": shown(meeting, "title", reader.language).value, "name": reader.name,
            "until": instant_words(communique.publishes_at, meeting.zone), "page": settings.CASA_ORIGIN + page,
        }  # fmt: skip
    enqueue(
        key=f"embargo:{reader.pk}", kind="embargo", code=meeting.code, address=reader.address,
        language=reader.language, template="mail/meetings/embargo", context=context, at=now,
    )  # fmt: skip
