"""Mails of an election: it is called, you are nominated, voting is open, the result."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import clock, dates
from core.dates import instant_words
from core.deadlines import Recipient
from core.outbox.services import enqueue
from core.text import shown
from elections.models import Election, Nomination, RollCorrection, Scrutineer
from organizations.models import Organization, Person
from organizations.standing.addressees import recipient, who_speaks_for

CALLED, NOMINATED, OPEN, RESULT = "election_called", "nomination", "election_open", "election_result"
SECRET, CORRECTED = "election_secret", "election_roll_corrected"
SCRUTINEER, CONFORMITY = "election_scrutineer", "election_conformity"


def notify_called(election: Election, now: datetime.datetime) -> None:
    """To everybody who speaks for a member organisation."""
    _enqueue_all(election, _speakers(now), CALLED, "called", now)


def notify_nominated(row: Nomination, token: str, now: datetime.datetime) -> None:
    """To the nominee, with their personal link."""
    with translation.override(row.language):
        link = settings.CASA_ORIGIN + reverse("elections:nomination_link", args=[token])
    to = Recipient(row.address, row.language, row.election.zone, row.name)
    context = {"link": link, "proposed_by": str(row.proposed_by), "name": row.name}
    _enqueue(row.election, to, NOMINATED, "nominated", now, key=f"{NOMINATED}:{row.pk}:{now.timestamp()}", **context)


def voters(election: Election) -> dict[Organization, list[Recipient]]:
    """{organisation: its voter and alternate, as far as they may sign in}."""
    found = {}
    entries = election.roll.select_related("organization", "voter__user", "alternate__user").order_by("pk")
    for entry in entries:
        people = [person for person in (entry.voter, entry.alternate) if person and person.may_sign_in]
        found[entry.organization] = [recipient(person) for person in people]
    return found


def notify_open(election: Election, now: datetime.datetime) -> None:
    """To each voter and alternate."""
    for organization, people in voters(election).items():
        _enqueue_all(election, people, OPEN, "open", now, organization=str(organization))


def notify_second_round(election: Election, now: datetime.datetime) -> None:
    """To each voter and alternate, once more."""
    for organization, people in voters(election).items():
        for to in people:
            key = f"{OPEN}:{election.code}:2:{to.address}"
            _enqueue(election, to, OPEN, "open", now, key=key, organization=str(organization))


def notify_secret(election: Election, now: datetime.datetime) -> None:
    """To each voter and alternate, the officer and the scrutineers: the vote is secret, because an elector asked."""
    people = [person for group in voters(election).values() for person in group]
    watching = [election.officer, *(row.person for row in election.scrutineers.select_related("person__user"))]
    people += [recipient(person) for person in watching if person.may_sign_in]
    _enqueue_all(election, _by_address(people), SECRET, "secret", now)


def notify_corrected(
    election: Election, row: RollCorrection, removed: Iterable[Person], now: datetime.datetime
) -> None:
    """To those whom a correction adds to the roll, that they vote or are the alternate; to those it removes, that they
    no longer do, and why."""
    for template, people in (("corrected", (row.voter, row.alternate)), ("taken_off", removed)):
        for person in people:
            if person and person.may_sign_in:
                to = recipient(person)
                key = f"{CORRECTED}:{row.pk}:{to.address}"
                context = {"organization": str(row.organization), "reason": row.reason}
                _enqueue(election, to, CORRECTED, template, now, key=key, **context)


def notify_scrutineer(row: Scrutineer, now: datetime.datetime) -> None:
    """To a new scrutineer, that they watch over the election, and where."""
    _notify_scrutineers(row.election, [row], SCRUTINEER, "scrutineer", now, part=row.pk)


def notify_conformity(election: Election, now: datetime.datetime) -> None:
    """To each scrutineer: there is a provisional result, or another one, and it waits for their answer."""
    rows = election.scrutineers.select_related("person__user", "organization")
    _notify_scrutineers(election, rows, CONFORMITY, "conformity", now, part=election.events.count())


def _notify_scrutineers(
    election: Election, rows: Iterable[Scrutineer], kind: str, template: str, now: datetime.datetime, part: int
) -> None:
    for row in rows:
        if row.person.may_sign_in:
            to = recipient(row.person)
            with translation.override(to.language):
                link = settings.CASA_ORIGIN + reverse("elections:election_scrutiny", args=[election.code])
            key = f"{kind}:{election.code}:{part}:{to.address}"
            _enqueue(election, to, kind, template, now, key=key, link=link, organization=str(row.organization))


def notify_result(election: Election, elected: Iterable[Nomination], now: datetime.datetime) -> None:
    """To everybody who speaks for a member organisation."""
    names = [f"{row.name} ({row.organization})" for row in elected]
    _enqueue_all(election, _speakers(now), RESULT, "result", now, elected=names)


def _speakers(now: datetime.datetime) -> Iterable[Recipient]:
    today = clock.today(now, settings.CASA_ZONE)
    groups = who_speaks_for(list(Organization.objects.members_on(today)), today).values()
    return _by_address(recipient for group in groups for recipient in group)


def _by_address(people: Iterable[Recipient]) -> Iterable[Recipient]:
    return {person.address: person for person in people}.values()


def _enqueue_all(
    election: Election, people: Iterable[Recipient], kind: str, template: str, now: datetime.datetime, **context: Any
) -> None:
    for to in people:
        _enqueue(election, to, kind, template, now, key=f"{kind}:{election.code}:{to.address}", **context)


def _enqueue(
    election: Election, to: Recipient, kind: str, template: str, now: datetime.datetime, key: str, **context: Any
) -> None:
    with translation.override(to.language):
        booth = settings.CASA_ORIGIN + reverse("elections:election_booth", args=[election.code])
        context |= {
            "title": shown(election, "title", to.language).value,
            "body": shown(election.committee, "name", to.language).value,
            "page": settings.CASA_ORIGIN + election.get_absolute_url(),
            "booth": booth,
            "nominations_last": instant_words(election.nominations_last, election.zone),
            "nominations_day": dates.day(clock.today(election.nominations_last, election.zone)),
            "votes_day": dates.day(clock.today(election.votes_last, election.zone)),
            "opens": instant_words(election.opens_at, election.zone),
            "votes_last": instant_words(election.votes_last, election.zone),
            "election": election,
        }
    enqueue(
        key=key,
        kind=kind,
        code=election.code,
        address=to.address,
        language=to.language,
        template=f"mail/elections/{template}",
        context=context,
        at=now,
    )
