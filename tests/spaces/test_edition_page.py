"""What the page of an edition shows, decided before it is drawn."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from spaces.models import DeadlineChange, Edition, EditionChange
from spaces.queries.pages.edition import EditionPage, Extension, FormerDates, edition_page
from spaces.states import EditionState
from tests import factories as make

DAY = datetime.date
NOW = datetime.datetime(2026, 9, 15, 15, tzinfo=datetime.UTC)


def page_of(**fields):
    return EditionPage(Edition(**fields), former_dates=[], deadlines=[], participation=[])


def test_dates_are_no_more_exact_than_their_source():
    day = DAY(2026, 11, 5)
    assert (page_of(starts_on=day).dates, page_of(starts_on=day).precision_note) == ("5 de noviembre de 2026", "")
    month = page_of(starts_on=day, date_precision="month")
    assert (month.dates, bool(month.precision_note)) == ("noviembre de 2026", True)
    unknown = page_of(date_precision="year")
    assert unknown.dates and "2026" not in unknown.dates
    assert unknown.precision_note == ""


@pytest.mark.parametrize(
    ("state", "may_move", "is_on"),
    [("announced", True, True), ("postponed", True, True), ("held", False, True), ("cancelled", False, False)],
)
def test_what_is_still_possible(state, may_move, is_on):
    page = page_of(state=EditionState(state))
    assert (page.may_move, page.is_on) == (may_move, is_on)
    assert page.edition.state not in page.moves


def test_what_was_before_is_said_where_it_is_known():
    known, unknown = FormerDates(EditionChange(old_starts_on=DAY(2026, 3, 1))), FormerDates(EditionChange())
    assert known.text == "1 de marzo de 2026" and unknown.text not in ("", known.text)
    moved, found_late = Extension(DeadlineChange(old_day=DAY(2026, 3, 1))), Extension(DeadlineChange())
    assert "1 de marzo de 2026" in moved.text and "2026" not in found_late.text


@pytest.mark.django_db
def test_deadlines_are_over_after_their_day():
    edition = make.edition(make.space("demo"))
    make.deadline(edition, day=DAY(2026, 9, 14), opens_on=DAY(2026, 9, 1))
    make.deadline(edition, day=DAY(2026, 9, 15), opens_on=DAY(2026, 9, 1), closes_at=NOW + datetime.timedelta(hours=3))
    read = Edition.objects.with_deadlines().get(pk=edition.pk)
    page = edition_page(read, AnonymousUser(), NOW)
    assert [(line.is_over, line.opens_on) for line in page.deadlines] == [(True, None), (False, DAY(2026, 9, 1))]
    assert page.has_untimed and [line.extensions for line in page.deadlines] == [[], []]
