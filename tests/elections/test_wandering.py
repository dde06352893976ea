"""Elections that wander: people do whatever the pages let them send, in any order and mostly wrong. Nothing fails, and
whatever was counted is counted again from its evidence, with every seal in its place."""

import random
import re
import subprocess
import sys

import pytest
from django.urls import reverse

from elections.models import Election
from elections.queries.candidates import numbers_on_ballot
from elections.queries.evidence import evidence_files
from elections.queries.verification import checks_of
from elections.services.scrutiny import appoint_scrutineer
from elections.services.voting import close_due_elections
from tests import factories as make
from tests.elections.world import World, after

pytestmark = pytest.mark.django_db

RULES = [
    {},
    {"method": "scottish-stv", "max_marks": None},
    {"method": "approval", "max_marks": None},
    {"if_few": "yes-no"},
    {"tie_break": "public-seed", "lot_source": "Demo: un valor"},
    {"is_weighted": True},
    {"quorum": 2},
    {"secrecy": "secret-portal", "method": "meek", "max_marks": None, "vacancy": "countback"},
]
#: The officer's own next act in each state.
NEXT = {
    "draft": "call",
    "called": "roll",
    "roll_published": "candidates",
    "candidates_published": "open",
    "voting": "close",
    "provisional": "certify",
}
PAGES = (
    "election_detail",
    "election_booth",
    "election_console",
    "election_certificate",
    "election_notice",
    "election_evidence",
    "election_result",
    "election_scrutiny",
    "election_draw",
    "election_second_round",
)


class Wanderers:
    """An election, all who have to do with it, and chance."""

    def __init__(self, seed, signed_in):
        self.chance = random.Random(seed)
        rules = RULES[seed % len(RULES)]
        self.world = World(
            seats=1,
            max_marks=rules.get("max_marks", 1),
            in_room=self.chance.random() < 0.5,
            **{name: value for name, value in rules.items() if name != "max_marks"},
        ).published()
        watcher = make.delegate(self.world.organizations[2])
        appoint_scrutineer(
            self.world.election,
            person=watcher.person,
            organization=self.world.organizations[2],
            actor=self.world.officer,
            now=after(10),
        )
        people = [self.world.officer, self.world.officer, make.coordination(), watcher, *self.world.voters]
        self.people = [one.person.pk for one in people]
        self.clients = [signed_in(one) for one in people]
        self.voters = self.clients[4:]

    @property
    def election(self):
        return Election.objects.get(pk=self.world.election.pk)

    def at(self, name, *args):
        return reverse(f"elections:{name}", args=[self.world.election.code, *args])

    def some(self, rows):
        """One of them, or None where there is none."""
        rows = list(rows)
        return self.chance.choice(rows) if rows else None

    def vote(self, election):
        """A vote that is mostly right, by somebody who may: (client, address, what is sent)."""
        client, first = self.chance.choice(self.voters), self.chance.choice("123")
        second = self.chance.choice("123")
        sent = {"step": "cast", "marks": first}
        if election.is_ranked:
            sent |= {f"for-{second}": "2", f"for-{first}": "1"}
        elif election.is_yes_no:
            sent |= {f"for-{first}": "yes", f"for-{second}": "no"}
        if election.is_secret:
            review = client.post(self.at("election_booth"), sent | {"step": "review"}).content.decode()
            box = re.search('name="box" value="([^"]+)"', review)
            sent["box"] = box.group(1) if box else "AAAA"
        return client, self.at("election_booth"), sent

    def anything(self, election, day):
        """An act of whatever kind, by whoever: (client, address, what is sent)."""
        pick, organization = self.chance.choice, self.chance.choice(self.world.organizations)
        claim, correction = self.some(election.claims.all()), self.some(election.corrections.all())
        acts = [
            ("election_act", [pick([*NEXT.values(), "acclaim"])], {}),
            ("election_act", [NEXT.get(election.state, "close")], {}),
            ("election_consensus", [], {"who": pick(["1", "2", "4"])}),
            ("election_second_round", [], {"closes_at": after(day + 0.1).strftime("%Y-%m-%dT%H:%M")}),
            (
                "election_draw",
                [],
                {
                    "place_1": "1",
                    "place_2": "2",
                    "place_3": "3",
                    "first_witness": pick(self.people),
                    "second_witness": pick(self.people),
                    "value": "1 2",
                    "again": "1 2",
                },
            ),
            ("claim_raise", [], {"organization": organization.pk, "text": "Demo"}),
            ("no_claims", [], {}),
            ("elector_here", [], {}),
            ("papers_enter", [], {"papers": pick(["1\n2\n-", "1 2", "x"])}),
            ("election_conformity", [], {"conforms": pick(["yes", "yes", "no"]), "remark": pick(["", "Demo"])}),
            ("roll_correction", [organization.slug], {"voter": pick(["", *self.people]), "reason": "Demo"}),
            ("elector_present", [organization.slug], {"who": pick(["voter", "alternate"])}),
            ("election_withdrawal", [self.some(election.nominations.all()).pk], {}),
            ("election_vacancy", [], {"term": "1", "last_day": after(day).date().isoformat(), "reason": "resigned"}),
        ]
        if claim:
            acts.append(("claim_answer", [claim.pk], {"outcome": pick(["accepted", "rejected"]), "answer": "Demo"}))
        if correction:
            acts.append(("correction_answer", [correction.pk], {"answer": pick(["confirm", "refuse"])}))
        if self.chance.random() < 0.1:
            acts += [("paper_begin", [], {}), ("secrecy_request", [], {})]
        name, args, sent = pick(acts)
        return pick(self.clients), self.at(name, *args), sent

    def step(self, day):
        election = self.election
        luck = self.chance.random()
        if luck < 0.3 and election.state == "voting":
            client, address, sent = self.vote(election)
        elif luck < 0.4:
            client, sent = self.clients[0], {}
            address = self.at("election_act", NEXT.get(election.state, "close"))
        else:
            client, address, sent = self.anything(election, day)
        answer = client.post(address, sent)
        assert answer.status_code < 500, (address, sent)
        election = self.election
        if election.state == "voting":
            assert election.ballot_numbers == numbers_on_ballot(election), "who is on the ballot is who can be chosen"
        page = self.at(self.chance.choice(PAGES))
        assert self.chance.choice(self.clients).get(page).status_code < 500, page


@pytest.mark.parametrize("seed", range(len(RULES)))
def test_whatever_people_do_nothing_fails_and_all_that_was_counted_is_counted_again(seed, clock, signed_in, tmp_path):
    group, day = Wanderers(seed, signed_in), 10.1
    for _step in range(120):
        day += group.chance.choice([0, 0.01, 0.02, 0.05, 0.1])
        clock.move_to(after(day))
        group.step(day)
        if group.chance.random() < 0.1:
            close_due_elections(now=after(day))
    election = group.election
    assert election.events.filter(verb="closed").exists(), "each walk goes as far as a count"
    assert [sentence for sentence, holds in checks_of(election) if not holds] == []
    if election.result_known and "quota" in election.result:
        for name, data in evidence_files(election, full=True).items():
            (tmp_path / name).write_bytes(data)
        done = subprocess.run([sys.executable, "-I", str(tmp_path / "recount.py")], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode()
