"""What this person's organisations have done and somebody else has to take further."""

from django.utils.translation import gettext as _

from casa.desk.duty import Duty
from core.text import shown
from elections.models import Nomination
from priorities.models import CommonProject
from spaces.models import ParticipationAction
from spaces.states import ParticipationState


def read(organizations, standing, now):
    """[Duty], in no order. Three queries."""
    writes_for = [one for one in organizations if one.pk in standing.writes_for]
    if not writes_for:
        return []
    only_writes = [one.pk for one in writes_for if one.pk not in standing.speaks_for]
    planned = ParticipationAction.objects.filter(organization__in=only_writes, state=ParticipationState.PLANNED)
    return [
        *(_part(row) for row in planned.in_order()),
        *(_nomination(row) for row in Nomination.objects.unanswered_of(writes_for, now)),
        *(_project(row) for row in CommonProject.objects.waiting_for_others(writes_for)),
    ]


def _read(row, words, **more):
    page = row.get_absolute_url()
    return Duty(
        title=shown(row, "title"),
        href=page,
        verb=_("Read"),
        verb_href=page,
        code=row.code,
        state="draft",
        state_label=words,
        **more,
    )


def _part(row):
    return _read(row, _("waiting for a delegate’s commitment"), organization=row.organization)


def _nomination(row):
    words = _("%(name)s has not answered yet") % {"name": row.name}
    return _read(row.election, words, organization=row.proposed_by)


def _project(row):
    return _read(row, _("waiting for others to answer"))
