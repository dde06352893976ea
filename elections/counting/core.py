"""The count of an election: pure, exact integers, standard library only; this one file recounts what is published.

`count(rules, ballots, lot_order)` gives a dict fit for canonical JSON: method, seats, quota, elected (in order of
election), valid, blank, invalid, tied, lots, votes, stages. Sources of the rules: Scottish Local Government Elections
Order 2007, rules 45 to 52 (`scottish-stv`); Proportional Representation Foundation, Reference Meek Rule (`meek`).

`rules`: method, seats, candidates (how many; numbered from 1), and optionally
  withdrawn   numbers that no longer stand; ballots are read as if they were not on them
  caps        {"cap": c, "groups": {name: [numbers]}, "sitting": {name: members who stay}}: of a group at most c sit
  ranks       whether the order of election matters (terms by rank); for single transferable votes it does unless false
  max_marks, exact_marks, least_votes, threshold ([1, 2]: at least a half of the valid ballots), more_than_threshold
`ballots`: dicts with `weight` (a positive integer, 1 if missing: so many papers) and `preferences` (ranked methods),
`marks` (plurality, approval) or `answers` ({number: "yes" | "no"}; what is missing abstains).
`lot_order`: candidates, the preferred first. Where it is missing and a lot is needed, LotNeeded is raised.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

SCOTTISH, MEEK, PLURALITY, APPROVAL, YES_NO = "scottish-stv", "meek", "plurality-at-large", "approval", "yes-no"
RANKED = (SCOTTISH, MEEK)
METHODS = (SCOTTISH, MEEK, PLURALITY, APPROVAL, YES_NO)
KEYS = {SCOTTISH: "preferences", MEEK: "preferences", PLURALITY: "marks", APPROVAL: "marks", YES_NO: "answers"}
DECIMALS = {SCOTTISH: 5, MEEK: 9, PLURALITY: 0, APPROVAL: 0, YES_NO: 0}
WEIGHT = itemgetter(1)  # of a Paper
OMEGA = 1000  # of 10⁻⁹: one millionth of a vote
Rules = Mapping[str, Any]
Result = dict[str, Any]
Choices = tuple[Any, ...]  # ballot numbers, or (number, answer)s
Paper = tuple[Choices, int]  # what so many ballots, or one of that weight, choose alike
Totals = dict[int, int]


class LotNeeded(Exception):
    """A tie that only a lot decides, and no lot order names all of the tied. `result` is the count so far."""

    def __init__(self, stage: int, tied: list[int], result: Result) -> None:
        super().__init__(f"a lot is needed at stage {stage} among {tied}")
        self.stage, self.tied, self.result = stage, tied, result


def canonical(value: object) -> str:
    """One text for one value: UTF-8, sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: object) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def lot_seed(close_root: str, public_value: str) -> str:
    """The seed of the lot order: of the close event's digest and a public value, exactly as printed."""
    return hashlib.sha256(f"{close_root.lower()}\n{public_value}".encode()).hexdigest()


def lot_order_of(seed: str, numbers: Iterable[int]) -> list[int]:
    """Candidates in the order of their digests under a seed, the preferred first (in the manner of RFC 3797)."""
    return sorted(numbers, key=lambda n: hashlib.sha256(f"casa-lot-1\n{seed.lower()}\n{n}".encode()).hexdigest())


def electable(numbers: Collection[int], caps: Mapping[str, Any] | None = None) -> int:
    """How many of these candidates could be elected together under the caps: the feasibility of an election."""
    return _Table({"seats": len(numbers), "candidates": 0, "caps": caps}, ()).electable(numbers)


