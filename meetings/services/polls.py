"""Date polls: opened, answered, and decided into the meeting, which is convened in the same transaction."""

import datetime
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.states import move
from meetings.emails import ask_about_dates
from meetings.models import DatePoll, Meeting, PollOption, PollReply, PollRespondent
from meetings.services.invitations import check_audience, convene_meeting
from meetings.services.schedule import Schedule, move_meeting
from meetings.states import POLL_MOVES, Availability, MeetingState, PollState
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for

MOST_OPTIONS = 10


@transaction.atomic
def open_poll(
    meeting: Meeting,
    *,
    options: Sequence[Schedule],
    closes_at: datetime.datetime,
    quorum: int,
    note: str,
    actor: User | None,
    now: datetime.datetime,
) -> DatePoll:
    """Open a poll on the dates of a planned meeting. Returns the DatePoll.

    `options` all have hours or none has, in one zone.
    Writes to everybody who speaks for a member organisation, each with a link to answer.
    Raises Incomplete with everything that is wrong, NotNow where the meeting has its days or an open poll.
    """
    meeting = lock(meeting)
    if meeting.state != MeetingState.PLANNED or meeting.starts_on is not None:
        raise NotNow(_("Dates can be asked about only while a planned meeting has none."))
    check_audience(meeting)
    if meeting.polls.filter(state=PollState.OPEN).exists():
        raise NotNow(_("There is already a poll on its dates."))
    _check(options, closes_at, quorum, now)
    poll = DatePoll.objects.create(
        meeting=meeting, closes_at=closes_at, zone=options[0].zone, quorum=quorum, note=note.strip(), opened_at=now
    )
    for position, option in enumerate(sorted(options, key=_sort_key), 1):
        PollOption.objects.create(poll=poll, position=position, **option.dates())
    respondents = PollRespondent.objects.bulk_create(_new_respondents(poll, now))
    ask_about_dates(poll, respondents, now)
    facts = {"options": len(options), "asked": len(respondents), "quorum": quorum}
    journal.record(actor, "dates_asked", meeting.code, now, **facts)
    return poll


def _sort_key(option: Schedule) -> tuple[datetime.date | None, str]:
    return option.starts_on, str(option.starts_at or "")


def _check(options: Sequence[Schedule], closes_at: datetime.datetime, quorum: int, now: datetime.datetime) -> None:
    wrong = {}
    days = [option.starts_on for option in options if option.starts_on is not None]
    if not 2 <= len(options) <= MOST_OPTIONS:
        wrong["day_1"] = _("Propose between two and %(n)s dates.") % {"n": MOST_OPTIONS}
    elif len({option.starts_at is None for option in options}) > 1:
        wrong["time_1"] = _("Give every date a time, or none of them.")
    elif len({_sort_key(option) for option in options}) < len(options):
        wrong["day_1"] = _("The same date appears twice.")
    for option in options:
        if problems := option.problems():
            wrong.setdefault("day_1", next(iter(problems.values())))
    if closes_at <= now:
        wrong["closes"] = _("This moment has already passed.")
    elif days and clock.today(closes_at, options[0].zone) > min(days):
        wrong["closes"] = _("It must close before the first of the dates.")
    if quorum < 1:
        wrong["quorum"] = _("At least one organisation.")
    if wrong:
        raise Incomplete(wrong)


def _new_respondents(poll: DatePoll, now: datetime.datetime) -> list[PollRespondent]:
    """Everybody who speaks for a member organisation today, each once. Not saved."""
    today = clock.today(now, settings.CASA_ZONE)
    members = list(Organization.objects.members_on(today).in_order())
    speaking = who_speaks_for(members, today)
    rows: dict[str, PollRespondent] = {}
    for organization in members:
        for person in speaking[organization.pk]:
            respondent = PollRespondent(
                poll=poll,
                organization=organization,
                name=person.name,
                address=person.address,
                language=person.language,
                zone=person.zone,
            )
            rows.setdefault(person.address, respondent)
    return list(rows.values())


@transaction.atomic
def answer_poll(
    respondent: PollRespondent, *, availability: Mapping[int, str], now: datetime.datetime
) -> PollRespondent:
    """Record whether each option suits a respondent, {option id: Availability}; can be changed until the poll closes.

    Returns the respondent. Raises NotNow once it is closed, Incomplete where an option has no answer.
    """
    poll = lock(respondent.poll)
    if poll.state != PollState.OPEN:
        raise NotNow(_("The date is decided, or the poll was withdrawn."))
    if not poll.accepts(now):
        raise NotNow(_("The time for answering is over. Write to the coordination team."))
    options = list(poll.options.all())
    missing = [option for option in options if not availability.get(option.pk)]
    if missing:
        raise Incomplete({f"option_{option.pk}": _("Say whether it suits you.") for option in missing})
    for option in options:
        PollReply.objects.update_or_create(
            respondent=respondent,
            option=option,
            defaults={"availability": Availability(availability[option.pk])},
        )
    respondent.answered_at = now
    respondent.save(update_fields=["answered_at"])
    return respondent


@transaction.atomic
def decide_poll(poll: DatePoll, *, option: PollOption, actor: User | None, now: datetime.datetime) -> Meeting:
    """Choose an option: the meeting gets its dates and is convened, all in one transaction. Returns the Meeting.

    Writes to everybody who speaks for a member organisation, as convening does.
    Raises NotNow where the poll is decided or withdrawn, and what moving and convening raise.
    """
    poll = lock(poll, "meeting")
    option = poll.options.get(pk=option.pk)
    move(poll, PollState.DECIDED, POLL_MOVES)
    poll.chosen = option
    poll.save(update_fields=["state", "chosen"])
    meeting = lock(poll.meeting)
    schedule = Schedule(option.starts_on, option.ends_on, option.starts_at, option.ends_at, poll.zone)
    move_meeting(
        meeting,
        schedule=schedule,
        place=meeting.place,
        mode=meeting.mode,
        link=meeting.link,
        actor=actor,
        now=now,
    )
    journal.record(actor, "dates_decided", meeting.code, now, option=option.position)
    return convene_meeting(meeting, actor=actor, now=now)


@transaction.atomic
def withdraw_poll(poll: DatePoll, *, actor: User | None, now: datetime.datetime) -> DatePoll:
    """Withdraw a poll: its links stop working, and the dates can be set by hand or in another poll.

    Returns the DatePoll. Raises NotNow where it is decided or withdrawn.
    """
    poll = lock(poll, "meeting")
    move(poll, PollState.WITHDRAWN, POLL_MOVES)
    poll.save(update_fields=["state"])
    journal.record(actor, "dates_withdrawn", poll.meeting.code, now)
    return poll
