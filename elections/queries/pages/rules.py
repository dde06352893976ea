"""The rules of an election as sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import instant_words
from elections.counting.core import APPROVAL, MEEK, RANKED
from elections.models import Election
from elections.queries.claims import claims_until, count_waivers
from elections.queries.vacancies import why_no_succession
from elections.states import ClaimStage, IfFew, TieBreak, Vacancy


def rules_sentences(election: Election, seats: int) -> list[str]:
    """The rules, one sentence each."""
    sentences = [
        ngettext("%(n)s seat is filled.", "%(n)s seats are filled.", seats) % {"n": seats},
        _electors(election),
        _method(election),
        *_limits(election),
        *_terms(election),
        *_claims(election),
        *_vacancy(election),
        *secrecy_sentences(election),
        _lots(election),
    ]
    if election.if_few == IfFew.YES_NO:
        few = _(
            "If there are no more candidates than seats, each of them is voted on: yes, no or abstention; "
            "whoever has more yes than no votes is elected."
        )
    else:
        few = _("If there are no more candidates than seats, there is no vote: they are elected by acclamation.")
    return [*sentences, few]


def secrecy_sentences(election: Election) -> list[str]:
    """Who can see how somebody voted, and who could find out; one sentence each."""
    if election.on_paper:
        return [_("Voting is on paper, and no ballot paper says whose it is.")]
    if not election.is_secret:
        return [
            _("The vote is open: after closing, the member organisations can see how each one voted."),
            _("Until somebody has voted, any elector can ask for the vote to be secret; nobody is told who asked."),
        ]
    sentences = [
        _("An elector asked for it, so the vote is secret: nobody can see how an organisation voted.")
        if election.made_secret
        else _("The vote is secret: nobody can see how an organisation voted."),
        _("The ballot box is kept with the portal's key: those who administer the portal could open it."),
        _("Few votes hide little, and a unanimous result shows how everybody voted."),
    ]
    if election.vacancy == Vacancy.COUNTBACK:
        sentences.append(_("The ballots are kept, without saying whose they are, so that they can be counted again."))
    return sentences


def vacancy_sentence(election: Election) -> str:
    """What happens if a seat becomes vacant, or why the rule for it cannot be applied."""
    if why := why_no_succession(election):
        return _("Another election will fill the seat. %(why)s") % {"why": why}
    if election.vacancy == Vacancy.NEXT and election.first_round:
        return _("The next candidate in the second round takes the seat, then the next in the first.")
    if election.vacancy == Vacancy.NEXT:
        return _("The next candidate in the result takes the seat.")
    if election.first_round:
        return _("The ballots of the first round are counted again without the person who left.")
    return _("The same ballots are counted again without the person who left.")


def claims_sentence(election: Election, stage: ClaimStage) -> str:
    """Until when claims on a stage can be submitted, and how many electors have said that they have none."""
    until = claims_until(election, stage)
    facts = {"what": stage.label, "without": count_waivers(election, stage), "all": election.roll.count()}
    if until is None:
        return _("Claims on %(what)s can be submitted. Without claims: %(without)s of %(all)s.") % facts
    facts["when"] = instant_words(until, election.zone)
    return _("Claims on %(what)s can be submitted until %(when)s. Without claims: %(without)s of %(all)s.") % facts


def _electors(election: Election) -> str:
    if election.is_weighted:
        return _(
            "Each organisation has one vote, cast by its voter or alternate, which counts as many times as its "
            "weight on the roll; quorum and turnout count organisations."
        )
    return _("One organisation, one vote, cast by its voter or alternate.")


def _method(election: Election) -> str:
    if election.method == APPROVAL:
        return _(
            "Each vote marks as many candidates as it accepts, or is blank. Those with the most votes are elected."
        )
    if election.method in RANKED:
        sentence = _(
            "Each vote numbers the candidates in order of preference, as many as the voter likes, or is blank. "
            "Whoever has enough votes is elected; votes they do not need, and the votes of whoever has fewest, "
            "pass on to the next candidate in each order."
        )
        meek, scottish = _("Counted by Meek's rules."), _("Counted by the rules of the Scottish local elections.")
        return f"{sentence} {meek if election.method == MEEK else scottish}"
    sentence = ngettext(
        "Each vote marks up to %(n)s candidate, or is blank. Those with the most votes are elected.",
        "Each vote marks up to %(n)s candidates, or is blank. Those with the most votes are elected.",
        election.max_marks or 0,
    )
    return sentence % {"n": election.max_marks}


def _limits(election: Election) -> list[str]:
    sentences = []
    if election.cap:
        sentence = ngettext(
            "At most %(n)s person from one organisation sits on the body, counting those who stay.",
            "At most %(n)s people from one organisation sit on the body, counting those who stay.",
            election.cap,
        )
        sentences.append(sentence % {"n": election.cap})
    if election.threshold:
        sentence = _("To be elected, a candidate needs at least %(n)s %% of the valid votes.")
        sentences.append(sentence % {"n": election.threshold})
    if election.quorum:
        sentence = ngettext(
            "The election is valid if at least %(n)s organisation votes.",
            "The election is valid if at least %(n)s organisations vote.",
            election.quorum,
        )
        sentences.append(sentence % {"n": election.quorum})
    if election.rules.get("least_votes"):
        sentences.append(_("Nobody is elected without a vote; a seat may stay vacant."))
    return sentences


def _terms(election: Election) -> list[str]:
    if not election.term_ends_by_rank:
        return []
    return [_("Terms differ in length: whoever is elected first has the first one, and so on.")]


def _claims(election: Election) -> list[str]:
    if not election.claims_hours:
        return []
    sentence = ngettext(
        "Claims on the roll, the candidates and the result can be submitted for %(n)s hour, or until every "
        "elector says that there are none.",
        "Claims on the roll, the candidates and the result can be submitted for %(n)s hours, or until "
        "every elector says that there are none.",
        election.claims_hours,
    )
    return [sentence % {"n": election.claims_hours}]


def _vacancy(election: Election) -> list[str]:
    if election.vacancy == Vacancy.COUNTBACK:
        return [_("If a seat becomes vacant, the same ballots are counted again without the person who left.")]
    if election.vacancy == Vacancy.NEXT:
        return [_("If a seat becomes vacant, the next candidate in the result takes it.")]
    return []


def _lots(election: Election) -> str:
    if election.tie_break == TieBreak.SEED:
        sentence = _(
            "A deciding tie is settled by a draw that anybody can calculate again, from the seal of the "
            "closing and a public value that nobody knows before, %(source)s."
        )
        return sentence % {"source": election.lot_source}
    return _("A deciding tie is settled by drawing lots before two witnesses from different organisations.")
