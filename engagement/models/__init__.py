"""Institutions, visits and meetings with policymakers, training for justice and law enforcement."""

from engagement.models.activities import Activity
from engagement.models.institutions import DatedModel, Institution
from engagement.models.regulation import Regulation, RegulationEvent
from engagement.models.training import TrainingProgramme, TrainingSession

__all__ = [
    "Activity",
    "DatedModel",
    "Institution",
    "Regulation",
    "RegulationEvent",
    "TrainingProgramme",
    "TrainingSession",
]
