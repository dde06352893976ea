"""What acts on visits and on training have alike: dates as exact as they are known, hosts, versions, states."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock, journal, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from core.states import move
from engagement.models import Activity, TrainingSession
from engagement.states import ActivityState, SessionState
from organizations.models import Organization
from organizations.standing import standing_of


@dataclass(frozen=True, kw_only=True)
class HostedDetails:
    """What a visit or a training session says of itself, in the language of its writer."""

    title: str
    language: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    date_precision: str
    hosts: Sequence[Organization]
    venue: str
    city: str
    country: str
    summary: str
    visibility: str


def fill(row: Activity | TrainingSession, details: HostedDetails) -> None:
    """Write details into a row, which the caller saves. Raises Incomplete, all at once."""
    wrong = {}
    start = details.starts_on
    if details.ends_on and details.ends_on < start:
        wrong["ends_on"] = _("It cannot end before it begins.")
    if not details.title.strip():
        wrong["title"] = _("Enter its name.")
    if wrong:
        raise Incomplete(wrong)
    for name in ("starts_on", "ends_on", "date_precision", "city", "country", "visibility"):
        setattr(row, name, getattr(details, name))
    for name in ("title", "summary", "venue"):
        if row.source_language != details.language:
            setattr(row, f"{name}_{row.source_language}", "")
        setattr(row, f"{name}_{details.language}", getattr(details, name).strip())
    row.source_language, row.year = details.language, start.year


def check_hosts(hosts: Sequence[Organization], actor: User, now: datetime.datetime) -> None:
    """Raise Incomplete unless one of the hosts is the actor's own organisation, or the coordination team writes."""
    standing = standing_of(actor, now)
    if not hosts:
        raise Incomplete({"hosts": _("Choose at least one organisation.")})
    if not standing.is_coordination and not standing.writes_for & {host.pk for host in hosts}:
        raise Incomplete({"hosts": _("Your own organisation must be one of them.")})


def create(
    kind: str,
    row: Activity | TrainingSession,
    details: HostedDetails,
    *,
    came_from: str,
    actor: User,
    now: datetime.datetime,
) -> None:
    """Save a filled row with its code, its hosts and a link from what it came from, in the caller's transaction."""
    origin = origin_code(came_from, actor, now)
    check_hosts(details.hosts, actor, now)
    records.create(kind, row.year, row)
    row.hosts.set(details.hosts)
    if origin:
        records.link(origin, row.code, now, LinkKind.CAME_FROM, by=journal.key(actor))


def update(
    row: Activity | TrainingSession, details: HostedDetails, *, version: int, actor: User, now: datetime.datetime
) -> None:
    """Save new details of a locked row that its writer had before their eyes as `version`, in the caller's transaction.

    Raises Conflict where another wrote meanwhile, Incomplete.
    """
    if version != row.version:
        raise Conflict(row)
    check_hosts(details.hosts, actor, now)
    fill(row, details)
    row.version += 1
    row.save()
    row.hosts.set(details.hosts)
    records.touch(row.code)


def change_state(
    row: Activity | TrainingSession,
    state: ActivityState | SessionState,
    moves: Mapping[Any, set[Any]],
    *,
    verb: str,
    publishing: str,
    actor: User,
    now: datetime.datetime,
) -> None:
    """Move a locked row, in the caller's transaction; `publishing` is the permission needed to publish it.

    Raises PermissionDenied, and NotNow where it has not begun: then it cannot have been held.
    """
    if state == "published":
        permissions.check_perm(actor, publishing, row)
    if state == "held" and row.starts_on and row.starts_on > clock.today(now, settings.CASA_ZONE):
        raise NotNow(_("It has not started yet, so it cannot have been held."))
    move(row, state, moves)
    row.save(update_fields=["state"])
    records.touch(row.code)
    journal.record(actor, verb, row.code, now, state=state)
