"""What the acts of elections refuse, each with the sentence that says why; and the rare ways in which they go on."""

import dataclasses
import datetime
import re

import pytest
from django.utils import translation

from core.errors import Incomplete, NotNow, PermissionDenied
from core.outbox.models import OutboxMessage
from elections import sealing
from elections.models import Nomination, Participation, SealedBallot
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.plans import plan_of
from elections.services.campaign import answer_question, ask_question
from elections.services.casting import cast_secret_vote
from elections.services.lots import Witnesses, record_draw, record_public_value
from elections.services.nominations import (
    Statement,
    answer_by_link,
    answer_nomination,
    nominate_oneself,
    publish_candidates,
)
from elections.services.paper import begin_paper_voting
from elections.services.preparing import annul_election, call_election, create_election, take_over_office
from elections.services.results import certify_election, record_acclamation
from elections.services.roll import add_to_roll, fill_roll, publish_roll, remove_from_roll
from elections.services.scrutiny import appoint_scrutineer
from elections.services.voting import close_voting, open_voting
from tests import factories as make
from tests.elections.world import NOW, World, after, propose

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def missing_in(act):
    """The fields that an act refuses as incomplete."""
    with pytest.raises(Incomplete) as refused:
        act()
    return set(refused.value.missing)


def is_refused(act, sentence, error=NotNow):
    with pytest.raises(error) as refused:
        act()
    assert sentence in str(refused.value)


class TestPreparing:
    def test_a_title_in_another_language_is_a_translation_nobody_has_reviewed(self):
        world = World()
        plan = dataclasses.replace(plan_of(world.election), titles={"es": "Elección", "en": " Election "})
        row = create_election(plan, actor=world.officer, now=NOW)
        assert row.title_en == "Election"
        assert set(row.translation_marks) == {"title.en"} and not row.translation_marks["title.en"]["reviewed"]

    def test_it_is_called_before_the_days_for_nominating_are_over(self):
        world = World()
        is_refused(lambda: world.act(call_election, 10), "The days for nominating have passed.")
        world.election.refresh_from_db()
        assert world.election.state == "draft"

    def test_nobody_takes_over_what_is_over_nor_where_they_vote(self):
        world, other = World().rolled(), make.coordination()
        other.person.mandates.create(organization=world.organizations[0], role="delegate", starts_on=NOW.date())
        world.election.roll.filter(organization=world.organizations[0]).update(alternate=other.person)
        take_over = {"actor": other, "now": after(2)}
        is_refused(lambda: take_over_office(world.election, **take_over), "Whoever votes in this election")
        annul_election(world.election, reason="Demo", actor=world.officer, now=after(2))
        is_refused(lambda: take_over_office(world.election, **take_over), "This election is over.")

    def test_the_officer_who_takes_over_stays_the_officer_and_nothing_is_noted(self):
        world = World().called()
        world.act(take_over_office, 1)
        assert world.election.officer == world.officer.person
        assert not world.election.events.filter(verb="officer_changed").exists()


class TestRoll:
    def put(self, world, organization, voter):
        people = {"organization": organization, "voter": voter, "alternate": None}
        return add_to_roll(world.election, **people, actor=world.officer, now=NOW)

    def test_who_has_left_is_not_on_it(self):
        world, gone = World().called(), make.organization(member_until=NOW.date() - datetime.timedelta(days=1))
        assert "organization" in missing_in(lambda: self.put(world, gone, make.delegate(gone).person))

    def test_it_is_published_with_electors_of_whom_none_is_the_officer(self):
        world = World().called()
        is_refused(lambda: world.act(publish_roll, 1), "Nobody is on the roll yet.")
        make.on_roll(world.election, world.organizations[0], world.officer)
        is_refused(lambda: world.act(publish_roll, 1), "The election officer does not vote.")
        world.election.refresh_from_db()
        assert world.election.state == "called"

    def test_an_organisation_is_removed_until_it_is_published(self):
        world = World().called()
        for organization, voter in zip(world.organizations, world.voters, strict=True):
            self.put(world, organization, voter.person)
        world.act(remove_from_roll, 0.5, organization=world.organizations[0])
        world.act(publish_roll, 1)
        assert [entry.organization for entry in world.election.roll.in_order()] == world.organizations[1:]
        remove = {"organization": world.organizations[1], "actor": world.officer, "now": after(2)}
        is_refused(lambda: remove_from_roll(world.election, **remove), "can no longer change")

    def test_it_is_filled_without_an_organisation_for_which_nobody_speaks(self):
        world, silent = World().called(), make.organization()
        assert fill_roll(world.election, actor=world.officer, now=NOW) == 3
        assert not world.election.roll.filter(organization=silent).exists()


