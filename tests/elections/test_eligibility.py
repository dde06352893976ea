"""Who may stand: nobody in two seats under whatever address, nobody whose organisation left; and what is said when
nobody is elected."""

import datetime
import re

import pytest
import time_machine

from casa.feeds import entries
from committees.models import Seat, Term
from core.errors import NotNow
from core.outbox.models import OutboxMessage
from elections.models import Nomination, RollEntry
from elections.services.nominations import publish_candidates
from elections.services.preparing import annul_election
from elections.services.results import certify_election, record_acclamation
from elections.services.voting import open_voting
from organizations.models import Mandate, Person
from tests import factories as make
from tests.elections.world import NOW, World, after, propose

pytestmark = pytest.mark.django_db
SINCE = datetime.date(2026, 1, 1)


def leave(world, n):
    world.organizations[n].member_until = NOW.date()
    world.organizations[n].save()


def another_seat(world, holder):
    """The holder sits in another seat of the same body."""
    first = world.committee.seats.first()
    seat = Seat.objects.create(committee=world.committee, sector=first.sector, ordinal=9)
    return make.term(seat, world.organizations[0], person=holder, starts_on=SINCE)


@pytest.mark.parametrize("written", ["Demo Título Único", "demo  titulo unico "])
def test_a_holder_without_account_is_not_nominated_for_a_second_seat(written):
    world = World(seats=1).rolled()
    another_seat(world, make.person("Demo Título Único"))
    with pytest.raises(NotNow):
        propose(world, 0, written)
    assert not world.election.nominations.exists()


def test_a_holder_with_an_account_is_not_nominated_under_another_address():
    world = World(seats=1).rolled()
    holder = make.delegate(world.organizations[1])
    another_seat(world, holder.person)
    with pytest.raises(NotNow):
        propose(world, 0, holder.person.name)
    assert not world.election.nominations.exists()


def test_who_took_another_seat_after_being_nominated_is_not_certified():
    world = World(seats=1, candidates=0).rolled()
    row = propose(world, 0, "Demo Después")
    Nomination.objects.filter(pk=row.pk).update(state="accepted", statement="Demo")
    world.act(publish_candidates, 10)
    world.act(record_acclamation, 10)
    another_seat(world, make.person("Demo Después"))
    with pytest.raises(NotNow):
        world.act(certify_election, 15)
    assert Term.objects.filter(person__name="Demo Después", ended_on=None).count() == 1


def test_who_is_elected_again_to_their_own_seat_stays_the_same_person():
    world = World(seats=1, candidates=0).rolled()
    holder = make.person("Demo Otra Vez")
    before = make.term(world.committee.seats.get(), world.organizations[0], person=holder, starts_on=SINCE)
    row = propose(world, 0, "Demo Otra Vez")
    Nomination.objects.filter(pk=row.pk).update(state="accepted", statement="Demo")
    world.act(publish_candidates, 10)
    world.act(record_acclamation, 10)
    world.act(certify_election, 15)
    assert Person.objects.filter(name="Demo Otra Vez").count() == 1
    before.refresh_from_db()
    assert before.ended_on and Term.objects.get(chosen_in=world.election.code).person == holder


def test_one_name_of_one_organisation_is_nominated_once_whatever_the_address():
    world = World(seats=2).rolled()
    propose(world, 0, "Demo Una", "una@example.org")
    with pytest.raises(NotNow):
        propose(world, 0, "DEMO UNA", "dos@example.org")
    world.election.nominations.update(state="declined")
    assert propose(world, 0, "Demo Una", "dos@example.org").pk


@pytest.mark.parametrize("when", ["before the list", "before the vote"])
def test_a_candidate_whose_organisation_left_is_no_longer_one(client, when):
    world = World(seats=1, candidates=3)
    if when == "before the list":
        world.rolled()
        for n in range(3):
            make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
        leave(world, 0)
        world.act(publish_candidates, 10)
    else:
        world.published()
        leave(world, 0)
        world.act(open_voting, 10)
    found = world.election.nominations.candidates()
    assert [(row.number, row.organization) for row in found] == [
        (1, world.organizations[1]),
        (2, world.organizations[2]),
    ]
    assert "Alguien ya no puede ser candidata" in client.get(world.election.get_absolute_url()).content.decode()


def test_one_that_leaves_during_the_vote_is_not_certified():
    world = World(seats=1, candidates=2).voting()
    world.vote(1, 1)
    world.vote(2, 1)
    leave(world, 0)
    world.close(day=15)
    with pytest.raises(NotNow):
        world.act(certify_election, 15)
    assert not Term.objects.filter(chosen_in=world.election.code).exists()


def test_the_desk_and_the_booth_say_that_an_organisation_that_left_does_not_vote(signed_in):
    world = World(seats=1, candidates=2).voting()
    voter = world.voters[0]
    assert RollEntry.objects.to_vote(voter.person.pk, after(12)).count() == 1
    leave(world, 0)
    Mandate.objects.create(  # the booth is for people of the community: the voter is of a second organisation too
        person=voter.person, organization=world.organizations[1], role="member", starts_on=datetime.date(2020, 1, 1)
    )
    assert not RollEntry.objects.to_vote(voter.person.pk, after(12)).exists()
    with time_machine.travel(after(12), tick=False):
        booth = signed_in(voter).get(f"/es/representation/elections/{world.election.code}/vote/").content.decode()
    assert 'name="marks"' not in booth and "ya no es miembro" in booth


def certified(*votes):
    world = World(seats=1, candidates=2).voting()
    for n, marks in enumerate(votes):
        world.vote(n, *marks)
    world.close(day=15)
    world.act(certify_election, 15)
    return world


def words_of(client, world, language="es"):
    html = client.get(f"/{language}/representation/elections/{world.election.code}/notice/").content.decode()
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.split("<article")[1].split("</article")[0]))


def test_where_nobody_is_elected_notice_and_mail_say_so(client):
    world = certified((), (), ())
    assert "No se designó a nadie" in words_of(client, world) and "han designado" not in words_of(client, world)
    mail = OutboxMessage.objects.filter(kind="election_result").first()
    assert "Nadie resultó electo" in mail.text and "Personas electas" not in mail.text


def test_the_notice_has_votes_and_an_address_that_works_on_paper(client, settings):
    world = certified((1,), (1,), (2,))
    words = words_of(client, world)
    assert "2 votos" in words
    assert f"{settings.CASA_ORIGIN}/es/representation/elections/{world.election.code}/" in words


def test_the_calendar_tells_when_one_may_nominate_and_vote_and_an_annulment_renews_it():
    world = World(seats=1, candidates=2).called()
    with time_machine.travel(after(1), tick=False):
        called = [entry for entry in entries.everything(after(1))[0] if "Elección Demo" in entry.summary]
    assert len(called) == 4
    assert [entry.starts_at for entry in called] == sorted(
        [
            world.election.nominations_open,
            world.election.nominations_last,
            world.election.opens_at,
            world.election.votes_last,
        ]
    )
    annul_election(world.election, reason="Demo", actor=world.officer, now=after(3))
    annulled = [entry for entry in entries.everything(after(4))[0] if "Elección Demo" in entry.summary]
    assert {entry.revised_at for entry in annulled} == {after(3)} and {entry.sequence for entry in annulled} == {1}
