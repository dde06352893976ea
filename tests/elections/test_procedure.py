"""What surrounds the vote: claims, scrutineers, supports, questions, withdrawals, consensus. For every may a may not."""

import datetime

import pytest

from committees.models import Term
from core.errors import Incomplete, NotNow, PermissionDenied
from core.models import JournalEntry
from elections.models import Claim, ClaimWaiver, Election, Participation, Question, Support
from elections.services.campaign import answer_question, ask_question, support_candidate
from elections.services.claims import answer_claim, raise_claim, waive_claims
from elections.services.nominations import publish_candidates, withdraw
from elections.services.paper import begin_paper_voting
from elections.services.preparing import call_election
from elections.services.results import certify_election, record_acclamation, record_consensus
from elections.services.roll import publish_roll
from elections.services.voting import close_voting, open_second_round, open_voting
from elections.states import ElectionState
from elections.tasks import close_due
from tests import factories as make
from tests.elections.world import World, after

pytestmark = pytest.mark.django_db


def claim(world, n=0, day=1.2, text="Demo: falta alguien"):
    return raise_claim(
        world.election, organization=world.organizations[n], text=text, actor=world.voters[n], now=after(day)
    )


def answer(world, row, day=1.5, outcome="rejected", words="Demo: está"):
    return answer_claim(row, outcome=outcome, answer=words, actor=world.officer, now=after(day))


def voting_with_claims():
    """Claims are taken for 48 hours; on the candidates every elector had none."""
    world = World(claims_hours=48).published()
    for voter in world.voters:
        waive_claims(world.election, actor=voter, now=after(10.1))
    world.act(open_voting, 10.2)
    return world


# Claims


def test_a_claim_waits_for_its_answer_before_anything_goes_on(clock):
    world = World().rolled()
    row = claim(world)
    for n in range(3):
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    with pytest.raises(NotNow, match=r"reclamo|claim"):
        world.act(publish_candidates, 10)
    for outcome, words in (("rejected", " "), ("perhaps", "Demo")):
        with pytest.raises(Incomplete):
            answer(world, row, outcome=outcome, words=words)
    answer(world, row)
    with pytest.raises(NotNow):
        answer(world, row, outcome="accepted")
    world.act(publish_candidates, 10)
    assert list(world.election.events.values_list("verb", flat=True))[-3:] == [
        "claim_raised",
        "claim_answered",
        "candidates_published",
    ]
    assert "falta" not in str([event.facts for event in world.election.events.all()]), "the chain holds no words"


def test_who_claims_and_when(clock):
    world = World(claims_hours=24).called()
    with pytest.raises(NotNow):
        claim(world)
    world = World(claims_hours=24).rolled()
    editor = make.holder("editor", world.organizations[0])
    for actor in (editor, world.voters[1]):
        with pytest.raises(PermissionDenied):
            raise_claim(world.election, organization=world.organizations[0], text="x", actor=actor, now=after(1.2))
    with pytest.raises(Incomplete):
        claim(world, text=" ")
    claim(world, day=1.99)
    with pytest.raises(NotNow):
        claim(world, day=2)
    assert Claim.objects.count() == 1


def test_a_window_ends_early_once_every_elector_has_no_claims(clock):
    """Claims are taken for 48 hours on the result; two of three electors say that there are none, then the third."""
    world = voting_with_claims()
    for n in range(3):
        world.vote(n, 1, 2) if n else world.vote(n, 1)
    world.close(day=13)
    for n in (0, 1, 1):
        waive_claims(world.election, actor=world.voters[n], now=after(13.1))
    assert ClaimWaiver.objects.filter(stage="result").count() == 2, "twice is once"
    with pytest.raises(NotNow):
        world.act(certify_election, 13.2)
    with pytest.raises(PermissionDenied):
        waive_claims(world.election, actor=make.coordination(), now=after(13.1))
    assert waive_claims(world.election, actor=world.voters[2], now=after(13.3)) == 3
    world.act(certify_election, 13.4)
    assert world.election.state == "certified"
    with pytest.raises(NotNow):
        waive_claims(world.election, actor=world.voters[0], now=after(13.5))


def test_without_them_the_window_lasts_its_hours(clock):
    world = voting_with_claims()
    for n in range(3):
        world.vote(n, 1, 2) if n else world.vote(n, 1)
    world.close(day=13)
    with pytest.raises(NotNow):
        world.act(certify_election, 14.9)
    world.act(certify_election, 15)


