"""Forms about visits, training and regulation."""

from engagement.forms.activities import ActivityForm, SessionForm
from engagement.forms.counts import CountsForm, ProgrammeForm
from engagement.forms.regulation import EventForm, ImpactForm, RegulationFilter, RegulationForm

__all__ = [
    "ActivityForm",
    "CountsForm",
    "EventForm",
    "ImpactForm",
    "ProgrammeForm",
    "RegulationFilter",
    "RegulationForm",
    "SessionForm",
]
