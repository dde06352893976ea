"""The roll: one organisation, one vote; its voter and who stands in for them."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Incomplete, NotNow
from core.states import move
from elections.models import RollEntry
from elections.services.common import locked, note, sha256
from elections.states import ELECTION_MOVES, ElectionState
from organizations.models import Mandate, Organization
from organizations.states import SPEAKING_ROLES


def _preparing(election):
    if election.state not in (ElectionState.DRAFT, ElectionState.CALLED):
        raise NotNow(_("The roll is published and can no longer change."))


@transaction.atomic
def put_on_roll(election, *, organization, voter, alternate, weight=1, actor, now):
    """An organisation votes by these people, who speak for it today. Returns the RollEntry; again replaces it.

    `weight`, how many papers its vote counts for, is other than 1 only where the rules say that votes have weights.
    """
    election = locked(election)
    _preparing(election)
    today = clock.today(now, settings.CASA_ZONE)
    wrong = (
        {} if weight == 1 or election.is_weighted else {"weight": _("Under the rules, each organisation has one vote.")}
    )
    if weight < 1:
        wrong["weight"] = _("A weight must be at least 1.")
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        wrong["organization"] = _("This is not a member organisation today.")
    wrong |= check_electors(election, organization, voter, alternate, today)
    if wrong:
        raise Incomplete(wrong)
    try:
        with transaction.atomic():
            entry, _made = RollEntry.objects.update_or_create(
                election=election,
                organization=organization,
                defaults={"voter": voter, "alternate": alternate, "weight": weight},
            )
    except IntegrityError as error:
        raise NotNow(_("This person is on the roll for another organisation.")) from error
    journal.record(actor, "election_roll_entry", election.code, now, organization=organization.slug)
    return entry


#: Fewer with one weight would be recognised by it.
FEWEST_OF_A_WEIGHT = 3


def weights_identify(weights):
    """Whether a weight is held by so few that a secret vote would not be one."""
    return any(weights.count(weight) < FEWEST_OF_A_WEIGHT for weight in set(weights)) and len(set(weights)) > 1


def check_roll(election, weights):
    """Raise NotNow where no election can be held with a roll of these weights. The quorum counts organisations, however
    many votes each has."""
    if not weights:
        raise NotNow(_("Nobody is on the roll yet."))
    if election.quorum and election.quorum > len(weights):
        raise NotNow(_("The quorum is higher than the number of organisations on the roll."))
    if election.is_secret and weights_identify(weights):
        raise NotNow(_("Fewer than three organisations have the same weight: it would reveal whose vote is whose."))


def check_electors(election, organization, voter, alternate, today):
    """{field: sentence} of what keeps these people from voting for an organisation; empty where nothing does."""
    wrong = {}
    for field, person in (("voter", voter), ("alternate", alternate)):
        if person is None:
            continue
        speaking = Mandate.objects.filter(person=person, organization=organization, role__in=SPEAKING_ROLES)
        elsewhere = election.roll.exclude(organization=organization).of_person(person.pk)
        if not speaking.on(today).exists():
            wrong[field] = _("Only those who speak for the organisation can vote for it.")
        elif person.pk == election.officer_id:
            wrong[field] = _("The election officer does not vote.")
        elif elsewhere.exists():
            wrong[field] = _("This person is on the roll for another organisation.")
    if alternate is not None and alternate == voter:
        wrong["alternate"] = _("The alternate must be another person.")
    return wrong


def roll_rows(election):
    """The roll as it is sealed and handed out: organisation, voter, alternate and, where votes have weights, the weight."""
    rows = []
    for entry in election.roll.in_order():
        row = [entry.organization.slug, entry.voter.name, getattr(entry.alternate, "name", None)]
        rows.append([*row, entry.weight] if election.is_weighted else row)
    return rows


def seal_of(election):
    return sha256(roll_rows(election))


@transaction.atomic
def fill_roll(election, actor, now):
    """Put on the roll each member organisation that is not on it, by who speaks for it: the first named votes, and the
    second stands in. Returns how many were added."""
    election = locked(election)
    _preparing(election)
    today, added = clock.today(now, settings.CASA_ZONE), 0
    listed = set(election.roll.values_list("organization_id", flat=True))
    for organization in Organization.objects.members_on(today).exclude(pk__in=listed):
        held = Mandate.objects.on(today).filter(organization=organization, role__in=SPEAKING_ROLES)
        held = held.exclude(person=election.officer_id).select_related("person__user").order_by("starts_on", "pk")
        free = [
            one.person for one in held if one.person.may_sign_in and not election.roll.of_person(one.person_id).exists()
        ]
        people = list(dict.fromkeys(free))[:2]
        if people:
            alternate = people[1] if len(people) > 1 else None
            put_on_roll(election, organization=organization, voter=people[0], alternate=alternate, actor=actor, now=now)
            added += 1
    return added


@transaction.atomic
def remove_from_roll(election, *, organization, actor, now):
    """The organisation does not vote in this election."""
    election = locked(election)
    _preparing(election)
    election.roll.filter(organization=organization).delete()
    journal.record(actor, "election_roll_removed", election.code, now, organization=organization.slug)


@transaction.atomic
def publish_roll(election, actor, now):
    """Freeze the roll and seal it."""
    election = locked(election)
    move(election, ElectionState.ROLL, ELECTION_MOVES)
    entries = list(election.roll.in_order())
    check_roll(election, [e.weight for e in entries])
    if any(election.officer_id in (e.voter_id, e.alternate_id) for e in entries):
        raise NotNow(_("The election officer does not vote."))
    election.roll_hash = seal_of(election)
    election.save(update_fields=["state", "roll_hash"])
    note(election, "roll_published", actor, now, roll=election.roll_hash, organizations=len(entries))
    return election
