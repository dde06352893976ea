"""What an election says by mail: it is called, you are nominated, voting is open, the result."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import clock, dates
from core.dates import instant_words
from core.deadlines import Recipient
from core.outbox.services import enqueue
from core.text import shown
from organizations.models import Organization
from organizations.standing.addressees import recipient, who_speaks_for

CALLED, NOMINATED, OPEN, RESULT = "election_called", "nomination", "election_open", "election_result"
SECRET, CORRECTED = "election_secret", "election_roll_corrected"
SCRUTINEER, CONFORMITY = "election_scrutineer", "election_conformity"


def tell_called(election, now):
    """To everybody who speaks for a member organisation."""
    _tell(election, _speakers(now), CALLED, "called", now)


def tell_nominated(row, token, now):
    """To the nominee, with their personal link."""
    with translation.override(row.language):
        link = settings.CASA_ORIGIN + reverse("elections:nomination_link", args=[token])
    to = Recipient(row.address, row.language, row.election.zone, row.name)
    context = {"link": link, "proposed_by": str(row.proposed_by), "name": row.name}
    _put(row.election, to, NOMINATED, "nominated", now, key=f"{NOMINATED}:{row.pk}:{now.timestamp()}", **context)


def voters(election):
    """{organisation: Recipients} of voters and alternates who may sign in."""
    found = {}
    entries = election.roll.select_related("organization", "voter__user", "alternate__user").order_by("pk")
    for entry in entries:
        people = [person for person in (entry.voter, entry.alternate) if person and person.may_sign_in]
        found[entry.organization] = [recipient(person) for person in people]
    return found


def tell_open(election, now):
    """To each voter and alternate."""
    for organization, people in voters(election).items():
        _tell(election, people, OPEN, "open", now, organization=str(organization))


def tell_second_round(election, now):
    """To each voter and alternate, once more."""
    for organization, people in voters(election).items():
        for one in people:
            key = f"{OPEN}:{election.code}:2:{one.address}"
            _put(election, one, OPEN, "open", now, key=key, organization=str(organization))


def tell_secret(election, now):
    """To each voter and alternate, the officer and the scrutineers: the vote is secret, because an elector asked."""
    people = [person for group in voters(election).values() for person in group]
    watching = [election.officer, *(row.person for row in election.scrutineers.select_related("person__user"))]
    people += [recipient(one) for one in watching if one.may_sign_in]
    _tell(election, {one.address: one for one in people}.values(), SECRET, "secret", now)


def tell_corrected(election, row, taken_off, now):
    """To those whom a correction of the roll puts on it, that they vote or stand in; to those it takes off, that they
    no longer do, and why."""
    for template, people in (("corrected", (row.voter, row.alternate)), ("taken_off", taken_off)):
        for person in people:
            if person and person.may_sign_in:
                to = recipient(person)
                key = f"{CORRECTED}:{row.pk}:{to.address}"
                said = {"organization": str(row.organization), "reason": row.reason}
                _put(election, to, CORRECTED, template, now, key=key, **said)


def tell_scrutineer(row, now):
    """To whom it is, that they watch over the election, and from where."""
    _watching(row.election, [row], SCRUTINEER, "scrutineer", now, part=row.pk)


def tell_conformity(election, now):
    """To each scrutineer: there is a provisional result, or another one, and it waits for their word."""
    rows = election.scrutineers.select_related("person__user", "organization")
    _watching(election, rows, CONFORMITY, "conformity", now, part=election.events.count())


def _watching(election, rows, kind, template, now, part):
    for row in rows:
        if row.person.may_sign_in:
            to = recipient(row.person)
            with translation.override(to.language):
                link = settings.CASA_ORIGIN + reverse("elections:election_scrutiny", args=[election.code])
            said = {"link": link, "organization": str(row.organization)}
            key = f"{kind}:{election.code}:{part}:{to.address}"
            _put(election, to, kind, template, now, key=key, **said)


def tell_result(election, elected, now):
    """To everybody who speaks for a member organisation."""
    _tell(election, _speakers(now), RESULT, "result", now, elected=[f"{r.name} ({r.organization})" for r in elected])


def _speakers(now):
    today = clock.today(now, settings.CASA_ZONE)
    groups = who_speaks_for(list(Organization.objects.members_on(today)), today).values()
    return {one.address: one for group in groups for one in group}.values()


def _tell(election, people, kind, template, now, **context):
    for one in people:
        _put(election, one, kind, template, now, key=f"{kind}:{election.code}:{one.address}", **context)


def _put(election, to, kind, template, now, key, **context):
    with translation.override(to.language):
        booth = settings.CASA_ORIGIN + reverse("elections:election_booth", args=[election.code])
        context |= {
            "title": shown(election, "title", to.language).value,
            "body": shown(election.committee, "name", to.language).value,
            "page": settings.CASA_ORIGIN + election.get_absolute_url(), "booth": booth,
            "nominations_last": instant_words(election.nominations_last, election.zone),
            "nominations_day": dates.day(clock.today(election.nominations_last, election.zone)),
            "votes_day": dates.day(clock.today(election.votes_last, election.zone)),
            "opens": instant_words(election.opens_at, election.zone),
            "votes_last": instant_words(election.votes_last, election.zone), "election": election,
        }  # fmt: skip
    enqueue(
        key=key, kind=kind, code=election.code, address=to.address, language=to.language,
        template=f"mail/elections/{template}", context=context, at=now,
    )  # fmt: skip