def test_who_claims_takes_back_that_there_were_none(clock):
    world = World(claims_hours=48).rolled()
    waive_claims(world.election, actor=world.voters[0], now=after(1.1))
    row = claim(world)
    assert not ClaimWaiver.objects.exists()
    with pytest.raises(NotNow):
        waive_claims(world.election, actor=world.voters[0], now=after(1.3))
    answer(world, row)
    waive_claims(world.election, actor=world.voters[0], now=after(1.6))


# Supports, questions


def test_supports_are_public_and_given_once(clock):
    world = World().published()
    row = world.election.nominations.candidates()[0]
    for _again in range(2):
        support_candidate(row, organization=world.organizations[1], actor=world.voters[1], now=after(10.5))
    assert Support.objects.count() == 1
    with pytest.raises(PermissionDenied):
        support_candidate(row, organization=world.organizations[1], actor=world.voters[0], now=after(10.5))
    called = World().called()
    early = make.nomination(called.election, called.organizations[0], state="accepted")
    with pytest.raises(NotNow):
        support_candidate(early, organization=called.organizations[1], actor=called.voters[1], now=after(2))


def test_a_candidate_answers_a_question_once(clock):
    world = World().published()
    row = world.election.nominations.candidates()[0]
    candidate = make.delegate(world.organizations[2])
    row.person = candidate.person
    row.save()
    with pytest.raises(Incomplete):
        ask_question(row, organization=world.organizations[0], text=" ", actor=world.voters[0], now=after(10.5))
    question = ask_question(
        row, organization=world.organizations[0], text="¿Demo?", actor=world.voters[0], now=after(10.5)
    )
    with pytest.raises(PermissionDenied):
        answer_question(question, answer="Sí", actor=world.voters[1], now=after(11))
    answer_question(question, answer="Sí", actor=candidate, now=after(11))
    with pytest.raises(NotNow):
        answer_question(question, answer="No", actor=candidate, now=after(11))
    assert Question.objects.get().answer == "Sí"


# Withdrawal at each stage, consensus


def with_account(world, number):
    row = world.election.nominations.get(number=number)
    user = make.delegate(row.organization)
    row.person = user.person
    row.save()
    return row, user


def test_who_withdraws_while_others_vote_is_read_over(clock):
    world = World().voting()
    row, user = with_account(world, 1)
    world.vote(0, 1, 2), world.vote(1, 1)
    withdraw(row, actor=user, now=after(12))
    with pytest.raises(Incomplete):
        world.vote(2, 1)
    world.vote(2, 3)
    world.close(day=13)
    result = world.election.result
    assert (result["elected"], result["votes"]["1"], result["blank"]) == ([2, 3], "0", 1)
    with pytest.raises(NotNow):
        withdraw(row, actor=user, now=after(13))


def test_after_the_vote_it_is_counted_again_without_them(clock, client):
    world = World().voting()
    row, user = with_account(world, 1)
    world.vote(0, 1, 2), world.vote(1, 1, 2), world.vote(2, 3)
    world.close(day=13)
    assert world.election.result["elected"] == [1, 2]
    withdraw(row, actor=user, now=after(13))
    world.election.refresh_from_db()
    assert (world.election.state, world.election.result["elected"]) == ("provisional", [2, 3])
    assert client.get(world.election.get_absolute_url()).status_code == 200
    world.act(certify_election, 14)
    assert Term.objects.filter(chosen_in=world.election.code).count() == 2
    with pytest.raises(NotNow):
        withdraw(world.election.nominations.get(number=2), actor=world.officer, now=after(15))


def test_a_withdrawal_may_bring_a_tie(clock):
    world = World(candidates=4).voting()
    row, user = with_account(world, 1)
    world.vote(0, 1, 2), world.vote(1, 1, 3), world.vote(2, 2, 4)
    world.close(day=13)
    assert world.election.result["elected"] == [1, 2]
    withdraw(row, actor=user, now=after(13))
    world.election.refresh_from_db()
    assert (world.election.state, world.election.result["tied"]) == ("closed", [3, 4])


