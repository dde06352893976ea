"""The published roll is corrected by two officers; nothing changes before the second signs."""

import subprocess
import sys

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Incomplete, NotNow
from core.outbox.models import OutboxMessage
from elections.models import ClaimWaiver, RollCorrection
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.evidence import evidence_files
from elections.queries.roll import roll_digest
from elections.services.casting import cast_secret_vote, cast_vote
from elections.services.claims import answer_claim, raise_claim, waive_claims
from elections.services.corrections import RollLine, answer_correction, request_correction
from elections.services.nominations import publish_candidates
from elections.services.results import certify_election
from elections.services.voting import open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"elections:{name}", args=args)


def ask(world, n=0, voter=None, day=1.5, alternate=None, weight=None, **arguments):
    line = RollLine(world.organizations[n], voter, alternate, weight)
    defaults = {"reason": "Demo: no puede asistir", "actor": world.officer, "now": after(day)}
    return request_correction(world.election, line=line, **defaults | arguments)


def answer(world, row, actor, day=1.6, confirmed=True):
    row = answer_correction(row, confirmed=confirmed, actor=actor, now=after(day))
    world.election.refresh_from_db()
    return row


def new_voter(world, n=0):
    return make.delegate(world.organizations[n]).person


def on_roll(world, n=0):
    return world.election.roll.filter(organization=world.organizations[n]).first()


def test_nothing_changes_before_another_officer_signs():
    world, second = World().rolled(), make.coordination()
    person, before = new_voter(world), world.election.roll_hash
    row = ask(world, voter=person, alternate=world.voters[0].person)
    world.election.refresh_from_db()
    assert on_roll(world).voter == world.voters[0].person and world.election.roll_hash == before
    with pytest.raises(NotNow, match="requiere dos personas"):
        answer(world, row, world.officer)
    with pytest.raises(NotNow, match="sin respuesta"):
        ask(world, voter=new_voter(world))
    answer(world, row, second)
    assert (on_roll(world).voter, on_roll(world).alternate) == (person, world.voters[0].person)
    assert world.election.roll_hash == roll_digest(world.election) != before
    event = world.election.events.last()
    assert event.verb == "roll_corrected" and event.facts == {
        "organization": world.organizations[0].slug,
        "roll": world.election.roll_hash,
        "reason": "Demo: no puede asistir",
        "signed_by": sorted([world.officer.person.name, second.person.name]),
    }
    with pytest.raises(NotNow, match="ya tiene respuesta"):
        answer(world, row, make.coordination())
    with pytest.raises(IntegrityError), transaction.atomic():
        RollCorrection.objects.filter(pk=row.pk).update(answered_by=world.officer.person)


def test_a_refused_correction_changes_nothing_and_another_may_be_asked_for():
    world, second = World().rolled(), make.coordination()
    before = world.election.roll_hash
    row = answer(world, ask(world, voter=new_voter(world)), second, confirmed=False)
    assert row.is_confirmed is False and world.election.roll_hash == before
    assert world.election.events.last().verb == "correction_refused"
    answer(world, ask(world, voter=new_voter(world)), second)
    assert world.election.roll_hash != before


def test_those_put_on_the_roll_and_those_taken_off_are_written_to():
    world, second = World().rolled(), make.coordination()
    user = make.delegate(world.organizations[0])
    answer(world, ask(world, voter=user.person), second)
    mails = {mail.address: mail for mail in OutboxMessage.objects.filter(kind="election_roll_corrected")}
    assert set(mails) == {user.email, world.voters[0].email}
    assert "figura" in mails[user.email].text and "no puede asistir" in mails[world.voters[0].email].text


def test_one_left_out_is_added_and_one_is_struck():
    world, second = World().rolled(), make.coordination()
    left_out = make.organization()
    world.organizations.append(left_out)
    answer(world, ask(world, 3, voter=new_voter(world, 3)), second)
    assert world.election.roll.count() == 4
    answer(world, ask(world, 1), second)
    assert on_roll(world, 1) is None and world.election.roll.count() == 3


def test_what_cannot_be_asked_for_is_said_beside_its_field():
    world, stranger = World().rolled(), make.organization()
    claim = raise_claim(
        world.election, organization=world.organizations[0], text="Demo", actor=world.voters[0], now=after(1.1)
    )
    mine, other = world.voters[0].person, world.voters[1].person
    standin = make.delegate(world.organizations[0]).person
    for fields, sent in (
        ({"reason"}, {"voter": standin, "reason": " "}),
        ({"claim"}, {"voter": standin, "claim": claim}),
        ({"voter"}, {"voter": other}),
        ({"voter"}, {"voter": mine}),
        ({"voter"}, {"voter": world.officer.person}),
        ({"alternate"}, {"voter": standin, "alternate": standin}),
        ({"weight"}, {"voter": standin, "weight": 2}),
        ({"reason", "voter"}, {"voter": mine, "reason": ""}),
    ):
        with pytest.raises(Incomplete) as refused:
            ask(world, **sent)
        assert set(refused.value.missing) == fields, sent
    world.organizations.append(stranger)
    with pytest.raises(Incomplete):
        ask(world, 3)
    stranger.member_until = NOW.date()
    stranger.save()
    with pytest.raises(Incomplete):
        ask(world, 3, voter=make.delegate(stranger).person)
    assert not RollCorrection.objects.exists()


def test_not_before_the_roll_is_published_nor_after_the_vote():
    called = World().called()
    with pytest.raises(NotNow):
        ask(called, voter=new_voter(called))
    world, second = World().voting(), make.coordination()
    waiting = ask(world, 2, voter=new_voter(world, 2), day=12)
    world.close()
    with pytest.raises(NotNow):
        ask(world, voter=new_voter(world), day=15)
    with pytest.raises(NotNow):
        answer(world, waiting, second, day=15)
    assert on_roll(world, 2).voter == world.voters[2].person
    answer(world, waiting, second, day=15, confirmed=False)


