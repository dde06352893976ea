"""Everything with a date that this reader may see, from every app, in one query."""

import calendar
import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import BooleanField, CharField, DateField, DateTimeField, F, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from core import clock, dates
from core.dates import Precision
from core.records.registry import address
from core.text import Shown, choose
from engagement.models import Activity, TrainingSession
from meetings.models import Meeting
from spaces.models import Edition, EditionDeadline

MEETING, EDITION, DEADLINE, DEED = "meeting", "edition", "deadline", "deed"
OVER = {"cancelled", "postponed"}
ONE_MINUTE = datetime.timedelta(minutes=1)

LANGUAGES = settings.CONTENT_LANGUAGES
COLUMNS = (
    "d_kind",
    "d_code",
    "d_state",
    "d_starts",
    "d_ends",
    "d_precision",
    "d_instant",
    "d_zone",
    "d_place",
    "d_demo",
    "d_language",
    *(f"d_{x}" for x in LANGUAGES),
    *(f"d_of_{x}" for x in LANGUAGES),
)


@dataclass(frozen=True)
class Moment:
    """A date in the life of the community. `instant` is exclusive for deadlines, the beginning for meetings."""

    kind: str
    code: str
    state: str
    starts: datetime.date
    ends: datetime.date | None
    precision: str
    instant: datetime.datetime | None
    zone: str
    place: str
    is_demo: bool
    title: Shown
    of: Shown

    @property
    def href(self):
        return address(self.code) if self.code else reverse("spaces:space_list")

    @property
    def label(self):
        """`IGF 2026: session proposals` for a deadline, its own title otherwise."""
        return f"{self.of.value}: {self.title.value}" if self.of.value else self.title.value

    @property
    def language(self):
        """The content language of the label where it is not the reader's, else empty."""
        return self.title.language if self.title.is_other_language else ""

    @property
    def announced(self):
        """The minute that was announced: a deadline's instant is the end of it."""
        return self.instant - ONE_MINUTE if self.instant and self.kind == DEADLINE else self.instant

    @property
    def when(self):
        """Its days in words, as exact as the source."""
        return dates.span(self.starts, self.ends, self.precision)

    @property
    def when_in_year(self):
        """The same without the year, where the page already says which."""
        if self.precision == Precision.MONTH:
            return dates.written(self.starts, "F")
        first = dates.written(self.starts, "MONTH_DAY_FORMAT")
        if self.ends is None or self.ends == self.starts:
            return first
        if self.ends.year != self.starts.year:
            return self.when
        last = dates.written(self.ends, "MONTH_DAY_FORMAT")
        return f"{self.starts.day}–{last}" if self.ends.month == self.starts.month else f"{first} – {last}"

    def is_ahead(self, now):
        """Whether it has not begun (a deadline: has not closed) and is still meant to happen."""
        if self.state in OVER:
            return False
        if self.instant:
            return self.instant > now
        last = self.starts
        if self.precision == Precision.YEAR:
            return False
        if self.precision == Precision.MONTH:
            last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        return last >= clock.today(now, self.zone or settings.CASA_ZONE)

    @property
    def month(self):
        """Its place between January (0) and the end of December (12); None where only the year is known."""
        if self.precision == Precision.YEAR:
            return None
        length = calendar.monthrange(self.starts.year, self.starts.month)[1]
        within = 0.5 if self.precision == Precision.MONTH else (self.starts.day - 0.5) / length
        return self.starts.month - 1 + within


def _text(value):
    return Cast(value, CharField(max_length=400))


def _select(rows, kind, *, starts, ends=None, instant=None, **named):
    """One part of the union: every part has the same columns, typed, because PostgreSQL asks for it."""
    where = {"code": F("code"), "state": F("state"), "precision": F("date_precision"), "zone": Value("")}
    where |= {"place": Value(""), "demo": F("is_demo"), "of": ""} | named
    columns = {"d_kind": Value(kind), "d_language": F("source_language")}
    columns |= {f"d_{name}": where[name] for name in ("code", "state", "precision", "zone", "place")}
    for code in LANGUAGES:
        columns[f"d_{code}"] = F(f"title_{code}")
        columns[f"d_of_{code}"] = F(f"{where['of']}_{code}") if where["of"] else Value("")
    columns = {name: _text(value) for name, value in columns.items()}
    columns["d_starts"] = Cast(F(starts), DateField())
    columns["d_ends"] = Cast(F(ends), DateField()) if ends else Cast(Value(None), DateField())
    columns["d_instant"] = F(instant) if instant else Cast(Value(None), DateTimeField())
    columns["d_demo"] = Cast(where["demo"], BooleanField())
    return rows.exclude(**{starts: None}).order_by().annotate(**columns).values_list(*COLUMNS)


def _in(field, first, last):
    return Q(**{f"{field}__gte": first}) & (Q(**{f"{field}__lte": last}) if last else Q())


def moments(first, last, user, now):
    """[Moment] that begin between two days (`last` None: without end), in order. One query."""
    meeting = Meeting.objects.visible_to(user, now).exclude(state="planned")
    deeds = [
        model.objects.visible_to(user, now).filter(_in("starts_on", first, last))
        for model in (Activity, TrainingSession)
    ]
    parts = [
        _select(
            meeting.filter(_in("starts_on", first, last)),
            MEETING,
            starts="starts_on",
            ends="ends_on",
            instant="starts_at",
            zone=F("zone"),
            place=F("place"),
        ),
        _select(
            Edition.objects.visible_to(user, now).filter(_in("starts_on", first, last)),
            EDITION,
            starts="starts_on",
            ends="ends_on",
            zone=F("zone"),
            place=F("city"),
        ),
        _select(
            EditionDeadline.objects.filter(_in("day", first, last)),
            DEADLINE,
            starts="day",
            instant="closes_at",
            code=F("edition__code"),
            state=F("edition__state"),
            precision=Value(Precision.DAY.value),
            zone=F("zone"),
            of="edition__title",
        ),
        *[_select(rows, DEED, starts="starts_on", ends="ends_on", place=F("city")) for rows in deeds],
    ]
    found = []
    for row in parts[0].union(*parts[1:], all=True):
        kind, code, state, starts, ends, precision, instant, zone, place, demo, language, *texts = row
        titles = dict(zip(LANGUAGES, texts[: len(LANGUAGES)], strict=True))
        of = dict(zip(LANGUAGES, texts[len(LANGUAGES) :], strict=True))
        found.append(
            Moment(
                kind,
                code,
                state,
                starts,
                ends,
                precision,
                instant,
                zone,
                place,
                bool(demo),
                choose(titles, language),
                choose(of, language),
            )
        )
    return sorted(found, key=lambda moment: (moment.starts, moment.kind, moment.code))


def arch(found, year, now):
    """What `_year_arch.html` draws: the moments of a year whose month is known."""
    today = clock.today(now, settings.CASA_ZONE)
    return [
        {
            "label": moment.label,
            "language": moment.language,
            "month": moment.month,
            "href": moment.href,
            "kind": moment.kind,
            "past": moment.starts < today,
            "when": moment.when_in_year,
        }
        for moment in found
        if moment.starts.year == year and moment.month is not None and moment.state not in OVER
    ]
