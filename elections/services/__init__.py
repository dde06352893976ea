"""Every change of an election: preparing, nominating, the roll, voting, the result."""

from elections.services.candidates import (
    NOMINATION,
    answer_by_link,
    answer_nomination,
    nominate,
    publish_candidates,
    withdraw,
)
from elections.services.checkin import check_in, note_present
from elections.services.corrections import answer_correction, ask_correction
from elections.services.lots import record_draw, record_value
from elections.services.paper import begin_on_paper, enter_papers
from elections.services.preparing import annul_election, call_election, create_election, take_over
from elections.services.procedure import (
    answer_claim,
    answer_question,
    ask,
    raise_claim,
    say_no_claims,
    support,
)
from elections.services.result import certify, note_acclamation, note_consensus
from elections.services.roll import fill_roll, publish_roll, put_on_roll, remove_from_roll
from elections.services.scrutiny import name_scrutineer, remove_scrutineer, say_conformity
from elections.services.secret import cast_secret_vote, request_secrecy, seal_vote
from elections.services.vacancy import record_vacancy
from elections.services.voting import cast_vote, close_due, close_voting, open_second_round, open_voting

__all__ = [
    "NOMINATION",
    "annul_election",
    "answer_by_link",
    "answer_claim",
    "answer_correction",
    "answer_nomination",
    "answer_question",
    "ask",
    "ask_correction",
    "begin_on_paper",
    "call_election",
    "cast_secret_vote",
    "cast_vote",
    "certify",
    "check_in",
    "close_due",
    "close_voting",
    "create_election",
    "enter_papers",
    "fill_roll",
    "name_scrutineer",
    "nominate",
    "note_acclamation",
    "note_consensus",
    "note_present",
    "open_second_round",
    "open_voting",
    "publish_candidates",
    "publish_roll",
    "put_on_roll",
    "raise_claim",
    "record_draw",
    "record_vacancy",
    "record_value",
    "remove_from_roll",
    "remove_scrutineer",
    "request_secrecy",
    "say_conformity",
    "say_no_claims",
    "seal_vote",
    "support",
    "take_over",
    "withdraw",
]