def read_ballots(rules: Rules, ballots: Iterable[Mapping[str, Any]]) -> tuple[list[Paper], dict[str, int]]:
    """The valid papers, and how many ballots are valid, blank and invalid, each by its weight."""
    method, withdrawn = rules["method"], frozenset(rules.get("withdrawn", ()))
    key, known = KEYS[method], frozenset(range(1, rules["candidates"] + 1))
    ballots = list(ballots)
    listed: Callable[[Any], Choices] = _sorted_answers if method == YES_NO else tuple
    choices = [listed(ballot[key]) for ballot in ballots]
    weights = [ballot.get("weight", 1) for ballot in ballots]
    if not {int}.issuperset(map(type, weights)) or min(weights, default=1) < 1:
        raise ValueError("a weight is a positive integer")
    if max(weights, default=1) == 1:  # they came one by one: those that choose alike are taken together
        counted = Counter(choices)
        choices, weights = list(counted), list(counted.values())
    papers, votes = list(zip(choices, weights)), {"valid": 0, "blank": 0, "invalid": 0}  # noqa: B905 - alike by making
    usual = method in RANKED and not withdrawn and known.issuperset(set().union(*choices))
    odd = papers
    if usual and sum(map(len, map(set, choices))) == sum(map(len, choices)):  # no fault anywhere, seen at one go
        odd = []
        if not all(choices):
            odd = [paper for paper in papers if not paper[0]]
            papers = [paper for paper in papers if paper[0]]
        votes["valid"] = sum(weights) - sum(map(WEIGHT, odd))
    else:
        papers = []
    for written, weight in odd:
        kind, counted_choices = _read(rules, written, known, withdrawn)
        votes[kind] += weight
        if kind == "valid":
            papers.append((counted_choices, weight))
    return papers, votes


def _sorted_answers(answers: Mapping[str, str]) -> Choices:
    return tuple(sorted(answers.items()))


def _read(rules: Rules, choices: Choices, known: frozenset[int], withdrawn: frozenset[int]) -> tuple[str, Choices]:
    """Whether a ballot is valid, blank or invalid, and what of it counts. A ranked one is read up to its first fault; others are valid or not."""
    method = rules["method"]
    if method == YES_NO:
        fine = all(
            n.isascii() and n.isdigit() and int(n) in known and a in ("yes", "no", "abstain") for n, a in choices
        )
        counts = tuple((int(n), a) for n, a in choices if fine and int(n) not in withdrawn and a != "abstain")
        return ("invalid", ()) if not fine else ("valid" if counts else "blank", counts)
    if not choices:
        return "blank", ()
    if method in RANKED:
        clean = choices
        if len(set(choices)) < len(choices) or not known.issuperset(choices):
            fault = next(i for i, n in enumerate(choices) if n not in known or n in choices[:i])
            clean = choices[:fault]
    else:
        most = rules.get("max_marks", rules["seats"] if method == PLURALITY else rules["candidates"])
        wrong = rules.get("exact_marks", False) and len(choices) != most
        wrong = wrong or len(choices) > most or len(set(choices)) < len(choices) or not known.issuperset(choices)
        clean = () if wrong else choices
    counts = tuple(n for n in clean if n not in withdrawn) if withdrawn else clean
    return ("valid", counts) if counts else ("blank" if clean else "invalid", ())


def count(rules: Rules, ballots: Iterable[Mapping[str, Any]], lot_order: Iterable[int] = ()) -> Result:
    """The result; see the head of this file. Raises ValueError for a method that is not known, LotNeeded."""
    if rules["method"] not in METHODS:
        raise ValueError(f"unknown method {rules['method']}")
    ballots, lot_order = list(ballots), list(lot_order)
    papers, votes = read_ballots(rules, ballots)
    table = _Table(rules, lot_order)
    free = None
    if rules.get("caps"):
        try:
            free = count({k: v for k, v in rules.items() if k != "caps"}, ballots, lot_order)["elected"]
        except LotNeeded:
            free = None
    try:
        {SCOTTISH: _scottish, MEEK: _meek, YES_NO: _yes_no}.get(rules["method"], _marks)(table, papers, votes["valid"])
    except _Tie as tie:
        result = table.result(votes, tie.args[0], free)
        raise LotNeeded(len(table.stages) + 1, tie.args[0], result) from None
    return table.result(votes, [], free)


