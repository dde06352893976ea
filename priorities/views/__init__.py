"""Entrances: reading, the coordination team's cycle, an organisation's own plan."""

from priorities.views.cycles import (
    CycleCreate,
    CycleDashboard,
    CycleEdit,
    CycleExtend,
    CycleMove,
    CyclePublish,
    CycleRemind,
)
from priorities.views.drafts import DraftAdd, DraftContinue, DraftEdit, DraftMove, DraftRemove
from priorities.views.plans import (
    PlanAmend,
    PlanBegin,
    PlanDiscard,
    PlanEdit,
    PlanMine,
    PlanNone,
    PlanSubmit,
    PlanWithdraw,
)
from priorities.views.reading import CycleDetail, CycleList, PlanDetail, PriorityDetail

__all__ = [
    "CycleCreate",
    "CycleDashboard",
    "CycleDetail",
    "CycleEdit",
    "CycleExtend",
    "CycleList",
    "CycleMove",
    "CyclePublish",
    "CycleRemind",
    "DraftAdd",
    "DraftContinue",
    "DraftEdit",
    "DraftMove",
    "DraftRemove",
    "PlanAmend",
    "PlanBegin",
    "PlanDetail",
    "PlanDiscard",
    "PlanEdit",
    "PlanMine",
    "PlanNone",
    "PlanSubmit",
    "PlanWithdraw",
    "PriorityDetail",
]
