"""The balance of a year: what became of priorities, what goes on, and whether what was to be improved was taken up."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from core.errors import Incomplete, NotNow, PermissionDenied
from priorities.models import PlanningCycle
from priorities.queries.balance import StateCount, balance_of
from priorities.queries.projects import MilestoneTime
from priorities.services.assessments import (
    ImprovementAnswer,
    answer_improvements,
    publish_assessment,
    reopen_assessment,
)
from priorities.services.progress import report_on_priority
from priorities.states import Progress
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2027, 1, 12, 15, tzinfo=datetime.UTC)


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


class Years:
    """2026, published and told about, and 2027, open, with a plan that continues one of two priorities."""

    def __init__(self):
        self.ours = make.organization("OURS")
        self.delegate = make.delegate(self.ours)
        self.peer = make.delegate(make.organization("THEIRS"))
        self.team = make.coordination()
        self.theme = make.theme()
        self.before = make.cycle(2026, now=NOW - datetime.timedelta(days=365), state="published")
        self.cycle = make.cycle(2027, now=NOW)
        plan = make.plan(self.before, self.ours, state="closed")
        self.current = make.priority(plan, title="Demo: sigue", theme=self.theme)
        self.ended = make.priority(plan, title="Demo: termina", theme=self.theme)
        after = make.plan(self.cycle, self.ours, state="submitted")
        self.next = make.priority(after, title="Demo: sigue más", theme=self.theme, continues=self.current)
        self.new = make.priority(after, title="Demo: nueva", theme=self.theme)

    def looked(self, improve="- Antes avisar\n2) Más gente\n\nMás gente", **fields):
        row = make.assessment(2025, organization=self.ours, state="draft", improve=improve, **fields)
        return publish_assessment(row, actor=self.delegate, now=NOW)


@pytest.fixture
def years():
    with time_machine.travel(NOW, tick=False):
        yield Years()


def test_last_year_against_this(years, signed_in, client):
    report = {"evidence": "", "actor": years.delegate, "now": NOW}
    report_on_priority(years.ended, health="dropped", words="Demo: faltó dinero", **report)
    report_on_priority(years.current, health="at_risk", words="Demo: vamos tarde", **report)
    balance = balance_of(2026, years.peer, NOW)
    [share] = balance.shares
    assert [(row.priority.title, [later.title for later in row.continued_by]) for row in share.outcomes] == [
        ("Demo: sigue", ["Demo: sigue más"]),
        ("Demo: termina", []),
    ]
    assert [row.title for row in share.new] == ["Demo: nueva"]
    assert balance.tally == [("underway", 1), ("not_continued", 1)] and balance.total == 2
    inside = signed_in(years.peer).get(page("year_balance", 2026)).content.decode()
    assert "vamos tarde" in inside and "en riesgo" in inside and "sigue más" in inside
    outside = client.get(page("year_balance", 2026)).content.decode()
    assert "faltó dinero" in outside, "why it does not continue is public"
    for words in ("vamos tarde", "en riesgo", "sigue más", "Demo: nueva"):
        assert words not in outside, words
    PlanningCycle.objects.filter(year=2027).update(state="published")
    assert "sigue más" in client.get(page("year_balance", 2026)).content.decode()


def test_each_line_is_answered_a_year_on_and_says_why_not(years, signed_in, client):
    row = years.looked()
    assert [one.text for one in row.improvements.all()] == ["Antes avisar", "Más gente"]
    inside, address = signed_in(years.delegate), page("improvements_answer", row.code)
    assert address in inside.get(row.get_absolute_url()).content.decode()
    refused = inside.post(address, {"taken_up_1": "yes", "words_1": "", "taken_up_2": "no", "words_2": ""})
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["words_2"]
    assert not row.improvements.exclude(taken_up="").exists(), "all or nothing"
    assert "todavía sin respuesta" in client.get(page("year_balance", 2026)).content.decode()
    sent = {"taken_up_1": "yes", "words_1": "", "taken_up_2": "partly", "words_2": "Demo: la mitad"}
    assert inside.post(address, sent).status_code == 302
    public = client.get(page("year_balance", 2026)).content.decode()
    assert "Demo: la mitad" in public and "se atendió en parte" in public
    assert "todavía sin respuesta" not in public
    assert signed_in(years.peer).get(address).status_code == 403


def test_a_line_that_stands_keeps_its_answer_when_the_rest_is_corrected(years):
    row = years.looked()
    answer_improvements(row, answers={1: ImprovementAnswer("yes")}, actor=years.delegate, now=NOW)
    reopen_assessment(row, actor=years.delegate, now=NOW)
    row.refresh_from_db()
    with pytest.raises(NotNow):
        answer_improvements(row, answers={1: ImprovementAnswer("yes")}, actor=years.delegate, now=NOW)
    type(row).objects.filter(pk=row.pk).update(improve="Otra cosa\nAntes avisar")
    publish_assessment(row, actor=years.delegate, now=NOW)
    assert list(row.improvements.values_list("text", "taken_up")) == [("Otra cosa", ""), ("Antes avisar", "yes")]


@pytest.mark.parametrize(
    "answers",
    [{1: ImprovementAnswer("no", " ")}, {1: ImprovementAnswer("", "Demo: algo")}, {2: ImprovementAnswer("partly")}],
)
def test_an_answer_without_its_other_half_is_refused(years, answers):
    row = years.looked()
    with pytest.raises(Incomplete):
        answer_improvements(row, answers=answers, actor=years.delegate, now=NOW)
    with pytest.raises(PermissionDenied):
        answer_improvements(row, answers=answers, actor=years.peer, now=NOW)


def test_an_answer_is_taken_back_by_an_empty_one(years):
    row = years.looked()
    answer_improvements(row, answers={1: ImprovementAnswer("no", "Demo")}, actor=years.delegate, now=NOW)
    assert answer_improvements(row, answers={1: ImprovementAnswer("")}, actor=years.delegate, now=NOW) == 0
    assert row.improvements.get(number=1).answered_on is None


@pytest.mark.parametrize("year", [1999, 2028, 2099])
def test_a_year_that_is_no_year_is_no_page(years, client, year):
    assert client.get(page("year_balance", year)).status_code == 404


def test_an_empty_year_says_so(years, client):
    assert 'class="empty"' in client.get(page("year_balance", 2019)).content.decode()


def test_it_costs_the_same_for_three_and_thirty(years, signed_in):
    client, sizes = signed_in(years.peer), []
    for number in (2, 27):
        for n in range(number):
            organization = make.organization()
            plan = make.plan(years.before, organization, state="closed")
            row = make.priority(plan, theme=years.theme)
            make.priority(make.plan(years.cycle, organization, state="submitted"), theme=years.theme, continues=row)
            make.milestone(make.project(organization, year=2026))
            for year in (2025, 2026):
                looked = make.assessment(year, organization=organization)
                looked.improvements.create(number=1, text=f"Demo {n}")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page("year_balance", 2026)).status_code == 200
        sizes.append(len(seen))
    assert sizes[0] == sizes[1] <= 20


def test_the_same_answer_again_changes_nothing(years):
    row = years.looked()
    for _n in range(2):
        answer_improvements(row, answers={1: ImprovementAnswer("yes")}, actor=years.delegate, now=NOW)
    assert row.improvements.exclude(taken_up="").count() == 1


@pytest.mark.parametrize(
    ("state", "number", "text"),
    [("fulfilled", 2, "fulfilled"), ("underway", 1, "under way"), ("not_continued", 2, "do not continue")],
)
def test_what_so_many_priorities_do(state, number, text):
    with translation.override("en"):
        assert StateCount(Progress(state), number).text == text


def test_a_milestone_is_shown_by_a_word_and_a_shape():
    with translation.override("en"):
        shown = [(time.label, time.look) for time in MilestoneTime]
    assert shown == [("reached", "done"), ("now", "underway"), ("next", "draft"), ("later", "draft")]
