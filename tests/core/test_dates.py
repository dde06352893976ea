"""Dates in words."""

import datetime

import pytest
from django.utils import translation

from core import dates
from core.templatetags.house import days


@pytest.mark.parametrize("words", [dates.day, days])
def test_the_day_of_an_instant_is_that_of_casa(words):
    """22:30 of 5 March in Montevideo is the sixth in UTC."""
    evening = datetime.datetime(2026, 3, 6, 1, 30, tzinfo=datetime.UTC)
    with translation.override("en"):
        assert words(evening) == words(datetime.date(2026, 3, 5)) == "5 March 2026"
