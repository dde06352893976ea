"""A made-up body with one election certified and one in its call. No seat of a real body is touched."""

import datetime

from django.conf import settings

from committees.models import Committee, Seat
from commons.models import Sector
from core import clock
from core.visibility import Visibility
from demo.spaces import translated
from elections.queries.ballot_boxes import sealed_vote
from elections.queries.plans import ElectionPlan
from elections.services.casting import cast_secret_vote, cast_vote
from elections.services.nominations import Nominee, Statement, nominate, nominate_oneself, publish_candidates
from elections.services.preparing import call_election, create_election
from elections.services.results import certify_election
from elections.services.roll import add_to_roll, publish_roll
from elections.services.scrutiny import appoint_scrutineer, record_conformity
from elections.services.voting import close_voting, open_voting
from organizations.models import Person

ZONE = settings.CASA_ZONE
TITLES = {
    "es": "Demo: elección de dos representantes",
    "pt": "Demo: eleição de dois representantes",
    "en": "Demo: election of two representatives",
}
NEXT = {
    "es": "Demo: elección del tercer puesto",
    "pt": "Demo: eleição do terceiro assento",
    "en": "Demo: election of the third seat",
}
RANKED = {
    "es": "Demo: elección por orden de preferencia, en secreto",
    "pt": "Demo: eleição por ordem de preferência, secreta",
    "en": "Demo: secret election by order of preference",
}
STATEMENT = "Demo: ofrezco mi tiempo para llevar la voz de las organizaciones al comité."
VOTES = {"lacnic": [1, 2], "isoc": [1, 3], "icann": [1, 2], "lactld": [2, 3], "lac-ix": [1], "lacnog": []}

#: Whom each prefers, first to last: one is elected at once, what they do not need passes on, two leave, one is left.
ORDERS = {
    "lacnic": ["lac-ix", "icann"],
    "isoc": ["lac-ix", "icann", "lacnog"],
    "icann": ["icann"],
    "lactld": ["lac-ix", "lacnog"],
    "lac-ix": ["lac-ix", "lacnog"],
    "lacnog": ["lacnog", "icann"],
    "redclara": ["redclara", "lacnog"],
}


def load(days, team):
    """One certified ninety days ago, one by order of preference before it, and one that takes nominations."""
    body = Committee(
        slug="demo-comite",
        acronym="DEMO",
        is_demo=True,
        name_es="Demo: comité de ejemplo",
        name_pt="Demo: comitê de exemplo",
        name_en="Demo: example committee",
        position=99,
        term_years=2,
        description_es="Un comité inventado, para mostrar cómo se elige.",
        description_pt="Um comitê inventado, para mostrar como se elege.",
        description_en="A made-up committee that shows how people are elected.",
    )
    translated(body, "name", "description").save()
    sector = Sector.objects.order_by("position", "slug").first() or Sector.objects.create(slug="demo", name_es="Demo")
    seats = [Seat.objects.create(committee=body, sector=sector, ordinal=number) for number in range(1, 6)]
    _ranked(days, team, body, seats[3:])
    _certified(days, team, body, seats[:2])
    _called(days, team, body, seats[2:3])


def _election(days, team, body, seats, titles, ago, spans, **rules):
    # At an hour that people would choose, whatever the hour of loading.
    first = clock.today(days.ago(ago), ZONE)
    opens, ends, votes, closes = (first + datetime.timedelta(days=n) for n in spans)
    starts = first + datetime.timedelta(days=30)
    plan = ElectionPlan(
        committee=body,
        places=seats,
        titles=titles,
        language="es",
        nominations_open=days.at(opens, 9),
        nominations_close=clock.end_of(ends, ZONE),
        opens_at=days.at(votes, 9),
        closes_at=clock.end_of(closes, ZONE),
        zone="America/Montevideo",
        visibility=Visibility.PUBLIC,
        term_starts_on=starts,
        term_ends_on=starts.replace(year=starts.year + 2, day=min(starts.day, 28)) - datetime.timedelta(days=1),
        is_demo=True,
        **{"max_marks": len(seats)} | rules,
    )
    election = create_election(plan, actor=team.coordination, now=days.ago(ago))
    call_election(election, actor=team.coordination, now=days.ago(ago))
    return election


def _offer(election, team, slug, now):
    organization, user = team.organizations[slug], team.delegates[slug]
    nominate_oneself(election, organization=organization, statement=Statement(STATEMENT), actor=user, now=now)


def _roll(election, team, now):
    for slug, user in team.delegates.items():
        add_to_roll(
            election,
            organization=team.organizations[slug],
            voter=user.person,
            alternate=None,
            actor=team.coordination,
            now=now,
        )


def _watch(election, team, slug, now):
    person = team.delegates[slug].person
    appoint_scrutineer(election, person=person, organization=team.organizations[slug], actor=team.coordination, now=now)


def _certified(days, team, body, seats):
    """Three candidates, six of seven organisations voted, a scrutineer looked on."""
    actor = team.coordination
    election = _election(days, team, body, seats, TITLES, 120, (0, 14, 16, 20))
    for slug in ("lacnic", "isoc", "lactld"):
        _offer(election, team, slug, days.ago(115))
    _roll(election, team, days.ago(114))
    publish_roll(election, actor=actor, now=days.ago(113))
    _watch(election, team, "icann", days.ago(112))
    publish_candidates(election, actor=actor, now=days.ago(105))
    open_voting(election, actor=actor, now=days.ago(104))
    for slug, marks in VOTES.items():
        cast_vote(election, marks, actor=team.delegates[slug], read_clock=lambda: days.ago(103))
    close_voting(election, actor=actor, read_clock=lambda: days.ago(99))
    record_conformity(election, conforms=True, remark="", actor=team.delegates["icann"], now=days.ago(98.5))
    certify_election(election, actor=actor, now=days.ago(98))


def _ranked(days, team, body, seats):
    """By single transferable vote and in secret: four candidates, all seven vote, no lot is needed."""
    actor = team.coordination
    election = _election(
        days,
        team,
        body,
        seats,
        RANKED,
        220,
        (0, 14, 16, 20),
        method="scottish-stv",
        max_marks=None,
        secrecy="secret-portal",
    )
    for slug in ("lac-ix", "icann", "lacnog", "redclara"):
        _offer(election, team, slug, days.ago(215))
    _roll(election, team, days.ago(214))
    publish_roll(election, actor=actor, now=days.ago(213))
    publish_candidates(election, actor=actor, now=days.ago(205))
    open_voting(election, actor=actor, now=days.ago(204))
    election.refresh_from_db()
    number = {row.organization.slug: row.number for row in election.nominations.candidates()}
    for slug, order in ORDERS.items():
        box, _tracker = sealed_vote(election, [number[one] for one in order])
        cast_secret_vote(election, box, actor=team.delegates[slug], read_clock=lambda: days.ago(203))
    close_voting(election, actor=actor, read_clock=lambda: days.ago(199))
    certify_election(election, actor=actor, now=days.ago(198))


def _called(days, team, body, seats):
    """Nominations close in nine days; one offered herself, one has been nominated and has not answered."""
    election = _election(days, team, body, seats, NEXT, 5, (0, 14, 18, 21))
    _offer(election, team, "icann", days.ago(3))
    user = team.delegates["redclara"]
    nominate(
        election,
        nominee=Nominee(Person.objects.get(user=user).name, user.email, "es"),
        organization=team.organizations["redclara"],
        proposed_by=team.organizations["lacnog"],
        actor=team.delegates["lacnog"],
        now=days.ago(2),
    )
    _watch(election, team, "lacnic", days.ago(1))
