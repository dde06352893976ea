"""What can be reviewed, and the evidence beside a review while it is written."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import ActionItem
from core import clock
from core.records import threads
from core.records.registry import kind_of
from core.records.rows import Row
from priorities.models import Assessment, Priority, ProgressUpdate
from priorities.states import FIRST_YEAR
from spaces.models import ParticipationAction

#: Kinds of record that can be reviewed beside a whole year.
SUBJECT_KINDS = ("EDI", "PRO")
#: Kinds of record on whose progress organisations report.
REPORTED_KINDS = ("PRI", "PRO")
MOST_UPDATES = 50


def is_subject(code: str) -> bool:
    """Whether a code is of a kind that can be reviewed."""
    kind = kind_of(code)
    return kind is not None and kind.code in SUBJECT_KINDS


def has_begun(year: int, now: datetime.datetime) -> bool:
    """Whether a year can be reviewed at all: it has begun in the portal's own zone."""
    return FIRST_YEAR <= year <= clock.today(now, settings.CASA_ZONE).year


class Evidence(NamedTuple):
    """Records of one sort on which a review can rest."""

    heading: str
    rows: Sequence[Row | Priority | ActionItem | ParticipationAction]


def evidence_for(assessment: Assessment, user: User | AnonymousUser, now: datetime.datetime) -> list[Evidence]:
    """What is on record about the subject of a review: what came of it, our parts, priorities and actions, as this
    reader may see them."""
    parts = ParticipationAction.objects.visible_to(user, now).in_order()
    if assessment.subject:
        trees = threads.what_came_of([assessment.subject], user, now)
        outcomes = [node.row for tree in trees for node in tree.walk() if node.row.kind.code != "ASS"]
        own_parts = list(parts.filter(edition__code=assessment.subject))
        return [Evidence(_("What came of it"), outcomes), Evidence(_("Our parts"), own_parts)]
    priorities = Priority.objects.visible_to(user, now).filed().for_year(assessment.year).with_context()
    actions = ActionItem.objects.visible_to(user, now).filter(code__startswith=f"CASA-{assessment.year}-")
    parts = parts.filter(edition__year=assessment.year)
    if organization := assessment.organization_id:
        priorities = priorities.filter(plan__organization=organization)
        actions, parts = actions.filter(organization=organization), parts.filter(organization=organization)
    return [
        Evidence(_("Priorities"), list(priorities)),
        Evidence(_("Actions"), list(actions)),
        Evidence(_("Our parts"), list(parts)),
    ]


def progress_in(assessment: Assessment, evidence: Sequence[Evidence]) -> list[ProgressUpdate]:
    """Progress reports on the subject and on the priorities and projects of the evidence, newest first."""
    codes = [row.code for part in evidence for row in part.rows if row.code.split("-")[2] in REPORTED_KINDS]
    updates = ProgressUpdate.objects.filter(code__in=[assessment.subject, *codes])
    return list(updates.select_related("organization")[:MOST_UPDATES])
