"""Dates in words."""

import datetime

import pytest
from django.utils import translation

from core import dates
from core.templatetags.casa import days


@pytest.mark.parametrize("date_of", [dates.day, days])
def test_the_day_of_an_instant_is_that_of_casa(date_of):
    """22:30 of 5 March in Montevideo is the sixth in UTC."""
    evening = datetime.datetime(2026, 3, 6, 1, 30, tzinfo=datetime.UTC)
    with translation.override("en"):
        assert date_of(evening) == date_of(datetime.date(2026, 3, 5)) == "5 March 2026"


@pytest.mark.parametrize(
    ("language", "zone", "city"),
    [
        ("es", "America/Bogota", "Bogotá"),
        ("pt-br", "America/Sao_Paulo", "São Paulo"),
        ("en", "America/Bogota", "Bogota"),
        ("pt-br", "America/Montevideo", "Montevidéu"),
        ("es", "America/Port_of_Spain", "Puerto España"),
        ("es", "UTC", "UTC"),
    ],
)
def test_a_zone_is_called_as_people_call_its_city(language, zone, city):
    with translation.override(language):
        assert dates.city(zone) == city


@pytest.mark.parametrize(
    ("language", "precision", "expected"),
    [
        ("es", "day", "desde el 29 de agosto de 2024"),
        ("es", "month", "desde agosto de 2024"),
        ("es", "year", "desde 2024"),
        ("pt-br", "day", "desde 29 de agosto de 2024"),
        ("pt-br", "year", "desde 2024"),
        ("en", "day", "since 29 August 2024"),
        ("en", "year", "since 2024"),
    ],
)
def test_since_takes_an_article_before_a_day_only(language, precision, expected):
    with translation.override(language):
        assert dates.since(datetime.date(2024, 8, 29), precision) == expected
