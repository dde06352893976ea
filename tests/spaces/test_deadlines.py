"""What is due in the spaces, for whoever plans reminders."""

import datetime

import pytest

from spaces.deadlines import deadlines
from tests import factories as make

pytestmark = pytest.mark.django_db
SINCE = datetime.datetime(2026, 8, 1, tzinfo=datetime.UTC)
UNTIL = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)


def test_an_announced_instant_and_a_day_without_an_hour(django_assert_num_queries):
    edition = make.edition(make.space(), 2026)
    instant = datetime.datetime(2026, 8, 11, tzinfo=datetime.UTC)
    make.deadline(edition, day=datetime.date(2026, 8, 10), closes_at=instant, zone="UTC")
    make.deadline(edition, day=datetime.date(2026, 8, 24))
    make.deadline(edition, day=datetime.date(2026, 9, 2))
    with django_assert_num_queries(2):
        found = deadlines(SINCE, UNTIL)
    assert [(due.at, due.zone, due.code) for due in found] == [
        (instant, "UTC", edition.code),
        (datetime.datetime(2026, 8, 25, 3, tzinfo=datetime.UTC), "America/Montevideo", edition.code),
    ]


def test_the_end_of_the_span_is_not_in_it_and_a_cancelled_edition_has_nothing_due():
    space = make.space()
    make.deadline(make.edition(space, 2026), day=datetime.date(2026, 8, 31), closes_at=UNTIL, zone="UTC")
    assert deadlines(SINCE, UNTIL) == []
    make.deadline(make.edition(space, 2026, state="cancelled"))
    assert deadlines(SINCE, UNTIL) == []


def test_those_who_speak_for_a_member_are_told():
    speaker = make.delegate(make.organization())
    make.delegate(make.organization(kind="partner"))
    make.user()
    make.deadline(make.edition(make.space(), 2026))
    (due,) = deadlines(SINCE, UNTIL)
    assert [one.address for one in due.recipients] == [speaker.email]
