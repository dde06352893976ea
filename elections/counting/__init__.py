"""The count: standard library only, exact integers, pure. Anybody may run it again from what is published."""

from elections.counting.core import (
    APPROVAL,
    MEEK,
    METHODS,
    PLURALITY,
    RANKED,
    SCOTTISH,
    YES_NO,
    LotNeeded,
    count,
    electable,
)

__all__ = [
    "APPROVAL",
    "MEEK",
    "METHODS",
    "PLURALITY",
    "RANKED",
    "SCOTTISH",
    "YES_NO",
    "LotNeeded",
    "count",
    "electable",
]
