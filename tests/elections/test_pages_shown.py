"""What the pages of elections say in states that few readers meet; the states themselves are tested with their acts."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation

from elections.counting import MEEK, SCOTTISH
from elections.models import Draw, Election, Nomination, Question, RollCorrection
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.evidence import evidence_files
from elections.queries.pages import evidence as evidence_page
from elections.queries.pages.candidates import candidate_lines, candidates_of
from elections.queries.pages.certificate import CertificatePage, NoticePage, how_it_ended
from elections.queries.pages.evidence import check_words_of, evidence_of
from elections.queries.pages.flow import Flow
from elections.queries.pages.result import Result, result_for
from elections.queries.pages.roll import correction_lines
from elections.queries.pages.rules import claims_sentence, rules_sentences, vacancy_sentence
from elections.queries.pages.steps import next_step, step_of
from elections.services.casting import cast_secret_vote
from elections.services.claims import raise_claim, waive_claims
from elections.services.results import certify_election
from elections.services.voting import open_second_round
from elections.states import ClaimStage
from organizations.models import Person
from organizations.standing import standing_of
from tests.elections.world import NOW, World, after

CANDIDATES = [Nomination(number=n, name=f"Demo {n}") for n in (1, 2, 3)]


@pytest.fixture(autouse=True)
def in_english(no_memory_between_tests):
    with translation.override("en"):
        yield


class TestRules:
    def test_limits_and_terms(self):
        election = Election(cap=1, threshold=20, quorum=3, term_ends_by_rank=["2028-03-31", "2027-03-31"], max_marks=2)
        sentences = rules_sentences(election, 2)
        for sentence in (
            "At most 1 person from one organisation sits on the body, counting those who stay.",
            "To be elected, a candidate needs at least 20 % of the valid votes.",
            "The election is valid if at least 3 organisations vote.",
            "Terms differ in length: whoever is elected first has the first one, and so on.",
        ):
            assert sentence in sentences
        plain = rules_sentences(Election(max_marks=2), 2)
        assert len(plain) == len(sentences) - 4

    @pytest.mark.parametrize(("vacancy", "words"), [("next", "the next candidate"), ("countback", "the same ballots")])
    def test_how_a_vacant_seat_is_filled(self, vacancy, words):
        assert any(words in one for one in rules_sentences(Election(max_marks=1, vacancy=vacancy), 1))

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"vacancy": "next"}, "The next candidate in the result takes the seat."),
            ({"vacancy": "countback"}, "The same ballots are counted again without the person who left."),
            (
                {"vacancy": "next", "first_round": {"ballots": []}},
                "The next candidate in the second round takes the seat, then the next in the first.",
            ),
            (
                {"vacancy": "countback", "first_round": {"ballots": []}},
                "The ballots of the first round are counted again without the person who left.",
            ),
        ],
    )
    def test_what_happens_where_somebody_leaves(self, fields, sentence):
        assert vacancy_sentence(Election(**fields)) == sentence

    @pytest.mark.django_db
    def test_until_when_claims_are_taken(self):
        timed, open_ended = World(claims_hours=24).rolled(), World().rolled()
        assert "until" in claims_sentence(timed.election, ClaimStage.ROLL)
        sentence = claims_sentence(open_ended.election, ClaimStage.ROLL)
        assert sentence == "Claims on the roll can be submitted. Without claims: 0 of 3."


class TestSteps:
    @pytest.mark.parametrize(
        ("fields", "verb", "words"),
        [
            ({"state": "draft"}, "call", "checks the rules and calls the election"),
            ({"state": "called"}, "roll", "enters who votes for each organisation"),
            ({"state": "roll_published", "nominations_close": NOW}, "candidates", "Nominations are closed"),
            (
                {"state": "roll_published", "nominations_close": after(1), "in_room": True},
                "candidates",
                "Once all have answered",
            ),
            ({"state": "roll_published", "nominations_close": after(1)}, "", "Then the officer publishes"),
            ({"state": "voting", "on_paper": True}, "", "enter the ballot papers, each on their own"),
            ({"state": "certified"}, "", "There is nothing more to do."),
        ],
    )
    def test_what_comes_next(self, fields, verb, words):
        step = next_step(Election(**fields), NOW)
        assert step.verb == verb and words in step.sentence

    @pytest.mark.django_db
    def test_claims_are_waited_for_and_answered_before_the_officer_goes_on(self):
        world = World(claims_hours=24 * 30).rolled()
        waive_claims(world.election, actor=world.voters[0], now=after(2))
        claim = {"organization": world.organizations[1], "text": "Demo", "actor": world.voters[1]}
        raise_claim(world.election, **claim, now=after(2))
        step = step_of(world.election, after(11))
        assert step.verb == ""
        assert "A claim is waiting: the officer answers it below." in step.sentence
        assert "(1 of 3 so far)" in step.sentence


class TestFlow:
    def flow(self, *stages, method=SCOTTISH):
        stages = [
            {
                "elected": [],
                "excluded": [],
                "kept": [],
                "lots": [],
                "candidates": [],
                "nontransferable": "0.00000",
                "lost": "0.00000",
                "totals": {"1": "3.00000", "2": "2.00000", "3": "1.00000"},
            }
            | stage
            for stage in stages
        ]
        return Flow({"method": method, "quota": "3.00000", "valid": 6, "elected": [1], "stages": stages}, CANDIDATES)

    def test_what_the_limit_of_an_organisation_does_to_a_stage(self):
        flow = self.flow(
            {"action": "first"},
            {"action": "cap", "candidates": [2]},
            {"action": "exclude", "candidates": [2], "kept": [3]},
        )
        first, cap, limited = (stage.sentences for stage in flow.stages)
        assert first[0] == "The first preferences are counted. Whoever has 3 votes, the quota, is elected."
        assert "so Demo 2 can no longer be elected" in cap[0]
        assert limited[1] == "Demo 3 had fewer, but without them the seats could not be filled under the limit."

    def test_a_lot_is_told_with_its_order(self):
        (stage,) = self.flow({"action": "exclude", "candidates": [2], "lots": [[3, 2]]}).stages
        assert stage.sentences[1] == "Tied, so it was decided by lot, the first being preferred: Demo 3, Demo 2."

    def test_each_round_by_meek_has_its_quota(self):
        flow = self.flow({"action": "first"}, {"action": "round", "quota": "2.500000000"}, method=MEEK)
        words = "Votes that those elected do not need pass on; the quota is now 2.5."
        assert flow.stages[1].sentences[0] == words


class TestCertificate:
    def page(self, draw=None, **fields):
        election = Election(**fields)
        return CertificatePage(election, None, [], Result(election, CANDIDATES, 2, draw), [], None, None)

    def test_what_held_for_the_vote(self):
        result = {"voted": 3, "entitled": 4, "quorum_needed": 2, "lots": [3, 2]}
        page = self.page(draw=Draw(order=[3, 2]), on_paper=True, result=result)
        assert page.conditions == [
            "On paper: two officers entered the ballot papers, each on their own, and both readings matched.",
            "The quorum of 2 was reached.",
            "A tie was settled by drawing lots. Order drawn: Demo 3, Demo 2.",
        ]
        assert len(self.page(result={}).conditions) == 1
        assert len(self.page(result={}, secrecy="secret-portal").conditions) == 3

    def test_without_a_vote_nothing_held_for_it(self):
        assert self.page(by_consensus=True).conditions == []
        assert self.page(by_acclamation=True).conditions == []

    def test_how_it_ended(self):
        assert how_it_ended(Election(by_consensus=True)) == "By consensus, recorded without objection."
        assert how_it_ended(Election(by_acclamation=True)).startswith("By acclamation")
        result = {"voted": 3, "entitled": 4}
        assert "one organisation, one vote" in how_it_ended(Election(result=result))
        assert "each vote counts for its weight" in how_it_ended(Election(result=result, is_weighted=True))
        second = result | {"second": {"votes": {"2": "2", "3": "1"}}}
        sentence = self.page(result=second, runoff=[2, 3]).how_it_ended
        assert sentence.endswith("The last seat was decided by a second round among those tied.")

    def test_how_a_tie_was_settled(self):
        result = {"voted": 3, "entitled": 4, "lots": [3, 2]}
        hat = NoticePage(Election(result=result), [], None).how_it_ended
        value = NoticePage(Election(result=result, lot_source="Demo"), [], None).how_it_ended
        assert hat.endswith("settled by drawing lots before two witnesses.")
        assert value.endswith("from a public value that nobody knew before closing.")
        assert "tie" not in NoticePage(Election(by_consensus=True, result=result), [], None).how_it_ended


class TestResult:
    def test_whether_the_quorum_was_reached(self):
        def quorum(**data):
            return Result(Election(result=data), [], 2).quorum

        assert quorum() is None
        met, missed = quorum(quorum_needed=2, quorum_met=True), quorum(quorum_needed=2, quorum_met=False)
        assert (met.is_met, met.sentence) == (True, "The quorum of 2 was reached.")
        assert not missed.is_met and "was not reached" in missed.sentence

    @pytest.mark.django_db
    def test_the_organisations_read_how_each_answered(self):
        world = World(candidates=2, if_few="yes-no").voting()
        world.vote(0, answers={1: "yes", 2: "no"}), world.vote(1, answers={1: "abstain", 2: "abstain"})
        world.close()
        candidates = list(world.election.nominations.on_ballot())
        standing = standing_of(world.voters[0], after(14))
        ballots = result_for(world.election, candidates, 2, standing).ballots
        assert [words for _entry, words in ballots] == ["Demo 00: yes, Demo 01: no", "blank vote"]
        assert result_for(world.election, candidates, 2, standing_of(AnonymousUser(), after(14))).ballots == []


@pytest.mark.django_db
def test_only_the_candidate_is_led_to_answer_a_question():
    world = World().published()
    own = world.election.nominations.get(number=1)
    question = Question.objects.create(
        nomination=own, organization=world.organizations[1], text="Demo: ¿por qué?", asked_at=NOW
    )
    standing = standing_of(world.voters[1], after(10))
    for nomination, address in (
        (own, reverse("elections:question_answer", args=[world.election.code, question.pk])),
        (None, ""),
    ):
        lines = candidate_lines(world.election, candidates_of(world.election), nomination, standing)
        assert [(one.row, one.answer_address) for one in lines[0].questions] == [(question, address)]
        assert [line.questions for line in lines[1:]] == [[], []]


def test_a_removal_from_the_roll_that_was_refused():
    ana, eva = Person(name="Demo Ana"), Person(name="Demo Eva")
    row = RollCorrection(requested_by=ana, answered_by=eva, is_confirmed=False)
    standing = SimpleNamespace(person_id=None)
    (line,) = correction_lines(Election(), [row], standing, sees_names=True, answers=True)
    assert line.change == "removed from the roll"
    assert line.history == "Asked for by Demo Ana · refused by Demo Eva"
    assert line.state == ("dropped", "refused") and not line.may_answer


@pytest.mark.django_db
class TestEvidence:
    def secret(self, voters, **rules):
        world = World(secrecy="secret-portal", organizations=voters, seats=1, candidates=2, **rules).voting()
        for n in range(voters):
            self.vote(world, n, n % 2 + 1)
        return world.close()

    def vote(self, world, n, choice, day=12):
        box = sealed_vote(world.election, [choice])[0]
        cast_secret_vote(world.election, box, actor=world.voters[n], read_clock=lambda: after(day))

    def contents(self, world, user=None):
        return evidence_of(world.election, standing_of(user or AnonymousUser(), after(17))).contents

    def test_of_a_secret_vote_it_says_whether_the_ballots_are_in_it(self):
        few, many = self.secret(3), self.secret(11)
        for world in (few, many):
            world.act(certify_election, 15)
        assert self.contents(few).startswith("Fewer than ten voted in secret")
        assert self.contents(many) == "It contains the ballots by their trackers, and nobody's name."

    def test_of_an_open_vote_of_many_everybody_gets_the_ballots_without_names(self):
        world = World(organizations=10).voting()
        for n in range(10):
            world.vote(n, 1, 2)
        world.close()
        world.act(certify_election, 15)
        slugs = [organization.slug.encode() for organization in world.organizations]
        public, full = (evidence_files(world.election, full)["ballots.json"] for full in (False, True))
        assert b'"marks":[1,2]' in public and not any(slug in public for slug in slugs)
        assert all(slug in full for slug in slugs)
        assert self.contents(world) == ""

    def test_check_words_are_listed_by_round_unless_they_are_too_many(self, monkeypatch):
        world = self.secret(4)
        (only,) = check_words_of(world.election)
        assert (only.title, len(only.words)) == ("Check words", 4)
        open_second_round(world.election, closes_at=after(16), actor=world.officer, now=after(14))
        world.election.refresh_from_db()
        for n in range(3):
            self.vote(world, n, 1, day=15)
        world.close(day=16)
        first, second = check_words_of(world.election)
        assert (first.title, first.words) == ("Check words of round 1", only.words)
        assert (second.title, len(second.words)) == ("Check words of round 2", 3)
        monkeypatch.setattr(evidence_page, "MOST_CHECK_WORDS", 6)
        assert check_words_of(world.election) == []
        assert check_words_of(World().called().election) is None