def second_round(first: Result, second: Result) -> Result:
    """Both rounds as one result: who was elected in the first, then who among the tied in the second."""
    return first | {
        "elected": first["elected"] + second["elected"],
        "tied": second["tied"],
        "lots": second["lots"],
        "second": second,
    }


class _Tie(Exception):
    """Only a lot decides among the candidates that are its argument."""


class _Table:
    """What a count knows at a moment: who continues, who is elected, room in each group, the stages so far."""

    def __init__(self, rules: Rules, lot_order: Iterable[int]) -> None:
        caps = rules.get("caps") or {"cap": 0, "groups": {}}
        self.rules, self.all = rules, range(1, rules["candidates"] + 1)
        self.ranks = rules.get("ranks", rules.get("method") in RANKED)
        self.rank_of = {n: place for place, n in enumerate(lot_order)}
        self.group = {n: name for name, members in caps["groups"].items() for n in members}
        sitting = caps.get("sitting", {})
        self.room = {name: max(caps["cap"] - sitting.get(name, 0), 0) for name in caps["groups"]}
        self.continuing = {n for n in self.all if n not in set(rules.get("withdrawn", ()))}
        self.decimals = DECIMALS.get(rules.get("method", ""), 0)
        self.elected: list[int] = []
        self.stages: list[dict[str, Any]] = []
        self.history: list[Totals] = []
        self.lots: list[list[int]] = []
        self.quota = self.surplus = 0  # a quota of 0: the method has none
        self.fillable = min(rules["seats"], self.electable(self.continuing))

    @property
    def vacancies(self) -> int:
        return self.fillable - len(self.elected)

    def electable(self, numbers: Iterable[int]) -> int:
        """Σ min(room, candidates) over the groups; who has no group is alone in theirs."""
        sizes: dict[str, int] = {}
        alone = 0
        for n in numbers:
            if n in self.group:
                sizes[self.group[n]] = sizes.get(self.group[n], 0) + 1
            else:
                alone += 1
        return alone + sum(min(self.room[name], size) for name, size in sizes.items())

    def has_room(self, n: int) -> bool:
        return n not in self.group or self.room[self.group[n]] > 0

    def full(self) -> list[int]:
        """Candidates who continue in groups that have no room left."""
        return sorted(n for n in self.continuing if not self.has_room(n))

    def key(self, n: int) -> tuple[int, ...]:
        """Votes at this stage, then at the most recent ones before it."""
        return tuple(totals[n] for totals in reversed(self.history))

    def drawn(self, tied: Collection[int]) -> list[int]:
        """The tied in lot order, which is recorded."""
        if len(tied) == 1:
            return list(tied)
        if not self.rank_of.keys() >= set(tied):
            raise _Tie(sorted(tied))
        order = sorted(tied, key=lambda n: self.rank_of[n])
        self.lots.append(order)
        return order

    def elect(self, numbers: Iterable[int]) -> list[int]:
        """Elect in order of election while there is room; returns who was. Lots only where they change something."""
        done: list[int] = []
        ordered = sorted(numbers, key=lambda n: (self.key(n), -n), reverse=True)
        for _key, block in groupby(ordered, key=self.key):
            able = [n for n in block if self.has_room(n)]
            left = self.vacancies
            certain = [n for n in able if self._certain(n, able, left)]
            tied = able if self.ranks else [n for n in able if n not in certain]
            order = self.drawn(tied) if tied and left > 0 else []
            for n in order if self.ranks else certain + order:
                if self.vacancies > 0 and self.has_room(n):
                    self.continuing.discard(n)
                    self.elected.append(n)
                    done.append(n)
                    if n in self.group:
                        self.room[self.group[n]] -= 1
        return done

    def _certain(self, n: int, block: Iterable[int], left: int) -> bool:
        """Whether n is elected even if the lot puts it last of its block."""
        others = [m for m in block if m != n]
        mates = sum(n in self.group and self.group.get(m) == self.group[n] for m in others)
        return (n not in self.group or mates < self.room[self.group[n]]) and self.electable(others) < left

    def lowest(self, amount: Totals, with_history: bool) -> tuple[int, list[int]]:
        """Whom to exclude, and those lower who stay because without them no slate would fill the seats."""
        loses = self.continuing
        if self.group:
            loses = {n for n in loses if self.electable(self.continuing - {n}) >= self.vacancies}
        least = min(amount[n] for n in loses)
        spared = sorted(n for n in self.continuing - loses if amount[n] < least)
        if with_history:
            tied = [n for n in loses if amount[n] == least]
            key = min(map(self.key, tied))
            tied = [n for n in tied if self.key(n) == key]
        else:
            tied = [n for n in loses if amount[n] <= least + self.surplus]
        if not any(amount[n] for n in tied) and self.electable(self.continuing.difference(tied)) >= self.vacancies:
            return max(tied), spared  # all of them leave, one by one and without a vote to pass on: no lot changes that
        return self.drawn(tied)[-1], spared

    def close(
        self, action: str, candidates: Iterable[int], totals: Totals, nontransferable: int = 0, lost: int = 0,
        spared: Iterable[int] = (), reached: Iterable[int] | None = None,
    ) -> None:  # fmt: skip
        """End a stage: elect who has reached the quota, and who is left where as many continue as there are seats."""
        self.history.append(dict(totals))
        candidates = sorted(candidates)
        if reached is None:
            reached = [n for n in self.continuing if totals[n] >= self.quota] if self.quota else []
        elected = self.elect(reached)
        if self.quota and 0 < self.vacancies == len(self.continuing):
            elected += self.elect(self.continuing)
        excluded = candidates if action in ("exclude", "cap") else []
        self.stages.append({
            "action": action, "candidates": candidates, "elected": elected, "excluded": excluded,
            "kept": list(spared), "lots": self.lots, "lost": self.decimal(lost),
            "nontransferable": self.decimal(nontransferable),
            "totals": {str(n): self.decimal(totals[n]) for n in self.all},
        })  # fmt: skip
        if self.rules["method"] == MEEK:
            self.stages[-1]["quota"] = self.decimal(self.quota)
        self.lots = []

    def decimal(self, amount: int) -> str:
        """An amount as a decimal string."""
        if not self.decimals:
            return str(amount)
        whole, part = divmod(amount, 10**self.decimals)
        return f"{whole}.{part:0{self.decimals}d}"

    def result(self, votes: dict[str, int], tied: list[int], free: list[int] | None) -> Result:
        first = self.history[0] if self.history else dict.fromkeys(self.all, 0)
        lots = [n for stage in self.stages for order in stage["lots"] for n in order]
        made = {
            "method": self.rules["method"], "seats": self.rules["seats"], "elected": self.elected, "tied": tied,
            "quota": self.decimal(self.quota) if self.quota else None, "stages": self.stages,
            "lots": list(dict.fromkeys(lots)), "votes": {str(n): self.decimal(first[n]) for n in self.all}, **votes,
        }  # fmt: skip
        return made | {"unconstrained": free} if self.rules.get("caps") else made


