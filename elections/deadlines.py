"""What is due when: nominations to answer, votes to cast, the officer's next act."""

import datetime
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.deadlines import Due, Recipient, ReminderKind
from elections.models import Election, Nomination, RollEntry
from elections.states import NOMINATING, THEN_ACTS, ElectionState, NominationState
from organizations.standing.addressees import recipient


def office(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """Dues of the kind OFFICE, to the officer: nominations close and are to be published, a vote is to be
    opened, a vote closes and its result is to be certified. In the room nobody is written to. One query."""
    waiting = Election.objects.filter(state__in=THEN_ACTS, in_room=False).select_related("officer__user")
    for election in waiting.order_by("pk"):
        at, officer = getattr(election, THEN_ACTS[election.state]), election.officer
        if since <= at < until and officer.may_sign_in:
            about = {"election": election}
            yield Due(OFFICE.name, election.code, at, election.zone, (recipient(officer),), about=about)


def _grouped(kind: str, rows: Iterable[tuple[Election, datetime.datetime, Recipient]]) -> Iterator[Due]:
    """One Due for each election from (election, instant, Recipient)s."""
    groups: dict[tuple[str, datetime.datetime, str], dict[str, Recipient]] = {}
    for election, at, person in rows:
        groups.setdefault((election.code, at, election.zone), {})[person.address] = person
    for (code, at, zone), people in groups.items():
        yield Due(kind, code, at, zone, tuple(people.values()))


def nominations(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """Dues of the kind NOMINATION, to whoever was nominated and has not answered. One query."""
    waiting = Nomination.objects.filter(
        state=NominationState.PROPOSED,
        election__state__in=NOMINATING,
        election__nominations_close__gte=since,
        election__nominations_close__lt=until,
    )
    rows = waiting.select_related("election", "person__user").order_by("pk")
    yield from _grouped(NOMINATION.name, [(r.election, r.election.nominations_close, _nominee(r)) for r in rows])


def _nominee(row: Nomination) -> Recipient:
    user = row.person and row.person.user
    return Recipient(row.address, row.language, user.zone if user else row.election.zone, row.name)


def votes(since: datetime.datetime, until: datetime.datetime) -> Iterator[Due]:
    """Dues of the kind VOTE, to those whose organisation has not voted. One query."""
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
    yield from _grouped(VOTE.name, rows)


NOMINATION = ReminderKind(
    name="elections.nomination",
    label=_("Nominations to answer"),
    template="mail/reminders/nomination",
    days_before=(5, 1),
    ahead=nominations,
)
VOTE = ReminderKind(
    name="elections.vote",
    label=_("Votes to cast"),
    template="mail/reminders/vote",
    days_before=(3, 1, 0),
    ahead=votes,
)
OFFICE = ReminderKind(
    name="elections.office",
    label=_("Elections in your charge"),
    template="mail/reminders/office",
    days_before=(0,),
    days_after=(1, 4),
    ahead=office,
    overdue=office,
    page=lambda due, token: reverse("elections:election_console", args=[due.code]),
)
