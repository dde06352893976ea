"""Priorities, threats, projects, assessments, meetings, decisions, actions."""

from django.db.models import BooleanField, F, Value
from django.utils.translation import gettext_lazy as _

from casa.tables.table import TITLE, Table, field, fields, source
from commons.models import ActionItem
from meetings.models import Decision, Meeting
from organizations.standing import standing_of
from priorities.models import Assessment, CommonProject, Priority, ThreatOpportunity


def _priorities(user, now):
    rows = Priority.objects.visible_to(user, now).filed().with_context().prefetch_related("spaces")
    return rows.select_related("plan__cycle", "plan__organization", "theme", "continues").order_by("code")


def _threats(user, now):
    """Whose they are is for member organisations; who stands behind them is counted for everybody."""
    owner = F("organization__acronym") if standing_of(user, now).is_community else Value("")
    return ThreatOpportunity.objects.visible_to(user, now).weighed().annotate(owner=owner).order_by("code")


def _projects(user, now):
    """To visitors a paused project is one that is under way (`public_state`)."""
    rows = CommonProject.objects.visible_to(user, now).select_related("theme").with_places(user, now).order_by("code")
    return rows.annotate(inside=Value(standing_of(user, now).is_community, output_field=BooleanField()))


def _position(name):
    return lambda row: getattr(row if row.inside else row.public_state, name)


def _of(role):
    def names(row):
        return [one.organization.acronym for one in row.places if one.role == role and one.state == "confirmed"]

    return names


def _assessments(user, now):
    return Assessment.objects.visible_to(user, now).filter(state="published").in_order()


def _meetings(user, now):
    return Meeting.objects.visible_to(user, now).order_by("code")


def _decisions(user, now):
    return Decision.objects.visible_to(user, now).select_related("meeting", "theme").order_by("code")


def _actions(user, now):
    return ActionItem.objects.visible_to(user, now).select_related("organization").order_by("code")


TABLES = (
    Table(
        "priorities",
        _("Priorities"),
        _priorities,
        year="plan__cycle__year",
        columns=fields("code", "year=plan.cycle.year", "organization=plan.organization.acronym", "rank")
        | TITLE
        | {
            "why": source("why"),
            "action": source("action"),
            "spaces": lambda row: [s.slug for s in row.spaces.all()],
        }
        | fields(
            "theme=theme.slug",
            "countries",
            "month_from",
            "month_until",
            "result",
            "indicator",
            "wants_partners",
            "continues=continues.code",
            "state",
            "visibility",
        ),
    ),
    Table(
        "threats",
        _("Threats and opportunities"),
        _threats,
        year="cycle__year",
        columns=fields("code", "year=cycle.year", "kind")
        | TITLE
        | {"why": source("why")}
        | fields(
            "theme=theme.slug",
            "scope",
            "country",
            "impact",
            "urgency",
            "organization=owner",
            "endorsements=behind",
            "state",
        ),
    ),
    Table(
        "projects",
        _("Common projects"),
        _projects,
        year="year",
        columns=fields("code", "year")
        | TITLE
        | {
            "aim": source("aim"),
            "lead": _of("lead"),
            "partners": _of("partner"),
            "observers": _of("observer"),
            "theme": field("theme.slug"),
            "state": _position("state"),
            "reason": _position("reason"),
        }
        | fields("agreed_on", "until"),
    ),
    Table(
        "assessments",
        _("Looking back"),
        _assessments,
        year="year",
        columns=fields("code", "year", "subject", "organization=organization.acronym")
        | TITLE
        | fields("worked", "improve", "next", "published_on"),
    ),
    Table(
        "meetings",
        _("Meetings"),
        _meetings,
        year="year",
        columns=fields("code", "year", "kind")
        | TITLE
        | fields("starts_on", "ends_on", "starts_at", "ends_at", "zone", "city", "country", "mode", "state"),
    ),
    Table(
        "decisions",
        _("Decisions"),
        _decisions,
        year="meeting__year",
        columns=fields("code", "meeting=meeting.code")
        | TITLE
        | fields("theme=theme.slug", "how", "decided_on", "state"),
    ),
    Table(
        "actions",
        _("Actions"),
        _actions,
        columns=fields("code", "organization=organization.acronym")
        | TITLE
        | {"due_on": field("due_on")}
        | fields("state"),
    ),
)
