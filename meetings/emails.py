"""What a meeting says by mail: the convening notice, its change, its cancelling. Each carries its calendar part."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import translation

from core import clock, dates
from core.icalendar import Party, cancel, request
from core.outbox.services import drop, put
from core.text import shown
from meetings.documents import entry_of, when_words

KIND = "meeting_invitation"
CANCELLED = "meeting_cancelled"


def organizer():
    """Who convenes, for mail programs: the portal's own address."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Party(address, name)


def tell_invited(meeting, invitations, template, now):
    """Write `mail/meetings/<template>` with a REQUEST to each; what was not sent yet no longer holds after a move."""
    if template == "moved":
        drop(KIND, meeting.code)
    for invitation in invitations:
        _put(meeting, invitation, template, KIND, request, "REQUEST", now)


def tell_cancelled(meeting, invitations, now):
    """Write the cancelling with its CANCEL to everybody who was called."""
    drop(KIND, meeting.code)
    for invitation in invitations:
        _put(meeting, invitation, "cancelled", CANCELLED, cancel, "CANCEL", now)


def _put(meeting, invitation, template, kind, build, method, now):
    language = invitation.language
    entry = entry_of(meeting, language, with_link=True)
    calendar = ""
    if entry is not None:
        attendee = Party(invitation.address, invitation.name)
        calendar = build(entry, attendee, organizer(), now, language).decode()
    put(
        key=f"{kind}:{meeting.code}:{meeting.sequence}:{invitation.pk}", kind=kind, code=meeting.code,
        address=invitation.address, language=language, template=f"mail/meetings/{template}",
        context=_context(meeting, invitation), at=now, calendar=calendar, calendar_method=method if calendar else "",
    )  # fmt: skip


def _offset(meeting, zone):
    return meeting.starts_at.astimezone(clock.zone(zone)).utcoffset()


def _context(meeting, invitation):
    with translation.override(invitation.language):
        context = {
            "meeting": meeting,
            "title": shown(meeting, "title", invitation.language).value,
            "page": settings.CASA_ORIGIN + meeting.get_absolute_url(),
        }
        if meeting.has_hours:
            context["when"] = when_words(meeting)
            if _offset(meeting, invitation.zone) != _offset(meeting, meeting.zone):
                context["yours"] = when_words(meeting, invitation.zone)
        else:
            context["when"] = dates.span(meeting.starts_on, meeting.ends_on, meeting.date_precision)
        return context
