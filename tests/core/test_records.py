"""Codes, links and threads."""

import datetime
import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from core import clock
from core.records import services as records
from core.records import threads
from core.records.models import Link, Record, RecordCounter
from core.records.rows import rows
from core.visibility import Visibility
from tests import factories as make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_codes_count_up_by_kind_and_year():
    assert [records.reserve("DEC", 2026).code for _ in range(2)] == ["CASA-2026-DEC-001", "CASA-2026-DEC-002"]
    assert records.reserve("DEC", 2027).code == "CASA-2027-DEC-001"
    assert records.reserve("MEE", 2026).code == "CASA-2026-MEE-001"


def test_who_counts_first_at_the_same_moment_as_another_takes_the_next_number(monkeypatch):
    records.reserve("DEC", 2026)
    manager, seen = RecordCounter.objects, []

    def not_there_at_first(**fields):
        seen.append(fields)
        return manager.none() if len(seen) == 1 else manager.get_queryset().filter(**fields)

    monkeypatch.setattr(manager, "filter", not_there_at_first)
    assert records.reserve("DEC", 2026).number == 2


def test_a_code_given_outside_is_never_given_again():
    assert records.claim("CASA-2026-DEC-007").number == 7
    assert records.claim("CASA-2026-DEC-003").number == 3
    assert records.reserve("DEC", 2026).code == "CASA-2026-DEC-008"
    with pytest.raises(ValueError, match="is not a code"):
        records.claim("CASA-26-DEC-7")


def test_a_link_is_taken_back():
    first, second = records.reserve("DEC", 2026).code, records.reserve("ACT", 2026).code
    records.link(first, second, clock.now())
    assert records.unlink(first, second)
    assert not records.unlink(first, second)


def test_a_link_is_made_once_and_never_to_itself():
    first, second = records.reserve("DEC", 2026).code, records.reserve("ACT", 2026).code
    now = clock.now()
    assert records.link(first, second, now) == records.link(first, second, now)
    assert Link.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        records.link(first, first, now)


def three_in_a_row(visibility=Visibility.PUBLIC):
    """decision → decision → decision, of three years; the middle one of the given visibility."""
    meetings = [make.meeting(year, state="published") for year in (2024, 2025, 2026)]
    visibilities = [Visibility.PUBLIC, visibility, Visibility.PUBLIC]
    chain = [
        make.decision(meeting, visibility=of_decision)
        for meeting, of_decision in zip(meetings, visibilities, strict=True)
    ]
    for before, after in itertools.pairwise(chain):
        records.link(before.code, after.code, clock.now())
    return chain


def codes(node):
    return [node.code, *[below.code for below in node.walk()]]


def test_a_thread_follows_links_both_ways(django_assert_num_queries):
    first, second, third = three_in_a_row()
    with django_assert_num_queries(2):
        (down,) = threads.what_came_of([first.code], NOBODY, clock.now())
    assert codes(down) == [first.code, second.code, third.code]
    assert down.latest().code == third.code
    assert codes(threads.where_from(third.code, NOBODY, clock.now())) == [third.code, second.code, first.code]


def test_a_thread_ends_where_the_reader_may_not_look():
    first, second, _third = three_in_a_row(Visibility.COMMUNITY)
    (down,) = threads.what_came_of([first.code], NOBODY, clock.now())
    assert codes(down) == [first.code]
    delegate = make.delegate(make.organization())
    (down,) = threads.what_came_of([first.code], delegate, clock.now())
    assert second.code in codes(down)


def test_a_circle_of_links_ends():
    first, second, third = three_in_a_row()
    records.link(third.code, first.code, clock.now())
    (down,) = threads.what_came_of([first.code], NOBODY, clock.now())
    assert codes(down) == [first.code, second.code, third.code]


def test_rows_of_many_kinds_come_in_one_query(django_assert_num_queries):
    meeting = make.meeting(2024, state="published")
    decision = make.decision(meeting, "Capacitar")
    with django_assert_num_queries(1):
        found = rows([meeting.code, decision.code, "CASA-2024-XXX-001", "nonsense"], NOBODY, clock.now())
    assert set(found) == {meeting.code, decision.code}
    row = found[decision.code]
    assert (row.title.value, row.date, row.state) == ("Capacitar", datetime.date(2024, 1, 22), "recorded")


def test_every_citable_row_has_its_record_and_the_other_way_round():
    meeting = make.meeting(2024, state="published")
    make.decision(meeting)
    from core.records.registry import kinds

    for kind in kinds().values():
        held = set(kind.model().objects.values_list("code", flat=True))
        assert held == set(Record.objects.filter(kind=kind.code).values_list("code", flat=True)), kind.code
