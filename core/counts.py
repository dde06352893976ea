"""Counting people without telling of anyone: what of a table may be published.

A small number in a table can point at somebody ("one prosecutor from a country of three"). So small categories are
put together until every number that is told is at least `LEAST`, and the total is the sum of what is told, so that
nothing can be had by subtraction.
"""

from dataclasses import dataclass, field

LEAST = 5


@dataclass(frozen=True)
class PublishedCounts:
    """A one-way table as it may be published: `cells` in falling order, `other` for those put together.

    `is_few`: there were some, but fewer than LEAST in all; then nothing else is told.
    """

    cells: list = field(default_factory=list)
    other: int = 0
    is_few: bool = False

    @property
    def total(self):
        return sum(number for _name, number in self.cells) + self.other


def one_way(table):
    """Told of {category: number}. Every number in it is at least LEAST, whatever was counted."""
    kept = sorted(((name, number) for name, number in table.items() if number > 0), key=lambda one: (-one[1], one[0]))
    if not kept:
        return PublishedCounts()
    if sum(number for _name, number in kept) < LEAST:
        return PublishedCounts(is_few=True)
    other = 0
    while kept and (kept[-1][1] < LEAST or 0 < other < LEAST):
        other += kept.pop()[1]
    return PublishedCounts(kept, other)
