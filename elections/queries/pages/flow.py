"""How votes passed from candidate to candidate: one read object that the table and the drawing share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from elections.counting.core import RANKED
from elections.models import Nomination

WIDTH, HEIGHT, TOP = 1000, 300, 10.0
#: Of the width of a stage, the part that its column fills; the rest is for the bands.
COLUMN = 0.45
#: Below this height there is no room for a number.
LEAST_LABELLED = 16


def has_flow(result: dict[str, Any]) -> bool:
    """Whether a result has a flow of votes: one of an order of preference."""
    return result.get("method") in RANKED and bool(result.get("stages"))


def short_number(amount: object) -> str:
    """A number of votes without the zeros at its end, and with the decimal sign of the reader's language."""
    text = str(amount)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", formats.get_format("DECIMAL_SEPARATOR"))


@dataclass(frozen=True)
class Cell:
    """What one candidate had at one stage; `exact` is for reckoning, `votes` for reading."""

    votes: str
    exact: Decimal
    is_elected: bool
    is_eliminated: bool


@dataclass(frozen=True)
class Row:
    """A candidate and what they had at each stage."""

    candidate: Nomination
    cells: list[Cell]


@dataclass(frozen=True)
class Stage:
    """A step of the count, and what was done in it."""

    number: int
    sentences: list[str]


@dataclass(frozen=True)
class Bar:
    """A candidate's votes at a stage as a rectangle; lengths are strings, for SVG reads no decimal comma."""

    number: int | None
    x: str
    y: str
    width: str
    height: str
    label_x: str
    label_y: str
    has_label: bool
    opacity: str


@dataclass(frozen=True)
class Drawing:
    """The flow in a drawing of 1000 × 320: bars, and the points of the bands between them."""

    bars: list[Bar]
    bands: list[str]


