"""The officer's console: what comes next, who must do it, and what the officer may do."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from committees.models import Term
from core import clock, permissions
from elections.models import CheckIn, Claim, Election, Nomination, RollEntry
from elections.queries.electors import checked_in_today, count_voted
from elections.queries.pages.links import Link, link
from elections.queries.pages.roll import CorrectionLine, correction_lines, voters_text
from elections.queries.pages.rules import vacancy_sentence
from elections.queries.pages.scrutineers import ScrutineerLine, scrutineer_lines
from elections.queries.pages.steps import Step, step_of
from elections.queries.results import may_hold_second_round
from elections.queries.seats import fillable_seats
from elections.states import CORRECTED_IN, ElectionState, NominationState
from organizations.models import Organization
from organizations.standing import Standing, standing_of

S = ElectionState


@dataclass(frozen=True)
class Presence:
    """A button by which the officer records who is in the room; `who` is what it sends, empty for the voter."""

    address: str
    words: str
    who: str = ""

    @property
    def name(self) -> str:
        """The name of the button's value."""
        return "who" if self.who else ""


@dataclass(frozen=True)
class MemberLine:
    """A member organisation and its entry on the roll; what may be done about it is empty where nothing may."""

    organization: Organization
    voters: str
    present: str
    change: Link | None
    presences: list[Presence]
    correction: Link | None


@dataclass(frozen=True)
class NominationLine:
    """A nomination, and whether the officer may record a withdrawal for somebody without an account."""

    row: Nomination
    may_withdraw: bool


@dataclass(frozen=True)
class ConsolePage:
    """An election as its officer runs it, and as the rest of the coordination team reads it."""

    election: Election
    can_run: bool
    step: Step
    vacancy: str
    ways: list[Link]
    papers: Link | None
    turnout: str
    present: str
    absent: str
    limit: str
    corrections: list[CorrectionLine]
    claims: list[Claim]
    scrutineers: list[ScrutineerLine]
    members: list[MemberLine]
    nominations: list[NominationLine]

    @property
    def runs_now(self) -> bool:
        """Whether the reader is the officer of an election that is not over."""
        return self.can_run and not self.election.is_over

    @property
    def may_begin_on_paper(self) -> bool:
        return self.election.in_room and self.election.state == S.CANDIDATES and self.step.verb == "open"

    @property
    def may_fill_roll(self) -> bool:
        return self.can_run and self.election.state in (S.DRAFT, S.CALLED)


@dataclass(frozen=True)
class _Roll:
    """The roll as the console reads it."""

    entries: dict[int, RollEntry]
    members: list[Organization]
    #: {entry: who checked in today}; empty where nobody checks in
    check_ins: dict[int, CheckIn]
    checks_in: bool


def console_page(election: Election, user: User, now: datetime.datetime) -> ConsolePage:
    """The console of an election for one of the coordination team. A constant number of queries."""
    can_run, standing = permissions.has_perm(user, "elections.run_election", election), standing_of(user, now)
    roll, is_seated = _roll(election, now), _is_seated(election)
    is_voting = election.state == S.VOTING
    return ConsolePage(
        election=election,
        can_run=can_run,
        step=step_of(election, now),
        vacancy=vacancy_sentence(election) if is_seated else "",
        ways=_ways(election, is_seated=is_seated) if can_run else [],
        papers=link("papers_enter", election.code, words=_("Enter the ballot papers"))
        if is_voting and election.on_paper
        else None,
        turnout=turnout_sentence(count_voted(election), len(roll.entries))
        if is_voting and not election.on_paper
        else "",
        present=_present(roll),
        absent=_absent(roll),
        limit=_limit(election, now),
        corrections=_corrections(election, standing),
        claims=list(election.claims.select_related("organization")),
        scrutineers=scrutineer_lines(election, is_community=True),
        members=[_member(election, member, roll, can_run) for member in roll.members],
        nominations=_nominations(election, can_run),
    )


def turnout_sentence(voted: int, electors: int) -> str:
    """How many of the electors have voted."""
    return _("%(voted)s of %(all)s have voted.") % {"voted": voted, "all": electors}


def _roll(election: Election, now: datetime.datetime) -> _Roll:
    checks_in = election.in_room and not election.is_over and not election.result_known
    return _Roll(
        entries={entry.organization_id: entry for entry in election.roll.in_order()},
        members=list(Organization.objects.members_on(clock.today(now, settings.CASA_ZONE))),
        check_ins=checked_in_today(election, now) if checks_in else {},
        checks_in=checks_in,
    )


