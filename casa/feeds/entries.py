"""Meetings, editions, deadlines and elections as calendar entries. Four queries, however many there are.

An edition of which only the month or the year is known is no event on a day and is left out; its page tells it.
"""

import datetime
import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from committees.models import Election
from committees.states import ElectionState
from core.clock import UTC
from core.dates import Precision
from core.icalendar import Entry, Status
from core.templatetags.house import instant_words
from core.text import shown
from meetings import documents
from spaces.models import Edition, EditionDeadline
from spaces.states import EditionState

#: A feed that did not change is the same bytes: what was never moved was last revised before there was a portal.
BEFORE = datetime.datetime(2026, 1, 1, tzinfo=UTC)
OFF = (EditionState.CANCELLED, EditionState.POSTPONED)


def uid(name):
    """The same identity for ever, and on every machine that knows the same code."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"casa:{name}"))


def everything(now, space=None):
    """[Entry] of all public meetings, editions and deadlines, or of one space, in order."""
    visitor = AnonymousUser()
    editions = Edition.objects.visible_to(visitor, now).filter(date_precision=Precision.DAY).exclude(starts_on=None)
    deadlines = EditionDeadline.objects.all()
    if space is not None:
        editions, deadlines = editions.filter(space=space), deadlines.filter(edition__space=space)
    entries = [_edition(row) for row in _with_changes(editions.select_related("space"))]
    entries += [_deadline(row) for row in _with_changes(deadlines.select_related("edition__space"))]
    if space is None:
        entries += documents.entries(visitor, now, get_language())
        called = Election.objects.visible_to(visitor, now).annotate(
            told_at=Max("events__at", filter=Q(events__verb__in=["called", "annulled"]))
        )
        entries += [entry for row in called for entry in _election(row)]
    return sorted(entries, key=lambda entry: (_day(entry), entry.uid))


def newest(entries):
    """When any of them was last revised; None of none."""
    return max((entry.revised_at for entry in entries), default=None)


def _day(entry):
    return entry.starts_on or entry.starts_at.date()


def _with_changes(rows):
    return rows.annotate(change_count=Count("changes"), changed_at=Max("changes__at"))


def _page(row):
    return settings.CASA_ORIGIN + row.get_absolute_url()


def _edition(row):
    off = row.state in OFF
    status = Status.CANCELLED if off else Status.TENTATIVE if row.state == EditionState.ANNOUNCED else Status.CONFIRMED
    return Entry(
        uid=uid(row.code), sequence=row.change_count + off, revised_at=row.changed_at or BEFORE,
        summary=shown(row, "title").value or str(row), location=row.place, url=_page(row), status=status,
        starts_on=row.starts_on, ends_on=row.ends_on, busy=False,
    )  # fmt: skip


def _deadline(row):
    off = row.edition.state in OFF
    title = f"{shown(row.edition, 'title').value or row.edition}: {shown(row, 'title').value}"
    when = {"starts_at": row.last_minute} if row.closes_at else {"starts_on": row.day}
    words = _("Until %(moment)s") % {"moment": instant_words(row.last_minute, row.zone)} if row.closes_at else ""
    return Entry(
        uid=uid(f"{row.edition.code}:deadline:{row.pk}"), sequence=row.change_count + off,
        revised_at=row.changed_at or BEFORE, summary=title, description=words, url=_page(row.edition),
        status=Status.CANCELLED if off else Status.CONFIRMED, busy=False, **when,
    )  # fmt: skip


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
            uid=uid(f"{row.code}:{name}"), sequence=int(off), revised_at=row.told_at or BEFORE,
            summary=words % {"title": title}, url=_page(row), starts_at=at, busy=False,
            description=instant_words(at, row.zone), status=Status.CANCELLED if off else Status.CONFIRMED,
        )  # fmt: skip
