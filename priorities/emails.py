"""Mail about cycles, plans and projects. Each function writes rows into the outbox in its caller's transaction."""

import datetime
import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.utils.functional import lazy

from accounts.services import issue_links
from core import clock
from core.dates import instant_words
from core.deadlines import Recipient
from core.outbox.services import enqueue
from organizations.models import Organization
from organizations.standing.addressees import who_speaks_for, whom_to_ask
from priorities.models import CommonProject, CycleExtension, PlanningCycle, PlanRevision, Priority, PriorityPlan

PROGRESS_LINK = "progress"
PROGRESS_LINK_DAYS = 45


def _key(*parts: object, address: str) -> str:
    """An outbox key; addresses may be longer than a key, so they are hashed."""
    return ":".join([*map(str, parts), hashlib.sha256(address.encode()).hexdigest()[:20]])


def _when(moment: datetime.datetime, zone: str, recipient: Recipient) -> Any:
    """An instant in words, in its announced zone and the recipient's own. Lazy: it is written in the mail's language,
    not the actor's."""

    def text() -> str:
        announced, own = instant_words(moment, zone), instant_words(moment, recipient.zone)
        offsets = {moment.astimezone(clock.zone(name)).utcoffset() for name in (zone, recipient.zone)}
        return announced if len(offsets) == 1 else f"{announced} · {own}"

    return lazy(text, str)()


def _closing(cycle: PlanningCycle, recipient: Recipient) -> dict[str, Any]:
    """What most mails say of a cycle's deadline."""
    return {
        "cycle": cycle,
        "closes": _when(cycle.last_minute, cycle.zone, recipient),
        "closes_on": clock.today(cycle.last_minute, cycle.zone),
    }


def _speakers(
    organizations: Iterable[Organization], day: datetime.date
) -> Collection[tuple[Recipient, list[Organization]]]:
    """Those who speak for any of these organisations, with theirs: one mail for a person who speaks for two."""
    organizations = list(organizations)
    by_address: dict[str, tuple[Recipient, list[Organization]]] = {}
    speakers = who_speaks_for(organizations, day)
    for organization in organizations:
        for recipient in speakers[organization.pk]:
            by_address.setdefault(recipient.address, (recipient, []))[1].append(organization)
    return by_address.values()


def _acronyms(organizations: Iterable[Organization]) -> str:
    return ", ".join(organization.acronym for organization in organizations)


def send_cycle_opened(cycle: PlanningCycle, organizations: Iterable[Organization], now: datetime.datetime) -> None:
    """To all who speak for a member organisation: from when until when to present priorities."""
    for recipient, own in _speakers(organizations, clock.today(now, cycle.zone)):
        opens = _when(cycle.opens_at, cycle.zone, recipient) if cycle.opens_at > now else ""
        enqueue(
            key=_key("cycle-opened", cycle.year, address=recipient.address),
            kind="cycle_opened",
            address=recipient.address,
            language=recipient.language,
            template="mail/priorities/opened",
            at=now,
            context=_closing(cycle, recipient) | {"organizations": _acronyms(own), "opens": opens},
        )


def send_cycle_extended(
    cycle: PlanningCycle, extension: CycleExtension, organizations: Iterable[Organization], now: datetime.datetime
) -> None:
    """To all who speak for a member organisation: the new closing, and why."""
    for recipient, own in _speakers(organizations, clock.today(now, cycle.zone)):
        enqueue(
            key=_key("cycle-extended", extension.pk, address=recipient.address),
            kind="cycle_extended",
            address=recipient.address,
            language=recipient.language,
            template="mail/priorities/extended",
            at=now,
            context=_closing(cycle, recipient) | {"organizations": _acronyms(own), "reason": extension.reason},
        )


