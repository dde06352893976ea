"""What is said by mail about cycles and plans. Each function writes rows into the outbox in its caller's transaction."""

import hashlib

from django.conf import settings
from django.utils.functional import lazy

from accounts.services import issue_links
from core import clock
from core.dates import instant_words
from core.outbox.services import enqueue
from organizations.standing.addressees import who_speaks_for, whom_to_ask
from priorities.models import Priority

PROGRESS_LINK = "progress"
PROGRESS_LINK_DAYS = 45


def _key(*parts, address):
    """An outbox key; addresses may be longer than a key, so they are hashed."""
    return ":".join([*map(str, parts), hashlib.sha256(address.encode()).hexdigest()[:20]])


def _when(moment, zone, recipient):
    """An instant in words, in its announced zone and the recipient's own. Lazy: it is
    said in the mail's language, not the actor's."""

    def words():
        theirs, ours = instant_words(moment, zone), instant_words(moment, recipient.zone)
        same = (
            moment.astimezone(clock.zone(zone)).utcoffset() == moment.astimezone(clock.zone(recipient.zone)).utcoffset()
        )
        return theirs if same else f"{theirs} · {ours}"

    return lazy(words, str)()


def _everybody(organizations, day):
    """{address: (Recipient, [organisations])}: one mail for a person who speaks for two."""
    found = {}
    speakers = who_speaks_for(organizations, day)
    for organization in organizations:
        for recipient in speakers[organization.pk]:
            found.setdefault(recipient.address, (recipient, []))[1].append(organization)
    return found.values()


def _names(organizations):
    return ", ".join(organization.acronym for organization in organizations)


def cycle_opened(cycle, organizations, now):
    """To all who speak for a member organisation: from when until when to present priorities."""
    for recipient, of in _everybody(organizations, clock.today(now, cycle.zone)):
        enqueue(
            key=_key("cycle-opened", cycle.year, address=recipient.address), kind="cycle_opened",
            address=recipient.address, language=recipient.language, template="mail/priorities/opened", at=now,
            context={"cycle": cycle, "organizations": _names(of),
                     "opens": _when(cycle.opens_at, cycle.zone, recipient) if cycle.opens_at > now else "",
                     "closes": _when(cycle.last_minute, cycle.zone, recipient),
                     "closes_on": clock.today(cycle.last_minute, cycle.zone)},
        )  # fmt: skip


def cycle_extended(cycle, extension, organizations, now):
    """To all who speak for a member organisation: the new closing, and why."""
    for recipient, of in _everybody(organizations, clock.today(now, cycle.zone)):
        enqueue(
            key=_key("cycle-extended", extension.pk, address=recipient.address), kind="cycle_extended",
            address=recipient.address, language=recipient.language, template="mail/priorities/extended", at=now,
            context={"cycle": cycle, "organizations": _names(of), "reason": extension.reason,
                     "closes": _when(cycle.last_minute, cycle.zone, recipient),
                     "closes_on": clock.today(cycle.last_minute, cycle.zone)},
        )  # fmt: skip


def plan_submitted(plan, revision, now):
    """To all who speak for the organisation: what was submitted in its name."""
    rows = list(Priority.objects.filed().filter(plan=plan).order_by("rank", "code"))
    for recipient in who_speaks_for([plan.organization], clock.today(now, plan.cycle.zone))[plan.organization_id]:
        enqueue(
            key=_key("plan-submitted", plan.code, revision.number, address=recipient.address), kind="plan_submitted",
            code=plan.code, address=recipient.address, language=recipient.language,
            template="mail/priorities/submitted", at=now,
            context={"plan": plan, "cycle": plan.cycle, "organization": plan.organization, "revision": revision,
                     "rows": [(row, row.source_text("title")) for row in rows],
                     "when": _when(revision.at, plan.cycle.zone, recipient),
                     "closes": _when(plan.cycle.last_minute, plan.cycle.zone, recipient)},
        )  # fmt: skip


def remind(cycle, organizations, recipients, day, now):
    """To those of each organisation who can file; once a day. Returns how many rows are new."""
    written = 0
    for organization in organizations:
        for recipient in recipients[organization.pk]:
            written += enqueue(
                key=_key("plan-remind", cycle.year, organization.slug, day.isoformat(), address=recipient.address),
                kind="plan_remind", address=recipient.address, language=recipient.language,
                template="mail/priorities/remind", at=now,
                context={"cycle": cycle, "organization": organization,
                         "closes": _when(cycle.last_minute, cycle.zone, recipient),
                     "closes_on": clock.today(cycle.last_minute, cycle.zone)},
            )  # fmt: skip
    return written


def project_invited(project, organizations, now):
    """To those who are asked for each organisation: a project in which it would take part, and the page to answer."""
    asked = whom_to_ask(organizations, clock.today(now, settings.CASA_ZONE))
    for organization in organizations:
        place = project.participants.get(organization=organization)
        for recipient in asked[organization.pk]:
            enqueue(
                key=_key("project", project.code, place.pk, now.date(), address=recipient.address),
                kind="project_invited", code=project.code, address=recipient.address, language=recipient.language,
                template="mail/priorities/project_invited", at=now,
                context={"project": project, "organization": organization, "place": place},
            )  # fmt: skip


def plan_entered(plan, now):
    """To those who are asked for the organisation: what it sent is entered and waits for their yes. Once a day."""
    cycle, today = plan.cycle, clock.today(now, plan.cycle.zone)
    written = 0
    for recipient in whom_to_ask([plan.organization], today)[plan.organization_id]:
        written += enqueue(
            key=_key("plan-entered", plan.code, today.isoformat(), address=recipient.address), kind="plan_entered",
            code=plan.code, address=recipient.address, language=recipient.language,
            template="mail/priorities/entered", at=now,
            context={"plan": plan, "cycle": cycle, "organization": plan.organization,
                     "closes": _when(cycle.last_minute, cycle.zone, recipient),
                     "closes_on": clock.today(cycle.last_minute, cycle.zone)},
        )  # fmt: skip
    return written


def ask_progress(cycle, asked, now):
    """To the people of each organisation: how does it go, with a link of their own. `asked` are (organisation,
    Recipients). Once a day; returns how many are new."""
    today = clock.today(now, settings.CASA_ZONE).isoformat()
    ends = {(organization.slug, one.address) for organization, people in asked for one in people}
    links, written = issue_links(PROGRESS_LINK, ends, now, PROGRESS_LINK_DAYS), 0
    for organization, people in asked:
        for recipient in people:
            written += enqueue(
                key=_key("progress", cycle.year, organization.slug, today, address=recipient.address),
                kind="progress_asked", address=recipient.address, language=recipient.language,
                template="mail/priorities/progress_asked", at=now,
                context={"cycle": cycle, "organization": organization, "days": PROGRESS_LINK_DAYS,
                         "token": links[organization.slug, recipient.address]},
            )  # fmt: skip
    return written
