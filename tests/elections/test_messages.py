"""Each turn that an election may take has its own sentence: officers who stand, who steps back when, few or none left,
nobody votes."""

import pytest
from django.urls import reverse

from committees.models import Term
from core.errors import NotNow
from elections.models import Ballot
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.evidence import evidence_files
from elections.services.casting import cast_secret_vote
from elections.services.nominations import publish_candidates, withdraw
from elections.services.preparing import annul_election, take_over_office
from elections.services.results import certify_election, record_acclamation
from elections.services.roll import add_to_roll, publish_roll
from elections.services.voting import open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after, nominate_self

pytestmark = pytest.mark.django_db


def console(world, signed_in):
    answer = signed_in(world.officer).get(reverse("elections:election_console", args=[world.election.code]))
    return answer.content.decode()


def with_account(world, number):
    row = world.election.nominations.get(number=number)
    user = make.delegate(row.organization)
    row.person = user.person
    row.save()
    return row, user


# An officer who stands


def test_the_officer_is_no_candidate_and_a_candidate_no_officer():
    world = World().called()
    both = make.coordination()
    both.person.mandates.create(organization=world.organizations[0], role="delegate", starts_on=NOW.date())
    world.officer.person.mandates.create(organization=world.organizations[0], role="delegate", starts_on=NOW.date())
    with pytest.raises(NotNow, match="autoridad electoral no puede ser candidata"):
        nominate_self(world, world.officer, 0, day=1)
    nominate_self(world, both, 0, day=1)
    with pytest.raises(NotNow, match="candidato no puede ser autoridad"):
        take_over_office(world.election, actor=both, now=after(2))


def test_whoever_hands_over_may_stand_then():
    world, other = World().called(), make.coordination()
    world.officer.person.mandates.create(organization=world.organizations[0], role="delegate", starts_on=NOW.date())
    take_over_office(world.election, actor=other, now=after(1))
    row = nominate_self(world, world.officer, 0)
    assert row.state == "accepted"
    with pytest.raises(NotNow):
        take_over_office(world.election, actor=world.officer, now=after(3))


# Stepping back, at each stage


def test_before_the_list_nobody_reads_of_it_and_nobody_can_be_nominated_twice(client):
    world = World().rolled()
    candidate = make.delegate(world.organizations[0])
    row = nominate_self(world, candidate, 0)
    withdraw(row, actor=candidate, now=after(3))
    assert candidate.person.name not in client.get(world.election.get_absolute_url()).content.decode()
    with pytest.raises(NotNow):
        withdraw(row, actor=candidate, now=after(4))


def test_on_the_list_the_others_are_numbered_anew_and_none_left_is_said(clock, signed_in):
    world = World(candidates=2, seats=1).published()
    row, user = with_account(world, 1)
    withdraw(row, actor=user, now=after(10.1))
    assert [one.number for one in world.election.nominations.candidates()] == [1]
    clock.move_to(after(10.2))
    assert "aclamación" in console(world, signed_in)
    row, user = with_account(world, 1)
    withdraw(row, actor=user, now=after(10.2))
    for act in (open_voting, record_acclamation):
        with pytest.raises(NotNow, match="No queda ninguna candidatura"):
            world.act(act, 10.3)
    text = console(world, signed_in)
    assert "No queda ninguna candidatura" in text and "console/acclaim/" not in text


def test_after_an_acclamation_until_it_is_certified(clock, client):
    world = World(candidates=2, seats=2).published()
    rows = [with_account(world, n) for n in (1, 2)]
    world.act(record_acclamation, 10.1)
    withdraw(rows[0][0], actor=rows[0][1], now=after(10.2))
    world.election.refresh_from_db()
    assert world.election.result["elected"] == [2]
    withdraw(rows[1][0], actor=rows[1][1], now=after(10.3))
    with pytest.raises(NotNow, match="No queda ninguna candidatura"):
        world.act(certify_election, 11)
    annul_election(world.election, reason="Demo: nadie queda", actor=world.officer, now=after(12))
    with pytest.raises(NotNow, match="terminó"):
        withdraw(rows[0][0], actor=rows[0][1], now=after(13))


# Fewer than seats, nobody votes, all blank


