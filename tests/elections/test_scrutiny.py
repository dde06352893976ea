"""Scrutineers: who they are, what they are told and shown, and that nothing is certified without their word."""

import io
import subprocess
import sys
import zipfile

import pytest
from django.urls import reverse

from core.errors import Incomplete, NotNow, PermissionDenied
from core.outbox.models import OutboxMessage
from elections.models import Ballot, Election, RollEntry
from elections.queries.verification import checks_of
from elections.services.nominations import publish_candidates, withdraw
from elections.services.preparing import take_over_office
from elections.services.results import certify_election, record_acclamation
from elections.services.scrutiny import appoint_scrutineer, record_conformity, remove_scrutineer
from elections.services.voting import open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after, nominate_self

pytestmark = pytest.mark.django_db


def named(world, n, person=None):
    person = person or make.delegate(world.organizations[n]).person
    return appoint_scrutineer(
        world.election, person=person, organization=world.organizations[n], actor=world.officer, now=NOW
    )


def test_scrutineers_are_of_different_organisations_and_no_candidates(clock):
    world = World().rolled()
    named(world, 0)
    with pytest.raises(Incomplete, match=r".*"):
        named(world, 0)
    candidate = make.delegate(world.organizations[1])
    nominate_self(world, candidate, 1)
    for person in (candidate.person, world.officer.person, make.delegate(world.organizations[2]).person):
        with pytest.raises(Incomplete):
            named(world, 1, person)
    chosen = named(world, 1, world.voters[1].person)
    with pytest.raises(NotNow):
        nominate_self(world, world.voters[1], 1)
    remove_scrutineer(chosen, actor=world.officer, now=after(3))
    assert world.election.scrutineers.count() == 1


def test_a_scrutineer_cannot_become_the_officer(clock):
    world = World().rolled()
    both = make.coordination()
    both.person.mandates.create(organization=world.organizations[0], role="delegate", starts_on=NOW.date())
    named(world, 0, both.person)
    with pytest.raises(NotNow):
        take_over_office(world.election, actor=both, now=after(1))


def test_nothing_is_certified_before_every_scrutineer_says_that_it_conforms(clock):
    world = World().rolled()
    watcher = make.delegate(world.organizations[0])
    named(world, 0, watcher.person)
    for n in range(3):
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    world.act(publish_candidates, 10), world.act(open_voting, 10)
    say = {"remark": "", "actor": watcher, "now": after(13)}
    with pytest.raises(NotNow):
        record_conformity(world.election, conforms=True, **say)
    world.vote(0, 1), world.vote(1, 1, 2), world.vote(2)
    world.close(day=13)
    with pytest.raises(NotNow):
        world.act(certify_election, 14)
    with pytest.raises(PermissionDenied):
        record_conformity(world.election, conforms=True, **say | {"actor": world.voters[0]})
    with pytest.raises(Incomplete):
        record_conformity(world.election, conforms=False, **say)
    record_conformity(world.election, conforms=False, **say | {"remark": "Demo: cuenta mal"})
    with pytest.raises(NotNow, match="cuenta mal"):
        world.act(certify_election, 14)
    record_conformity(world.election, conforms=True, **say)
    with pytest.raises(NotNow):
        remove_scrutineer(world.election.scrutineers.get(), actor=world.officer, now=after(13))
    world.act(certify_election, 14)
    assert world.election.state == "certified"


# Their console


def watched(**rules):
    """(world with a provisional result, its scrutineer)."""
    world = World(**rules).rolled()
    watcher = make.delegate(world.organizations[0])
    named(world, 0, watcher.person)
    for n in range(3):
        make.nomination(world.election, world.organizations[n], state="accepted", name=f"Demo {n:02d}")
    world.act(publish_candidates, 10), world.act(open_voting, 10)
    world.vote(0, 1), world.vote(1, 1, 2), world.vote(2, 2, 3)
    return world, watcher


def provisional(**rules):
    world, watcher = watched(**rules)
    world.close(day=13)
    return world, watcher


def page(name, world):
    return reverse(f"elections:{name}", args=[world.election.code])


def test_the_console_says_what_comes_next_and_what_holds_to_scrutineers_alone(clock, signed_in):
    world, watcher = watched()
    clock.move_to(after(12))
    client = signed_in(watcher)
    text = client.get(page("election_scrutiny", world)).content.decode()
    assert "3 de 3" in text and "cierra" in text and "conformity" not in text
    assert page("election_scrutiny", world) in client.get(world.election.get_absolute_url()).content.decode()
    for other in (world.voters[1], world.officer):
        assert signed_in(other).get(page("election_scrutiny", world)).status_code == 403
    world.close(day=13)
    clock.move_to(after(13))
    text = client.get(page("election_scrutiny", world)).content.decode()
    assert watcher.person.name in text and page("election_conformity", world) in text
    assert text.count("se cumple") == 6 and "no se cumple" not in text
    client.post(page("election_conformity", world), {"conforms": "no", "remark": "Demo: falta un acto"})
    text = client.get(page("election_scrutiny", world)).content.decode()
    assert "Demo: falta un acto" in text and "Usted no dio su conformidad" in text
    assert "anula la elección, con el motivo" in text and "Falta:" not in text


