"""What visits and training share: dates as exact as they are known, hosts, versions, states."""

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock, journal, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from core.states import move
from organizations.standing import standing_of

#: Columns that both have alike.
PLAIN = ("starts_on", "ends_on", "date_precision", "city", "country", "visibility")
WORDS = ("title", "summary", "venue")


def fill(row, values):
    """Write what a form gave into a row; raises Incomplete, everything at once. The caller saves."""
    wrong = {}
    start, end = values["starts_on"], values["ends_on"]
    if start is None:
        wrong["starts_on"] = _("Enter when it takes place; if only the month is known, say so below.")
    elif end and end < start:
        wrong["ends_on"] = _("It cannot end before it begins.")
    if not values["title"].strip():
        wrong["title"] = _("Enter its name.")
    if wrong:
        raise Incomplete(wrong)
    language = values["language"]
    for name in PLAIN:
        setattr(row, name, values[name])
    for name in WORDS:
        if row.source_language != language:
            setattr(row, f"{name}_{row.source_language}", "")
        setattr(row, f"{name}_{language}", values[name].strip())
    row.source_language, row.year = language, start.year


def hosts_of(values, actor, now):
    """The hosts as chosen. One of them is the actor's own organisation, unless the coordination team writes."""
    hosts, standing = values["hosts"], standing_of(actor, now)
    if not hosts:
        raise Incomplete({"hosts": _("Choose at least one organisation.")})
    if not standing.is_coordination and not standing.writes_for & {host.pk for host in hosts}:
        raise Incomplete({"hosts": _("Your own organisation must be one of them.")})
    return hosts


def add(kind, row, values, actor, now):
    """Give a filled row its code, hosts and origin."""
    came_from, hosts = origin_code(values["came_from"], actor, now), hosts_of(values, actor, now)
    records.create(kind, row.year, row)
    row.hosts.set(hosts)
    if came_from:
        records.link(came_from, row.code, now, LinkKind.CAME_FROM, by=journal.key(actor))


def changed(row, version, values, actor, now):
    """Save a row that its writer had before their eyes as `version`. Raises Conflict where another wrote meanwhile."""
    if version != row.version:
        raise Conflict(row)
    hosts = hosts_of(values, actor, now)
    fill(row, values)
    row.version += 1
    row.save()
    row.hosts.set(hosts)
    records.touch(row.code)


def moved(row, target, moves, *, publishing, verb, actor, now):
    """Move a locked row. What lies ahead was not held; publishing is for those who may pass the door `publishing`."""
    if target == "published":
        permissions.check_perm(actor, publishing, row)
    if target == "held" and row.starts_on and row.starts_on > clock.today(now, settings.CASA_ZONE):
        raise NotNow(_("It has not started yet, so it cannot have been held."))
    move(row, target, moves)
    row.save(update_fields=["state"])
    records.touch(row.code)
    journal.record(actor, verb, row.code, now, state=target)
    return row
