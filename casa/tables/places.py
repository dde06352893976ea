"""Organisations, spaces and our part in them, seats and elections, visits, training, regulation."""

from django.utils.translation import gettext_lazy as _

from casa.tables.table import TITLE, Table, fields, source
from committees.models import Term
from elections.models import Election
from engagement.models import Activity, Regulation, TrainingSession
from organizations.models import Organization
from spaces.models import Edition, EditionDeadline, ParticipationAction

DATES = ("starts_on", "ends_on", "date_precision")


def _seen(model, *related):
    """A read of a model through `visible_to`, in order of code."""

    def read(user, now):
        return model.objects.visible_to(user, now).select_related(*related).order_by("code")

    return read


def _organizations(user, now):
    return Organization.objects.visible_to(user, now).in_order()


def _deadlines(user, now):
    return (
        EditionDeadline.objects.visible_to(user, now).select_related("edition").order_by("edition__code", "day", "pk")
    )


def _terms(user, now):
    return Term.objects.visible_to(user, now).with_people()


def _hosts(row):
    return [one.acronym for one in row.hosts.all()]


def _hosted(model, *many):
    def read(user, now):
        return model.objects.visible_to(user, now).prefetch_related("hosts", *many).order_by("code")

    return read


def _counts(name):
    """A one-way table as it is published: small groups joined (core.counts)."""

    def value(row):
        counts = getattr(row, name)
        return [f"{label} {number}" for label, number in counts.cells] + ([f"+ {counts.other}"] if counts.other else [])

    return value


def _sources(row):
    return [one["url"] for one in row.sources]


def _total(row):
    return row.attendees or row.published_roles.total or ""


TABLES = (
    Table(
        "organizations",
        _("Organisations"),
        _organizations,
        columns=fields("acronym", "slug")
        | {"name": source("name")}
        | fields("kind", "country", "site", "member_from", "member_until"),
    ),
    Table(
        "editions",
        _("Editions"),
        _seen(Edition, "space"),
        year="year",
        columns=fields("code", "space=space.slug", "year")
        | TITLE
        | fields(*DATES, "zone", "city", "country", "mode", "state"),
    ),
    Table(
        "deadlines",
        _("Deadlines"),
        _deadlines,
        year="edition__year",
        columns=fields("edition=edition.code", "kind") | TITLE | fields("opens_on", "day", "closes_at", "zone"),
    ),
    Table(
        "participation",
        _("Our parts"),
        _seen(ParticipationAction, "edition", "organization"),
        year="edition__year",
        columns=fields("code", "edition=edition.code", "organization=organization.acronym", "kind")
        | TITLE
        | fields("state", "reason", "evidence"),
    ),
    Table(
        "terms",
        _("Representation"),
        _terms,
        columns=fields(
            "committee=seat.committee.slug",
            "seat=seat.ordinal",
            "sector=seat.sector.slug",
            "person=person.name",
            "organization=organization.acronym",
            "starts_on",
            "planned_end",
            "ended_on",
            "chosen_in",
        ),
    ),
    Table(
        "elections",
        _("Elections"),
        _seen(Election, "committee"),
        year="year",
        columns=fields("code", "committee=committee.slug", "year")
        | TITLE
        | fields("nominations_open", "nominations_close", "opens_at", "closes_at", "zone", "state"),
    ),
    Table(
        "visits",
        _("Visits and meetings with policymakers"),
        _hosted(Activity, "institutions"),
        year="year",
        columns=fields("code", "year", "kind")
        | TITLE
        | {
            "institutions": lambda row: [one.slug for one in row.institutions.all()],
            "hosts": _hosts,
        }
        | fields(*DATES, "city", "country", "state")
        | {"sources": _sources},
    ),
    Table(
        "training",
        _("Training"),
        _hosted(TrainingSession, "programme"),
        year="year",
        columns=fields("code", "programme=programme.slug", "year")
        | TITLE
        | {"hosts": _hosts}
        | fields(*DATES)
        | {
            "attendees": _total,
            "by_country": _counts("published_countries"),
            "by_role": _counts("published_roles"),
        }
        | fields("city", "country", "state")
        | {"sources": _sources},
    ),
    Table(
        "regulation",
        _("Regulation"),
        _seen(Regulation, "body"),
        year="state_on__year",
        columns=fields("code", "country", "body=body.slug", "kind")
        | TITLE
        | fields("reference", "state", "state_on")
        | {
            "sources": _sources,
        },
    ),
)
