"""How priorities go, told by their own organisation: only ever added to; the public reads the coarser words."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import find_link
from accounts.services import use_link
from core import clock, journal, permissions
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from organizations.models import Organization
from organizations.standing import standing_of
from organizations.standing.addressees import who_speaks_for
from priorities import emails
from priorities.models import Participant, Priority, ProgressUpdate
from priorities.services.projects import tell_progress
from priorities.states import (
    PROGRESS_MOVES,
    PROGRESS_OF,
    PROJECT_LIVES,
    PUBLISHED_STATES,
    CycleState,
    Health,
    PlanState,
)

PROGRESS_LINK = emails.PROGRESS_LINK


@transaction.atomic
def tell_priority(priority, *, health, words, evidence, actor, now):
    """How a priority that was submitted goes. Returns the ProgressUpdate; raises Refused, NotNow, Incomplete.

    What is at risk, off track or not continued says why. Done and not continued are what the public reads, with the
    reason; telling otherwise later corrects it.
    """
    priority = Priority.objects.select_for_update(of=("self",)).select_related("plan").get(pk=priority.pk)
    permissions.check_perm(actor, "priorities.write_plan", priority.plan)
    if priority.left_out_at or priority.plan.state == PlanState.DRAFT:
        raise NotNow(_("This priority has not been submitted."))
    health = Health(health)
    if health not in (Health.ON_TRACK, Health.DONE) and not words.strip():
        raise Incomplete({"words": _("Give the reason in a few words.")})
    target = PROGRESS_OF[health]
    if target != priority.state:
        move(priority, target, PROGRESS_MOVES)
        priority.save(update_fields=["state"])
    update = ProgressUpdate.objects.create(
        code=priority.code, organization=priority.plan.organization, health=health, words=words.strip(),
        evidence=evidence, at=now, by=journal.key(actor),
    )  # fmt: skip
    records.touch(priority.code)
    journal.record(actor, "progress_told", priority.code, now, health=health)
    return update


@transaction.atomic
def tell_many(organization, entries, *, actor, now):
    """Several at once, all or nothing: `entries` are (Priority or CommonProject, health, words, evidence). Returns how
    many; raises Incomplete whose keys are (place in `entries`, field)."""
    wrong = {}
    for place, (row, health, words, evidence) in enumerate(entries):
        said = {"health": health, "words": words, "evidence": evidence, "actor": actor, "now": now}
        try:
            if isinstance(row, Priority):
                tell_priority(row, **said)
            else:
                tell_progress(row, organization, **said)
        except Incomplete as error:
            wrong |= {(place, name): words for name, words in error.missing.items()}
    if wrong:
        raise Incomplete(wrong)
    return len(entries)


def who_tells(cycle, now):
    """[(Organisation, Recipients)] that have something of a year to tell of, a priority or their part in a living
    common project, and who would be asked. Two queries."""
    filed = Priority.objects.filed().filter(plan__cycle=cycle).values("plan__organization")
    lives = Participant.objects.confirmed().filter(project__year=cycle.year, project__state__in=PROJECT_LIVES)
    asked = Q(pk__in=filed) | Q(pk__in=lives.values("organization"))
    organizations = list(Organization.objects.filter(asked).in_order())
    people = who_speaks_for(organizations, clock.today(now, settings.CASA_ZONE))
    return [(organization, people[organization.pk]) for organization in organizations]


@transaction.atomic
def ask_progress(cycle, *, actor, now):
    """Ask every organisation that filed how it goes, each of its people by a link of their own. Once a day and
    address. Returns how many mails are new; raises NotNow where the year does not run."""
    if cycle.state not in PUBLISHED_STATES or cycle.state == CycleState.CLOSED:
        raise NotNow(
            _("You can ask for progress once the year's priorities are published and until the year is closed.")
        )
    written = emails.ask_progress(cycle, who_tells(cycle, now), now)
    journal.record(actor, "progress_asked", f"cycle-{cycle.year}", now, written=written)
    return written


def who_by_link(organization, token, now):
    """The User for whom a living link speaks, who must still write for the organisation; None otherwise. Uses nothing
    up."""
    link = find_link(token, PROGRESS_LINK, now)
    if link is None or link.code != organization.slug:
        return None
    user = User.objects.filter(email__iexact=link.address, is_active=True).first()
    return user if user and organization.pk in standing_of(user, now).writes_for else None


@transaction.atomic
def tell_by_link(organization, token, entries, *, now):
    """Tell through a personal link, once, in the name of whoever it was sent to. As `tell_many`; raises NotNow where
    the link no longer works. Telling nothing leaves the link as it is."""
    user = who_by_link(organization, token, now)
    if user is None:
        raise NotNow(_("This link has been used or withdrawn, or has expired. Ask for a new one."))
    told = tell_many(organization, entries, actor=user, now=now)
    if told:
        use_link(token, PROGRESS_LINK, now)
    return told
