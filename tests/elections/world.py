"""Three member organisations, a body of two seats, an officer; an election carried as far as a test needs."""

import datetime

from elections import services
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
        self.election = services.create_election(
            committee=self.committee, places=list(self.committee.seats.all()), titles={"es": "Elección Demo"},
            language="es", dates=[NOW, after(10), after(11), after(14)], zone="America/Montevideo",
            visibility="public", actor=self.officer, now=NOW, 
            **{"term": (after(20).date(), after(385).date()), "max_marks": seats} | rules,
        )  # fmt: skip
        self.candidates = candidates

    def act(self, service, day, **said):
        service(self.election, actor=self.officer, now=after(day), **said)
        self.election.refresh_from_db()

    def called(self):
        self.act(services.call_election, 0)
        return self

    def rolled(self):
        self.called()
        for organization, voter in zip(self.organizations, self.voters, strict=True):
            services.put_on_roll(
                self.election,
                organization=organization,
                voter=voter.person,
                alternate=None,
                actor=self.officer,
                now=NOW,
            )
        self.act(services.publish_roll, 1)
        return self

    def published(self):
        self.rolled()
        for n in range(self.candidates):
            make.nomination(
                self.election, self.organizations[n % len(self.organizations)], state="accepted", name=f"Demo {n:02d}"
            )
        self.act(services.publish_candidates, 10)
        return self

    def voting(self):
        self.published()
        self.act(services.open_voting, 10)
        return self

    def vote(self, n, *numbers, day=12, said=None):
        said = list(numbers) if said is None else said
        return services.cast_vote(self.election, said, self.voters[n], read_clock=lambda: after(day))

    def close(self, day=14):
        services.close_voting(self.election, actor=self.officer, read_clock=lambda: after(day))
        self.election.refresh_from_db()
        return self
