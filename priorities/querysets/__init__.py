"""Reads of cycles, plans, drafts and priorities; of projects, threats and assessments in their own files."""

from priorities.querysets.plans import CycleQuerySet, DraftQuerySet, PlanQuerySet, PriorityQuerySet

__all__ = ["CycleQuerySet", "DraftQuerySet", "PlanQuerySet", "PriorityQuerySet"]