def _marks(table: _Table, papers: list[Paper], valid: int) -> None:
    """Plurality at large and approval: those with most votes, while their group has room."""
    totals = dict.fromkeys(table.all, 0)
    for marks, weight in papers:
        for n in marks:
            totals[n] += weight
    share, of = table.rules.get("threshold") or (0, 1)
    above = table.rules.get("more_than_threshold", False)
    able = [n for n in table.continuing if totals[n] * of >= share * valid + above]
    able = [n for n in able if totals[n] >= table.rules.get("least_votes", 0)]
    table.close("first", table.continuing, totals, reached=able)


def _yes_no(table: _Table, papers: list[Paper], valid: int) -> None:
    """Elected with more yes than no, and the threshold of both together."""
    yes, no = dict.fromkeys(table.all, 0), dict.fromkeys(table.all, 0)
    for answers, weight in papers:
        for n, answer in answers:
            (yes if answer == "yes" else no)[n] += weight
    share, of = table.rules.get("threshold") or (0, 1)
    above = table.rules.get("more_than_threshold", False)
    able = [n for n in table.continuing if yes[n] > no[n] and yes[n] * of >= share * (yes[n] + no[n]) + above]
    table.close("first", table.continuing, yes, reached=able)
    table.stages[-1]["against"] = {str(n): str(no[n]) for n in table.all}


