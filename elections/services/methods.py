"""Contradictions in the rules of an election, each with its sentence; and what is fixed when voting opens."""

import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import Term
from core import clock
from core.errors import NotNow
from elections.counting import RANKED, electable
from elections.counting.core import YES_NO
from elections.states import IfFew, Method, TieBreak, Vacancy
from organizations.models import Organization


def contradictions(rules, committee, places, term, day):
    """{field: sentence} of rules that cannot hold together; empty where they can.

    `rules` has method, max_marks, cap, threshold, quorum, tie_break, lot_source and term_ends_by_rank (ISO dates); `term` is (start, end).
    """
    wrong, seats, method = {}, len(places), rules["method"]
    marks, cap, ends = rules.get("max_marks"), rules.get("cap"), rules.get("term_ends_by_rank") or []
    if method == Method.PLURALITY and not 1 <= (marks or 0) <= seats:
        wrong["max_marks"] = _("A ballot must have at least one mark and no more marks than seats.")
    elif method in RANKED and marks:
        wrong["max_marks"] = _("With an order of preference there is no maximum of marks: leave this empty.")
    elif method == Method.APPROVAL and marks:
        wrong["max_marks"] = _("With approval, voters mark as many candidates as they accept: leave this empty.")
    if rules.get("threshold") and method in RANKED:
        wrong["threshold"] = _("An order of preference has its own quota: leave the minimum share empty.")
    if ends and term[1]:
        wrong["term_ends_by_rank"] = _(
            "Either all terms end on one day, or each on its own: leave one of the two empty."
        )
    elif ends and len(ends) != seats:
        words = ngettext("Enter %(n)s date, one for each seat.", "Enter %(n)s dates, one for each seat.", seats)
        wrong["term_ends_by_rank"] = words % {"n": seats}
    elif ends and term[0] and min(ends) < term[0].isoformat():
        wrong["term_ends_by_rank"] = _("It ends before it begins.")
    if rules.get("vacancy") == Vacancy.NEXT and method in RANKED:
        wrong["vacancy"] = _(
            "With an order of preference there is no next candidate: choose to count the same ballots again."
        )
    if rules.get("tie_break") == TieBreak.SEED and not rules.get("lot_source"):
        wrong["lot_source"] = _("Say which public value: where it is published and on which day after closing.")
    elif rules.get("lot_source") and rules.get("tie_break") != TieBreak.SEED:
        wrong["lot_source"] = _("With names from a hat there is no public value: leave this empty.")
    members = list(Organization.objects.members_on(day))
    if rules.get("quorum") and rules["quorum"] > len(members):
        wrong["quorum"] = _("The quorum is higher than the number of organisations that could vote.")
    if cap:
        sitting = who_stay(committee, places, term[0] or day)
        room = sum(max(cap - sitting.get(one.slug, 0), 0) for one in members)
        if room < seats:
            wrong["cap"] = _("With this limit, the organisations together cannot fill the seats.")
    return wrong


def who_stay(committee, places, day):
    """{organisation's slug: members of the body who sit on a day in seats that are not being filled}."""
    stays = Term.objects.on(day).filter(seat__committee=committee).exclude(seat__in=places)
    found = {}
    for slug in stays.values_list("organization__slug", flat=True):
        found[slug] = found.get(slug, 0) + 1
    return found


def caps_of(election, now):
    """The groups under the cap as the count reads them, by ballot numbers, or None."""
    return _caps(election, now, election.nominations.candidates(), lambda row: row.number)


def _caps(election, now, candidates, called):
    if not election.cap:
        return None
    groups = {}
    for row in candidates:
        groups.setdefault(row.organization.slug, []).append(called(row))
    day = election.term_starts_on or clock.today(now, settings.CASA_ZONE)
    staying = who_stay(election.committee, election.places.all(), day)
    return {"cap": election.cap, "groups": groups, "sitting": {g: n for g, n in staying.items() if g in groups}}


def method_for(election, candidates):
    """How the ballots of so many candidates are given; None where there is nothing to vote on: an acclamation."""
    if candidates > election.places.count():
        return election.method
    return YES_NO if election.if_few == IfFew.YES_NO and candidates else None


def fillable(election, now):
    """How many seats these candidates could fill under the cap; before they have numbers too."""
    candidates = list(election.nominations.candidates())
    caps = _caps(election, now, candidates, lambda row: row.pk)
    return min(electable([row.pk for row in candidates], caps), election.places.count())


def ballots_for(election):
    """How the ballots of those who stand now are given. Raises NotNow where there is nothing to vote on."""
    candidates = election.nominations.candidates().count()
    if not candidates:
        raise NotNow(_("There is no candidate left. Annul the election, with the reason."))
    method = method_for(election, candidates)
    if method is None:
        raise NotNow(_("There are no more candidates than seats: record the acclamation instead."))
    return method


def ends_of_terms(election):
    """The planned end of each elected person's term, in order of election."""
    if election.term_ends_by_rank:
        return [datetime.date.fromisoformat(day) for day in election.term_ends_by_rank]
    return [election.term_ends_on] * election.places.count()
