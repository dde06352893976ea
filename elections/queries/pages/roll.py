"""The roll of an election as its pages show it, and what was corrected in it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from elections.models import Election, RollCorrection, RollEntry
from organizations.models import Organization
from organizations.standing import Standing


@dataclass(frozen=True)
class RollLine:
    """An organisation and who votes for it."""

    organization: Organization
    voters: str
    is_corrected: bool


@dataclass(frozen=True)
class CorrectionLine:
    """A correction as one reader sees it; `state` is the kind of a state and its words."""

    row: RollCorrection
    change: str
    because: str
    history: str
    may_answer: bool
    state: tuple[str, str]


def voters_text(row: RollEntry | RollCorrection, *, is_weighted: bool = False) -> str:
    """Who votes, the alternate if there is one, and the weight where votes have one."""
    parts = [str(row.voter)]
    if row.alternate:
        parts.append(" ".join([_("alternate:"), str(row.alternate)]))
    if is_weighted:
        parts.append(_("weight %(n)s") % {"n": row.weight})
    return " · ".join(parts)


def roll_lines(election: Election, corrections: list[CorrectionLine]) -> list[RollLine]:
    """The whole roll; corrected is what a confirmed correction changed."""
    corrected = {line.row.organization_id for line in corrections if line.row.is_confirmed}
    return [
        RollLine(
            entry.organization,
            voters_text(entry, is_weighted=election.is_weighted),
            entry.organization_id in corrected,
        )
        for entry in election.roll.in_order()
    ]


def correction_lines(
    election: Election, rows: list[RollCorrection], standing: Standing, *, sees_names: bool, answers: bool = False
) -> list[CorrectionLine]:
    """These corrections; one who `answers` may confirm or refuse those that somebody else asked for."""
    return [
        CorrectionLine(
            row=row,
            change=_change(election, row, sees_names),
            because=_because(row) if sees_names else "",
            history=_history(row),
            may_answer=answers and row.is_confirmed is None and row.requested_by_id != standing.person_id,
            state=_state(row),
        )
        for row in rows
    ]


def _change(election: Election, row: RollCorrection, sees_names: bool) -> str:
    if not row.voter:
        return _("removed from the roll")
    return voters_text(row, is_weighted=election.is_weighted) if sees_names else _("its entry on the roll")


def _because(row: RollCorrection) -> str:
    if not row.claim:
        return ""
    return _("Because of a claim of %(organization)s that was accepted.") % {"organization": row.claim.organization}


def _history(row: RollCorrection) -> str:
    request = _("Asked for by %(person)s") % {"person": row.requested_by}
    if row.answered_by is None:
        return request
    answer = _("confirmed by %(person)s") if row.is_confirmed else _("refused by %(person)s")
    return " · ".join([request, answer % {"person": row.answered_by}])


def _state(row: RollCorrection) -> tuple[str, str]:
    if row.is_confirmed is None:
        return "draft", _("waiting for a second officer")
    if row.is_confirmed:
        return "done", pgettext("correction", "in effect")
    return "dropped", pgettext("correction", "refused")
