"""Meetings, editions, deadlines, elections and tasks as calendar entries. Four queries what is public, however much.

An edition of which only the month or the year is known is no event on a day and is left out; its page tells it.
"""

import datetime
import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commons.models import ActionItem
from core.clock import UTC
from core.dates import Precision, instant_words
from core.icalendar.entry import Entry, Status
from core.models import JournalEntry
from core.text import shown
from elections.models import Election
from elections.states import ElectionState
from meetings.documents.calendars import calendar_of
from organizations.standing import standing_of
from spaces.models import Edition, EditionDeadline, ParticipationAction
from spaces.states import EditionState

#: A feed that did not change is the same bytes: what was never moved was last revised before there was a portal.
BEFORE = datetime.datetime(2026, 1, 1, tzinfo=UTC)
OFF = (EditionState.CANCELLED, EditionState.POSTPONED)


def uid(name):
    """The same identity for ever, and on every machine that knows the same code."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"casa:{name}"))


def everything(now, space=None):
    """([Entry] of all public meetings, editions and deadlines, or of one space, in order; when any of it last changed).
    What was taken in again is no entry, but its change counts."""
    visitor = AnonymousUser()
    changed = []
    entries = _of_spaces(visitor, now, space and Q(space=space))
    if space is None:
        meetings = calendar_of(visitor, now, get_language())
        entries += meetings.entries + _elections(visitor, now)
        changed.append(meetings.changed_at)
    return _in_order(entries), newest(entries, *changed)


def personal(user, now, organization=None):
    """What `everything` tells, as this user may see it: with the organisations' own meetings and how to take part from
    afar, and what their organisations undertook, by its day. Of one `organization`: its tasks, and only the editions in
    which it has a part.
    """
    standing = standing_of(user, now)
    organizations = [organization.pk] if organization else standing.organizations
    parts = Q(participation__in=ParticipationAction.objects.visible_to(user, now).filter(organization=organization))
    entries = _of_spaces(user, now, parts if organization else None)
    entries += calendar_of(user, now, get_language(), with_link=standing.is_community).entries
    entries += _elections(user, now) + _tasks(organizations, user, now)
    # Tasks end and roles do: any act recorded here may have taken something away.
    changed_at = JournalEntry.objects.aggregate(at=Max("at"))["at"]
    return _in_order(entries), newest(entries, changed_at)


def newest(entries, *moments):
    """When any of them was last revised; None of none."""
    return max([*(entry.revised_at for entry in entries), *filter(None, moments)], default=None)


def _in_order(entries):
    return sorted(entries, key=lambda entry: (_day(entry), entry.uid))


def _day(entry):
    return entry.starts_on or entry.starts_at.date()


def _page(row):
    return settings.CASA_ORIGIN + row.get_absolute_url()


def _of_spaces(user, now, narrowed=None):
    editions = Edition.objects.visible_to(user, now).filter(date_precision=Precision.DAY).exclude(starts_on=None)
    deadlines = EditionDeadline.objects.all()
    if narrowed is not None:
        wanted = Edition.objects.filter(narrowed)
        editions, deadlines = editions.filter(pk__in=wanted), deadlines.filter(edition__in=wanted)
    found = [_edition(row) for row in _with_changes(editions.select_related("space"), "code")]
    rows = _with_changes(deadlines.select_related("edition__space"), "edition__code")
    return found + [_deadline(row) for row in rows]


def _elections(user, now):
    called = Election.objects.visible_to(user, now).annotate(
        changed_at=Max("events__at", filter=Q(events__verb__in=["called", "annulled"]))
    )
    return [entry for row in called for entry in _election(row)]


def _tasks(organizations, user, now):
    rows = ActionItem.objects.visible_to(user, now).filter(organization__in=organizations).exclude(due_on=None)
    last_entry = JournalEntry.objects.filter(code=OuterRef("code")).values("code").annotate(at=Max("at")).values("at")
    return [
        _task(row) for row in rows.unfinished().select_related("organization").annotate(changed_at=Subquery(last_entry))
    ]


def _with_changes(rows, code):
    """How often and when each was moved, and how often and when its edition came to stand otherwise: a status is a
    change of the event too."""
    moves = JournalEntry.objects.filter(code=OuterRef(code), verb="edition_state").values("code")
    return rows.annotate(
        change_count=Count("changes"),
        changed_at=Max("changes__at"),
        state_count=Subquery(moves.annotate(n=Count("pk")).values("n")),
        state_at=Subquery(moves.annotate(at=Max("at")).values("at")),
    )


def _revision(row, off):
    """The SEQUENCE and the instant of the last change of a row `_with_changes`; what was off from the start is one."""
    changed_at = max(filter(None, (row.changed_at, row.state_at)), default=BEFORE)
    return {"sequence": row.change_count + max(int(off), row.state_count or 0), "revised_at": changed_at}


def _edition(row):
    off = row.state in OFF
    status = Status.CANCELLED if off else Status.TENTATIVE if row.state == EditionState.ANNOUNCED else Status.CONFIRMED
    return Entry(
        uid=uid(row.code),
        summary=shown(row, "title").value or str(row),
        location=row.place,
        url=_page(row),
        status=status,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        busy=False,
        **_revision(row, off),
    )


def _deadline(row):
    off = row.edition.state in OFF
    title = f"{shown(row.edition, 'title').value or row.edition}: {shown(row, 'title').value}"
    when = {"starts_at": row.last_minute} if row.closes_at else {"starts_on": row.day}
    words = _("Until %(moment)s") % {"moment": instant_words(row.last_minute, row.zone)} if row.closes_at else ""
    return Entry(
        uid=uid(f"{row.edition.code}:deadline:{row.pk}"),
        summary=title,
        description=words,
        url=_page(row.edition),
        status=Status.CANCELLED if off else Status.CONFIRMED,
        busy=False,
        **when,
        **_revision(row, off),
    )


def _task(row):
    words = _("%(organization)s: %(action)s") % {
        "organization": row.organization.acronym,
        "action": shown(row, "title").value,
    }
    return Entry(
        uid=uid(row.code),
        sequence=0,
        revised_at=row.changed_at or BEFORE,
        summary=words,
        description=row.code,
        url=_page(row),
        starts_on=row.due_on,
        busy=False,
    )


def _election(row):
    """When one may nominate and vote. The dates are fixed by the call; only an annulment renews the entries."""
    title, off = shown(row, "title").value, row.state == ElectionState.ANNULLED
    moments = (
        ("nominations-open", _("%(title)s: nominations open"), row.nominations_open),
        ("nominations", _("%(title)s: nominations close"), row.nominations_last),
        ("voting-opens", _("%(title)s: voting opens"), row.opens_at),
        ("voting", _("%(title)s: voting closes"), row.votes_last),
    )
    for name, words, at in moments:
        yield Entry(
            uid=uid(f"{row.code}:{name}"),
            sequence=int(off),
            revised_at=row.changed_at or BEFORE,
            summary=words % {"title": title},
            url=_page(row),
            starts_at=at,
            busy=False,
            description=instant_words(at, row.zone),
            status=Status.CANCELLED if off else Status.CONFIRMED,
        )