def test_each_of_its_checks_can_fail(clock):
    world, _watcher = provisional()
    assert [holds for _sentence, holds in checks_of(world.election)] == [True] * 6

    def wrong():
        world.election = Election.objects.get(pk=world.election.pk)
        return [place for place, (_sentence, holds) in enumerate(checks_of(world.election)) if not holds]

    election, event = Election.objects, world.election.events
    election.update(rules=world.election.rules | {"seats": 3})
    assert 0 in wrong()
    election.update(rules=world.election.rules | {"seats": 2})
    entry = world.election.roll.first()
    RollEntry.objects.filter(pk=entry.pk).update(alternate=world.officer.person)
    assert wrong() == [1]
    RollEntry.objects.filter(pk=entry.pk).update(alternate=None)
    named_at = event.get(verb="scrutineer_named")
    event.filter(pk=named_at.pk).update(facts={"organization": "otra"})
    assert wrong() == [2]
    event.filter(pk=named_at.pk).update(facts=named_at.facts)
    result = world.election.result
    election.update(result=result | {"elected": [2]})
    assert wrong() == [3, 5]
    election.update(result=result)
    Ballot.objects.get(entry__organization=world.organizations[0]).marks.set([world.election.nominations.get(number=3)])
    assert wrong() == [4, 5]


@pytest.mark.parametrize("method", ["plurality-at-large", "scottish-stv"])
def test_who_watches_counts_it_again_before_it_is_certified(clock, signed_in, tmp_path, method):
    rules = {} if method != "scottish-stv" else {"method": method, "max_marks": None}
    world, watcher = provisional(**rules)
    clock.move_to(after(13))
    for other in (world.voters[1], make.delegate(world.organizations[2])):
        assert signed_in(other).get(page("election_evidence", world)).status_code == 404
    assert signed_in(world.officer).get(page("election_evidence", world)).status_code == 200
    data = signed_in(watcher).get(page("election_evidence", world)).content
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    line = [sys.executable, "-I", str(tmp_path / world.election.code / "recount.py")]
    done = subprocess.run(line, capture_output=True, check=False, env={"PATH": ""}, cwd="/")
    assert done.returncode == 0, done.stdout.decode()


def test_they_are_written_to_and_it_stands_among_their_work(clock, signed_in):
    world, watcher = watched()
    mails = OutboxMessage.objects.filter(address=watcher.email)
    assert page("election_scrutiny", world) in mails.get(kind="election_scrutineer").text
    clock.move_to(after(12))
    client, work = signed_in(watcher), "/es/my-work/"
    assert page("election_conformity", world) not in client.get(work).content.decode()
    world.close(day=13)
    clock.move_to(after(13))
    assert page("election_scrutiny", world) in mails.get(kind="election_conformity").text
    assert page("election_conformity", world) in client.get(work).content.decode()
    assert page("election_conformity", world) not in signed_in(world.voters[1]).get(work).content.decode()
    client.post(page("election_conformity", world), {"conforms": "yes", "remark": ""})
    assert page("election_conformity", world) not in client.get(work).content.decode()


def test_another_result_asks_them_again(clock):
    """Whoever says that a result conforms has said nothing of the one without a candidate who withdrew."""
    world, watcher = provisional()
    record_conformity(world.election, conforms=True, remark="", actor=watcher, now=after(13))
    row = world.election.nominations.get(number=1)
    row.person = make.delegate(row.organization).person
    row.save()
    withdraw(row, actor=row.person.user, now=after(13.1))
    world.election.refresh_from_db()
    assert world.election.scrutineers.get().conforms is None
    with pytest.raises(NotNow):
        world.act(certify_election, 14)
    assert OutboxMessage.objects.filter(kind="election_conformity", address=watcher.email).count() == 2


def test_an_acclamation_is_checked_too(clock):
    world = World(candidates=1).rolled()
    named(world, 0)
    make.nomination(world.election, world.organizations[1], state="accepted", name="Demo")
    world.act(publish_candidates, 10), world.act(record_acclamation, 10)
    assert [holds for _sentence, holds in checks_of(world.election)] == [True] * 4
    assert OutboxMessage.objects.filter(kind="election_conformity").count() == 1
