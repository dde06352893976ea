"""Threads: what a record came from and what came of it, across every floor, in two queries."""

from dataclasses import dataclass, field

from django.db import connection

from core.records.models import Link
from core.records.registry import kind_of
from core.records.rows import rows

#: A thread that is deeper than this is no longer read by anybody.
MAX_DEPTH = 12


@dataclass
class Node:
    """A record in a thread and what came of it, oldest first; `kind` says how it hangs on the one above."""

    row: object
    kind: str = ""
    children: list = field(default_factory=list)

    @property
    def code(self):
        return self.row.code

    def latest(self):
        """The newest dated Row below this node: its latest evidence. None when nothing came of it yet."""
        below = [node for child in self.children for node in (child, *child.walk())]
        dated = [node.row for node in below if node.row.date]
        return max(dated, key=lambda row: (row.date, row.code), default=None)

    def walk(self):
        for child in self.children:
            yield child
            yield from child.walk()


def _reach(codes, forward):
    """[(origin, outcome, kind)] of every link reachable from `codes`; cycles end by the UNION."""
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


def _tree(code, links, known, kind="", seen=()):
    node = Node(known[code], kind)
    for target, link_kind in links.get(code, ()):
        if target in known and target not in seen:
            node.children.append(_tree(target, links, known, link_kind, (*seen, code)))
    node.children.sort(key=lambda child: (str(child.row.date or ""), child.code))
    return node


def _links(codes, forward):
    """{code: [(next code, kind)]} of every link reachable from `codes`."""
    links = {}
    for origin, outcome, kind in _reach(codes, forward):
        here, there = (origin, outcome) if forward else (outcome, origin)
        links.setdefault(here, []).append((there, kind))
    return links


def _everything(codes, links):
    return set(codes) | set(links) | {target for group in links.values() for target, _kind in group}


def _trees(codes, user, now, forward):
    codes = list(dict.fromkeys(codes))
    links = _links(codes, forward)
    known = rows(_everything(codes, links), user, now)
    return [_tree(code, links, known) for code in codes if code in known]


def what_came_of(codes, user, now):
    """[Node] for each of `codes` this reader may see, with everything that came of it."""
    return _trees(codes, user, now, forward=True)


def where_from(code, user, now):
    """Node whose children are what `code` came from; None if the reader may not see it."""
    return next(iter(_trees([code], user, now, forward=False)), None)


def around(code, user, now):
    """(Node of what `code` came from, [Node] of what came of it), as the two above give them, in three queries."""
    back, ahead = _links([code], forward=False), _links([code], forward=True)
    known = rows(_everything([code], back) | _everything([code], ahead), user, now)
    if code not in known:
        return None, []
    return _tree(code, back, known), [_tree(code, ahead, known)]


def sources_of(codes):
    """[{"url", "note", "lang"}] on which these records stand, each address once, in the order of the codes. Whoever asks
    may see them. One query a kind."""
    wanted = {}
    for code in codes:
        kind = kind_of(code)
        if kind and any(field.name == "sources" for field in kind.model()._meta.fields):
            wanted.setdefault(kind.code, (kind, []))[1].append(code)
    found = {}
    for kind, those in wanted.values():
        found |= dict(kind.model().objects.filter(code__in=those).values_list("code", "sources"))
    told = {}
    for code in codes:
        for source in found.get(code, ()):
            told.setdefault(source["url"], source)
    return list(told.values())
