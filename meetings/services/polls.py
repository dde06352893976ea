"""The consultation of dates: asked, answered, and decided into the meeting, which is convened in the same transaction."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.queries import find_link
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.states import move
from meetings.emails import POLL_LINK, ask_dates
from meetings.models import DatePoll, PollOption, PollReply, PollVoice
from meetings.services.calling import check_audience, convene_meeting, move_meeting
from meetings.services.common import When, locked
from meetings.states import POLL_MOVES, Fits, MeetingState, PollState
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for

MOST_OPTIONS = 10


@transaction.atomic
def open_poll(meeting, *, options, closes_at, quorum, note, actor, now):
    """Ask everybody who speaks for a member organisation when a planned meeting could be, each by a link of their own.

    `options` are When, all with hours or all without, in one zone. Raises Incomplete, all at once, and NotNow where
    the meeting has its days already, or is asked about now. Returns the DatePoll.
    """
    meeting = locked(meeting)
    if meeting.state != MeetingState.PLANNED or meeting.starts_on is not None:
        raise NotNow(_("Dates can be asked about only while a planned meeting has none."))
    check_audience(meeting)
    if meeting.polls.filter(state=PollState.OPEN).exists():
        raise NotNow(_("There is already a poll on its dates."))
    _check(options, closes_at, quorum, now)
    poll = DatePoll.objects.create(
        meeting=meeting, closes_at=closes_at, zone=options[0].zone, quorum=quorum, note=note.strip(), asked_at=now
    )
    for position, when in enumerate(sorted(options, key=_place), 1):
        PollOption.objects.create(
            poll=poll, position=position, starts_on=when.starts_on, ends_on=when.last_day, starts_at=when.starts_at,
            ends_at=when.ends_at,
        )  # fmt: skip
    voices = PollVoice.objects.bulk_create(_whom(poll, now))
    ask_dates(poll, voices, now)
    journal.record(actor, "dates_asked", meeting.code, now, options=len(options), asked=len(voices), quorum=quorum)
    return poll


def _place(when):
    return when.starts_on, str(when.starts_at or "")


def _check(options, closes_at, quorum, now):
    wrong = {}
    if not 2 <= len(options) <= MOST_OPTIONS:
        wrong["day_1"] = _("Propose between two and %(n)s dates.") % {"n": MOST_OPTIONS}
    elif len({when.starts_at is None for when in options}) > 1:
        wrong["time_1"] = _("Give every date a time, or none of them.")
    elif len({_place(when) for when in options}) < len(options):
        wrong["day_1"] = _("The same date appears twice.")
    for when in options:
        if found := when.problems():
            wrong.setdefault("day_1", next(iter(found.values())))
    if closes_at <= now:
        wrong["closes"] = _("This moment has already passed.")
    elif options and clock.today(closes_at, options[0].zone) > min(when.starts_on for when in options):
        wrong["closes"] = _("It must close before the first of the dates.")
    if quorum < 1:
        wrong["quorum"] = _("At least one organisation.")
    if wrong:
        raise Incomplete(wrong)


def _whom(poll, now):
    today = clock.today(now, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today).in_order())
    speaking, rows = who_speaks_for(members, today), {}
    for organization in members:
        for one in speaking[organization.pk]:
            rows.setdefault(one.address, PollVoice(
                poll=poll, organization=organization, name=one.name, address=one.address, language=one.language,
                zone=one.zone,
            ))  # fmt: skip
    return rows.values()


@transaction.atomic
def answer_poll(voice, fits, *, now):
    """Say of each option whether it suits: {option id: Fits}. It may be said otherwise until the poll closes.

    Raises NotNow when late, Incomplete where an option has no answer.
    """
    poll = DatePoll.objects.select_for_update().get(pk=voice.poll_id)
    if poll.state != PollState.OPEN:
        raise NotNow(_("The date is decided, or the poll was withdrawn."))
    if not poll.accepts(now):
        raise NotNow(_("The time for answering is over. Write to the coordination team."))
    options = list(poll.options.all())
    missing = [one for one in options if not fits.get(one.pk)]
    if missing:
        raise Incomplete({f"option_{one.pk}": _("Say whether it suits you.") for one in missing})
    for option in options:
        PollReply.objects.update_or_create(voice=voice, option=option, defaults={"fits": Fits(fits[option.pk])})
    voice.answered_at = now
    voice.save(update_fields=["answered_at"])
    return voice


def voice_by_link(poll, token, now):
    """The PollVoice for whom a living link speaks, or None. The link works until the poll closes: one may change one's
    mind."""
    link = find_link(token, POLL_LINK, now)
    if link is None or link.code != f"poll-{poll.pk}":
        return None
    return poll.voices.filter(address=link.address).first()


@transaction.atomic
def decide_poll(poll, option, *, actor, now):
    """Take one of the dates: the meeting gets its days and hours, and everybody is called to it with a calendar entry,
    all in one transaction. Returns the Meeting; raises NotNow."""
    poll = DatePoll.objects.select_for_update().get(pk=poll.pk)
    option = poll.options.get(pk=option.pk)
    move(poll, PollState.DECIDED, POLL_MOVES)
    poll.chosen = option
    poll.save(update_fields=["state", "chosen"])
    meeting = locked(poll.meeting)
    when = When(option.starts_on, option.ends_on, option.starts_at, option.ends_at, poll.zone)
    move_meeting(meeting, when=when, place=meeting.place, mode=meeting.mode, link=meeting.link, actor=actor, now=now)
    journal.record(actor, "dates_decided", meeting.code, now, option=option.position)
    return convene_meeting(meeting, actor, now)


@transaction.atomic
def withdraw_poll(poll, *, actor, now):
    """Ask no more: links no longer work, and the dates may be set by hand or asked anew."""
    poll = DatePoll.objects.select_for_update().get(pk=poll.pk)
    move(poll, PollState.WITHDRAWN, POLL_MOVES)
    poll.save(update_fields=["state"])
    journal.record(actor, "dates_withdrawn", poll.meeting.code, now)
    return poll
