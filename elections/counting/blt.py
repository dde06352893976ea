"""BLT, the text format of ranked ballots: read strictly, written plainly."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


class Malformed(ValueError):
    """A file that is not accepted; says where and why in one line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line


def _number(token: str, line: int) -> int:
    if "," in token:
        raise Malformed(line, f"“{token}”: numbers are parted by spaces, not by commas")
    if "=" in token:
        raise Malformed(line, f"“{token}”: equal preferences (=) are not accepted")
    if not NUMBER.fullmatch(token):
        raise Malformed(line, f"“{token}” is not a whole number")
    return int(token)


#: How many ballots say the same, and in which order they prefer candidates.
WeightedOrder = tuple[int, tuple[int, ...]]


class Contest(NamedTuple):
    """What a file says: how many candidates and seats, who withdrew, the ballots, the names and the title."""

    candidates: int
    seats: int
    withdrawn: list[int]
    ballots: list[WeightedOrder]
    names: list[str]
    title: str


def parse(data: bytes) -> Contest:
    """The contest of a file's bytes. Raises Malformed.

    A byte-order mark, lines that end in CRLF and lines of withdrawn candidates (`-2`) are accepted; commas, equal or
    repeated preferences, unknown numbers and anything left out or left over are not.
    """
    lines = []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            lines.append(raw.removesuffix(b"\r").decode())
        except UnicodeDecodeError:
            raise Malformed(number, "the file is not UTF-8") from None
    while lines and not lines[-1].strip():
        lines.pop()
    head = lines[0].split() if lines else []
    if len(head) != 2:
        raise Malformed(1, "the first line has two numbers: how many candidates, how many seats")
    candidates, seats = (_number(token, 1) for token in head)
    if candidates < 1 or seats < 1:
        raise Malformed(1, "there is at least one candidate and one seat")
    at, withdrawn = _withdrawn(lines, candidates)
    at, ballots = _ballots(lines, at, candidates)
    names = [_name(line, number) for number, line in enumerate(lines[at:], at + 1)]
    if len(names) < candidates:
        raise Malformed(len(lines) + 1, f"{candidates} names of candidates are expected, {len(names)} are there")
    if len(names) == candidates:
        raise Malformed(len(lines) + 1, "the title is missing after the names of the candidates")
    if len(names) > candidates + 1:
        raise Malformed(at + candidates + 2, f"nothing follows the {candidates} names and the title")
    return Contest(candidates, seats, withdrawn, ballots, names[:-1], names[-1])


def _withdrawn(lines: Sequence[str], candidates: int) -> tuple[int, list[int]]:
    """The index of the first ballot, and the withdrawn numbers in order."""
    found: list[int] = []
    at = 1
    while at < len(lines) and lines[at].lstrip().startswith("-"):
        for token in lines[at].split():
            number = _number(token.removeprefix("-"), at + 1) if token.startswith("-") else 0
            if number == 0:
                raise Malformed(at + 1, f"“{token}” is not a withdrawn candidate, such as -2")
            if number > candidates:
                raise Malformed(at + 1, f"candidate {number} is not one of 1 to {candidates}")
            if number in found:
                raise Malformed(at + 1, f"candidate {number} is withdrawn twice")
            found.append(number)
        at += 1
    return at, sorted(found)


def _ballots(lines: Sequence[str], at: int, candidates: int) -> tuple[int, list[WeightedOrder]]:
    """The index of the line after the ballots, and the ballots."""
    found: list[WeightedOrder] = []
    while at < len(lines):
        line, tokens = at + 1, lines[at].split()
        at += 1
        if not tokens:
            raise Malformed(line, "a line among the ballots is empty")
        if tokens == ["0"]:
            return at, found
        weight, *preferences = (_number(token, line) for token in tokens)
        if weight == 0:
            raise Malformed(line, "a ballot begins with how many papers it stands for, at least 1")
        if not preferences or preferences.pop() != 0:
            raise Malformed(line, "a ballot ends with 0")
        for number in preferences:
            if number == 0:
                raise Malformed(line, "0 stands only at the end of a ballot")
            if number > candidates:
                raise Malformed(line, f"candidate {number} is not one of 1 to {candidates}")
        if len(set(preferences)) < len(preferences):
            twice = next(n for i, n in enumerate(preferences) if n in preferences[:i])
            raise Malformed(line, f"candidate {twice} is on the ballot twice")
        found.append((weight, tuple(preferences)))
    raise Malformed(len(lines) + 1, "the line 0 after the ballots is missing")


def _name(line: str, number: int) -> str:
    text = line.strip()
    if not text:
        raise Malformed(number, "a name is empty")
    if text.startswith('"'):
        if len(text) < 3 or not text.endswith('"'):
            raise Malformed(number, "a name in quotes ends with a quote")
        text = text[1:-1]
    return text


def dump(
    candidates: int,
    seats: int,
    withdrawn: Iterable[int],
    ballots: Iterable[WeightedOrder],
    names: Iterable[str],
    title: str,
) -> str:
    """The text of a file, ballots in the order given."""
    rows = [f"{candidates} {seats}", *(f"-{n}" for n in withdrawn)]
    rows += [" ".join(str(n) for n in (weight, *preferences, 0)) for weight, preferences in ballots]
    texts = [" ".join(name.replace('"', "'").split()) for name in (*names, title)]
    return "\n".join([*rows, "0", *(f'"{text}"' for text in texts), ""])
