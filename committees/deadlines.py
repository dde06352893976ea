"""What is due when: nominations to answer, votes to cast, terms that end."""

import datetime

from django.conf import settings

from committees.models import Election, Nomination, RollEntry, Term
from committees.states import NOMINATING, THEN_ACTS, ElectionState, NominationState
from core import clock
from core.deadlines import Due, Recipient
from organizations.standing.addressees import coordination_team, recipient


def deadlines(since, until):
    """Dues of the kinds committees.nomination (to whom was nominated and has not answered), committees.vote (to those
    whose organisation has not voted) and committees.term (to the coordination team). Four queries at most."""
    yield from _nominations(since, until)
    yield from _votes(since, until)
    yield from _terms(since, until)


def office(since, until):
    """Dues of the kind committees.office, to the officer: nominations close and are to be published, a vote is to be
    opened, a vote closes and its result is to be certified. In the room nobody is written to. One query."""
    waiting = Election.objects.filter(state__in=THEN_ACTS, in_room=False).select_related("officer__user")
    for election in waiting.order_by("pk"):
        at, officer = getattr(election, THEN_ACTS[election.state]), election.officer
        if since <= at < until and officer.may_sign_in:
            about = {"election": election}
            yield Due("committees.office", election.code, at, election.zone, (recipient(officer),), about=about)


def _grouped(kind, rows):
    """One Due for each election from (election, instant, Recipient)s."""
    found = {}
    for election, at, person in rows:
        found.setdefault((election.code, at, election.zone), {})[person.address] = person
    for (code, at, zone), people in found.items():
        yield Due(kind, code, at, zone, tuple(people.values()))


def _nominations(since, until):
    waiting = Nomination.objects.filter(
        state=NominationState.PROPOSED, election__state__in=NOMINATING,
        election__nominations_close__gte=since, election__nominations_close__lt=until,
    )  # fmt: skip
    rows = waiting.select_related("election", "person__user").order_by("pk")
    yield from _grouped(
        "committees.nomination", [(r.election, r.election.nominations_close, _nominee(r)) for r in rows]
    )


def _nominee(row):
    user = row.person and row.person.user
    return Recipient(row.address, row.language, user.zone if user else row.election.zone, row.name)


def _votes(since, until):
    missing = RollEntry.objects.filter(
        ballot=None,
        participation=None,
        election__on_paper=False,
        election__state=ElectionState.VOTING,
        election__closes_at__gte=since,
        election__closes_at__lt=until,
    )
    rows = []
    for entry in missing.select_related("election", "voter__user", "alternate__user").order_by("pk"):
        for person in (entry.voter, entry.alternate):
            if person and person.may_sign_in:
                rows.append((entry.election, entry.election.closes_at, recipient(person)))
    yield from _grouped("committees.vote", rows)


def _terms(since, until):
    """The end of the last day of a planned term, in Montevideo; its code is that of the choice, or the body and seat."""
    zone = settings.HOUSE_ZONE
    first, last = (clock.today(x, zone) for x in (since - datetime.timedelta(days=1), until))
    ending = Term.objects.filter(ended_on=None, planned_end__gte=first, planned_end__lte=last)
    team = None
    for term in ending.select_related("seat__committee").order_by("planned_end", "pk"):
        at = clock.end_of(term.planned_end, zone)
        if since <= at < until:
            team = coordination_team(clock.today(since, zone)) if team is None else team
            code = term.chosen_in or f"{term.seat.committee.slug}:{term.seat.ordinal}"
            yield Due("committees.term", code, at, zone, team, part=str(term.seat_id))
