"""What is answered by a button or a hidden field."""

from typing import Any

from django import forms

from core.errors import Incomplete


class ButtonForm(forms.Form):
    """The value of the button that was pressed."""

    def value(self, name: str) -> Any:
        """The clean value of a field. Raises Incomplete where the form is not valid."""
        if not self.is_valid():
            raise Incomplete(self.errors)
        return self.cleaned_data[name]


class NominationAnswerForm(ButtonForm):
    """Whether the nominee accepts, declines or, later, withdraws; by a personal link nobody withdraws."""

    answer = forms.ChoiceField(choices=[(name, name) for name in ("accept", "decline", "withdraw")])


class LinkAnswerForm(ButtonForm):
    """Whether the nominee of a personal link accepts or declines."""

    answer = forms.ChoiceField(choices=[(name, name) for name in ("accept", "decline")])


class CorrectionAnswerForm(ButtonForm):
    """Whether a correction of the roll is confirmed or refused."""

    answer = forms.ChoiceField(choices=[(name, name) for name in ("confirm", "refuse")])


class PresenceForm(ButtonForm):
    """Whether the voter or the alternate is in the room."""

    who = forms.ChoiceField(choices=[(name, name) for name in ("voter", "alternate")], required=False)
