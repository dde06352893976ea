"""In the room electors sign in, and whoever did votes for their organisation until the evening."""

import datetime

import pytest
from django.urls import reverse

from core.errors import NotNow, PermissionDenied
from elections.models import CheckIn
from elections.queries.ballot_boxes import sealed_vote
from elections.services.casting import cast_secret_vote, cast_vote
from elections.services.check_ins import check_in, record_presence
from elections.services.corrections import RollLine, answer_correction, request_correction
from elections.services.nominations import publish_candidates
from elections.services.preparing import annul_election
from elections.services.roll import add_to_roll, publish_roll
from elections.services.voting import open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"elections:{name}", args=args)


def in_room(**rules):
    """Each organisation with its voter and, for the first, an alternate."""
    world = World(in_room=True, **rules).called()
    world.standin = make.delegate(world.organizations[0])
    for n, (organization, voter) in enumerate(zip(world.organizations, world.voters, strict=True)):
        add_to_roll(
            world.election,
            organization=organization,
            voter=voter.person,
            actor=world.officer,
            now=NOW,
            alternate=None if n else world.standin.person,
        )
    world.act(publish_roll, 0.1)
    for n in range(3):
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    return world


def voting(**rules):
    world = in_room(**rules)
    world.act(publish_candidates, 0.15), world.act(open_voting, 0.2)
    return world


def entry(world, n=0):
    return world.election.roll.get(organization=world.organizations[n])


def cast(world, actor, day=0.25, marks=(1,)):
    return cast_vote(world.election, list(marks), actor=actor, read_clock=lambda: after(day))


def test_whoever_signed_in_holds_the_vote_until_the_officer_notes_the_other(clock):
    world = voting()
    check_in(world.election, actor=world.standin, now=after(0.21))
    with pytest.raises(NotNow, match=world.standin.person.name):
        check_in(world.election, actor=world.voters[0], now=after(0.22))
    with pytest.raises(NotNow, match=world.standin.person.name):
        cast(world, world.voters[0])
    record_presence(
        world.election, entry=entry(world), person=world.voters[0].person, actor=world.officer, now=after(0.23)
    )
    with pytest.raises(NotNow, match=world.voters[0].person.name):
        cast(world, world.standin)
    assert cast(world, world.voters[0]).pk
    assert world.election.events.last().verb == "present_noted"


def test_casting_is_signing_in_and_a_refused_ballot_is_not(clock):
    world = voting()
    with pytest.raises(Exception):  # noqa: B017 - whatever the refusal
        cast(world, world.voters[0], marks=(1, 2, 3))
    assert not CheckIn.objects.exists()
    cast(world, world.voters[0])
    assert CheckIn.objects.get().person == world.voters[0].person


def test_a_secret_vote_is_held_by_who_signed_in_too(clock):
    world = voting(secrecy="secret-portal")
    check_in(world.election, actor=world.standin, now=after(0.21))
    box, _tracker = sealed_vote(world.election, [1])
    with pytest.raises(NotNow, match=world.standin.person.name):
        cast_secret_vote(world.election, box, actor=world.voters[0], read_clock=lambda: after(0.25))
    assert cast_secret_vote(world.election, box, actor=world.standin, read_clock=lambda: after(0.25)).digest


def test_it_holds_until_the_evening_where_the_election_is(clock):
    """Noon in UTC is nine in Montevideo: the day ends at three in the morning UTC."""
    world = in_room()
    check_in(world.election, actor=world.standin, now=after(0.21))
    late = datetime.datetime(2026, 3, 2, 2, 59, tzinfo=datetime.UTC)
    with pytest.raises(NotNow):
        check_in(world.election, actor=world.voters[0], now=late)
    next_day = late + datetime.timedelta(minutes=2)
    assert check_in(world.election, actor=world.voters[0], now=next_day).person == world.voters[0].person


def test_who_signs_in_and_where(clock):
    world = in_room()
    for actor in (world.officer, make.delegate(world.organizations[0])):
        with pytest.raises(PermissionDenied):
            check_in(world.election, actor=actor, now=after(0.2))
    with pytest.raises(NotNow):
        record_presence(
            world.election, entry=entry(world), person=world.voters[1].person, actor=world.officer, now=after(0.2)
        )
    first = check_in(world.election, actor=world.voters[0], now=after(0.2))
    assert check_in(world.election, actor=world.voters[0], now=after(0.3)) == first, "twice is once"
    afar = World().rolled()
    with pytest.raises(NotNow):
        check_in(afar.election, actor=afar.voters[0], now=after(1.1))
    annul_election(world.election, reason="Demo", actor=world.officer, now=after(0.4))
    with pytest.raises(NotNow):
        check_in(world.election, actor=world.voters[1], now=after(0.5))


def test_from_afar_nobody_signs_in_to_vote(clock):
    world = World().voting()
    world.vote(0, 1)
    assert not CheckIn.objects.exists()


def test_a_correction_frees_the_vote(clock):
    world = voting()
    check_in(world.election, actor=world.standin, now=after(0.21))
    other = make.delegate(world.organizations[0])
    row = request_correction(
        world.election,
        line=RollLine(world.organizations[0], other.person),
        reason="Demo",
        actor=world.officer,
        now=after(0.22),
    )
    answer_correction(row, confirmed=True, actor=make.coordination(), now=after(0.23))
    assert cast(world, other).pk


def test_one_tap_in_the_booth_and_one_in_the_console(clock, signed_in):
    world = in_room()
    world.act(publish_candidates, 0.15)
    clock.move_to(after(0.16))
    booth, here = page("election_booth", world.election.code), page("elector_here", world.election.code)
    client, officer = signed_in(world.voters[0]), signed_in(world.officer)
    waiting = client.get(booth).content.decode()
    assert here in waiting and 'http-equiv="refresh"' in waiting
    assert client.post(here).status_code == 302
    assert here not in client.get(booth).content.decode()
    assert world.voters[0].person.name in signed_in(world.standin).post(here, follow=True).content.decode()
    assert signed_in(make.delegate(world.organizations[1])).post(here).status_code == 403
    console = page("election_console", world.election.code)
    text = officer.get(console).content.decode()
    assert "1 de 3" in text and f"Faltan: {world.organizations[1]}, {world.organizations[2]}." in text
    note = page("elector_present", world.election.code, world.organizations[0].slug)
    assert note in text
    assert signed_in(make.coordination()).post(note, {"who": "alternate"}).status_code == 403
    assert officer.post(note, {"who": "alternate"}).status_code == 302
    assert CheckIn.objects.get().person == world.standin.person
    missing = page("elector_present", world.election.code, world.organizations[1].slug)
    assert officer.post(missing, {"who": "alternate"}).status_code == 404, "it has none"


def test_the_vote_closes_once_all_have_voted(clock):
    world = voting()
    for voter in world.voters[:2]:
        cast(world, voter)
    with pytest.raises(NotNow):
        world.close(day=0.3)
    cast(world, world.voters[2])
    assert world.close(day=0.3).election.state in ("provisional", "closed")
