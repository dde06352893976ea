"""The count: standard library only, exact integers, pure. Anybody may run it again from what is published."""

from committees.counting.core import PLURALITY, count

__all__ = ["PLURALITY", "count"]
