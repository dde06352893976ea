"""An election from rules to terms; for every may a may not."""

import re
from itertools import pairwise

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import Term
from core import clock as casa_clock
from core.errors import Incomplete, NotNow, PermissionDenied
from core.outbox.models import OutboxMessage
from elections.counting.core import canonical, digest
from elections.deadlines import votes
from elections.models import Ballot, Election, Nomination
from elections.services.casting import cast_vote
from elections.services.lots import Witnesses, record_draw
from elections.services.nominations import publish_candidates, withdraw
from elections.services.preparing import annul_election
from elections.services.results import certify_election, record_acclamation
from elections.services.roll import add_to_roll, publish_roll
from elections.services.voting import open_voting
from organizations.states import Role
from tests import factories as make
from tests.elections.world import NOW, World, after, nominate_self, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    """The process's clock is moved, and with it what the database would say."""
    monkeypatch.setattr(casa_clock, "by_database", casa_clock.now)
    with time_machine.travel(NOW, tick=False) as clock:
        made = World()
        made.clock = clock
        yield made


def page(name, *args):
    return reverse(f"elections:{name}", args=args)


def test_rules_are_sealed_by_the_call_and_the_chain_holds(world):
    world.called()
    election = world.election
    assert election.rules_hash == digest(election.rules) and election.rules["seats"] == 2
    event = election.events.get()
    sealed = {
        "election": election.code,
        "number": 1,
        "verb": "called",
        "at": "2026-03-01T12:00:00Z",
        "facts": {"rules": election.rules_hash},
        "previous": "",
    }
    assert event.digest == digest(sealed) and canonical({"b": 1, "a": "ñ"}) == '{"a":"ñ","b":1}'
    assert OutboxMessage.objects.filter(kind="election_called").count() == 3


def test_from_call_to_terms(world):
    old = make.term(world.committee.seats.first(), world.organizations[2])
    world.voting()
    world.vote(0, 1, 2), world.vote(1, 2), world.vote(2)
    world.close(day=13)
    assert world.election.state == "provisional", "all have voted: it may close before the hour"
    assert world.election.result["elected"] == [2, 1] and world.election.result["blank"] == 1
    world.act(certify_election, 15)
    terms = Term.objects.filter(chosen_in=world.election.code).order_by("seat__ordinal")
    assert [(t.person.name, t.organization) for t in terms] == [
        ("Demo 01", world.organizations[1]),
        ("Demo 00", world.organizations[0]),
    ]
    old.refresh_from_db()
    assert (old.ended_on, old.end_reason) == (after(19).date(), "completed")
    events = list(world.election.events.all())
    assert all(b.previous == a.digest for a, b in pairwise(events))
    with pytest.raises(NotNow):
        world.act(certify_election, 16)
    with pytest.raises(NotNow):
        annul_election(world.election, reason="tarde", actor=world.officer, now=after(16))


