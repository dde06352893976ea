"""What a draft of a plan can choose from."""

import datetime
from dataclasses import dataclass

from commons.models import Theme
from core import clock
from priorities.models import Priority, PriorityPlan
from spaces.models import Space


@dataclass(frozen=True)
class DraftChoices:
    """Themes, spaces, and earlier priorities of the organisation that a draft may continue."""

    themes: list[Theme]
    spaces: list[Space]
    earlier: list[Priority]


def draft_choices(plan: PriorityPlan, now: datetime.datetime, current_theme: Theme | None = None) -> DraftChoices:
    """The DraftChoices of a plan today; a theme that was retired stays to be chosen where it is the current one."""
    themes = list(Theme.objects.offered_on(clock.today(now, plan.cycle.zone)))
    if current_theme is not None and current_theme not in themes:
        themes.append(current_theme)
    return DraftChoices(
        themes=themes,
        spaces=list(Space.objects.in_order()),
        earlier=list(Priority.objects.earlier_of(plan.organization, plan.cycle.year)),
    )
