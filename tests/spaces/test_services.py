"""Acts on editions, deadlines and our part, and what they refuse."""

import datetime

import pytest

from core.errors import Incomplete, NotNow
from spaces.services import deadlines, editions, participation
from spaces.services.deadlines import DeadlinePlan
from spaces.services.editions import EditionPlan
from spaces.services.participation import Part
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.date


@pytest.mark.parametrize(
    ("precision", "starts_on", "ends_on"),
    [
        ("day", DAY(2026, 5, 4), DAY(2026, 5, 4)),
        ("month", DAY(2026, 5, 1), DAY(2026, 5, 31)),
        ("year", DAY(2026, 1, 1), DAY(2026, 12, 31)),
    ],
)
def test_dates_that_are_not_exact_are_stored_whole(precision, starts_on, ends_on):
    plan = EditionPlan(2026, "Demo", "es", DAY(2026, 5, 4), precision=precision, source="https://example.org")
    edition = editions.add_edition(make.space(), plan, actor=None, now=NOW)
    assert (edition.starts_on, edition.ends_on) == (starts_on, ends_on)
    assert edition.sources == [{"url": "https://example.org"}]


def test_an_edition_may_be_announced_without_days():
    edition = editions.add_edition(make.space(), EditionPlan(2026, "Demo", "es"), actor=None, now=NOW)
    assert (edition.starts_on, edition.ends_on) == (None, None)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "wrong"),
    [
        (None, DAY(2026, 5, 4), {"starts_on"}),
        (DAY(2025, 5, 4), None, {"starts_on"}),
        (DAY(2026, 5, 4), DAY(2026, 5, 3), {"ends_on"}),
    ],
)
def test_days_that_do_not_fit_are_named(starts_on, ends_on, wrong):
    with pytest.raises(Incomplete) as refused:
        editions.add_edition(make.space(), EditionPlan(2026, "Demo", "es", starts_on, ends_on), actor=None, now=NOW)
    assert set(refused.value.missing) == wrong


def test_an_edition_moves_until_it_was_held_or_cancelled():
    edition = make.edition(make.space(), 2026)
    dates = {"ends_on": None, "precision": "day", "reason": "", "actor": None, "now": NOW}
    with pytest.raises(Incomplete):
        editions.move_edition(edition, starts_on=None, **dates)
    moved = editions.move_edition(edition, starts_on=DAY(2026, 10, 1), **dates)
    with pytest.raises(Incomplete):
        editions.move_edition(moved, starts_on=DAY(2026, 10, 1), **dates)
    assert edition.changes.get().old_starts_on == edition.starts_on
    editions.set_edition_state(moved, "cancelled", actor=None, now=NOW)
    with pytest.raises(NotNow):
        editions.move_edition(moved, starts_on=DAY(2026, 11, 1), **dates)


def test_a_deadline_opens_before_it_closes():
    edition = make.edition(make.space(), 2026)
    plan = DeadlinePlan("sessions", "Demo", "es", DAY(2026, 5, 4), opens_on=DAY(2026, 5, 5))
    with pytest.raises(Incomplete) as refused:
        deadlines.add_deadline(edition, plan, actor=None, now=NOW)
    assert set(refused.value.missing) == {"opens_on"}
    line = make.deadline(edition, opens_on=DAY(2026, 5, 5))
    change = {"time": None, "zone": "", "announced_on": None, "reason": "", "actor": None, "now": NOW}
    with pytest.raises(Incomplete) as refused:
        deadlines.extend_deadline(line, day=DAY(2026, 5, 4), **change)
    assert set(refused.value.missing) == {"day"}


def test_a_part_that_changes_its_language_leaves_no_title_in_the_other():
    organization = make.organization()
    row = make.participation(make.edition(make.space(), 2026), organization, state="planned", title_es="Demo")
    part = Part("workshop", "Demo: workshop", "en")
    row = participation.edit_participation(row, part, version=1, actor=make.delegate(organization), now=NOW)
    assert (row.title_es, row.title_en, row.source_language) == ("", "Demo: workshop", "en")
