"""Cycles, plans, priorities, common projects, threats and opportunities, assessments."""

from priorities.models.assessments import Assessment, Improvement
from priorities.models.cycles import CycleExtension, PlanningCycle
from priorities.models.plans import PlanRevision, PriorityPlan
from priorities.models.priorities import Priority, PriorityDetails, PriorityDraft
from priorities.models.projects import CommonProject, Milestone, Participant, ProgressUpdate
from priorities.models.questions import CycleQuestion, PlanAnswer
from priorities.models.threats import Endorsement, ThreatOpportunity

__all__ = [
    "Assessment",
    "CommonProject",
    "CycleExtension",
    "CycleQuestion",
    "Endorsement",
    "Improvement",
    "Milestone",
    "Participant",
    "PlanAnswer",
    "PlanRevision",
    "PlanningCycle",
    "Priority",
    "PriorityDetails",
    "PriorityDraft",
    "PriorityPlan",
    "ProgressUpdate",
    "ThreatOpportunity",
]
