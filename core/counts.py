"""Counting people without identifying anyone: what of a table may be published.

A small number in a table can point at somebody ("one prosecutor from a country of three"). So small categories are
put together until every number that is published is at least `LEAST`, and the total is the sum of what is published,
so that nothing can be had by subtraction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

LEAST = 5


@dataclass(frozen=True)
class PublishedCounts:
    """A one-way table as it may be published: `cells` in falling order, `other` for those put together.

    `is_few`: there were some, but fewer than LEAST in all; then nothing else is published.
    """

    cells: list[tuple[str, int]] = field(default_factory=list)
    other: int = 0
    is_few: bool = False

    @property
    def total(self) -> int:
        return sum(number for _name, number in self.cells) + self.other


def one_way(table: Mapping[str, int]) -> PublishedCounts:
    """What may be published of {category: number}: every number in it is at least LEAST, whatever was counted."""
    cells = sorted(
        ((name, number) for name, number in table.items() if number > 0), key=lambda cell: (-cell[1], cell[0])
    )
    if not cells:
        return PublishedCounts()
    if sum(number for _name, number in cells) < LEAST:
        return PublishedCounts(is_few=True)
    other = 0
    while cells and (cells[-1][1] < LEAST or 0 < other < LEAST):
        other += cells.pop()[1]
    return PublishedCounts(cells, other)
