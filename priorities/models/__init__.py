"""Cycles, plans, priorities, common projects, threats and opportunities, assessments."""

from priorities.models.assessments import Assessment as Assessment
from priorities.models.assessments import Improvement as Improvement
from priorities.models.cycles import CycleExtension as CycleExtension
from priorities.models.cycles import PlanningCycle as PlanningCycle
from priorities.models.plans import PlanRevision as PlanRevision
from priorities.models.plans import PriorityPlan as PriorityPlan
from priorities.models.priorities import Priority as Priority
from priorities.models.priorities import PriorityDetails as PriorityDetails
from priorities.models.priorities import PriorityDraft as PriorityDraft
from priorities.models.projects import CommonProject as CommonProject
from priorities.models.projects import Milestone as Milestone
from priorities.models.projects import Participant as Participant
from priorities.models.projects import ProgressUpdate as ProgressUpdate
from priorities.models.questions import CycleQuestion as CycleQuestion
from priorities.models.questions import PlanAnswer as PlanAnswer
from priorities.models.threats import Endorsement as Endorsement
from priorities.models.threats import ThreatOpportunity as ThreatOpportunity