def test_a_consensus_is_an_ending_without_a_vote(clock, client):
    world = World().published()
    for numbers in ([1], [1, 1], [1, 9], [1, 2, 3]):
        with pytest.raises(Incomplete):
            world.act(record_consensus, 10, numbers=numbers)
    world.act(record_consensus, 10, numbers=[3, 1])
    assert (world.election.state, world.election.result["elected"]) == ("provisional", [3, 1])
    assert "consenso" in client.get(world.election.get_absolute_url()).content.decode()
    row = claim(world, day=10.2, text="Demo: objeto")
    with pytest.raises(NotNow):
        world.act(certify_election, 11)
    answer(world, row, day=10.4)
    world.act(certify_election, 11)
    assert [t.person.name for t in Term.objects.filter(chosen_in=world.election.code).order_by("seat__ordinal")] == [
        "Demo 02",
        "Demo 00",
    ]


def test_no_consensus_against_the_limit_or_after_a_vote(clock):
    world = World(candidates=0, cap=1).rolled()
    for n, organization in enumerate((0, 0, 1)):
        make.nomination(world.election, world.organizations[organization], state="accepted", name=f"Demo {n:02d}")
    world.act(publish_candidates, 10)
    with pytest.raises(Incomplete):
        world.act(record_consensus, 10, numbers=[1, 2])
    world.act(open_voting, 10)
    with pytest.raises(NotNow):
        world.act(record_consensus, 11, numbers=[1, 3])


# The hour


def test_the_portal_closes_and_counts_at_the_hour_each_vote_by_itself(clock, caplog):
    first, second, third, early = (World().voting() for _n in range(4))
    first.vote(0, 1, 2)
    secret = World(secrecy="secret-portal").voting()
    Participation.objects.create(entry=secret.election.roll.first(), cast_by=secret.voters[0].person)
    paper = World(in_room=True).published()
    paper.act(begin_paper_voting, 10.1)
    Election.objects.filter(pk=early.election.pk).update(closes_at=after(30))
    clock.move_to(after(14) - datetime.timedelta(seconds=1))
    assert close_due() == 0, "the closing is exclusive, and not before it"
    clock.move_to(after(14))
    assert close_due() == 3 and close_due() == 0
    states = [
        Election.objects.get(pk=world.election.pk).state for world in (first, second, third, early, secret, paper)
    ]
    assert states == ["provisional", "provisional", "provisional", "voting", "voting", "voting"]
    assert f"{secret.election.code} was not closed" in caplog.text and "No se abre nada" in caplog.text
    closed = first.election.events.get(verb="closed")
    assert (
        closed.at == after(14)
        and JournalEntry.objects.get(verb="election_closed", code=first.election.code).actor == ""
    )
    with pytest.raises(NotNow):
        first.close(day=14.1)


# Each act in its own state


ACTS = {
    "call": ("draft", lambda e, actor, now: call_election(e, actor=actor, now=now)),
    "roll": ("called", lambda e, actor, now: publish_roll(e, actor=actor, now=now)),
    "candidates": ("roll_published", lambda e, actor, now: publish_candidates(e, actor=actor, now=now)),
    "acclaim": ("candidates_published", lambda e, actor, now: record_acclamation(e, actor=actor, now=now)),
    "consensus": (
        "candidates_published",
        lambda e, actor, now: record_consensus(e, numbers=[1, 2], actor=actor, now=now),
    ),
    "paper": ("candidates_published", lambda e, actor, now: begin_paper_voting(e, actor=actor, now=now)),
    "open": ("candidates_published", lambda e, actor, now: open_voting(e, actor=actor, now=now)),
    "close": ("voting", lambda e, actor, now: close_voting(e, actor=actor, read_clock=lambda: now)),
    "second": ("closed", lambda e, actor, now: open_second_round(e, closes_at=after(20), actor=actor, now=now)),
    "certify": ("provisional", lambda e, actor, now: certify_election(e, actor=actor, now=now)),
}


@pytest.mark.parametrize("name", ACTS)
def test_no_act_is_done_from_a_state_that_is_not_its_own(clock, name):
    """A tie that waits is not opened again, a result is not closed twice, whatever else leads to the same state."""
    own, act = ACTS[name]
    world = World(in_room=True).voting()
    world.vote(0, 1, 2), world.vote(1, 1, 3), world.vote(2)
    world.close(day=13)
    assert world.election.result["tied"] == [2, 3]
    for state in [value for value, _label in ElectionState.choices if value != own]:
        Election.objects.filter(pk=world.election.pk).update(state=state)
        before = world.election.events.count()
        with pytest.raises(NotNow):
            act(Election.objects.get(pk=world.election.pk), world.officer, after(13.5))
        election = Election.objects.get(pk=world.election.pk)
        assert (election.state, election.result, election.events.count()) == (state, world.election.result, before)
