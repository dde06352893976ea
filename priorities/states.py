"""States of a cycle, of a plan, and how a priority stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("planning cycle", "in preparation")
    OPEN = "open", pgettext_lazy("planning cycle", "open")
    CONSOLIDATING = "consolidating", pgettext_lazy("planning cycle", "consolidating")
    PUBLISHED = "published", pgettext_lazy("planning cycle", "published")
    ASSESSING = "assessing", pgettext_lazy("planning cycle", "assessing")
    CLOSED = "closed", pgettext_lazy("planning cycle", "closed")


CYCLE_MOVES = {
    CycleState.DRAFT: {CycleState.OPEN},
    CycleState.OPEN: {CycleState.CONSOLIDATING, CycleState.PUBLISHED},
    CycleState.CONSOLIDATING: {CycleState.OPEN, CycleState.PUBLISHED},
    CycleState.PUBLISHED: {CycleState.ASSESSING},
    CycleState.ASSESSING: {CycleState.CLOSED},
    CycleState.CLOSED: set(),
}
#: From here on the public reads what owners made public.
PUBLISHED_STATES = (CycleState.PUBLISHED, CycleState.ASSESSING, CycleState.CLOSED)


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("plan", "draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "submitted")
    CLOSED = "closed", pgettext_lazy("plan", "closed")


#: A plan that was never submitted, or was withdrawn, stays a draft when its cycle is published: nobody ever reads it.
PLAN_MOVES = {
    PlanState.DRAFT: {PlanState.SUBMITTED},
    PlanState.SUBMITTED: {PlanState.DRAFT, PlanState.SUBMITTED, PlanState.CLOSED},
    PlanState.CLOSED: set(),
}


class Filing(models.TextChoices):
    """How an organisation stands in a cycle, as the coordination team sees it: never a word of a draft."""

    NOT_BEGUN = "not_begun", pgettext_lazy("plan", "not begun")
    DRAFT = "draft", pgettext_lazy("plan", "draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "submitted")
    NONE = "none", pgettext_lazy("plan", "none this year")


class Progress(models.TextChoices):
    """What the public reads of a priority (DESIGN: finer words stay among the organisations)."""

    UNDERWAY = "underway", _("under way")
    FULFILLED = "fulfilled", pgettext_lazy("decision", "fulfilled")
    NOT_CONTINUED = "not_continued", _("does not continue")


PROGRESS_STATUS = {Progress.UNDERWAY: "underway", Progress.FULFILLED: "fulfilled", Progress.NOT_CONTINUED: "dropped"}
