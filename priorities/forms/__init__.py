"""Forms about cycles, cards and reading; about projects, threats and assessments in their own files."""

from priorities.forms.plans import (
    FIRST_YEAR,
    LAST_YEAR,
    CycleForm,
    DraftForm,
    EnterForm,
    ExtensionForm,
    FilterForm,
    ReasonForm,
    initial_of,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "CycleForm",
    "DraftForm",
    "EnterForm",
    "ExtensionForm",
    "FilterForm",
    "ReasonForm",
    "initial_of",
]
