"""Points on the year's arch: a low segment of a circle, January at its left foot, December at its right."""

import math
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.dates import MONTHS_3

register = template.Library()

SPAN, RISE = 1160.0, 132.0  # of the chord and of the arch, in the drawing's units
FOOT = (20.0, 178.0)  # left foot
RADIUS = (SPAN**2 / 4 + RISE**2) / (2 * RISE)
HALF = math.asin(SPAN / 2 / RADIUS)
APART = 0.19  # months: nearer dots would overlap and are raised


def _point(month: float, above: float = 0.0) -> tuple[float, float]:
    """x and y of a month on the arch. Equal months are equal lengths of the arch, so that a dash of `month` ends at this point."""
    angle = (min(max(month, 0), 12) / 12 * 2 - 1) * HALF
    reach = RADIUS + above
    return FOOT[0] + SPAN / 2 + reach * math.sin(angle), FOOT[1] + RADIUS - RISE - reach * math.cos(angle)


def _svg(number: float) -> str:
    return f"{number:.1f}"  # a string: Django would write 12,5 in Spanish, which SVG cannot read


@register.simple_tag
def arch_path() -> str:
    """The `d` of the arch."""
    x, y = FOOT
    return f"M{_svg(x)} {_svg(y)}A{_svg(RADIUS)} {_svg(RADIUS)} 0 0 1 {_svg(x + SPAN)} {_svg(y)}"


@register.simple_tag
def arch_gone(month: float | str | None) -> str:
    """How much of the arch is over, as a dash."""
    return f"{min(max(float(month or 0), 0), 12):.3f} 12"


@register.simple_tag
def arch_points(items: Iterable[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The items by date, each with number, x and y as strings; those that would overlap are raised."""
    points: list[dict[str, Any]] = []
    row: list[float] = []
    for number, item in enumerate(sorted(items or [], key=lambda item: item["month"]), 1):
        month = float(item["month"])
        row = [other for other in row if month - other < APART]
        x, y = _point(month, above=30.0 * len(row))
        row.append(month)
        points.append({**item, "number": number, "x": _svg(x), "y": _svg(y), "above": _svg(y - 17)})
    return points


@register.simple_tag
def arch_months() -> list[dict[str, Any]]:
    """The twelve months' names with their places under the arch."""
    feet = [(MONTHS_3[number], *_point(number - 0.5, above=-30.0)) for number in range(1, 13)]
    return [{"name": name, "x": _svg(x), "y": _svg(y)} for name, x, y in feet]
