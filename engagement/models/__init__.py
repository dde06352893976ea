"""Institutions, visits and meetings with policymakers, training for justice and law enforcement."""

from engagement.models.activities import Activity as Activity
from engagement.models.institutions import DatedModel as DatedModel
from engagement.models.institutions import Institution as Institution
from engagement.models.regulation import Regulation as Regulation
from engagement.models.regulation import RegulationEvent as RegulationEvent
from engagement.models.training import TrainingProgramme as TrainingProgramme
from engagement.models.training import TrainingSession as TrainingSession
