"""The roll: one organisation, one vote; its voter and who stands in for them."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from committees.models import RollEntry
from committees.services.common import locked, note, sha256
from committees.states import ELECTION_MOVES, ElectionState
from core import clock, journal
from core.errors import Incomplete, NotNow
from core.states import move
from organizations.models import Mandate, Organization
from organizations.states import SPEAKING_ROLES


def _preparing(election):
    if election.state not in (ElectionState.DRAFT, ElectionState.CALLED):
        raise NotNow(_("The roll is published and no longer changes."))


@transaction.atomic
def put_on_roll(election, *, organization, voter, alternate, actor, now):
    """An organisation votes by these people, who speak for it today. Returns the RollEntry; again replaces it."""
    election = locked(election)
    _preparing(election)
    today = clock.today(now, settings.HOUSE_ZONE)
    wrong = {}
    if not Organization.objects.members_on(today).filter(pk=organization.pk).exists():
        wrong["organization"] = _("It is not a member organisation today.")
    for field, person in (("voter", voter), ("alternate", alternate)):
        if person is None:
            continue
        speaking = Mandate.objects.filter(person=person, organization=organization, role__in=SPEAKING_ROLES)
        elsewhere = election.roll.exclude(organization=organization).of_person(person.pk)
        if not speaking.on(today).exists():
            wrong[field] = _("Only who speaks for the organisation votes for it.")
        elif person.pk == election.officer_id:
            wrong[field] = _("The election officer does not vote.")
        elif elsewhere.exists():
            wrong[field] = _("This person is on the roll for another organisation.")
    if alternate is not None and alternate == voter:
        wrong["alternate"] = _("The alternate is another person.")
    if wrong:
        raise Incomplete(wrong)
    try:
        with transaction.atomic():
            entry, _made = RollEntry.objects.update_or_create(
                election=election, organization=organization, defaults={"voter": voter, "alternate": alternate}
            )
    except IntegrityError as error:
        raise NotNow(_("This person is on the roll for another organisation.")) from error
    journal.record(actor, "election_roll_entry", election.code, now, organization=organization.slug)
    return entry


@transaction.atomic
def fill_roll(election, actor, now):
    """Put on the roll each member organisation that is not on it, by who speaks for it: the first named votes, and the
    second stands in. Returns how many
    were added."""
    election = locked(election)
    _preparing(election)
    today, added = clock.today(now, settings.HOUSE_ZONE), 0
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
    if not entries:
        raise NotNow(_("Nobody is on the roll yet."))
    if election.quorum and election.quorum > len(entries):
        raise NotNow(_("The quorum is above the number of organisations on the roll."))
    if any(election.officer_id in (e.voter_id, e.alternate_id) for e in entries):
        raise NotNow(_("The election officer does not vote."))
    election.roll_hash = sha256(
        [[e.organization.slug, e.voter.name, getattr(e.alternate, "name", None)] for e in entries]
    )
    election.save(update_fields=["state", "roll_hash"])
    note(election, "roll_published", actor, now, roll=election.roll_hash, organizations=len(entries))
    return election
