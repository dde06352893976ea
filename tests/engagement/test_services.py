"""What services about visits, training and regulation refuse and do, whatever form stands before them."""

import datetime
from dataclasses import replace

import pytest

from core.errors import Conflict, Incomplete, NotNow
from core.records.models import Link
from engagement.models import Institution, Regulation
from engagement.services.activities import (
    ActivityDetails,
    NewInstitution,
    add_activity,
    edit_activity,
    set_activity_state,
)
from engagement.services.hosted import HostedDetails
from engagement.services.regulation import RegulationDetails, add_event, add_regulation
from engagement.services.training import add_programme, add_session, count_session, edit_session, set_session_state
from organizations.states import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 6, 1, 15, tzinfo=datetime.UTC)
PAST, AHEAD = datetime.date(2026, 5, 20), datetime.date(2026, 6, 20)


@pytest.fixture
def ours():
    return make.organization("OURS")


@pytest.fixture
def editor(ours):
    return make.holder(Role.EDITOR, ours)


def hosted(ours, **changes):
    values = {
        "title": "Demo: visita",
        "language": "es",
        "starts_on": PAST,
        "ends_on": None,
        "date_precision": "day",
        "hosts": [ours],
        "venue": "",
        "city": "",
        "country": "UY",
        "summary": "",
        "visibility": "public",
    }
    return values | changes


def visit(ours, **changes):
    new = NewInstitution("Demo Regulador", "regulator", "UY")
    own = {"kind": "visit", "institutions": [], "new_institution": new, "purpose": ""}
    return ActivityDetails(**hosted(ours) | own | changes)


@pytest.fixture
def activity(ours, editor):
    return add_activity(visit(ours), came_from="", actor=editor, now=NOW)


@pytest.fixture
def session(ours, editor):
    programme = make.training().programme
    details = HostedDetails(**hosted(ours))
    return add_session(programme, details=details, came_from="", actor=editor, now=NOW)


def law(**changes):
    values = {
        "kind": "bill",
        "title": "Demo: ley",
        "language": "es",
        "reference": "",
        "country": "UY",
        "body": None,
        "themes": [],
        "visibility": "public",
        "on": PAST,
        "stage": "proposed",
        "source": "https://example.org/ley",
        "note": "",
    }
    return RegulationDetails(**values | changes)


@pytest.mark.parametrize("changes", [{"title": " "}, {"hosts": []}, {"ends_on": datetime.date(2026, 5, 1)}])
def test_a_visit_needs_a_name_a_host_and_days_in_order(ours, editor, changes):
    with pytest.raises(Incomplete) as refused:
        add_activity(visit(ours, **changes), came_from="", actor=editor, now=NOW)
    assert list(refused.value.missing) == list(changes)


def test_a_cancelled_visit_does_not_change(ours, editor, activity):
    set_activity_state(activity, state="cancelled", actor=editor, now=NOW)
    with pytest.raises(NotNow):
        edit_activity(activity, details=visit(ours), version=1, actor=editor, now=NOW)


def test_two_institutions_of_one_name_in_two_countries_have_two_addresses(ours, editor, activity):
    other = NewInstitution("Demo Regulador", "regulator", "BR")
    edit_activity(activity, details=visit(ours, new_institution=other), version=1, actor=editor, now=NOW)
    third = NewInstitution("Demo Regulador", "regulator", "AR")
    edit_activity(activity, details=visit(ours, new_institution=third), version=2, actor=editor, now=NOW)
    slugs = Institution.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["demo-regulador", "demo-regulador-2", "demo-regulador-3"]


def test_a_visit_in_another_language_keeps_no_words_of_the_first(ours, editor, activity):
    edit_activity(activity, details=visit(ours, title="Demo: visit", language="en"), version=1, actor=editor, now=NOW)
    activity.refresh_from_db()
    assert (activity.title_es, activity.title_en, activity.source_language) == ("", "Demo: visit", "en")


def test_what_a_visit_and_a_regulation_came_from_leads_to_them(ours, editor, activity):
    later = add_activity(visit(ours), came_from=activity.code, actor=editor, now=NOW)
    regulation = add_regulation(law(), came_from=activity.code, actor=editor, now=NOW)
    outcomes = Link.objects.filter(origin=activity.code).order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == [later.code, regulation.code]


def test_what_lies_ahead_was_not_held(ours, editor, session):
    edit_session(session, details=HostedDetails(**hosted(ours, starts_on=AHEAD)), version=1, actor=editor, now=NOW)
    with pytest.raises(NotNow):
        set_session_state(session, state="held", actor=editor, now=NOW)


def test_two_who_correct_a_session_at_once(ours, editor, session):
    details = HostedDetails(**hosted(ours, title="Demo: otra"))
    assert edit_session(session, details=details, version=1, actor=editor, now=NOW).title_es == "Demo: otra"
    with pytest.raises(Conflict):
        edit_session(session, details=details, version=1, actor=editor, now=NOW)


def test_a_programme_has_a_name_of_its_own(editor):
    programme = {"name": "Demo", "description": "", "language": "es", "actor": editor, "now": NOW}
    add_programme(**programme)
    with pytest.raises(Incomplete) as refused:
        add_programme(**programme)
    assert list(refused.value.missing) == ["name"]


def test_nobody_is_counted_before_it_was_held(editor, session):
    with pytest.raises(NotNow):
        count_session(session, by_country={"UY": 5}, by_role={"judge": 5}, version=1, actor=editor, now=NOW)


@pytest.mark.parametrize(
    ("by_country", "by_role", "field"),
    [
        ({"ZZ": 5}, {"judge": 5}, "by_country"),
        ({"UY": -5}, {"judge": 5}, "by_country"),
        ({"UY": 5}, {"judge": 5.0}, "by_role"),
        ({"UY": 5}, {"judge": 6}, "by_role"),
    ],
)
def test_counts_are_whole_numbers_of_known_countries_with_one_sum(editor, session, by_country, by_role, field):
    set_session_state(session, state="held", actor=editor, now=NOW)
    with pytest.raises(Incomplete) as refused:
        count_session(session, by_country=by_country, by_role=by_role, version=1, actor=editor, now=NOW)
    assert list(refused.value.missing) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": " "}, "title"), ({"source": ""}, "source"), ({"country": ""}, "country"), ({"on": AHEAD}, "on")],
)
def test_a_regulation_needs_a_name_a_source_a_place_and_a_day_that_has_come(editor, changes, field):
    with pytest.raises(Incomplete) as refused:
        add_regulation(replace(law(), **changes), came_from="", actor=editor, now=NOW)
    assert list(refused.value.missing) == [field]
    assert not Regulation.objects.exists()


def test_a_step_needs_a_source_and_the_same_source_is_named_once(editor):
    regulation = add_regulation(law(), came_from="", actor=editor, now=NOW)
    step = {"on": datetime.date(2026, 5, 25), "stage": "approved", "note": "", "actor": editor, "now": NOW}
    with pytest.raises(Incomplete):
        add_event(regulation, source="", **step)
    add_event(regulation, source="https://example.org/ley", **step)
    regulation.refresh_from_db()
    assert (regulation.state, regulation.sources) == ("approved", [{"url": "https://example.org/ley"}])
