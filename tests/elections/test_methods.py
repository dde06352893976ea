"""Elections by other methods: rules that contradict themselves, ballots of an order, yes or no, caps, quorum, ranks."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from committees.models import Term
from core.errors import Incomplete, NotNow
from elections.counting import MEEK, SCOTTISH
from elections.models import Ballot
from elections.queries.evidence import evidence_files
from elections.queries.plans import contradictions, plan_of
from elections.queries.results import numbers_to_draw
from elections.services.lots import record_draw
from elections.services.nominations import publish_candidates
from elections.services.results import certify_election, record_acclamation
from elections.services.roll import add_to_roll, publish_roll
from elections.services.voting import open_voting
from organizations.models import Organization
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db
RANKED = {"method": SCOTTISH, "max_marks": None}


def page(name, *args):
    return reverse(f"elections:{name}", args=args)


# Rules


BY_RANK = ["2027-12-31", "2026-12-31"]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("max_marks", {"max_marks": 3}),
        ("max_marks", {"max_marks": None}),
        ("max_marks", {"method": SCOTTISH}),
        ("max_marks", {"method": "approval"}),
        ("threshold", {"method": MEEK, "max_marks": None, "threshold": 50}),
        ("term_ends_by_rank", {"term_ends_by_rank": BY_RANK, "term_ends_on": after(90).date()}),
        ("term_ends_by_rank", {"term_ends_by_rank": BY_RANK[:1]}),
        ("term_ends_by_rank", {"term_ends_by_rank": BY_RANK, "term_starts_on": after(700).date()}),
        ("quorum", {"quorum": 4}),
        ("cap", {"cap": 1}),
    ],
)
def test_each_contradiction_has_its_sentence_in_three_languages(clock, field, changed):
    """Two seats, three organisations; under a cap of one, two of them sit in the body already."""
    world = World()
    sector = world.committee.seats.first().sector
    for ordinal, organization in enumerate(world.organizations[:2], 3):
        make.term(world.committee.seats.create(sector=sector, ordinal=ordinal), organization)
    plan = dataclasses.replace(plan_of(world.election), max_marks=2, term_starts_on=None, term_ends_on=None)
    assert contradictions(plan, NOW.date()) == {}
    sentences = set()
    for language in ("es", "pt-br", "en"):
        with translation.override(language):
            errors = contradictions(dataclasses.replace(plan, **changed), NOW.date())
            assert list(errors) == [field]
            sentences.add(str(errors[field]))
    assert len(sentences) == 3, sentences


def test_rules_are_looked_at_again_by_the_call(clock):
    world = World(quorum=3)
    Organization.objects.filter(pk=world.organizations[0].pk).update(member_until=after(-1).date())
    with pytest.raises(Incomplete) as refused:
        world.called()
    assert list(refused.value.missing) == ["quorum"]
    assert "Traceback" not in str(refused.value)


def test_a_quorum_above_the_roll_is_refused(clock):
    world = World(quorum=3).called()
    add_to_roll(
        world.election,
        organization=world.organizations[0],
        voter=world.voters[0].person,
        alternate=None,
        actor=world.officer,
        now=NOW,
    )
    with pytest.raises(NotNow, match=r"quórum"):
        world.act(publish_roll, 1)


def test_the_form_prepares_an_election_of_an_order(clock, signed_in):
    officer, committee = make.coordination(), make.committee(seats=2)
    for _one in range(2):
        make.organization()
    client = signed_in(officer)
    form = {
        "title_es": "Elección Demo",
        "source_language": "es",
        "places": [seat.pk for seat in committee.seats.all()],
        "method": SCOTTISH,
        "if_few": "yes-no",
        "cap": "1",
        "quorum": "2",
        "zone": "America/Montevideo",
        "nominations_open": "2026-03-02T00:00",
        "nominations_close": "2026-03-09T23:59",
        "opens_at": "2026-03-11T00:00",
        "closes_at": "2026-03-13T23:59",
        "term_ends_by_rank": "2028-03-31\r\n2027-03-31",
        "visibility": "public",
    }
    refused = client.post(page("election_create"), form | {"max_marks": "2"})
    assert refused.status_code == 422 and "déjelo vacío" in refused.content.decode()
    refused = client.post(page("election_create"), form | {"term_ends_by_rank": "mañana"})
    assert refused.status_code == 422 and "mañana" in refused.content.decode()
    assert client.post(page("election_create"), form).status_code == 302
    election = committee.elections.get()
    assert (election.method, election.cap, election.quorum, election.if_few) == (SCOTTISH, 1, 2, "yes-no")
    assert election.term_ends_by_rank == ["2028-03-31", "2027-03-31"]


# Ballots of an order


def test_an_order_is_kept_counted_and_told_in_words(clock, client, signed_in):
    """Five voters, two seats, quota 2: 1 has three, its surplus of one goes to 2 at 0.33333 a paper; 3 leaves, 2 stays."""
    world = World(organizations=5, **RANKED).voting()
    for n, order in enumerate(([1, 2], [1, 2], [1, 2, 3], [3], [])):
        world.vote(n, *order)
    world.close(day=13)
    assert [b.choices for b in Ballot.objects.order_by("pk")] == [[1, 2], [1, 2], [1, 2, 3], [3], []]
    result = world.election.result
    assert (result["elected"], result["blank"], result["quota"]) == ([1, 3], 1, "2.00000")
    assert [stage["action"] for stage in result["stages"]] == ["first", "surplus", "exclude"]
    world.act(certify_election, 15)
    address = world.election.get_absolute_url()
    for prefix, words, lost in (("es", "pasan", "0,99999"), ("pt", "passam", "0,99999"), ("en", "pass on", "0.99999")):
        text = client.get(address.replace("/es/", f"/{prefix}/")).content.decode()
        assert words in text and lost in text and "<svg" in text
    mine = signed_in(world.voters[0]).get(address).content.decode()
    assert "1. Demo 00, 2. Demo 01, 3. Demo 02" in mine


def test_the_booth_takes_an_order_by_numbers_without_javascript(clock, signed_in):
    world = World(**RANKED).voting()
    clock.move_to(after(12))
    booth, client = page("election_booth", world.election.code), signed_in(world.voters[0])
    text = client.get(booth).content.decode()
    assert text.count("<select") == 3 and 'name="marks"' not in text
    for given, status, words in (
        ({"for-1": "1", "for-2": "1"}, 422, "tienen el número 1"),
        ({"for-1": "1", "for-2": "3"}, 422, "Nadie tiene el número 2"),
        ({"for-1": "x"}, 422, "número"),
        ({}, 422, "voto en blanco|en blanco"),
        ({"for-2": "1", "for-1": "2"}, 200, "1. Demo 01"),
    ):
        answer = client.post(booth, given | {"step": "review"})
        assert answer.status_code == status
        assert any(one in answer.content.decode() for one in words.split("|")), words
    assert not Ballot.objects.exists()
    again = client.post(booth, {"for-2": "1", "for-1": "2", "step": "change"}).content.decode()
    assert again.count("selected") == 2, "what was given is still there"
    client.post(booth, {"for-2": "1", "for-1": "2", "step": "cast"})
    assert Ballot.objects.get().choices == [2, 1]
    assert client.post(booth, {"for-1": "1", "step": "cast"}).status_code == 409
    assert Ballot.objects.get().choices == [2, 1]


def test_a_forged_order_is_not_taken(clock):
    world = World(**RANKED).voting()
    for order in ([1, 1], [9], [0]):
        with pytest.raises(Incomplete):
            world.vote(0, *order)
    assert not Ballot.objects.exists()


def test_a_blank_vote_of_an_order(clock, signed_in):
    world = World(**RANKED).voting()
    clock.move_to(after(12))
    client, booth = signed_in(world.voters[0]), page("election_booth", world.election.code)
    assert client.post(booth, {"blank": "1", "for-1": "1"}).status_code == 200
    client.post(booth, {"blank": "1", "step": "cast"})
    assert Ballot.objects.get().choices == []


def test_a_tie_draws_an_order_of_all_and_one_draw_settles_every_tie(clock):
    """1, 2 and 3 have one vote each, for two seats: every name goes into the hat, once."""
    world = World(candidates=4, **RANKED).voting()
    for n in range(3):
        world.vote(n, n + 1)
    world.close()
    assert (world.election.state, world.election.result["tied"]) == ("closed", [1, 2, 3])
    assert numbers_to_draw(world.election) == [1, 2, 3, 4]
    one, two = world.voters[0].person, world.voters[1].person
    make.Nomination.objects.filter(number__in=(1, 2)).update(person=None)
    draw = {"witnesses": (one, two), "actor": world.officer, "now": after(14)}
    with pytest.raises(Incomplete):
        record_draw(world.election, order=[3, 1, 2], **draw)
    record_draw(world.election, order=[3, 1, 4, 2], **draw)
    world.election.refresh_from_db()
    assert (world.election.state, world.election.result["elected"]) == ("provisional", [1, 3])


def test_the_evidence_of_an_order_has_a_file_that_the_program_counts(clock, tmp_path):
    world = World(organizations=5, **RANKED).voting()
    for n, order in enumerate(([1, 2], [1, 2], [1, 2, 3], [3], [])):
        world.vote(n, *order)
    world.close(day=13)
    world.act(certify_election, 15)
    for name, data in evidence_files(world.election, full=True).items():
        (tmp_path / name).write_bytes(data)
    root = Path(__file__).resolve().parents[2]
    line = [sys.executable, "-m", "elections.counting", "--method", SCOTTISH, str(tmp_path / "ballots.blt")]
    done = subprocess.run(line, capture_output=True, check=True, cwd=root)
    assert json.loads(done.stdout)["stages"] == world.election.result["stages"]
    again = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    assert again.returncode == 0, again.stdout


# Yes or no, approval, threshold, caps, quorum, ranks


def test_few_candidates_are_voted_on_by_yes_and_no(clock, signed_in, client):
    world = World(candidates=2, if_few="yes-no").published()
    with pytest.raises(NotNow):
        world.act(record_acclamation, 10)
    world.act(open_voting, 10)
    clock.move_to(after(12))
    booth, browser = page("election_booth", world.election.code), signed_in(world.voters[0])
    assert browser.get(booth).content.decode().count('type="radio"') == 6
    assert browser.post(booth, {"step": "review"}).status_code == 422, "to abstain in everything is a blank vote"
    assert browser.post(booth, {"for-1": "perhaps", "step": "cast"}).status_code == 422
    review = browser.post(booth, {"for-1": "yes", "for-2": "no", "step": "review"}).content.decode()
    assert 'name="for-1" value="yes"' in review
    browser.post(booth, {"for-1": "yes", "for-2": "no", "step": "cast"})
    world.vote(1, answers={1: "yes", 2: "yes"}), world.vote(2, answers={1: "abstain", 2: "no"})
    world.close(day=13)
    assert (world.election.result["elected"], world.election.result["stages"][0]["against"]["2"]) == ([1], "2")
    world.act(certify_election, 15)
    assert Term.objects.filter(chosen_in=world.election.code).count() == 1
    assert client.get(world.election.get_absolute_url()).status_code == 200


def test_approval_marks_as_many_as_one_accepts(clock, signed_in):
    world = World(method="approval", max_marks=None).voting()
    clock.move_to(after(12))
    client, booth = signed_in(world.voters[0]), page("election_booth", world.election.code)
    assert client.get(booth).content.decode().count('type="checkbox"') == 3
    client.post(booth, {"marks": ["1", "2", "3"], "step": "cast"})
    world.vote(1, 3), world.vote(2, 2, 3)
    world.close(day=13)
    assert world.election.result["elected"] == [3, 2]


def test_who_stays_in_the_body_counts_under_the_cap(clock):
    """Of one organisation two at most: one of the first organisation stays, so that one more of it may be elected."""
    world = World(candidates=0, cap=2)
    stays = world.committee.seats.create(sector=world.committee.seats.first().sector, ordinal=3)
    make.term(stays, world.organizations[0])
    world.rolled()
    for n, organization in enumerate((0, 0, 1)):
        make.nomination(world.election, world.organizations[organization], state="accepted", name=f"Demo {n:02d}")
    world.act(publish_candidates, 10)
    world.act(open_voting, 10)
    for n in range(3):
        world.vote(n, 1, 2)
    world.close(day=13)
    result, slug = world.election.result, world.organizations[0].slug
    assert world.election.caps["sitting"] == {slug: 1}
    assert (result["unconstrained"], world.election.events.get(verb="voting_opened").facts["caps"]["cap"]) == (
        [1, 2],
        2,
    )
    assert result["tied"] == [1, 2], "of two with equal votes one fits: the lot decides"


def test_without_quorum_nobody_is_certified(clock, client):
    world = World(quorum=2).voting()
    world.vote(0, 1, 2)
    world.close()
    assert (world.election.result["quorum_met"], world.election.state) == (False, "provisional")
    with pytest.raises(NotNow, match=r"quórum"):
        world.act(certify_election, 15)
    assert "quórum" in client.get(world.election.get_absolute_url()).content.decode()
    reached = World(quorum=2).voting()
    reached.vote(0, 1, 2), reached.vote(1, 1, 2)
    reached.close()
    reached.act(certify_election, 15)
    assert reached.election.state == "certified"


def test_who_is_elected_first_has_the_first_term(clock):
    ends = ["2028-03-31", "2027-03-31"]
    world = World(term_ends_on=None, term_ends_by_rank=ends).voting()
    world.vote(0, 2), world.vote(1, 2, 1), world.vote(2)
    world.close(day=13)
    world.act(certify_election, 15)
    terms = Term.objects.filter(chosen_in=world.election.code).order_by("seat__ordinal")
    assert [(t.person.name, t.planned_end.isoformat()) for t in terms] == [("Demo 01", ends[0]), ("Demo 00", ends[1])]


def test_equal_votes_are_drawn_where_terms_go_by_rank(clock):
    world = World(term_ends_on=None, term_ends_by_rank=["2028-03-31", "2027-03-31"]).voting()
    for n in range(3):
        world.vote(n, 1, 2)
    world.close(day=13)
    assert (world.election.state, world.election.result["tied"]) == ("closed", [1, 2])
