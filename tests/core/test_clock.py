"""Instants, announced zones, dates as exact as their source."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core import clock, dates
from core.dates import instant_words


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("America/Montevideo", "2024-08-12T02:59"),
        ("America/Sao_Paulo", "2024-08-12T02:59"),
        ("America/Santiago", "2024-08-12T03:59"),
        ("America/New_York", "2024-08-12T03:59"),
        ("America/Bogota", "2024-08-12T04:59"),
        ("America/Port_of_Spain", "2024-08-12T03:59"),
    ],
)
def test_a_local_time_is_an_instant(zone, utc):
    moment = clock.instant(datetime.datetime(2024, 8, 11, 23, 59), zone)
    assert moment.strftime("%Y-%m-%dT%H:%M") == utc
    assert clock.end_of(datetime.datetime(2024, 8, 11, 23, 59), zone) - moment == datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("local", "zone", "code"),
    [
        (datetime.datetime(2024, 9, 8, 0, 30), "America/Santiago", "gap"),
        (datetime.datetime(2024, 4, 6, 23, 30), "America/Santiago", "fold"),
        (datetime.datetime(2024, 3, 10, 2, 30), "America/New_York", "gap"),
        (datetime.datetime(2024, 11, 3, 1, 30), "America/New_York", "fold"),
    ],
)
def test_a_time_that_does_not_exist_or_exists_twice_is_refused(local, zone, code):
    with pytest.raises(ValidationError) as refused:
        clock.instant(local, zone)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["America/Nowhere", "", "../../etc/passwd", "\x00", "a" * 300])
def test_an_unknown_zone_is_refused(name):
    with pytest.raises(ValidationError):
        clock.known_zone(name)


def test_the_end_of_a_day_is_midnight_there():
    assert clock.end_of(datetime.date(2024, 8, 11), "America/Montevideo") == datetime.datetime(
        2024, 8, 12, 3, tzinfo=datetime.UTC
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "jueves 22 de enero de 2026, 18:00, Montevideo (UTC−3)"),
        ("pt-br", "quinta-feira, 22 de janeiro de 2026, 18:00, Montevidéu (UTC−3)"),
        ("en", "Thursday 22 January 2026, 18:00, Montevideo (UTC−3)"),
    ],
)
def test_an_instant_is_written_out_with_its_zone(language, expected):
    with translation.override(language):
        moment = datetime.datetime(2026, 1, 22, 21, tzinfo=datetime.UTC)
        assert instant_words(moment, "America/Montevideo") == expected


DAY = datetime.date


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        (DAY(2024, 1, 22), DAY(2024, 1, 23), "day", "22–23 de enero de 2024"),
        (DAY(2024, 4, 30), DAY(2024, 5, 2), "day", "30 de abril – 2 de mayo de 2024"),
        (DAY(2024, 12, 30), DAY(2025, 1, 2), "day", "30 de diciembre de 2024 – 2 de enero de 2025"),
        (DAY(2024, 10, 29), None, "day", "29 de octubre de 2024"),
        (DAY(2024, 11, 1), DAY(2024, 11, 30), "month", "noviembre de 2024"),
        (DAY(2024, 1, 1), DAY(2024, 12, 31), "year", "2024"),
        (None, None, "day", ""),
    ],
)
def test_dates_are_no_more_exact_than_their_source(start, end, precision, expected):
    with translation.override("es"):
        assert dates.span(start, end, precision) == expected
