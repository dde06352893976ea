"""Three member organisations, a body of two seats, an officer; an election carried as far as a test needs."""

import datetime

from elections.queries.plans import ElectionPlan
from elections.services.casting import cast_vote
from elections.services.nominations import Nominee, Statement, nominate, nominate_oneself, publish_candidates
from elections.services.preparing import call_election, create_election
from elections.services.roll import add_to_roll, publish_roll
from elections.services.voting import close_voting, open_voting
from tests import factories as make

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


def after(days, **more):
    return NOW + datetime.timedelta(days=days, **more)


class World:
    def __init__(self, seats=2, candidates=3, organizations=3, **rules):
        self.organizations = [make.organization() for _ in range(organizations)]
        self.voters = [make.delegate(one) for one in self.organizations]
        self.officer = make.coordination()
        self.committee = make.committee(seats=seats)
        plan = ElectionPlan(
            committee=self.committee,
            places=list(self.committee.seats.all()),
            titles={"es": "Elección Demo"},
            language="es",
            nominations_open=NOW,
            nominations_close=after(10),
            opens_at=after(11),
            closes_at=after(14),
            zone="America/Montevideo",
            **{"max_marks": seats, "term_starts_on": after(20).date(), "term_ends_on": after(385).date()} | rules,
        )
        self.election = create_election(plan, actor=self.officer, now=NOW)
        self.candidates = candidates

    def act(self, service, day, **arguments):
        service(self.election, actor=self.officer, now=after(day), **arguments)
        self.election.refresh_from_db()

    def called(self):
        self.act(call_election, 0)
        return self

    def rolled(self):
        self.called()
        for organization, voter in zip(self.organizations, self.voters, strict=True):
            add_to_roll(
                self.election,
                organization=organization,
                voter=voter.person,
                alternate=None,
                actor=self.officer,
                now=NOW,
            )
        self.act(publish_roll, 1)
        return self

    def published(self):
        self.rolled()
        for n in range(self.candidates):
            make.nomination(
                self.election, self.organizations[n % len(self.organizations)], state="accepted", name=f"Demo {n:02d}"
            )
        self.act(publish_candidates, 10)
        return self

    def voting(self):
        self.published()
        self.act(open_voting, 10)
        return self

    def vote(self, n, *numbers, day=12, answers=None):
        choices = list(numbers) if answers is None else answers
        return cast_vote(self.election, choices, actor=self.voters[n], read_clock=lambda: after(day))

    def close(self, day=14):
        close_voting(self.election, actor=self.officer, read_clock=lambda: after(day))
        self.election.refresh_from_db()
        return self


def nominate_self(world, user, n, day=2, statement="Quiero servir."):
    """A person nominates themselves for the organisation of that place."""
    return nominate_oneself(
        world.election,
        organization=world.organizations[n],
        statement=Statement(statement),
        actor=user,
        now=after(day),
    )


def propose(world, n, name="Demo Otra", address="demo@example.org", day=2, by=0, actor=None):
    """The organisation of place `by` nominates somebody of the organisation of place `n`."""
    return nominate(
        world.election,
        nominee=Nominee(name, address, "es"),
        organization=world.organizations[n],
        proposed_by=world.organizations[by],
        actor=actor or world.voters[by],
        now=after(day),
    )
