"""A poll on dates as people read it: who answered what, how many organisations each date suits, what else is then."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.queries import find_link
from core import countries
from core.text import Shown, shown
from meetings.documents.calendars import option_in_words
from meetings.emails import POLL_LINK
from meetings.models import DatePoll, Meeting, PollOption, PollRespondent
from meetings.states import Availability
from organizations.models import Organization
from spaces.models import Edition

#: The answer of an organisation is the best that any of its people gives.
BEST_FIRST = (Availability.YES, Availability.MAYBE, Availability.NO)


@dataclass(frozen=True)
class Clash:
    """An edition or another meeting on the same days."""

    title: Shown
    address: str


@dataclass(frozen=True)
class OrganizationAnswer:
    """The answer of an organisation about one date; empty where it has not answered."""

    organization: Organization
    availability: Availability | None


@dataclass(frozen=True)
class PollDate:
    """One option: how many organisations it suits at least if need be, and how many without reservation (`yes`)."""

    option: PollOption
    in_words: str
    answers: list[OrganizationAnswer]
    suits: int
    yes: int
    has_quorum: bool
    #: Names of the region's countries with a public holiday then.
    holidays: list[str]
    clashes: list[Clash]


@dataclass(frozen=True)
class PollResult:
    """The dates of a poll in order, how many of the organisations have answered and which have not."""

    dates: list[PollDate]
    organizations: list[Organization]
    answered: int
    waiting: list[Organization]


def poll_result(poll: DatePoll, user: User | AnonymousUser, now: datetime.datetime) -> PollResult:
    """The answers to a poll so far, in the language in force. Six queries, whatever its size."""
    options = list(poll.options.all())
    respondents = list(
        poll.respondents.select_related("organization").prefetch_related("replies").order_by("organization__position")
    )
    organizations = list({respondent.organization_id: respondent.organization for respondent in respondents}.values())
    best: dict[tuple[int, int], Availability] = {}
    for respondent in respondents:
        for reply in respondent.replies.all():
            key = respondent.organization_id, reply.option_id
            best[key] = min(best.get(key, Availability.NO), Availability(reply.availability), key=BEST_FIRST.index)
    clashes = _clashes(options, poll.meeting, user, now)
    dates = []
    for option in options:
        answers = [OrganizationAnswer(one, best.get((one.pk, option.pk))) for one in organizations]
        suits = sum(answer.availability in (Availability.YES, Availability.MAYBE) for answer in answers)
        dates.append(
            PollDate(
                option=option,
                in_words=option_in_words(option, poll.zone, getattr(user, "zone", "")),
                answers=answers,
                suits=suits,
                yes=sum(answer.availability == Availability.YES for answer in answers),
                has_quorum=suits >= poll.quorum,
                holidays=_countries_on_holiday(option),
                clashes=clashes[option.pk],
            )
        )
    answered = {respondent.organization_id for respondent in respondents if respondent.answered_at}
    return PollResult(dates, organizations, len(answered), [one for one in organizations if one.pk not in answered])


def _days_of(option: PollOption) -> list[datetime.date]:
    length = (option.ends_on - option.starts_on).days + 1
    return [option.starts_on + datetime.timedelta(days=n) for n in range(length)]


def _countries_on_holiday(option: PollOption) -> list[str]:
    """Names of the region's countries with a public holiday on one of its days, in the language in force."""
    codes = {code for day in _days_of(option) for code in _holidays(day.year).get(day, ())}
    return sorted(countries.name(code) for code in codes)


#: Days on which offices close though they are no public holidays in law, by the category that the `holidays` package
#: keeps them in: without it nobody would be warned of Carnival in Uruguay, Brazil and Trinidad and Tobago, nor of Holy
#: Week in Montevideo (findings/holidays-carnival.sh).
CLOSED_AS_WELL = {"UY": "bank", "BR": "optional", "TT": "optional"}


@lru_cache(maxsize=8)
def _holidays(year: int) -> dict[datetime.date, list[str]]:
    """The holidays of a year in the region, {day: country codes}, from the `holidays` package."""
    import holidays  # takes 80 ms: only where somebody looks at dates

    found: dict[datetime.date, list[str]] = {}
    for code in countries.REGION:
        categories = {"public", CLOSED_AS_WELL.get(code, "public")}
        for day in holidays.country_holidays(code, years=[year], categories=categories):
            found.setdefault(day, []).append(code)
    return found


def _clashes(
    options: Sequence[PollOption], meeting: Meeting, user: User | AnonymousUser, now: datetime.datetime
) -> dict[int, list[Clash]]:
    """Editions and convened meetings on the days of each option, {option id: clashes}, as this reader can see them."""
    if not options:
        return {}
    first, last = min(option.starts_on for option in options), max(option.ends_on for option in options)
    overlapping = {"starts_on__lte": last, "ends_on__gte": first, "date_precision": "day"}
    editions = Edition.objects.visible_to(user, now).filter(**overlapping).exclude(state="cancelled")
    meetings = Meeting.objects.visible_to(user, now).filter(**overlapping, state__in=["convened", "in_session"])
    rows = [*editions, *meetings.exclude(pk=meeting.pk)]
    return {
        option.pk: [
            Clash(shown(row, "title"), row.get_absolute_url())
            for row in rows
            if row.starts_on <= option.ends_on and row.ends_on >= option.starts_on
        ]
        for option in options
    }


def respondent_by_link(poll: DatePoll, token: str, now: datetime.datetime) -> PollRespondent | None:
    """The respondent to whom a valid link belongs, or None. The link is valid until the poll closes."""
    link = find_link(token, POLL_LINK, now)
    if link is None or link.code != f"poll-{poll.pk}":
        return None
    return poll.respondents.filter(address=link.address).first()
