"""Acts on visits, meetings, hearings and letters with policymakers. No person is stored."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from engagement.models import Activity, Institution
from engagement.services import hosted
from engagement.states import ACTIVITY_MOVES, ActivityState


@dataclass(frozen=True)
class NewInstitution:
    """An institution that was in no list, as it was written; no name where there is none."""

    name: str = ""
    kind: str = ""
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityDetails(hosted.HostedDetails):
    """What a visit says of itself: also of what kind it is, with whom, and what for."""

    kind: str
    institutions: Sequence[Institution]
    new_institution: NewInstitution = NewInstitution()
    purpose: str


@transaction.atomic
def add_activity(
    details: ActivityDetails, *, came_from: str, actor: User, now: datetime.datetime, is_demo: bool = False
) -> Activity:
    """Record a visit or meeting that is planned; `came_from` is the code of an earlier record, or empty.

    Creates an institution that is not known yet.
    Raises Incomplete.
    """
    activity = Activity(is_demo=is_demo, kind=details.kind, purpose=details.purpose.strip())
    hosted.fill(activity, details)
    institutions = _institutions(details, is_demo)
    hosted.create("VIS", activity, details, came_from=came_from, actor=actor, now=now)
    activity.institutions.set(institutions)
    journal.record(actor, "activity_added", activity.code, now)
    return activity


@transaction.atomic
def edit_activity(
    activity: Activity, *, details: ActivityDetails, version: int, actor: User, now: datetime.datetime
) -> Activity:
    """Correct a visit or meeting, until it is published or cancelled.

    Creates an institution that is not known yet.
    Raises NotNow, Incomplete, and Conflict where another wrote meanwhile.
    """
    activity = lock(activity)
    if activity.state in (ActivityState.PUBLISHED, ActivityState.CANCELLED):
        raise NotNow(_("It is published or cancelled and can no longer change."))
    institutions = _institutions(details, activity.is_demo)
    activity.kind, activity.purpose = details.kind, details.purpose.strip()
    hosted.update(activity, details, version=version, actor=actor, now=now)
    activity.institutions.set(institutions)
    journal.record(actor, "activity_edited", activity.code, now)
    return activity


def _institutions(details: ActivityDetails, is_demo: bool) -> list[Institution]:
    """Those chosen, and a new one where its name was written."""
    chosen, new = list(details.institutions), details.new_institution
    name = new.name.strip()
    if not name and not chosen:
        raise Incomplete({"institutions": _("Choose an institution, or write the name of a new one.")})
    if not name:
        return chosen
    if not new.kind:
        raise Incomplete({"new_kind": _("Choose the type of institution.")})
    same_name = {f"name_{details.language}__iexact": name}
    institution = Institution.objects.filter(**same_name, country=new.country).first()
    if institution is None:
        institution = Institution(
            slug=_free_slug(name),
            kind=new.kind,
            country=new.country,
            source_language=details.language,
            is_demo=is_demo,
        )
        setattr(institution, f"name_{details.language}", name)
        institution.save()
    return [*chosen, institution]


def _free_slug(name: str) -> str:
    slug = base = slugify(name)[:52] or "institution"
    number = 1
    while Institution.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def set_activity_state(activity: Activity, *, state: str, actor: User, now: datetime.datetime) -> Activity:
    """Record that a visit is confirmed, was held or is cancelled; the coordination team publishes it.

    Raises PermissionDenied, NotNow.
    """
    activity = lock(activity)
    hosted.change_state(
        activity,
        ActivityState(state),
        ACTIVITY_MOVES,
        verb="activity_state",
        publishing="engagement.publish_activity",
        actor=actor,
        now=now,
    )
    return activity
