"""Preparing an election, fixing its rules by the call, and annulling it."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, journal
from core.errors import Incomplete, NotNow
from core.records import services as records
from core.states import move
from elections.emails import tell_called
from elections.models import Election
from elections.services.common import instant, locked, note, sha256
from elections.services.methods import contradictions
from elections.services.secret import destroy_key
from elections.states import ELECTION_MOVES, ElectionState, IfFew, Method, NominationState, Secrecy, TieBreak, Vacancy


@transaction.atomic
def create_election(
    *, committee, places, titles, language, max_marks, dates, zone, visibility, actor, now, term=(None, None),
    is_demo=False, method=Method.PLURALITY, if_few=IfFew.ACCLAMATION, cap=None, threshold=None, quorum=None,
    term_ends_by_rank=(), claims_hours=None, vacancy=Vacancy.BY_ELECTION,
    in_room=False, secrecy=Secrecy.OPEN, is_weighted=False, tie_break=TieBreak.DRAW, lot_source="",
):  # fmt: skip
    """Prepare an election of some seats of one sector; `actor`, of the coordination team, is its officer.

    `dates` are the instants (nominations open, close, voting opens, closes); ends are exclusive. `term` is (start,
    planned end), each possibly not known. Returns the Election; raises Incomplete, all at once.
    """
    places = sorted(places, key=lambda seat: seat.ordinal)
    rules = {
        "method": method, "max_marks": max_marks, "cap": cap, "threshold": threshold, "quorum": quorum,
        "term_ends_by_rank": list(term_ends_by_rank), "vacancy": vacancy, "tie_break": tie_break,
        "lot_source": lot_source.strip(),
    }  # fmt: skip
    _check(committee, places, titles, language, rules, dates, term, now)
    start, end, opens, closes = dates
    election = Election(
        year=clock.today(opens, zone).year, committee=committee, sector=places[0].sector, officer=actor.person,
        if_few=if_few, claims_hours=claims_hours, in_room=in_room, secrecy=secrecy, is_weighted=is_weighted, **rules, nominations_open=start, nominations_close=end, opens_at=opens, closes_at=closes,
        zone=zone, visibility=visibility, term_starts_on=term[0], term_ends_on=term[1], source_language=language,
        is_demo=is_demo,
    )  # fmt: skip
    for code in settings.CONTENT_LANGUAGES:
        setattr(election, f"title_{code}", titles.get(code, "").strip())
    for code in settings.CONTENT_LANGUAGES:
        if code != language and getattr(election, f"title_{code}"):
            election.mark_translation("title", code, reviewed=False)
    records.create("ELE", election.year, election)
    election.places.set(places)
    journal.record(actor, "election_prepared", election.code, now)
    return election


def _check(committee, places, titles, language, rules, dates, term, now):
    wrong = {}
    start, end, opens, closes = dates
    if not titles.get(language, "").strip():
        wrong[f"title_{language}"] = _("Write it in the official language.")
    if not places:
        wrong["places"] = _("Choose the seats to fill.")
    elif any(seat.committee_id != committee.pk for seat in places) or len({seat.sector_id for seat in places}) > 1:
        wrong["places"] = _("All the seats must be of one sector of this body.")
    else:
        wrong |= contradictions(rules, committee, places, term, clock.today(now, settings.CASA_ZONE))
    if end <= start:
        wrong["nominations_close"] = _("It ends before it begins.")
    if opens < end:
        wrong["opens_at"] = _("Voting can open once nominations are closed.")
    if closes <= opens:
        wrong["closes_at"] = _("It ends before it begins.")
    if term[0] and term[1] and term[1] < term[0]:
        wrong["term_ends_on"] = _("It ends before it begins.")
    if wrong:
        raise Incomplete(wrong)


def rules_of(election):
    """The rules as plain data: what is hashed before the call and holds to the end."""
    return {
        "election": election.code, "committee": election.committee.slug, "sector": election.sector.slug,
        "seat_numbers": sorted(election.places.values_list("ordinal", flat=True)), "seats": election.places.count(),
        "method": election.method, "max_marks": election.max_marks, "secrecy": election.secrecy,
        "secret_on_request_of": "one-elector" if election.secrecy == Secrecy.OPEN else None,
        "cap": election.cap, "threshold": election.threshold, "quorum": election.quorum,
        "claims_hours": election.claims_hours, "in_room": election.in_room, "vacancy": election.vacancy,
        "terms_by_rank": list(election.term_ends_by_rank),
        "who_votes": "weighted-by-organisation" if election.is_weighted else "one-organisation-one-vote",
        "tie_break": election.tie_break, "lot_source": election.lot_source, "least_votes": 1,
        "no_more_candidates_than_seats": election.if_few, "zone": election.zone,
        "nominations": [instant(election.nominations_open), instant(election.nominations_close)],
        "voting": [instant(election.opens_at), instant(election.closes_at)],
        "term": [day.isoformat() if day else None for day in (election.term_starts_on, election.term_ends_on)],
    }  # fmt: skip


@transaction.atomic
def call_election(election, actor, now):
    """Fix the rules, seal them, and call the organisations to nominate. Raises NotNow where nominations are over."""
    election = locked(election)
    move(election, ElectionState.CALLED, ELECTION_MOVES)
    if now >= election.nominations_close:
        raise NotNow(_("The days for nominating have passed. Prepare another election."))
    term, places = (election.term_starts_on, election.term_ends_on), list(election.places.all())
    today = clock.today(now, settings.CASA_ZONE)
    if wrong := contradictions(rules_of(election) | {"term_ends_by_rank": election.term_ends_by_rank},
                               election.committee, places, term, today):  # fmt: skip
        raise Incomplete(wrong)
    election.rules = rules_of(election)
    election.rules_hash = sha256(election.rules)
    election.save(update_fields=["state", "rules", "rules_hash"])
    note(election, "called", actor, now, rules=election.rules_hash)
    tell_called(election, now)
    return election


@transaction.atomic
def take_over(election, actor, now):
    """Another of the coordination team becomes the officer; never somebody who was nominated."""
    election = locked(election)
    if election.is_over:
        raise NotNow(_("This election is over."))
    person = actor.person
    mine = election.nominations.filter(person=person) | election.nominations.filter(address__iexact=actor.email)
    if mine.exclude(state=NominationState.DECLINED).exists():
        raise NotNow(_("A candidate cannot be the election officer."))
    if election.scrutineers.filter(person=person).exists():
        raise NotNow(_("A scrutineer cannot be the election officer."))
    if election.roll.of_person(person.pk).exists():
        raise NotNow(_("Whoever votes in this election cannot be its officer."))
    if election.officer_id != person.pk:
        election.officer = person
        election.save(update_fields=["officer"])
        note(election, "officer_changed", actor, now)
    return election


@transaction.atomic
def annul_election(election, reason, actor, now):
    """Stop it for good, with a reason that everybody reads. Raises NotNow once it is certified."""
    election = locked(election)
    if not reason.strip():
        raise Incomplete({"reason": _("Say why; everybody will see it.")})
    move(election, ElectionState.ANNULLED, ELECTION_MOVES)
    election.annulled_because = reason.strip()
    election.save(update_fields=["state", "annulled_because"])
    destroy_key(election, actor, now)
    note(election, "annulled", actor, now)
    return election
