"""Dates in words."""

import datetime

import pytest
from django.utils import translation

from core import dates
from core.templatetags.casa import days


@pytest.mark.parametrize("words", [dates.day, days])
def test_the_day_of_an_instant_is_that_of_casa(words):
    """22:30 of 5 March in Montevideo is the sixth in UTC."""
    evening = datetime.datetime(2026, 3, 6, 1, 30, tzinfo=datetime.UTC)
    with translation.override("en"):
        assert words(evening) == words(datetime.date(2026, 3, 5)) == "5 March 2026"


@pytest.mark.parametrize(
    ("language", "zone", "city"),
    [
        ("es", "America/Bogota", "Bogotá"), ("pt-br", "America/Sao_Paulo", "São Paulo"), ("en", "America/Bogota", "Bogota"),
        ("pt-br", "America/Montevideo", "Montevidéu"), ("es", "America/Port_of_Spain", "Puerto España"), ("es", "UTC", "UTC"),
    ],
)  # fmt: skip
def test_a_zone_is_called_as_people_call_its_city(language, zone, city):
    with translation.override(language):
        assert dates.city(zone) == city
