"""The rules of an election: as they are planned, what contradicts itself in them, and as they are sealed."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import Committee, Seat
from core.visibility import Visibility
from elections.counting import RANKED
from elections.models import Election
from elections.queries.chain import utc_text
from elections.queries.seats import staying_members
from elections.states import IfFew, Method, Secrecy, TieBreak, Vacancy
from organizations.models import Organization


@dataclass(frozen=True)
class ElectionPlan:
    """Everything that is decided before an election is called; ends are exclusive instants."""

    committee: Committee
    #: The seats to fill, of one sector.
    places: Sequence[Seat]
    #: {content language: title}
    titles: Mapping[str, str]
    #: The language of the title that prevails.
    language: str
    nominations_open: datetime.datetime
    nominations_close: datetime.datetime
    opens_at: datetime.datetime
    closes_at: datetime.datetime
    zone: str
    visibility: str = Visibility.PUBLIC
    method: str = Method.PLURALITY
    secrecy: str = Secrecy.OPEN
    is_weighted: bool = False
    in_room: bool = False
    max_marks: int | None = None
    if_few: str = IfFew.ACCLAMATION
    tie_break: str = TieBreak.DRAW
    lot_source: str = ""
    cap: int | None = None
    threshold: int | None = None
    quorum: int | None = None
    claims_hours: int | None = None
    vacancy: str = Vacancy.BY_ELECTION
    term_starts_on: datetime.date | None = None
    term_ends_on: datetime.date | None = None
    #: ISO dates, of the first elected, the second, and so on.
    term_ends_by_rank: Sequence[str] = field(default_factory=tuple)
    is_demo: bool = False


def plan_of(election: Election) -> ElectionPlan:
    """The plan that an election in preparation holds."""
    return ElectionPlan(
        committee=election.committee,
        places=list(election.places.all()),
        titles={code: getattr(election, f"title_{code}") for code in settings.CONTENT_LANGUAGES},
        language=election.source_language,
        nominations_open=election.nominations_open,
        nominations_close=election.nominations_close,
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        zone=election.zone,
        visibility=election.visibility,
        method=election.method,
        secrecy=election.secrecy,
        is_weighted=election.is_weighted,
        in_room=election.in_room,
        max_marks=election.max_marks,
        if_few=election.if_few,
        tie_break=election.tie_break,
        lot_source=election.lot_source,
        cap=election.cap,
        threshold=election.threshold,
        quorum=election.quorum,
        claims_hours=election.claims_hours,
        vacancy=election.vacancy,
        term_starts_on=election.term_starts_on,
        term_ends_on=election.term_ends_on,
        term_ends_by_rank=election.term_ends_by_rank,
        is_demo=election.is_demo,
    )


def plan_errors(plan: ElectionPlan, today: datetime.date) -> dict[str, str]:
    """{field: sentence} of everything that is missing or wrong in a plan; empty where it can be called."""
    errors: dict[str, str] = {}
    if not plan.titles.get(plan.language, "").strip():
        errors[f"title_{plan.language}"] = _("Write it in the official language.")
    if not plan.places:
        errors["places"] = _("Choose the seats to fill.")
    elif (
        any(seat.committee_id != plan.committee.pk for seat in plan.places)
        or len({seat.sector_id for seat in plan.places}) > 1
    ):
        errors["places"] = _("All the seats must be of one sector of this body.")
    else:
        errors |= contradictions(plan, today)
    if plan.nominations_close <= plan.nominations_open:
        errors["nominations_close"] = _("It ends before it begins.")
    if plan.opens_at < plan.nominations_close:
        errors["opens_at"] = _("Voting can open once nominations are closed.")
    if plan.closes_at <= plan.opens_at:
        errors["closes_at"] = _("It ends before it begins.")
    if plan.term_starts_on and plan.term_ends_on and plan.term_ends_on < plan.term_starts_on:
        errors["term_ends_on"] = _("It ends before it begins.")
    return errors


def contradictions(plan: ElectionPlan, today: datetime.date) -> dict[str, str]:
    """{field: sentence} of rules that cannot hold together; empty where they can."""
    return (
        _method_errors(plan)
        | _term_errors(plan)
        | _vacancy_errors(plan)
        | _tie_break_errors(plan)
        | _limit_errors(plan, today)
    )


def _method_errors(plan: ElectionPlan) -> dict[str, str]:
    errors = {}
    if plan.method == Method.PLURALITY and not 1 <= (plan.max_marks or 0) <= len(plan.places):
        errors["max_marks"] = _("A ballot must have at least one mark and no more marks than seats.")
    elif plan.method in RANKED and plan.max_marks:
        errors["max_marks"] = _("With an order of preference there is no maximum of marks: leave this empty.")
    elif plan.method == Method.APPROVAL and plan.max_marks:
        errors["max_marks"] = _("With approval, voters mark as many candidates as they accept: leave this empty.")
    if plan.threshold and plan.method in RANKED:
        errors["threshold"] = _("An order of preference has its own quota: leave the minimum share empty.")
    return errors


def _term_errors(plan: ElectionPlan) -> dict[str, str]:
    ends, seats = plan.term_ends_by_rank, len(plan.places)
    if ends and plan.term_ends_on:
        return {
            "term_ends_by_rank": _("Either all terms end on one day, or each on its own: leave one of the two empty.")
        }
    if ends and len(ends) != seats:
        text = ngettext("Enter %(n)s date, one for each seat.", "Enter %(n)s dates, one for each seat.", seats)
        return {"term_ends_by_rank": text % {"n": seats}}
    if ends and plan.term_starts_on and min(ends) < plan.term_starts_on.isoformat():
        return {"term_ends_by_rank": _("It ends before it begins.")}
    return {}


def _vacancy_errors(plan: ElectionPlan) -> dict[str, str]:
    if plan.vacancy == Vacancy.NEXT and plan.method in RANKED:
        return {
            "vacancy": _(
                "With an order of preference there is no next candidate: choose to count the same ballots again."
            )
        }
    return {}


def _tie_break_errors(plan: ElectionPlan) -> dict[str, str]:
    source = plan.lot_source.strip()
    if plan.tie_break == TieBreak.SEED and not source:
        return {"lot_source": _("Say which public value: where it is published and on which day after closing.")}
    if source and plan.tie_break != TieBreak.SEED:
        return {"lot_source": _("With names from a hat there is no public value: leave this empty.")}
    return {}


def _limit_errors(plan: ElectionPlan, today: datetime.date) -> dict[str, str]:
    errors, members = {}, list(Organization.objects.members_on(today))
    if plan.quorum and plan.quorum > len(members):
        errors["quorum"] = _("The quorum is higher than the number of organisations that could vote.")
    if plan.cap:
        sitting = staying_members(plan.committee, plan.places, plan.term_starts_on or today)
        room = sum(max(plan.cap - sitting.get(member.slug, 0), 0) for member in members)
        if room < len(plan.places):
            errors["cap"] = _("With this limit, the organisations together cannot fill the seats.")
    return errors


def rules_of(election: Election) -> dict[str, Any]:
    """The rules as plain data: what is sealed by the call and holds to the end."""
    return {
        "election": election.code,
        "committee": election.committee.slug,
        "sector": election.sector.slug,
        "seat_numbers": sorted(election.places.values_list("ordinal", flat=True)),
        "seats": election.places.count(),
        "method": election.method,
        "max_marks": election.max_marks,
        "secrecy": election.secrecy,
        "secret_on_request_of": "one-elector" if election.secrecy == Secrecy.OPEN else None,
        "cap": election.cap,
        "threshold": election.threshold,
        "quorum": election.quorum,
        "claims_hours": election.claims_hours,
        "in_room": election.in_room,
        "vacancy": election.vacancy,
        "terms_by_rank": list(election.term_ends_by_rank),
        "who_votes": "weighted-by-organisation" if election.is_weighted else "one-organisation-one-vote",
        "tie_break": election.tie_break,
        "lot_source": election.lot_source,
        "least_votes": 1,
        "no_more_candidates_than_seats": election.if_few,
        "zone": election.zone,
        "nominations": [utc_text(election.nominations_open), utc_text(election.nominations_close)],
        "voting": [utc_text(election.opens_at), utc_text(election.closes_at)],
        "term": [day.isoformat() if day else None for day in (election.term_starts_on, election.term_ends_on)],
    }
