"""What comes next in an election, and who must do it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import instant_words
from elections.models import Election, Scrutineer
from elections.queries.claims import claims_until, count_waivers
from elections.queries.electors import have_all_voted
from elections.queries.results import may_hold_second_round
from elections.queries.seats import method_for
from elections.states import CLAIMS_IN, ClaimStage, ElectionState, TieBreak

S = ElectionState


@dataclass(frozen=True)
class Step:
    """What comes next and who must do it; `verb` and `label` are those of the officer's button, empty without one."""

    sentence: str
    verb: str = ""
    label: str = ""


def step_of(election: Election, now: datetime.datetime) -> Step:
    """The next step, or without a button what must happen before it."""
    step = next_step(election, now)
    waiting = waits_for(election, now)
    return Step(waiting) if waiting and step.verb else step


def next_step(election: Election, now: datetime.datetime) -> Step:
    """The next step by the state, whatever still has to happen before it."""
    match election.state:
        case S.DRAFT:
            sentence = _("The officer checks the rules and calls the election. After that they can no longer change.")
            return Step(sentence, "call", _("Call the election"))
        case S.CALLED:
            sentence = _("The officer enters who votes for each organisation and publishes the roll.")
            return Step(sentence, "roll", _("Publish the roll"))
        case S.ROLL:
            return _nominating(election, now)
        case S.CANDIDATES:
            return _opening(election)
        case S.VOTING:
            return _voting(election, now)
        case S.CLOSED:
            return _tied(election)
        case S.PROVISIONAL:
            return _provisional(election)
    return Step(_("There is nothing more to do."))


def waits_for(election: Election, now: datetime.datetime) -> str:
    """What must happen before the officer's next act, and who must do it, all of it; empty where nothing must."""
    stage = CLAIMS_IN.get(ElectionState(election.state))
    if stage is None:
        return ""
    sentences = _claims_waiting(election, stage, now)
    if election.state == S.PROVISIONAL:
        sentences += _scrutineers_waiting(list(election.scrutineers.select_related("person")))
    return " ".join(sentences)


def _nominating(election: Election, now: datetime.datetime) -> Step:
    publish = "candidates", _("Publish the candidates")
    if now >= election.nominations_close:
        return Step(_("Nominations are closed: the officer publishes the candidates."), *publish)
    if election.in_room:
        sentence = _(
            "The organisations nominate, and those nominated answer. Once all have answered, the officer "
            "publishes the candidates."
        )
        return Step(sentence, *publish)
    return Step(_("The organisations nominate, and those nominated answer. Then the officer publishes the candidates."))


def _opening(election: Election) -> Step:
    candidates = election.nominations.candidates().count()
    if not candidates:
        return Step(_("There is no candidate left: the officer annuls the election, with the reason."))
    if method_for(election, candidates) is None:
        sentence = _("There are no more candidates than seats: the officer records the acclamation.")
        return Step(sentence, "acclaim", _("Record the acclamation"))
    if election.in_room:
        return Step(_("The officer opens voting; votes are accepted at once."), "open", _("Open the vote"))
    sentence = _("The officer opens voting; votes are accepted from the announced time: %(when)s.")
    return Step(sentence % {"when": instant_words(election.opens_at, election.zone)}, "open", _("Open the vote"))


def _voting(election: Election, now: datetime.datetime) -> Step:
    if election.on_paper:
        return Step(
            _(
                "Two members of the coordination team enter the ballot papers, each on their own; they count once "
                "both readings match."
            )
        )
    if now < election.closes_at and not have_all_voted(election):
        sentence = _(
            "The organisations vote. The portal closes voting and counts at the announced time, %(when)s; the "
            "officer can do so earlier once all have voted."
        )
        return Step(sentence % {"when": instant_words(election.closes_at, election.zone)})
    return Step(_("The officer closes voting; the count follows at once."), "close", _("Close and count"))


def _tied(election: Election) -> Step:
    if election.tie_break == TieBreak.SEED:
        sentence = _(
            "There is a tie: once the public value named in the rules is known (%(source)s), the officer "
            "enters it as printed."
        )
        return Step(sentence % {"source": election.lot_source})
    if may_hold_second_round(election):
        return Step(
            _("There is a tie for the last seat: the officer opens a second round among those tied, or draws lots.")
        )
    return Step(_("There is a tie: the officer draws lots before two witnesses and enters the result."))


def _provisional(election: Election) -> Step:
    if (election.result or {}).get("quorum_met") is False:
        return Step(_("The quorum was not reached: the officer annuls the election, with the reason."))
    return Step(_("The officer certifies the result, and the terms are opened."), "certify", _("Certify"))


def _claims_waiting(election: Election, stage: ClaimStage, now: datetime.datetime) -> list[str]:
    sentences = []
    if election.claims.filter(stage=stage, outcome="").exists():
        sentences.append(_("A claim is waiting: the officer answers it below."))
    until, electors = claims_until(election, stage), election.roll.count()
    without = count_waivers(election, stage)
    if until and now < until and without < electors:
        sentence = _(
            "The electors submit claims or say that they have none (%(n)s of %(all)s so far). The election "
            "continues once all have, or on %(when)s."
        )
        facts = {"n": without, "all": electors, "when": instant_words(until, election.zone)}
        sentences.append(sentence % facts)
    return sentences


def _scrutineers_waiting(rows: list[Scrutineer]) -> list[str]:
    sentences = []
    if silent := [row.person.name for row in rows if row.conforms is None]:
        sentence = _("The scrutineers say whether they confirm the result. Missing: %(names)s.")
        sentences.append(sentence % {"names": ", ".join(silent)})
    for row in rows:
        if row.conforms is False:
            sentence = _(
                "%(name)s does not confirm the result: the officer corrects what can be corrected, or annuls the "
                "election, with the reason."
            )
            sentences.append(sentence % {"name": row.person.name})
    return sentences