def _is_seated(election: Election) -> bool:
    """Whether somebody elected here still holds their seat."""
    return election.state == S.CERTIFIED and Term.objects.filter(chosen_in=election.code, ended_on=None).exists()


def _ways(election: Election, *, is_seated: bool) -> list[Link]:
    """What the officer may do besides the next step."""
    code, ways = election.code, []
    if election.state == S.CANDIDATES and election.nominations.candidates().count() > 1:
        ways.append(link("election_consensus", code, words=_("Record a consensus"), look="quiet"))
    if may_hold_second_round(election):
        ways.append(link("election_second_round", code, words=_("Second round")))
    if is_seated:
        ways.append(link("election_vacancy", code, words=_("Somebody leaves their seat"), look="quiet"))
    if election.state == S.CLOSED:
        ways.append(link("election_draw", code, words=_("Drawing of lots")))
    return ways


def _present(roll: _Roll) -> str:
    if not roll.checks_in or not roll.entries:
        return ""
    facts = {"here": len(roll.check_ins), "all": len(roll.entries)}
    return _("%(here)s of %(all)s have checked in today.") % facts


def _absent(roll: _Roll) -> str:
    """The organisations that have not checked in, once somebody has."""
    names = [
        str(member)
        for member in roll.members
        if member.pk in roll.entries and roll.entries[member.pk].pk not in roll.check_ins
    ]
    if not roll.checks_in or not roll.check_ins or not names:
        return ""
    return " ".join([pgettext("electors", "Missing:"), f"{', '.join(names)}."])


def _limit(election: Election, now: datetime.datetime) -> str:
    """That these candidates cannot fill the seats under the limit of each organisation, where it is so."""
    if not election.cap or election.state not in (S.ROLL, S.CANDIDATES):
        return ""
    candidates, places = election.nominations.candidates().count(), election.places.count()
    seats = fillable_seats(election, now)
    if seats >= min(candidates, places):
        return ""
    sentence = ngettext(
        "Under the limit for each organisation these candidates fill only %(n)s seat.",
        "Under the limit for each organisation these candidates fill only %(n)s seats.",
        seats,
    )
    return sentence % {"n": seats}


def _corrections(election: Election, standing: Standing) -> list[CorrectionLine]:
    rows = list(election.corrections.with_people())
    return correction_lines(election, rows, standing, sees_names=True, answers=True)


def _member(election: Election, member: Organization, roll: _Roll, can_run: bool) -> MemberLine:
    entry = roll.entries.get(member.pk)
    check_in = roll.check_ins.get(entry.pk) if entry else None
    change = correction = None
    if can_run and election.state in (S.DRAFT, S.CALLED):
        words = _("Change who votes for %(member)s") % {"member": member}
        change = link("election_roll", election.code, member.slug, words=words)
    elif election.state in CORRECTED_IN:
        correction = link("roll_correction", election.code, member.slug, words=_("Correct…"))
    return MemberLine(
        organization=member,
        voters=voters_text(entry, is_weighted=election.is_weighted) if entry else "",
        present=_is_here(check_in.person) if check_in else "",
        change=change,
        presences=_presences(election, entry, check_in)
        if correction and can_run and election.in_room and entry
        else [],
        correction=correction,
    )


def _presences(election: Election, entry: RollEntry, check_in: CheckIn | None) -> list[Presence]:
    """Who may still be recorded as present: the voter and the alternate, but not who is recorded already."""
    address = reverse("elections:elector_present", args=[election.code, entry.organization.slug])
    present_id, presences = check_in.person_id if check_in else None, []
    if present_id != entry.voter_id:
        presences.append(Presence(address, _is_here(entry.voter)))
    if entry.alternate and present_id != entry.alternate_id:
        presences.append(Presence(address, _is_here(entry.alternate), "alternate"))
    return presences


def _is_here(person: object) -> str:
    return _("%(person)s is here") % {"person": person}


def _nominations(election: Election, can_run: bool) -> list[NominationLine]:
    withdraws = can_run and not election.is_over and election.state != S.DRAFT
    return [
        NominationLine(row, withdraws and row.state == NominationState.ACCEPTED and not _has_account(row))
        for row in election.nominations.with_people()
    ]


def _has_account(row: Nomination) -> bool:
    return row.person is not None and row.person.user_id is not None
