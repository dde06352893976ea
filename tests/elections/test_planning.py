"""What a plan must have before its election is called, who cannot vote in it, and what is read from paper."""

import dataclasses

import pytest

from committees.models import Seat
from commons.models import Sector
from core.errors import Incomplete, PermissionDenied
from elections.counting import SCOTTISH
from elections.models import Ballot, PaperEntry
from elections.queries.ballots import counted_ballots, counting_rules
from elections.queries.plans import contradictions, plan_errors, plan_of
from elections.services.casting import cast_vote
from elections.services.paper import begin_paper_voting, enter_paper_ballots
from elections.services.roll import add_to_roll
from tests import factories as make
from tests.elections.world import NOW, World, after

pytestmark = pytest.mark.django_db


class TestPlans:
    @pytest.mark.parametrize(
        ("field", "changed"),
        [
            ("title_es", {"titles": {"es": " ", "en": "Demo"}}),
            ("places", {"places": []}),
            ("nominations_close", {"nominations_close": NOW}),
            ("opens_at", {"opens_at": after(9)}),
            ("closes_at", {"closes_at": after(11)}),
            ("term_ends_on", {"term_ends_on": after(19).date()}),
        ],
    )
    def test_what_is_missing_is_said_beside_its_field(self, field, changed):
        plan = plan_of(World().election)
        assert plan_errors(plan, NOW.date()) == {}
        assert list(plan_errors(dataclasses.replace(plan, **changed), NOW.date())) == [field]

    def test_all_seats_are_of_one_sector_of_the_body(self):
        plan = plan_of(World().election)
        sector = Sector.objects.create(slug="demo-otro", name_es="Otro")
        other = Seat.objects.create(committee=plan.committee, sector=sector, ordinal=9)
        for seat in (other, *make.committee(seats=1).seats.all()):
            errors = plan_errors(dataclasses.replace(plan, places=[*plan.places, seat]), NOW.date())
            assert list(errors) == ["places"]

    def test_an_order_of_preference_has_no_next_candidate(self):
        plan = dataclasses.replace(plan_of(World().election), method=SCOTTISH, max_marks=None)
        assert list(contradictions(dataclasses.replace(plan, vacancy="next"), NOW.date())) == ["vacancy"]
        assert contradictions(dataclasses.replace(plan, vacancy="countback"), NOW.date()) == {}


def test_a_least_share_of_the_votes_is_counted_with():
    world = World(threshold=60).voting()
    assert counting_rules(world.election)["threshold"] == [60, 100]
    world.vote(0, 1, 2), world.vote(1, 1), world.vote(2, 3)
    world.close()
    assert world.election.result["elected"] == [1]


def test_the_officer_does_not_vote_though_they_speak_for_an_organisation():
    world = World().called()
    organization, officer = world.organizations[0], world.officer.person
    officer.mandates.create(organization=organization, role="delegate", starts_on=NOW.date())
    put = {"organization": organization, "alternate": None, "actor": world.officer, "now": NOW}
    with pytest.raises(Incomplete) as refused:
        add_to_roll(world.election, voter=officer, **put)
    assert refused.value.missing == {"voter": "La autoridad electoral no vota."}
    assert not world.election.roll.exists()


def test_a_user_who_is_nobody_in_the_community_does_not_vote():
    world = World().voting()
    with pytest.raises(PermissionDenied):
        cast_vote(world.election, [1], actor=make.user(), read_clock=lambda: after(12))
    assert not Ballot.objects.exists()


class TestPaper:
    def begun(self, **rules):
        world = World(in_room=True, **rules).published()
        world.act(begin_paper_voting, 10)
        return world

    def enter(self, world, text, actor=None):
        return enter_paper_ballots(world.election, text=text, actor=actor or world.officer, now=after(11))

    def test_no_ballot_counts_before_two_have_read_alike(self):
        world = self.begun()
        assert counted_ballots(world.election) == []
        self.enter(world, "1 2\n3")
        self.enter(world, "1 2\n-", make.coordination())
        assert counted_ballots(world.election) == []
        assert self.enter(world, "3\n1 2", make.coordination())
        assert counted_ballots(world.election) == [{"marks": [1, 2]}, {"marks": [3]}]

    def test_answers_of_yes_and_no_are_not_read_from_paper(self):
        world = self.begun(candidates=2, if_few="yes-no")
        with pytest.raises(Incomplete) as refused:
            self.enter(world, "1\n2")
        assert set(refused.value.missing) == {"papers"}
        assert not PaperEntry.objects.exists()