def test_fewer_candidates_than_seats_leave_a_seat_unfilled_and_say_so(clock, client):
    world = World(candidates=1, seats=2).published()
    with pytest.raises(NotNow, match="aclamación"):
        world.act(open_voting, 10)
    world.act(record_acclamation, 10)
    world.act(certify_election, 12)
    text = client.get(world.election.get_absolute_url()).content.decode()
    assert "nadie más se postuló" in text and "nadie más tuvo un voto" not in text
    assert Term.objects.filter(chosen_in=world.election.code).count() == 1


def test_nobody_votes(clock, client):
    world = World().voting().close()
    result = world.election.result
    assert (world.election.state, result["elected"], result["voted"]) == ("provisional", [], 0)
    world.act(certify_election, 15)
    assert "Quedan 2 puestos sin cubrir" in client.get(world.election.get_absolute_url()).content.decode()
    assert "ballots.json" not in evidence_files(world.election, full=True)
    assert not Term.objects.filter(chosen_in=world.election.code).exists()


@pytest.mark.parametrize("rules", [{}, {"secrecy": "secret-portal"}, {"method": "scottish-stv", "max_marks": None}])
def test_everybody_abstains(clock, rules):
    world = World(**rules).voting()
    for n in range(3):
        if rules.get("secrecy"):
            box, _tracker = sealed_vote(world.election, [])
            cast_secret_vote(world.election, box, actor=world.voters[n], read_clock=lambda: after(12))
        else:
            world.vote(n)
    world.close(day=13)
    result = world.election.result
    assert (result["elected"], result["tied"], result["blank"], result["voted"]) == ([], [], 3, 3)
    world.act(certify_election, 15)


def test_with_a_quorum_and_nobody_there_it_is_annulled(clock, signed_in):
    world = World(quorum=2).voting().close()
    clock.move_to(after(14))
    with pytest.raises(NotNow, match="quórum"):
        world.act(certify_election, 15)
    assert "quórum" in console(world, signed_in)


# Caps that these candidates cannot meet


def test_the_officer_reads_before_opening_that_they_cannot_fill_the_seats(clock, signed_in):
    """Before the list, when nobody has a number yet, and after it; whoever is of different organisations can."""
    world = World(candidates=0, cap=1).rolled()
    words = "cubren solo"
    for n in range(2):
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    clock.move_to(after(9))
    assert words not in console(world, signed_in)
    world.election.nominations.update(organization=world.organizations[0])
    make.nomination(world.election, world.organizations[0], state="accepted", name="Demo 02")
    assert words in console(world, signed_in)
    world.act(publish_candidates, 10)
    clock.move_to(after(10))
    assert words in console(world, signed_in)


def test_where_none_of_them_could_sit_it_is_said_too(clock, signed_in):
    world = World(seats=1, candidates=0, cap=1).rolled()
    seat = world.committee.seats.create(sector=world.committee.seats.get().sector, ordinal=9)
    make.term(seat, world.organizations[0], starts_on=NOW.date())
    for n in range(2):
        make.nomination(world.election, world.organizations[0], state="accepted", name=f"Demo {n:02d}")
    clock.move_to(after(9))
    assert "cubren solo" in console(world, signed_in)


# Voter and alternate at once


def test_of_voter_and_alternate_the_second_reads_who_has_voted(clock, signed_in):
    world = World().called()
    standin = make.delegate(world.organizations[0])
    for n in range(3):
        add_to_roll(
            world.election,
            organization=world.organizations[n],
            voter=world.voters[n].person,
            actor=world.officer,
            alternate=None if n else standin.person,
            now=NOW,
        )
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    world.act(publish_roll, 1), world.act(publish_candidates, 10)
    world.act(open_voting, 10)
    clock.move_to(after(12))
    booth = reverse("elections:election_booth", args=[world.election.code])
    first, second = signed_in(world.voters[0]), signed_in(standin)
    for client in (first, second):
        assert client.post(booth, {"marks": ["1"], "step": "review"}).status_code == 200
    assert first.post(booth, {"marks": ["1"], "step": "cast"}).status_code == 200
    refused = second.post(booth, {"marks": ["2"], "step": "cast"})
    assert refused.status_code == 409 and world.voters[0].person.name in refused.content.decode()
    assert Ballot.objects.count() == 1