def _scottish(table: _Table, papers: list[Paper], valid: int) -> None:
    """Weighted inclusive Gregory: each paper moves at its value when received × surplus ÷ total, cut at 5 decimals."""
    unit = 10**5
    totals: Totals = dict.fromkeys(table.all, 0)
    piles: dict[int, dict[int, list[Paper]]] = {n: {} for n in table.all}  # {candidate: {value: papers}}
    table.quota = (valid // (table.rules["seats"] + 1) + 1) * unit
    gone = 0  # nontransferable
    lost = 0  # cut off
    pending: set[int] = set()

    def deal(value: int, moving: list[Paper]) -> tuple[int, int]:
        """Papers to the first candidate of each who continues; returns what was moved, and what nobody could take."""
        heaps: dict[int, list[Paper]] = {n: [] for n in table.continuing}
        left = moved = 0
        for paper in moving:
            for n in paper[0]:
                if n in heaps:
                    heaps[n].append(paper)
                    break
            else:
                left += paper[1]
        for n, heap in heaps.items():
            if heap:
                amount = value * sum(map(WEIGHT, heap))
                pile = piles[n]
                pile[value] = pile[value] + heap if value in pile else heap
                totals[n] += amount
                moved += amount
        return moved, value * left

    firsts: dict[int, list[Paper]] = {
        n: [] for n in table.all
    }  # who withdrew is on no ballot: every first preference continues
    for paper in papers:
        firsts[paper[0][0]].append(paper)
    for n, heap in firsts.items():
        piles[n], totals[n] = {unit: heap}, unit * sum(map(WEIGHT, heap))

    def close(action: str, candidates: Iterable[int], spared: Iterable[int] = ()) -> None:
        before = len(table.elected)
        table.close(action, candidates, totals, gone, lost, spared)
        pending.update(n for n in table.elected[before:] if totals[n] > table.quota)

    table.fillable = table.fillable if valid else 0
    close("first", table.continuing)
    while table.vacancies > 0:
        full = table.full()
        if full or not pending:
            out = full
            spared: list[int] = []
            if not full:
                lowest, spared = table.lowest(totals, with_history=True)
                out = [lowest]
            table.continuing.difference_update(out)
            parcels = [parcel for n in out for parcel in piles[n].items()]
            for n in out:
                totals[n], piles[n] = 0, {}
            gone += sum(deal(value, moving)[1] for value, moving in parcels)
            close("cap" if full else "exclude", out, spared)
        else:
            most = max(table.key(n) for n in pending)
            giver = table.drawn([n for n in pending if table.key(n) == most])[0]
            pending.discard(giver)
            surplus, total, given = totals[giver] - table.quota, totals[giver], piles[giver]
            totals[giver], piles[giver] = table.quota, {}
            dealt = [deal(surplus * value // total, moving) for value, moving in given.items()]
            gone, lost = gone + sum(left for _m, left in dealt), lost + surplus - sum(map(sum, dealt))
            close("surplus", [giver])


class _Node:
    """Papers that agree up to a candidate; opened further only where part of a vote passes on."""

    __slots__ = ("below", "ended", "papers", "weight")

    def __init__(self) -> None:
        self.weight = self.ended = 0
        self.papers: list[tuple[Choices, int, int]] = []
        self.below: dict[int, _Node] | None = None

    def add(self, preferences: Choices, place: int, weight: int, hopeful: set[int]) -> None:
        """One more paper, whose candidate here stands at `place`."""
        self.weight += weight
        self.papers.append((preferences, place, weight))
        if self.below is not None:
            self.pass_on(self.below, preferences, place, weight, hopeful)

    def pass_on(
        self, below: dict[int, _Node], preferences: Choices, place: int, weight: int, hopeful: set[int]
    ) -> None:
        """One paper to the next candidate on it who is hopeful or elected, or to those that ended."""
        for at in range(place + 1, len(preferences)):
            n = preferences[at]
            if n in hopeful:
                if n not in below:
                    below[n] = _Node()
                below[n].add(preferences, at, weight, hopeful)
                return
        self.ended += weight

    def open(self, hopeful: set[int]) -> dict[int, _Node]:
        """The nodes below, which are made where they are first needed."""
        if self.below is None:
            self.below, self.ended = {}, 0
            for paper in self.papers:
                self.pass_on(self.below, *paper, hopeful)
        return self.below

    def drop(self, out: Iterable[int], hopeful: set[int]) -> None:
        """Candidates are excluded: their papers go to the next below this node."""
        if self.below is None:
            return
        freed = [self.below.pop(n) for n in out if n in self.below]
        for node in self.below.values():
            node.drop(out, hopeful)
        for node in freed:
            for paper in node.papers:
                self.pass_on(self.below, *paper, hopeful)


def _meek(table: _Table, papers: list[Paper], valid: int) -> None:
    """Reference Meek Rule: iterated until the surplus is below one millionth of a vote; rounded up at 9 decimals."""
    unit = 10**9
    alive = set(table.continuing)  # hopeful or elected
    keep = dict.fromkeys(alive, unit)
    root = _Node()
    below = root.open(alive)
    for preferences, weight in papers:
        root.pass_on(below, preferences, -1, weight, alive)
    totals: Totals = dict.fromkeys(table.all, 0)

    def spread(node: _Node, w: int) -> int:
        """Of each paper w comes to this node; returns what no candidate of it takes."""
        below, left = node.open(alive), node.ended * w
        for n, child in below.items():
            part = -(-w * keep[n] // unit)
            totals[n] += part * child.weight
            if part < w:
                left += spread(child, w - part)
        return left

    def iterate() -> tuple[list[int], int]:
        """Distribute once, with the quota and the surplus that follow; returns who reaches it, and what is over."""
        totals.update(dict.fromkeys(table.all, 0))
        over = spread(root, unit)
        table.quota = sum(totals.values()) // (table.rules["seats"] + 1) + 1
        reached = [n for n in table.continuing if totals[n] >= table.quota]
        able = {n for n in reached if table.has_room(n)}
        table.surplus = max(sum(totals[n] - table.quota for n in [*table.elected, *able]), 0)
        return reached, over

    table.fillable = table.fillable if valid else 0
    over = iterate()[1]
    table.close("first", table.continuing, totals, over)
    while table.vacancies > 0:
        out, action = table.full(), "cap"
        spared: list[int] = []
        done = False
        if not out and table.surplus >= OMEGA:
            over, done = _round(table, keep, totals, iterate, unit)
        if not out and not done:
            lowest, spared = table.lowest(totals, with_history=False)
            out, action = [lowest], "exclude"
        if out:
            table.continuing.difference_update(out)
            alive.difference_update(out)
            if table.vacancies == len(table.continuing):  # complete: nothing more is distributed
                over += sum(totals[n] for n in out)
                totals.update(dict.fromkeys(out, 0))
            else:
                root.drop(out, alive)
                over = iterate()[1]
            table.close(action, out, totals, over, spared=spared)


def _round(
    table: _Table, keep: Totals, totals: Totals, iterate: Callable[[], tuple[list[int], int]], unit: int
) -> tuple[int, bool]:
    """Iterate until somebody is elected or the surplus settles, in one stage; what is over, and whether one is elected."""
    while True:
        before = table.surplus
        for n in table.elected:
            raised = -(-keep[n] * table.quota // unit)
            keep[n] = min(-(-raised * unit // totals[n]), unit)
        reached, over = iterate()
        if reached or table.surplus < OMEGA or table.surplus >= before:
            table.close("round", table.continuing, totals, over)
            return over, bool(table.stages[-1]["elected"])