def send_plan_submitted(plan: PriorityPlan, revision: PlanRevision, now: datetime.datetime) -> None:
    """To all who speak for the organisation: what was submitted in its name."""
    cycle = plan.cycle
    rows = list(Priority.objects.filed().filter(plan=plan).order_by("rank", "code"))
    for recipient in who_speaks_for([plan.organization], clock.today(now, cycle.zone))[plan.organization_id]:
        enqueue(
            key=_key("plan-submitted", plan.code, revision.number, address=recipient.address),
            kind="plan_submitted",
            code=plan.code,
            address=recipient.address,
            language=recipient.language,
            template="mail/priorities/submitted",
            at=now,
            context={
                "plan": plan,
                "cycle": cycle,
                "organization": plan.organization,
                "revision": revision,
                "rows": [(row, row.source_text("title")) for row in rows],
                "when": _when(revision.at, cycle.zone, recipient),
                "closes": _when(cycle.last_minute, cycle.zone, recipient),
            },
        )


def send_reminders(
    cycle: PlanningCycle,
    recipients: Iterable[tuple[Organization, Iterable[Recipient]]],
    now: datetime.datetime,
) -> int:
    """To the people of each organisation that has not submitted; once a day. Returns how many mails are new."""
    today = clock.today(now, cycle.zone).isoformat()
    written = 0
    for organization, people in recipients:
        for recipient in people:
            written += enqueue(
                key=_key("plan-remind", cycle.year, organization.slug, today, address=recipient.address),
                kind="plan_remind",
                address=recipient.address,
                language=recipient.language,
                template="mail/priorities/remind",
                at=now,
                context=_closing(cycle, recipient) | {"organization": organization},
            )
    return written


def send_project_invitations(
    project: CommonProject, organizations: Iterable[Organization], now: datetime.datetime
) -> None:
    """To the delegates of each organisation (or its lead): a project in which it would take part, and the page to
    answer."""
    organizations = list(organizations)
    recipients = whom_to_ask(organizations, clock.today(now, settings.CASA_ZONE))
    for organization in organizations:
        place = project.participants.get(organization=organization)
        for recipient in recipients[organization.pk]:
            enqueue(
                key=_key("project", project.code, place.pk, now.date(), address=recipient.address),
                kind="project_invited",
                code=project.code,
                address=recipient.address,
                language=recipient.language,
                template="mail/priorities/project_invited",
                at=now,
                context={"project": project, "organization": organization, "place": place},
            )


def send_plan_entered(plan: PriorityPlan, now: datetime.datetime) -> int:
    """To the delegates of the organisation (or its lead): what it sent is entered and waits for their confirmation. Once a
    day; returns how many mails are new."""
    cycle, today = plan.cycle, clock.today(now, plan.cycle.zone)
    written = 0
    for recipient in whom_to_ask([plan.organization], today)[plan.organization_id]:
        written += enqueue(
            key=_key("plan-entered", plan.code, today.isoformat(), address=recipient.address),
            kind="plan_entered",
            code=plan.code,
            address=recipient.address,
            language=recipient.language,
            template="mail/priorities/entered",
            at=now,
            context=_closing(cycle, recipient) | {"plan": plan, "organization": plan.organization},
        )
    return written


def send_progress_requests(
    cycle: PlanningCycle,
    recipients: Iterable[tuple[Organization, Iterable[Recipient]]],
    now: datetime.datetime,
) -> int:
    """To the people of each organisation: how does it go, with a link of their own. Once a day; returns how many mails
    are new."""
    recipients = [(organization, list(people)) for organization, people in recipients]
    today = clock.today(now, settings.CASA_ZONE).isoformat()
    ends = {(organization.slug, person.address) for organization, people in recipients for person in people}
    links = issue_links(PROGRESS_LINK, ends, now, PROGRESS_LINK_DAYS)
    written = 0
    for organization, people in recipients:
        for recipient in people:
            written += enqueue(
                key=_key("progress", cycle.year, organization.slug, today, address=recipient.address),
                kind="progress_asked",
                address=recipient.address,
                language=recipient.language,
                template="mail/priorities/progress_asked",
                at=now,
                context={
                    "cycle": cycle,
                    "organization": organization,
                    "days": PROGRESS_LINK_DAYS,
                    "token": links[organization.slug, recipient.address],
                },
            )
    return written
