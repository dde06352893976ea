"""Visits, meetings, hearings and letters with policymakers. No person is stored."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import journal
from core.errors import Incomplete, NotNow
from engagement.models import Activity, Institution
from engagement.services import common
from engagement.states import ACTIVITY_MOVES, ActivityState


@transaction.atomic
def add_activity(*, actor, now, is_demo=False, **values):
    """Write down a visit or meeting that is planned. Returns the Activity; raises Incomplete, all at once."""
    row = Activity(is_demo=is_demo)
    common.fill(row, values)
    row.kind, row.purpose = values["kind"], values["purpose"].strip()
    institutions = _institutions(values, is_demo)
    common.add("VIS", row, values, actor, now)
    row.institutions.set(institutions)
    journal.record(actor, "activity_added", row.code, now)
    return row


@transaction.atomic
def edit_activity(row, *, version, actor, now, **values):
    """Correct it, until it is published or cancelled. Raises Conflict where another wrote meanwhile."""
    row = Activity.objects.select_for_update().get(pk=row.pk)
    if row.state in (ActivityState.PUBLISHED, ActivityState.CANCELLED):
        raise NotNow(_("It is published or cancelled and can no longer change."))
    institutions = _institutions(values, row.is_demo)
    row.kind, row.purpose = values["kind"], values["purpose"].strip()
    common.changed(row, version, values, actor, now)
    row.institutions.set(institutions)
    journal.record(actor, "activity_edited", row.code, now)
    return row


def _institutions(values, is_demo):
    """Those chosen, and a new one where its name was written."""
    found, name = list(values["institutions"]), values["new_institution"].strip()
    if not name and not found:
        raise Incomplete({"institutions": _("Choose an institution, or write the name of a new one.")})
    if not name:
        return found
    if not values["new_kind"]:
        raise Incomplete({"new_kind": _("Choose the type of institution.")})
    language = values["language"]
    same = Institution.objects.filter(**{f"name_{language}__iexact": name}, country=values["new_country"]).first()
    if same is None:
        slug = base = slugify(name)[:52] or "institution"
        number = 1
        while Institution.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        same = Institution(
            slug=slug, kind=values["new_kind"], country=values["new_country"], source_language=language, is_demo=is_demo
        )
        setattr(same, f"name_{language}", name)
        same.save()
    return [*found, same]


@transaction.atomic
def set_activity_state(row, state, *, actor, now):
    """Say that it is confirmed, was held, is cancelled; the coordination team publishes. Raises NotNow, Refused."""
    row = Activity.objects.select_for_update().get(pk=row.pk)
    return common.moved(
        row, ActivityState(state), ACTIVITY_MOVES, publishing="engagement.publish_activity", verb="activity_state",
        actor=actor, now=now,
    )  # fmt: skip
