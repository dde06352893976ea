"""Two people at the same moment. Locks are proven on PostgreSQL only: green on SQLite says nothing about them.

The continuous run has PostgreSQL; elsewhere these tests are left out.
"""

import datetime
import threading

import pytest
from django.db import connection, transaction

from commons.models import Text
from commons.services.texts import write_version
from core import clock
from core.errors import CasaError
from core.outbox import services as outbox
from core.outbox.models import OutboxMessage
from core.records import services as records
from elections.models import Ballot, Election, Participation, SealedBallot
from elections.queries.ballot_boxes import sealed_vote
from elections.services.casting import cast_secret_vote, cast_vote
from elections.services.corrections import RollLine, answer_correction, request_correction
from elections.services.keys import create_key
from elections.services.secrecy import request_secrecy
from priorities.models import PlanRevision, PriorityDraft
from priorities.services.plans import submit_plan
from tests import factories as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="locks are proven on PostgreSQL"),
]

AT_ONCE = 8


def all_at_once(act, times=AT_ONCE):
    """Call `act(n)` from as many threads at the same moment; [(result, refusal)] in the order of n."""
    gate, answers = threading.Barrier(times), [None] * times

    def run(n):
        try:
            gate.wait()
            answers[n] = (act(n), None)
        except CasaError as error:
            answers[n] = (None, error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert None not in answers, "an act ended in an exception that is no refusal"
    return answers


def test_codes_are_given_once():
    codes = [record.code for record, _error in all_at_once(lambda n: records.reserve("DEC", 2026))]
    assert sorted(codes) == [f"CASA-2026-DEC-{n:03d}" for n in range(1, AT_ONCE + 1)]


def test_a_plan_is_submitted_once():
    now = clock.now()
    organization = make.organization()
    delegate = make.delegate(organization)
    plan = make.plan(make.cycle(2026, now=now), organization)
    PriorityDraft.objects.create(
        plan=plan, title="Demo", why="Porque", action="Taller", theme=make.theme(), edited_at=now
    )
    answers = all_at_once(lambda n: submit_plan(plan, actor=delegate, now=now))
    assert sum(error is None for _result, error in answers) == 1
    assert PlanRevision.objects.count() == 1
    assert plan.priorities.count() == 1


def test_a_message_is_claimed_once():
    now = clock.now()
    OutboxMessage.objects.create(
        key="k",
        kind="test",
        address="demo@example.org",
        language="es",
        subject="x",
        text="x",
        not_before=now,
        created_at=now - datetime.timedelta(minutes=1),
    )
    claimed = [row for row, _error in all_at_once(lambda n: outbox.claim(clock.now())) if row is not None]
    assert len(claimed) == 1
    assert OutboxMessage.objects.get().attempts == 1


def test_of_two_who_write_the_same_text_one_is_shown_the_other_s():
    text = Text.objects.create()
    author = make.coordination()
    answers = all_at_once(
        lambda n: write_version(text, language="es", body=f"Versión {n}", base_number=0, actor=author, now=clock.now()),
        times=2,
    )
    (written,) = [version for version, error in answers if error is None]
    (conflict,) = [error for _version, error in answers if error is not None]
    assert conflict.current.pk == written.pk


def test_of_sixteen_votes_of_one_organisation_one_is_stored_and_none_after_the_closing():
    now = clock.now()
    organization = make.organization()
    people = [make.delegate(organization), make.delegate(organization)]
    election = make.election(
        make.committee(seats=1), make.coordination().person, now - datetime.timedelta(days=11), state="voting"
    )
    for number in (1, 2):
        make.nomination(election, organization, state="accepted", number=number)
    make.on_roll(election, organization, *people)
    answers = all_at_once(lambda n: cast_vote(election, [n % 2 + 1], actor=people[n % 2]), times=16)
    assert sum(error is None for _ballot, error in answers) == 1
    assert Ballot.objects.count() == 1 and Ballot.objects.get().marks.count() == 1


def test_of_sixteen_sealed_votes_of_one_organisation_one_is_in_the_ballot_box():
    """Voter and alternate, each with boxes of their own, and one who sends the same box again."""
    now = clock.now()
    organization = make.organization()
    people = [make.delegate(organization), make.delegate(organization)]
    election = make.election(
        make.committee(seats=1),
        make.coordination().person,
        now - datetime.timedelta(days=11),
        state="voting",
        secrecy="secret-portal",
    )
    make.nomination(election, organization, state="accepted", number=1)
    make.on_roll(election, organization, *people)
    create_key(election, now=now)
    boxes = [sealed_vote(election, [1]).content for _n in range(16)]
    answers = all_at_once(lambda n: cast_secret_vote(election, boxes[n], actor=people[n % 2]), times=16)
    (receipt,) = [receipt for receipt, error in answers if error is None]
    assert Participation.objects.count() == 1 and SealedBallot.objects.get().digest == receipt.digest
    again = all_at_once(
        lambda n: cast_secret_vote(election, bytes(SealedBallot.objects.get().sealed), actor=people[n % 2]), times=4
    )
    assert sum(error is None for _receipt, error in again) == 2, "its own voter is told the same again"


def test_of_an_open_vote_and_the_request_that_it_be_secret_one_comes_first():
    """Never both an open ballot and a secret election."""
    now = clock.now()
    voters = [make.delegate(make.organization()) for _n in range(4)]
    election = make.election(
        make.committee(seats=1), make.coordination().person, now - datetime.timedelta(days=11), state="voting"
    )
    make.nomination(election, voters[0].person.mandates.get().organization, state="accepted", number=1)
    for voter in voters:
        make.on_roll(election, voter.person.mandates.get().organization, voter)

    def act(n):
        return (
            request_secrecy(election, actor=voters[n], now=now) if n % 2 else cast_vote(election, [1], actor=voters[n])
        )

    answers = all_at_once(act, times=4)
    election.refresh_from_db()
    voted = Ballot.objects.count()
    assert (voted == 0) == election.made_secret and voted in (0, 1, 2)
    assert all(error is None for _done, error in answers[1::2]) == election.made_secret


def corrected_election():
    """(election being voted, its voter, another of the same organisation, the correction that puts that one in place)."""
    now = clock.now()
    organization = make.organization()
    voter, other = make.delegate(organization), make.delegate(organization)
    election = make.election(
        make.committee(seats=1), make.coordination().person, now - datetime.timedelta(days=11), state="voting"
    )
    make.nomination(election, organization, state="accepted", number=1)
    make.on_roll(election, organization, voter)
    row = request_correction(
        election,
        line=RollLine(organization, other.person),
        reason="Demo",
        actor=make.coordination(),
        now=now,
    )
    return election, voter, other, row


def test_of_many_who_answer_one_correction_of_the_roll_one_does():
    """Some confirm, some refuse: one answer, one link of the chain, one line of the roll."""
    election, voter, other, row = corrected_election()
    officers = [make.coordination() for _n in range(AT_ONCE)]
    answers = all_at_once(lambda n: answer_correction(row, confirmed=bool(n % 2), actor=officers[n], now=clock.now()))
    (answered,) = [done for done, error in answers if error is None]
    links = election.events.filter(verb__in=("roll_corrected", "correction_refused"))
    assert [link.verb for link in links] == ["roll_corrected" if answered.is_confirmed else "correction_refused"]
    assert election.roll.get().voter == (other.person if answered.is_confirmed else voter.person)
    row.refresh_from_db()
    assert row.answered_by == answered.answered_by and row.is_confirmed is answered.is_confirmed


def test_of_a_correction_and_the_vote_of_whom_it_replaces_one_comes_first():
    """Never a vote by somebody who was off the roll already, and never a roll corrected under a vote that was cast."""
    election, voter, other, row = corrected_election()
    officer = make.coordination()

    def act(n):
        if n:
            return cast_vote(election, [1], actor=voter)
        return answer_correction(row, confirmed=True, actor=officer, now=clock.now())

    (_row, unanswered), (_ballot, refused) = all_at_once(act, times=2)
    assert (unanswered is None) != (refused is None)
    assert election.roll.get().voter == (voter.person if refused is None else other.person)
    assert Ballot.objects.count() == (refused is None)


def test_a_vote_that_waited_behind_the_closing_is_late():
    now = clock.now()
    organization = make.organization()
    voter = make.delegate(organization)
    election = make.election(
        make.committee(seats=1),
        make.coordination().person,
        now - datetime.timedelta(days=30),
        state="voting",
        opens_at=now - datetime.timedelta(days=1),
        closes_at=now + datetime.timedelta(seconds=1),
        nominations_close=now - datetime.timedelta(days=1),
    )
    make.nomination(election, organization, state="accepted", number=1)
    make.on_roll(election, organization, voter)
    held, refused = threading.Event(), []

    def vote():
        held.wait()
        try:
            cast_vote(election, [1], actor=voter)
        except CasaError as error:
            refused.append(error)
        finally:
            connection.close()

    waiting = threading.Thread(target=vote)
    waiting.start()
    with transaction.atomic():
        Election.objects.select_for_update().get(pk=election.pk)
        held.set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(1.5)")
    waiting.join()
    assert len(refused) == 1 and not Ballot.objects.exists()