class Flow:
    """Who had how many votes at each stage, and a sentence or more for each stage."""

    def __init__(self, result: dict[str, Any], candidates: Sequence[Nomination]) -> None:
        self._names = {row.number: row.name for row in candidates}
        self._quota = result.get("quota")
        self._total = result["valid"]
        before = [None, *result["stages"]]
        self.stages = [
            Stage(number, self._sentences(stage, previous))
            for number, (stage, previous) in enumerate(zip(result["stages"], before, strict=False), 1)
        ]
        order = {number: place for place, number in enumerate(result["elected"])}
        ranked = sorted(candidates, key=lambda row: (order.get(row.number, 999), -_most_votes(result, row), row.number))
        self.rows = [Row(row, [_cell(stage, row) for stage in result["stages"]]) for row in ranked]
        #: Votes with no further preference, and fractions cut off, at each stage.
        self.not_transferred = [
            short_number(Decimal(stage["nontransferable"]) + Decimal(stage["lost"])) for stage in result["stages"]
        ]

    @property
    def is_long(self) -> bool:
        """Whether there is a flow to draw: more than one stage."""
        return len(self.stages) > 1

    def _people(self, numbers: Iterable[int]) -> str:
        return ", ".join(self._names.get(number, str(number)) for number in numbers)

    def _sentences(self, stage: dict[str, Any], before: dict[str, Any] | None) -> list[str]:
        """What was done at a stage and why."""
        sentences = [self._action(stage, before)]
        if stage["kept"]:
            sentence = _("%(names)s had fewer, but without them the seats could not be filled under the limit.")
            sentences.append(sentence % {"names": self._people(stage["kept"])})
        for order in stage["lots"]:
            sentence = _("Tied, so it was decided by lot, the first being preferred: %(names)s.")
            sentences.append(sentence % {"names": self._people(order)})
        return sentences + self._elected(stage)

    def _action(self, stage: dict[str, Any], before: dict[str, Any] | None) -> str:
        names = {"names": self._people(stage["candidates"])}
        match stage["action"]:
            case "first":
                sentence = _("The first preferences are counted. Whoever has %(quota)s votes, the quota, is elected.")
                return sentence % {"quota": short_number(stage.get("quota") or self._quota)}
            case "surplus" if before is not None:
                number = str(stage["candidates"][0])
                over = Decimal(before["totals"][number]) - Decimal(stage["totals"][number])
                sentence = ngettext(
                    "%(names)s has %(votes)s vote more than needed. All the votes pass on at a lower value, each to "
                    "its next candidate.",
                    "%(names)s has %(votes)s votes more than needed. All the votes pass on at a lower value, each to "
                    "its next candidate.",
                    1 if over == 1 else 2,
                )
                return sentence % (names | {"votes": short_number(over)})
            case "round":
                sentence = _("Votes that those elected do not need pass on; the quota is now %(quota)s.")
                return sentence % {"quota": short_number(stage["quota"])}
            case "cap":
                sentence = _(
                    "The organisation has all the members it may have, so %(names)s can no longer be elected; the "
                    "votes pass on."
                )
                return sentence % names
            case _other:
                sentence = _(
                    "%(names)s has the fewest votes and is eliminated; the votes pass on to the next candidate of each."
                )
                return sentence % names

    def _elected(self, stage: dict[str, Any]) -> list[str]:
        quota = stage.get("quota") or self._quota
        reached = [n for n in stage["elected"] if not quota or Decimal(stage["totals"][str(n)]) >= Decimal(quota)]
        rest = [number for number in stage["elected"] if number not in reached]
        sentences = []
        if reached:
            sentence = ngettext("Elected: %(names)s.", "Elected, in this order: %(names)s.", len(reached))
            sentences.append(sentence % {"names": self._people(reached)})
        if rest:
            sentence = ngettext(
                "Nobody else is left for the last seat: %(names)s is elected.",
                "As many candidates are left as there are seats, so they are elected: %(names)s.",
                len(rest),
            )
            sentences.append(sentence % {"names": self._people(rest)})
        return sentences

    def drawing(self) -> Drawing:
        """Columns of the stages and bands between them; heights are votes."""
        total, step = Decimal(self._total or 1), WIDTH / len(self.stages)
        bars: list[Bar] = []
        bands: list[str] = []
        ends: dict[int | None, tuple[int, float, float]] = {}
        for place in range(len(self.stages)):
            top, left = TOP, place * step
            for row in self.rows:
                number, height = row.candidate.number, float(row.cells[place].exact / total) * HEIGHT
                if height > 0:
                    is_elected = any(cell.is_elected for cell in row.cells[: place + 1])
                    bars.append(_bar(number, left, top, step, height, is_elected=is_elected))
                    last_place, last_top, last_height = ends.get(number, (None, 0.0, 0.0))
                    if last_place == place - 1:
                        bands.append(_band(left - step * (1 - COLUMN), last_top, last_height, left, top, height))
                    ends[number] = (place, top, height)
                top += height
        return Drawing(bars, bands)


def _most_votes(result: dict[str, Any], row: Nomination) -> Decimal:
    """The most votes that somebody had: those who left late come before those who left early."""
    return max(Decimal(stage["totals"][str(row.number)]) for stage in result["stages"])


def _cell(stage: dict[str, Any], row: Nomination) -> Cell:
    votes = stage["totals"][str(row.number)]
    return Cell(short_number(votes), Decimal(votes), row.number in stage["elected"], row.number in stage["excluded"])


def _bar(number: int | None, left: float, top: float, step: float, height: float, *, is_elected: bool) -> Bar:
    return Bar(
        number=number,
        x=_length(left),
        y=_length(top),
        width=_length(step * COLUMN),
        height=_length(height),
        label_x=_length(left + step * COLUMN / 2),
        label_y=_length(top + height / 2 + 6),
        has_label=height > LEAST_LABELLED,
        opacity=".55" if is_elected else ".2",
    )


def _band(left: float, left_top: float, left_height: float, right: float, top: float, height: float) -> str:
    corners = [(left, left_top), (right, top), (right, top + height), (left, left_top + left_height)]
    return " ".join(f"{_length(x)},{_length(y)}" for x, y in corners)


def _length(number: float) -> str:
    return f"{number:.1f}"
