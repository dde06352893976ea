"""A poll of dates as people read it: who said what of each date, how many organisations it suits, what else is then."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from core import countries
from core.text import shown
from meetings.documents.meetings import option_words
from meetings.models import Meeting
from meetings.states import Fits
from spaces.models import Edition

#: What an organisation says is the best that any of its people says.
ORDER = (Fits.YES, Fits.MAYBE, Fits.NO)


@dataclass(frozen=True)
class Date:
    """One option: `said` is [(organisation, Fits or "")], `suits` how many organisations can, at least if need be;
    `yes` how many of them without ado. `holidays` are names of countries of the region, `clashes` [(title, address)]."""

    option: object
    words: str
    said: list
    suits: int
    yes: int
    has_quorum: bool
    holidays: list
    clashes: list


@dataclass(frozen=True)
class Read:
    """The Dates of a poll in order, and how far its asking has come, by organisation."""

    dates: list
    organizations: list
    answered: int
    waiting: list


def read_poll(poll, user, now):
    """The Read of a poll in the language in force. Six queries, whatever its size."""
    options = list(poll.options.all())
    voices = list(
        poll.voices.select_related("organization").prefetch_related("replies").order_by("organization__position")
    )
    organizations = list({voice.organization_id: voice.organization for voice in voices}.values())
    best = {}
    for voice in voices:
        for reply in voice.replies.all():
            key = voice.organization_id, reply.option_id
            best[key] = min(best.get(key, Fits.NO), Fits(reply.fits), key=ORDER.index)
    clashes = _clashes(options, poll.meeting, user, now)
    dates = []
    for option in options:
        said = [(one, best.get((one.pk, option.pk), "")) for one in organizations]
        suits = len([fits for _one, fits in said if fits in (Fits.YES, Fits.MAYBE)])
        dates.append(Date(
            option, option_words(option, poll.zone, getattr(user, "zone", "")), said, suits,
            len([fits for _one, fits in said if fits == Fits.YES]), suits >= poll.quorum, holidays_in(option),
            clashes[option.pk],
        ))  # fmt: skip
    told = {voice.organization_id for voice in voices if voice.answered_at}
    return Read(dates, organizations, len(told), [one for one in organizations if one.pk not in told])


def days_of(option):
    return [option.starts_on + timedelta(days=n) for n in range((option.ends_on - option.starts_on).days + 1)]


def holidays_in(option):
    """Names of the region's countries with a public holiday on one of its days, in the language in force."""
    codes = {code for day in days_of(option) for code in _holidays(day.year).get(day, ())}
    return sorted(countries.name(code) for code in codes)


@lru_cache(maxsize=8)
def _holidays(year):
    """{day: country codes} of a year's public holidays in the region (the `holidays` package)."""
    import holidays  # takes 80 ms: only where somebody looks at dates

    found = {}
    for code in countries.REGION:
        for day in holidays.country_holidays(code, years=[year]):
            found.setdefault(day, []).append(code)
    return found


def _clashes(options, meeting, user, now):
    """{option id: [(title, address)]} of editions and convened meetings on its days, as this reader may see them."""
    if not options:
        return {}
    first, last = min(one.starts_on for one in options), max(one.ends_on for one in options)
    same = {"starts_on__lte": last, "date_precision": "day"}
    rows = [
        *Edition.objects.visible_to(user, now).filter(**same, ends_on__gte=first).exclude(state="cancelled"),
        *Meeting.objects.visible_to(user, now)
        .filter(**same, ends_on__gte=first, state__in=["convened", "in_session"])
        .exclude(pk=meeting.pk),
    ]
    return {
        option.pk: [
            (shown(row, "title"), row.get_absolute_url())
            for row in rows
            if row.starts_on <= option.ends_on and row.ends_on >= option.starts_on
        ]
        for option in options
    }
