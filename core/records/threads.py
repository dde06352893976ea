"""Threads: what a record came from and what came of it, across every app, in two queries."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from core.records.models import Link
from core.records.registry import Kind, kind_of
from core.records.rows import Row, rows
from core.visibility import Reader

#: A thread that is deeper than this is no longer read by anybody.
MAX_DEPTH = 12


@dataclass
class Node:
    """A record in a thread and what came of it, oldest first; `kind` says how it hangs on the one above."""

    row: Row
    kind: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.row.code

    def latest(self) -> Row | None:
        """The newest dated Row below this node: its latest evidence. None when nothing came of it yet."""
        below = [node for child in self.children for node in (child, *child.walk())]
        dated = [node.row for node in below if node.row.date]
        return max(dated, key=lambda row: (str(row.date), row.code), default=None)

    def walk(self) -> Iterator["Node"]:
        """Everything below this node, depth first."""
        for child in self.children:
            yield child
            yield from child.walk()


#: {code: [(next code, kind of the link)]}, followed in one direction.
Links = dict[str, list[tuple[str, str]]]


class Around(NamedTuple):
    """What a record came from, as children of its own Node, and its Node with what came of it."""

    came_from: Node | None
    thread: list[Node]


def _reach(codes: list[str], forward: bool) -> list[tuple[str, str, str]]:
    """(origin, outcome, kind) of every link reachable from `codes`; cycles end by the UNION."""
    if not codes:
        return []
    table = Link._meta.db_table
    here, there = ("origin_id", "outcome_id") if forward else ("outcome_id", "origin_id")
    marks = ", ".join(["%s"] * len(codes))
    # Only names of our own table and columns are put into the statement; codes are parameters.
    statement = (
        f"WITH RECURSIVE reach(code, depth) AS ("
        f" SELECT code, 0 FROM core_record WHERE code IN ({marks})"
        f" UNION SELECT l.{there}, r.depth + 1 FROM {table} l JOIN reach r ON l.{here} = r.code WHERE r.depth < %s)"
        f" SELECT DISTINCT l.origin_id, l.outcome_id, l.kind FROM {table} l JOIN reach r ON l.{here} = r.code"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*codes, MAX_DEPTH])
        return cursor.fetchall()


def _tree(code: str, links: Links, known: dict[str, Row], kind: str = "", seen: tuple[str, ...] = ()) -> Node:
    node = Node(known[code], kind)
    for target, link_kind in links.get(code, ()):
        if target in known and target not in seen:
            node.children.append(_tree(target, links, known, link_kind, (*seen, code)))
    node.children.sort(key=lambda child: (str(child.row.date or ""), child.code))
    return node


def _links(codes: list[str], forward: bool) -> Links:
    """Every link reachable from `codes`."""
    links: Links = {}
    for origin, outcome, kind in _reach(codes, forward):
        here, there = (origin, outcome) if forward else (outcome, origin)
        links.setdefault(here, []).append((there, kind))
    return links


def _everything(codes: Iterable[str], links: Links) -> set[str]:
    return set(codes) | set(links) | {target for group in links.values() for target, _kind in group}


def _trees(codes: Iterable[str], user: Reader, now: datetime.datetime, forward: bool) -> list[Node]:
    codes = list(dict.fromkeys(codes))
    links = _links(codes, forward)
    known = rows(_everything(codes, links), user, now)
    return [_tree(code, links, known) for code in codes if code in known]


def what_came_of(codes: Iterable[str], user: Reader, now: datetime.datetime) -> list[Node]:
    """The Node of each of `codes` this reader may see, with everything that came of it."""
    return _trees(codes, user, now, forward=True)


def where_from(code: str, user: Reader, now: datetime.datetime) -> Node | None:
    """Node whose children are what `code` came from; None if the reader may not see it."""
    return next(iter(_trees([code], user, now, forward=False)), None)


def around(code: str, user: Reader, now: datetime.datetime) -> Around:
    """What a record came from and what came of it; neither where the reader may not see it. Three queries."""
    back, ahead = _links([code], forward=False), _links([code], forward=True)
    known = rows(_everything([code], back) | _everything([code], ahead), user, now)
    if code not in known:
        return Around(None, [])
    return Around(_tree(code, back, known), [_tree(code, ahead, known)])


def sources_of(codes: Collection[str]) -> list[dict[str, str]]:
    """The sources (url, note, lang) of these records, each address once, in the order of the codes.

    The caller has made sure that the reader may see the records. One query a kind.
    """
    wanted: dict[str, tuple[Kind, list[str]]] = {}
    for code in codes:
        kind = kind_of(code)
        if kind and any(field.name == "sources" for field in kind.model()._meta.fields):
            wanted.setdefault(kind.code, (kind, []))[1].append(code)
    found: dict[str, Any] = {}
    for kind, those in wanted.values():
        found |= dict(kind.model()._default_manager.filter(code__in=those).values_list("code", "sources"))
    by_address: dict[str, dict[str, str]] = {}
    for code in codes:
        for source in found.get(code, ()):
            by_address.setdefault(source["url"], source)
    return list(by_address.values())