def test_while_people_vote_only_who_votes_changes_and_never_for_who_has_voted():
    world, second = World().voting(), make.coordination()
    waiting = ask(world, 0, voter=new_voter(world), day=11.1)
    world.vote(0, 1)
    for attempt in (lambda: answer(world, waiting, second, day=12.1), lambda: ask(world, 0, voter=new_voter(world))):
        with pytest.raises(NotNow, match="ya votó"):
            attempt()
    with pytest.raises(Incomplete):
        ask(world, 1, day=12)
    world.organizations.append(make.organization())
    with pytest.raises(NotNow):
        ask(world, 3, voter=new_voter(world, 3), day=12)
    user = make.delegate(world.organizations[1])
    answer(world, ask(world, 1, voter=user.person, day=12), second, day=12.1)
    assert cast_vote(world.election, [2], actor=user, read_clock=lambda: after(12.2)).pk
    with pytest.raises(Exception, match="padrón"):
        world.vote(1, 1, day=12.3)


def test_an_organisation_that_voted_in_secret_stays_too():
    world, second = World(secrecy="secret-portal").voting(), make.coordination()
    waiting = ask(world, 0, voter=new_voter(world), day=11.1)
    box, _tracker = sealed_vote(world.election, [1])
    cast_secret_vote(world.election, box, actor=world.voters[0], read_clock=lambda: after(12))
    with pytest.raises(NotNow, match="ya votó"):
        answer(world, waiting, second, day=12.1)


def test_what_no_longer_holds_when_the_second_signs_is_not_done():
    """The person now votes for another organisation; the quorum would be above the roll; nobody would be left."""
    world, second = World(quorum=3).rolled(), make.coordination()
    person = new_voter(world)
    row = ask(world, voter=person)
    person.mandates.create(organization=world.organizations[1], role="delegate", starts_on=NOW.date())
    answer(world, ask(world, 1, voter=person), second)
    before = world.election.roll_hash
    with pytest.raises(NotNow, match="otra organización"):
        answer(world, row, second)
    with pytest.raises(NotNow, match="quórum"):
        answer(world, ask(world, 2), second)
    world.election.refresh_from_db()
    assert world.election.roll_hash == before and on_roll(world, 2)
    lonely = World(organizations=1, seats=1).rolled()
    with pytest.raises(NotNow):
        answer(lonely, ask(lonely), second)
    assert lonely.election.roll.count() == 1


def test_claims_are_asked_anew_on_the_corrected_roll():
    world, second = World(claims_hours=24).rolled(), make.coordination()
    for n in range(3):
        waive_claims(world.election, actor=world.voters[n], now=after(1.2))
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    answer(world, ask(world, voter=new_voter(world), day=9.5), second, day=9.6)
    assert not ClaimWaiver.objects.exists()
    with pytest.raises(NotNow):
        world.act(publish_candidates, 10)
    world.act(publish_candidates, 10.6)


def test_an_accepted_claim_is_the_reason(clock, signed_in):
    world, second = World().rolled(), make.coordination()
    claim = raise_claim(
        world.election, organization=world.organizations[0], text="Demo: se fue", actor=world.voters[0], now=after(1.1)
    )
    answer_claim(claim, outcome="accepted", answer="Demo: sí", actor=world.officer, now=after(1.2))
    claim.refresh_from_db()
    answer(world, ask(world, voter=new_voter(world), claim=claim), second)
    words = signed_in(world.voters[1]).get(world.election.get_absolute_url()).content.decode()
    assert f"reclamo de {world.organizations[0]}" in words and "corregido" in words


def test_the_pages(clock, client, signed_in):
    world, second = World().rolled(), make.coordination()
    person = new_voter(world)
    clock.move_to(after(1.5))
    form = page("roll_correction", world.election.code, world.organizations[0].slug)
    sent = {"voter": person.pk, "alternate": "", "reason": ""}
    officer, address = signed_in(world.officer), world.election.get_absolute_url()
    assert officer.post(form, sent).status_code == 422 and not RollCorrection.objects.exists()
    assert officer.post(form, sent | {"reason": "Demo: enfermedad"}).status_code == 302
    sign = page("correction_answer", world.election.code, RollCorrection.objects.get().pk)
    assert sign not in officer.get(page("election_console", world.election.code)).content.decode()
    assert "enfermedad" not in client.get(address).content.decode(), "what only one has signed is no public act"
    assert "requiere dos personas" in officer.post(sign, {"answer": "confirm"}, follow=True).content.decode()
    assert signed_in(world.voters[0]).post(sign, {"answer": "confirm"}).status_code == 403
    assert sign in signed_in(second).get(page("election_console", world.election.code)).content.decode()
    assert signed_in(second).post(sign, {"answer": "confirm"}).status_code == 302
    assert on_roll(world).voter == person
    public = client.get(address).content.decode()
    assert "enfermedad" in public and second.person.name in public and person.name not in public
    assert "corregido" in signed_in(world.voters[1]).get(address).content.decode()
    assert (
        page("roll_correction", world.election.code, world.organizations[1].slug)
        in officer.get(page("election_console", world.election.code)).content.decode()
    )


def test_the_evidence_holds_with_a_corrected_roll(clock, tmp_path):
    world, second = World().published(), make.coordination()
    answer(world, ask(world, voter=new_voter(world), day=10.1), second, day=10.2)
    world.act(open_voting, 10.3)
    world.vote(1, 1, 2), world.vote(2, 2)
    world.close()
    world.act(certify_election, 15)
    for name, data in evidence_files(world.election, full=True).items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
