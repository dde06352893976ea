"""Entrances: reading, and the staff forms about visits, training and regulation."""

from engagement.views.activities import ActivityAdd, ActivityEdit, ActivityStateChange
from engagement.views.pages import ActivityDetail, ActivityList, ProgrammeDetail, SessionDetail
from engagement.views.regulation import EventAdd, ImpactWrite, RegulationAdd, RegulationDetail, RegulationList
from engagement.views.training import ProgrammeAdd, SessionAdd, SessionCount, SessionEdit, SessionStateChange

__all__ = [
    "ActivityAdd",
    "ActivityDetail",
    "ActivityEdit",
    "ActivityList",
    "ActivityStateChange",
    "EventAdd",
    "ImpactWrite",
    "ProgrammeAdd",
    "ProgrammeDetail",
    "RegulationAdd",
    "RegulationDetail",
    "RegulationList",
    "SessionAdd",
    "SessionCount",
    "SessionDetail",
    "SessionEdit",
    "SessionStateChange",
]
