"""Search: accents and capitals aside, any language, and never more than the reader may see."""

import pytest
from django.contrib.auth.models import AnonymousUser

from casa.search import find
from core import clock
from core.records import services as records
from core.records.words import fold
from core.visibility import Visibility
from tests import factories as make

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def titles(question, user=NOBODY, kind=""):
    return [row.titles["es"] for row in find(question, user, clock.now(), kind).records]


@pytest.mark.parametrize(
    ("written", "asked"),
    [("Reunión Ágil", "REUNION agil"), ("Capacitação", "capacitacao"), ("STRASSE", "straße"), ("ＩＧＦ", "igf")],
)
def test_accents_and_capitals_do_not_matter(written, asked):
    assert fold(written) == fold(asked)


def test_a_record_is_found_by_any_of_its_languages_and_its_code():
    meeting = make.meeting(2024, state="published")
    decision = make.decision(meeting, "Capacitación de jueces", title_pt="Capacitação de juízes")
    for question in ("capacitacion", "CAPACITAÇÃO", "juizes capacit", decision.code.lower()):
        assert titles(question) == ["Capacitación de jueces"], question
    assert titles("capacitación fiscales") == []


def test_a_changed_title_is_found_by_its_new_words_only():
    decision = make.decision(make.meeting(2024, state="published"), "Palabra vieja")
    decision.title_es = "Palabra nueva"
    decision.save()
    records.touch(decision.code)
    assert (titles("vieja"), titles("nueva")) == ([], ["Palabra nueva"])


def test_nobody_finds_what_they_may_not_read():
    organization = make.organization()
    meeting = make.meeting(2026, state="published")
    make.decision(meeting, "Asunto de la comunidad", visibility=Visibility.COMMUNITY)
    plan = make.plan(make.cycle(2026), organization, state="submitted")
    make.priority(plan, "Asunto de un plan")
    assert titles("asunto") == []
    assert titles("asunto", make.delegate(make.organization())) == ["Asunto de la comunidad", "Asunto de un plan"]


def test_organisations_and_spaces_are_found_by_name(client):
    make.organization("DEMO-X", name_es="Asociación de Intercambio")
    found = find("asociacion", NOBODY, clock.now())
    assert [row.acronym for row in found.organizations] == ["DEMO-X"]
    assert find("asociacion", NOBODY, clock.now(), "DEC").organizations == []


@pytest.mark.parametrize("size", [3, 30])
def test_a_search_costs_the_same_for_few_and_many(client, django_assert_max_num_queries, size):
    meeting = make.meeting(2024, state="published")
    for n in range(size):
        make.decision(meeting, f"Asunto {n}")
    with django_assert_max_num_queries(4) as captured:
        page = client.get("/es/search/", {"q": "asunto"})
    assert page.content.decode().count("Asunto ") == size
    assert len(captured) == 4


@pytest.mark.parametrize(
    "query", ["", "%", "_", "'; DROP TABLE core_record;--", "💥" * 500, "<script>alert(1)</script>"]
)
@pytest.mark.parametrize("kind", ["", "DEC", "XXX", "<b>"])
def test_any_question_is_answered(client, query, kind):
    page = client.get("/pt/search/", {"q": query, "kind": kind})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