class TestNominating:
    def test_a_nominee_has_a_name_an_address_and_a_member_organisation(self):
        world = World().called()
        world.organizations[1].member_until = NOW.date()
        world.organizations[1].save()
        assert missing_in(lambda: propose(world, 1, " ", " ")) == {"name", "address", "organization"}

    def test_whoever_nominates_themselves_says_why(self):
        world, statement = World().called(), Statement(" ")
        words = {"organization": world.organizations[0], "statement": statement, "actor": world.voters[0]}
        assert missing_in(lambda: nominate_oneself(world.election, **words, now=after(2))) == {"statement"}

    def test_one_address_is_nominated_once_whatever_the_name(self):
        world = World().called()
        propose(world, 1, "Demo Una")
        is_refused(lambda: propose(world, 1, "Demo Otra"), "This person has already been nominated")
        assert world.election.nominations.count() == 1

    def test_who_sat_on_the_body_with_an_account_is_nominated_with_its_address(self):
        world = World().called()
        earlier = make.delegate(world.organizations[0]).person
        make.term(world.committee.seats.first(), world.organizations[0], person=earlier, ended_on=NOW.date())
        is_refused(lambda: propose(world, 0, earlier.name), "nominate them with the address of their account")

    def test_the_nominee_answers_signed_in_and_nobody_else(self):
        world = World().called()
        nominee = make.delegate(world.organizations[1])
        row = propose(world, 1, nominee.person.name, nominee.email)
        answer = {"accept": False, "statement": Statement(), "now": after(3)}
        is_refused(
            lambda: answer_nomination(row, actor=world.voters[0], **answer), "Only the person who", PermissionDenied
        )
        assert answer_nomination(row, actor=nominee, **answer).state == "declined"

    def test_a_link_to_an_address_that_is_no_longer_that_of_the_nomination_answers_nothing(self):
        world = World().called()
        row = propose(world, 1)
        token = re.search(r"/nomination/([^/\s]+)", OutboxMessage.objects.get(kind="nomination").text)[1]
        Nomination.objects.filter(pk=row.pk).update(address="other@example.org")
        answer = {"accept": True, "statement": Statement("Sí"), "now": after(3)}
        is_refused(lambda: answer_by_link(token, **answer), "This nomination is no longer valid.")
        row.refresh_from_db()
        assert row.state == "proposed"

    def test_candidates_are_published_once_somebody_has_accepted(self):
        world = World().rolled()
        propose(world, 1)
        is_refused(lambda: world.act(publish_candidates, 10), "Nobody has accepted a nomination.")


class TestCampaign:
    def test_an_answer_says_something(self):
        world = World().published()
        row, candidate = world.election.nominations.get(number=1), make.delegate(world.organizations[0])
        row.person = candidate.person
        row.save()
        words = {"organization": world.organizations[0], "text": "¿Demo?", "actor": world.voters[0]}
        question = ask_question(row, **words, now=after(11))
        assert missing_in(lambda: answer_question(question, answer=" ", actor=candidate, now=after(11))) == {"answer"}


class TestVoting:
    def test_it_opens_before_the_days_for_voting_are_over_and_with_a_candidate(self):
        world = World().published()
        is_refused(lambda: world.act(open_voting, 14), "The days for voting have passed.")
        world.election.nominations.update(state="withdrawn")
        is_refused(lambda: world.act(open_voting, 11), "There is no candidate left.")

    def test_on_paper_it_closes_by_its_readings(self):
        world = World(in_room=True).published()
        world.act(begin_paper_voting, 11)
        is_refused(lambda: close_voting(world.election, actor=world.officer), "Voting is on paper")

    def test_a_sealed_vote_is_for_a_secret_election_and_for_one_organisation(self):
        world, opened = World(secrecy="secret-portal").voting(), World().voting()
        content = sealed_vote(world.election, [1]).content

        def cast(election, actor):
            return cast_secret_vote(election, content, actor=actor, read_clock=lambda: after(12))

        is_refused(lambda: cast(opened.election, opened.voters[0]), "This vote is open.")
        cast(world.election, world.voters[0])
        is_refused(lambda: cast(world.election, world.voters[1]), "cast by somebody else")
        assert (SealedBallot.objects.count(), Participation.objects.count()) == (1, 1)

    def test_more_than_a_ballot_can_be_is_not_sealed(self):
        pair, context = sealing.new_key(), bytes(sealing.CONTEXT_BYTES)
        with pytest.raises(ValueError, match="longer than a ballot"):
            sealing.seal(pair.public, context, sealing.new_tracker(), list(range(200)), sealing.size_for(3))


class TestResult:
    def test_the_lot_has_a_value_and_witnesses_who_are_not_concerned(self):
        world = World(tie_break="public-seed", lot_source="Demo").voting()
        world.vote(0, 1, 2), world.vote(1, 1, 3)
        world.close()
        assert missing_in(lambda: world.act(record_public_value, 15, value=" ", again=" ")) == {"value"}
        world = World().voting()
        world.vote(0, 1, 2), world.vote(1, 1, 3)
        world.close()
        tied = world.election.nominations.get(number=2)
        tied.person = make.delegate(world.organizations[2]).person
        tied.save()
        witnesses = Witnesses(world.voters[0].person, tied.person)
        assert missing_in(lambda: world.act(record_draw, 15, order=[3, 2], witnesses=witnesses)) == {"second_witness"}

    def test_an_acclamation_needs_a_candidate_and_keeps_the_limit_of_an_organisation(self):
        world = World(candidates=1).published()
        world.election.nominations.update(state="withdrawn")
        is_refused(lambda: world.act(record_acclamation, 11), "There is no candidate left.")
        world = World(candidates=0, cap=1).rolled()
        for name in ("Demo A", "Demo B"):
            make.nomination(world.election, world.organizations[0], state="accepted", name=name)
        world.act(publish_candidates, 10)
        is_refused(lambda: world.act(record_acclamation, 11), "under the limit for each organisation")

    def test_who_came_to_sit_on_the_body_meanwhile_is_the_same_person(self):
        world = World(seats=1, candidates=1).published()
        world.act(record_acclamation, 11)
        row = world.election.nominations.get()
        sitting = make.person(row.name)
        make.term(world.committee.seats.get(), world.organizations[0], person=sitting)
        world.act(certify_election, 15)
        row.refresh_from_db()
        assert row.person == sitting

    def test_nobody_watches_over_what_is_over(self):
        world = World().called()
        annul_election(world.election, reason="Demo", actor=world.officer, now=after(1))
        words = {"person": world.voters[0].person, "organization": world.organizations[0], "actor": world.officer}
        is_refused(lambda: appoint_scrutineer(world.election, **words, now=after(2)), "This election is over.")