def test_one_organisation_votes_once(world):
    world.called()
    standin = make.holder(Role.ALTERNATE, world.organizations[0])
    add_to_roll(
        world.election,
        organization=world.organizations[0],
        voter=world.voters[0].person,
        alternate=standin.person,
        actor=world.officer,
        now=NOW,
    )
    world.act(publish_roll, 1)
    for n in range(3):
        make.nomination(world.election, world.organizations[n], state="accepted")
    world.act(publish_candidates, 10)
    world.act(open_voting, 10)
    world.vote(0, 1)
    for again in (world.voters[0], standin):
        with pytest.raises(NotNow, match=r"ya votó|voted already"):
            cast_vote(world.election, [2], actor=again, read_clock=lambda: after(12))
    with pytest.raises(PermissionDenied):
        cast_vote(world.election, [2], actor=world.voters[1], read_clock=lambda: after(12))
    ballot = Ballot.objects.get()
    assert [row.number for row in ballot.marks.all()] == [1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(entry=ballot.entry, cast_by=standin.person, cast_at=NOW)


def test_votes_before_opening_and_after_closing_are_refused(world):
    world.voting()
    for day in (10, 14, 15):
        with pytest.raises(NotNow):
            world.vote(0, 1, day=day)
    world.vote(0, 1, day=11)
    with pytest.raises(NotNow):
        world.close(day=13)
    world.close(day=14)
    with pytest.raises(NotNow):
        world.vote(1, 1, day=12)


@pytest.mark.parametrize("numbers", [[1, 2, 3], [1, 1], [9], [0]])
def test_a_ballot_against_the_rules_is_not_taken(world, numbers):
    world.voting()
    with pytest.raises(Incomplete):
        world.vote(0, *numbers)
    assert not Ballot.objects.exists(), "the refused ballot has not used up the vote"


def test_a_tie_is_settled_by_a_witnessed_draw(world):
    world.voting()
    world.vote(0, 1, 2), world.vote(1, 1, 3)
    world.close()
    assert (world.election.state, world.election.result["tied"]) == ("closed", [2, 3])
    one, two = world.voters[0].person, world.voters[1].person
    draw = {"actor": world.officer, "now": after(14)}
    with pytest.raises(NotNow):
        certify_election(world.election, **draw)
    colleague = make.delegate(world.organizations[0]).person
    for order, witnesses in (
        ([3], (one, two)),
        ([3, 2], (one, one)),
        ([3, 2], (one, colleague)),
        ([3, 2], (one, world.officer.person)),
    ):
        with pytest.raises(Incomplete):
            record_draw(world.election, order=order, witnesses=witnesses, **draw)
    record_draw(world.election, order=[3, 2], witnesses=Witnesses(one, two), **draw)
    world.election.refresh_from_db()
    assert (world.election.state, world.election.result["elected"]) == ("provisional", [1, 3])
    with pytest.raises(NotNow):
        record_draw(world.election, order=[2, 3], witnesses=Witnesses(one, two), **draw)


def test_acclamation_only_without_a_choice(world):
    world.candidates = 2
    world.published()
    with pytest.raises(NotNow):
        world.act(open_voting, 10)
    world.act(record_acclamation, 10)
    assert world.election.by_acclamation and world.election.result["elected"] == [1, 2]
    more = World().published()
    with pytest.raises(NotNow):
        more.act(record_acclamation, 10)


def test_nobody_holds_two_seats_of_a_body(world):
    other = make.committee(seats=2)
    first, second = other.seats.order_by("ordinal")
    world.election.committee, world.election.max_marks = other, 1
    world.election.save()
    world.election.places.set([first])
    holder = make.delegate(world.organizations[0])
    make.term(second, world.organizations[0], person=holder.person)
    world.called()
    with pytest.raises(NotNow, match=r"dos|two"):
        nominate_self(world, holder, 0)


def nominate_other(world, address="demo@example.org", day=2, actor=0):
    return propose(world, 1, address=address, day=day, by=actor)


def test_who_nominates_whom(world):
    with pytest.raises(NotNow):
        nominate_other(world)
    world.called()
    assert nominate_self(world, world.voters[0], 0).state == "accepted"
    with pytest.raises(NotNow):
        nominate_self(world, world.voters[0], 0)
    with pytest.raises(PermissionDenied):
        nominate_self(world, world.voters[1], 0)
    editor = make.holder(Role.EDITOR, world.organizations[0])
    with pytest.raises(PermissionDenied):
        propose(world, 0, "X", "x@example.org", actor=editor)
    assert nominate_other(world).state == "proposed"
    with pytest.raises(NotNow):
        nominate_other(world, "DEMO@example.org")
    with pytest.raises(NotNow, match=r"autoridad|officer|responsable"):
        nominate_other(world, world.officer.email)
    with pytest.raises(NotNow):
        nominate_other(world, "late@example.org", day=10)


def link_of(address="demo@example.org"):
    text = OutboxMessage.objects.get(kind="nomination", address=address).text
    return re.search(r"https?://[^/]+(/\S+/nomination/\S+)", text)[1]


def test_a_personal_link_answers_once(world, client):
    world.called()
    row = nominate_other(world)
    link = link_of()
    for _again in range(2):
        assert client.get(link).status_code == 200
    row.refresh_from_db()
    assert row.state == "proposed", "a scanner changes nothing"
    assert client.post(link, {"answer": "accept", "statement_language": "es"}).status_code == 422
    assert client.post(link, {"answer": "perhaps", "statement": "Sí", "statement_language": "es"}).status_code == 422
    data = {"answer": "accept", "statement": "<script>alert(1)</script>", "statement_language": "es"}
    assert client.post(link, data).status_code == 200
    assert client.post(link, data).status_code == 410 and client.get(link).status_code == 410
    row.refresh_from_db()
    assert row.state == "accepted"
    Election.objects.update(state="candidates_published")
    assert b"<script>alert" not in client.get(world.election.get_absolute_url()).content


def test_an_expired_link_and_a_stranger_change_nothing(world, client, signed_in):
    world.called()
    row = nominate_other(world)
    link = link_of()
    stranger = signed_in(world.voters[2])
    answer = stranger.post(page("nomination_answer", world.election.code, row.pk), {"answer": "accept"})
    assert answer.status_code == 403
    world.clock.move_to(after(12))
    client.logout()
    assert client.get(link).status_code == 410
    assert client.post(link, {"answer": "decline", "statement_language": "es"}).status_code == 410
    row.refresh_from_db()
    assert row.state == "proposed"


def test_withdrawing_until_voting_opens(world):
    world.rolled()
    rows = [nominate_self(world, user, n) for n, user in enumerate(world.voters)]
    world.act(publish_candidates, 10)
    withdraw(rows[0], actor=world.voters[0], now=after(10))
    assert sorted(Nomination.objects.candidates().values_list("number", flat=True)) == [1, 2]
    with pytest.raises(PermissionDenied):
        withdraw(rows[1], actor=world.voters[0], now=after(10))


def test_the_roll_takes_only_those_who_speak_and_not_the_officer(world):
    world.called()
    put = {"organization": world.organizations[0], "actor": world.officer, "now": NOW}
    for voter in (world.voters[1].person, world.officer.person):
        with pytest.raises(Incomplete):
            add_to_roll(world.election, voter=voter, alternate=None, **put)
    world.voters[0].person.mandates.create(organization=world.organizations[1], role="delegate", starts_on=NOW.date())
    add_to_roll(world.election, voter=world.voters[0].person, alternate=None, **put)
    with pytest.raises(Incomplete):
        add_to_roll(
            world.election,
            voter=world.voters[0].person,
            alternate=None,
            **put | {"organization": world.organizations[1]},
        )
    world.act(publish_roll, 1)
    with pytest.raises(NotNow):
        add_to_roll(world.election, voter=world.voters[0].person, alternate=None, **put)


def test_annulled_with_a_reason(world, client):
    world.called()
    with pytest.raises(Incomplete):
        annul_election(world.election, reason=" ", actor=world.officer, now=NOW)
    annul_election(world.election, reason="Faltó aviso", actor=world.officer, now=NOW)
    assert "Faltó aviso" in client.get(world.election.get_absolute_url()).content.decode()


def test_who_sees_what(world, client, signed_in):
    address = world.election.get_absolute_url()
    assert client.get(address).status_code == 404
    assert signed_in(world.voters[0]).get(address).status_code == 404
    assert signed_in(world.officer).get(address).status_code == 200
    world.voting()
    name = world.voters[1].person.name
    client.logout()
    assert name not in client.get(address).content.decode(), "the roll is for the community"
    assert client.get(page("election_result", world.election.code)).status_code == 404
    assert name in signed_in(world.voters[0]).get(address).content.decode()
    Election.objects.update(visibility="community")
    assert signed_in(world.voters[0]).get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 404


def test_only_the_officer_acts_and_another_may_take_over(world, signed_in):
    other = make.coordination()
    call = page("election_act", world.election.code, "call")
    assert signed_in(other).post(call).status_code == 403
    assert signed_in(other).get(page("election_console", world.election.code)).status_code == 200
    assert signed_in(other).post(page("election_take_over", world.election.code)).status_code == 302
    assert signed_in(world.officer).post(call).status_code == 403
    assert signed_in(other).post(call).status_code == 302
    world.election.refresh_from_db()
    assert world.election.state == "called"


def test_the_booth_step_by_step_in_two_tabs(world, signed_in):
    world.voting()
    booth = page("election_booth", world.election.code)
    client = signed_in(world.voters[0])
    world.clock.move_to(after(10, hours=1))
    early = client.get(booth).content.decode()
    assert 'name="marks"' not in early and world.voters[0].person.name in early
    assert client.post(booth, {"marks": "1", "step": "cast"}).status_code == 409
    world.clock.move_to(after(12))
    assert 'name="marks"' in client.get(booth).content.decode()
    assert client.post(booth, {"step": "review"}).status_code == 422
    review = client.post(booth, {"marks": ["1", "2"], "step": "review"})
    assert review.status_code == 200 and not Ballot.objects.exists()
    assert client.post(booth, {"marks": ["1", "2"], "step": "cast"}).status_code == 200
    second = client.post(booth, {"marks": ["3"], "step": "cast"})
    assert second.status_code == 409
    assert [row.number for row in Ballot.objects.get().marks.order_by("number")] == [1, 2]
    stranger = signed_in(make.delegate(make.organization()))
    assert stranger.post(booth, {"marks": ["1"], "step": "cast"}).status_code == 409
    assert Ballot.objects.count() == 1


def test_deadlines_name_those_who_owe(world):
    world.voting()
    world.vote(0, 1)
    found = list(votes(after(10, hours=1), after(20)))
    assert [(due.kind, due.code, len(due.recipients)) for due in found] == [("elections.vote", world.election.code, 2)]


@pytest.mark.parametrize("state", ["candidates", "certified"])
def test_the_public_page_costs_the_same_at_3_and_30(client, state):
    spent = []
    for candidates in (3, 30):
        world = World(candidates=candidates)
        world.voting() if state == "certified" else world.published()
        if state == "certified":
            world.vote(0, 1, 2)
            world.close()
            world.act(certify_election, 15)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(world.election.get_absolute_url()).status_code == 200
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 8
