"""No number below five is published, and none can be had by subtraction."""

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from core.counts import LEAST, PublishedCounts, one_way

TABLES = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(0, 40), max_size=9)


@given(TABLES)
@example({"AR": 1, "UY": 7, "CL": 6})
@example({"AR": 4, "UY": 4})
@example({"AR": 5, "UY": 1})
@example({"AR": 3})
def test_every_number_told_is_at_least_five(table):
    published, all_of_them = one_way(table), sum(table.values())
    assert all(number >= LEAST for _name, number in published.cells)
    assert published.other == 0 or published.other >= LEAST
    assert published.total == (0 if all_of_them < LEAST else all_of_them), "the total is that of what is published"
    assert published.is_few == (0 < all_of_them < LEAST)
    assert all(table[name] == number for name, number in published.cells)


@given(TABLES)
@example({"AR": 1, "UY": 7, "CL": 6})
@example({"AR": 5, "UY": 2, "CL": 2})
def test_whatever_is_subtracted_leaves_nobody_or_five(table):
    """Of the total and any choice of what is published, the rest is never a group that is too small to be published."""
    published = one_way(table)
    numbers = [number for _name, number in published.cells] + ([published.other] if published.other else [])
    for size in range(len(numbers) + 1):
        for chosen in combinations(numbers, size):
            rest = published.total - sum(chosen)
            assert rest == 0 or rest >= LEAST, (published, chosen)


def test_the_smallest_told_one_is_joined_where_the_joined_are_too_few():
    assert one_way({"AR": 1, "UY": 7, "CL": 6}) == PublishedCounts([("UY", 7)], other=7)
    assert one_way({"AR": 9, "UY": 8}) == PublishedCounts([("AR", 9), ("UY", 8)])
    assert one_way({}) == PublishedCounts() and one_way({"AR": 0}) == PublishedCounts()
