"""Who is not elected, who steps back, who no longer votes; the notice, the chain in words, the mails."""

import re

import pytest
import time_machine

from committees.models import Term
from core.errors import NotNow
from core.outbox.models import OutboxMessage
from elections.services.results import certify_election
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db


def test_nobody_is_elected_without_a_vote_and_the_seat_says_so(client):
    world = World(seats=2, candidates=3).voting()
    for n in range(3):
        world.vote(n, 1)
    world.close()
    assert (world.election.result["elected"], world.election.result["tied"]) == ([1], [])
    world.act(certify_election, 15)
    assert Term.objects.filter(chosen_in=world.election.code).count() == 1
    text = client.get(world.election.get_absolute_url()).content.decode()
    assert "Queda 1 puesto sin cubrir" in text and "Nadie resulta electo sin un voto" in text


def test_the_officer_notes_the_withdrawal_of_who_has_no_account_and_of_nobody_else(signed_in):
    world = World(candidates=3).published()
    outside = world.election.nominations.get(number=1)
    inside = make.nomination(world.election, world.organizations[0], world.voters[0].person, state="accepted")
    page = f"/es/representation/elections/{world.election.code}/console/withdrawal/{{}}/"
    team = signed_in(world.officer)
    with time_machine.travel(after(10), tick=False):
        assert team.post(page.format(outside.pk)).status_code == 302
        assert "debe retirarse por sí misma" in team.post(page.format(inside.pk), follow=True).content.decode()
        assert signed_in(world.voters[1]).post(page.format(inside.pk)).status_code == 403
    outside.refresh_from_db()
    assert outside.state == "withdrawn" and world.election.nominations.get(pk=inside.pk).state == "accepted"


def test_an_organisation_that_left_no_longer_votes():
    world = World().voting()
    world.organizations[0].member_until = NOW.date()
    world.organizations[0].save()
    with pytest.raises(NotNow):
        world.vote(0, 1)
    assert world.vote(1, 1).pk


def test_the_notice_says_who_was_designated_and_exists_once_certified(client):
    world = World(seats=1, candidates=2).voting()
    for n in range(3):
        world.vote(n, 1)
    world.close()
    notice = f"/es/representation/elections/{world.election.code}/notice/"
    assert client.get(notice).status_code == 404
    world.act(certify_election, 15)
    text = client.get(notice).content.decode()
    assert "Demo 00" in text and "Demo 01" not in text and "3 de las 3 organizaciones" in text and "3 votos" in text


@pytest.mark.parametrize("method", ["scottish-stv", "meek", "approval", "yes-no"])
def test_notice_certificate_and_page_are_read_whatever_the_method(client, method):
    """By an order of preference votes are no whole numbers, so the notice tells none."""
    ranked, few = method in ("scottish-stv", "meek"), method == "yes-no"
    rules = {"if_few": "yes-no"} if few else {"method": method}
    world = World(candidates=2 if few else 3, **{"max_marks": 2 if few else None} | rules).voting()
    for n in range(3):
        world.vote(n, answers={1: "yes", 2: "yes"} if few else [1, 2])
    world.close()
    world.act(certify_election, 15)
    for prefix, votes in (("es", "3 votos"), ("pt", "3 votos"), ("en", "3 votes")):
        at = f"/{prefix}/representation/elections/{world.election.code}/"
        notice, certificate, page = (client.get(at + name) for name in ("notice/", "certificate/", ""))
        assert (notice.status_code, certificate.status_code, page.status_code) == (200, 200, 200)
        assert (votes in notice.content.decode()) is not ranked and "Demo 00" in notice.content.decode()
        text = certificate.content.decode()
        heads, labels = (
            set(re.findall(found, text)) for found in (r'<th scope="col"[^>]*>([^<]+)<', r'data-label="([^"]+)"')
        )
        assert labels and labels <= heads, "a phone names each column as the head of the table does"


def test_the_chain_speaks_words_that_people_read(client):
    world = World().published()
    text = client.get(world.election.get_absolute_url()).content.decode()
    assert "Se publican las candidaturas" in text and "candidates_published" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "es",
            ("Candidaturas hasta el 11 de marzo de 2026", "Su voto hasta el 15 de marzo de 2026", "Personas electas:"),
        ),
        ("pt-br", ("Candidaturas até 11 de março de 2026", "Seu voto até 15 de março de 2026", "Pessoas eleitas:")),
        ("en", ("Candidates until 11 March 2026", "Your vote until 15 March 2026", "Elected:")),
    ],
)
def test_each_mail_says_what_and_by_when_in_its_readers_language(language, words):
    world = World(seats=1, candidates=2)
    for voter in world.voters:
        voter.language = language
        voter.save()
    world.voting()
    for n in range(3):
        world.vote(n, 1)
    world.close()
    world.act(certify_election, 15)
    mails = {mail.kind: mail for mail in OutboxMessage.objects.filter(language=language)}
    assert mails["election_called"].subject.startswith(words[0])
    assert mails["election_open"].subject.startswith(words[1])
    assert words[2] in mails["election_result"].text
    assert all("Elección Demo" in mail.subject for mail in mails.values())


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("es", "Certificado del resultado"), ("pt", "Certificado do resultado"), ("en", "Certificate of the result")],
)
def test_the_certificate_says_how_it_ended_and_has_the_seals(client, prefix, words):
    world = World(method="scottish-stv", max_marks=None).voting()
    address = f"/{prefix}/representation/elections/{world.election.code}/certificate/"
    assert client.get(address).status_code == 404
    for n, order in enumerate(([1, 2], [1, 3], [2, 1])):
        world.vote(n, *order)
    world.close()
    world.act(certify_election, 15)
    text = client.get(address).content.decode()
    certified = world.election.events.get(verb="certified")
    assert words in text and all(
        seal in text for seal in (world.election.rules_hash, world.election.roll_hash, certified.digest)
    )
    assert all(row.name in text for row in world.election.nominations.candidates())
    assert world.officer.person.name not in text, "who is not public is not named in public"
    assert address in client.get(f"/{prefix}/representation/elections/{world.election.code}/").content.decode()
