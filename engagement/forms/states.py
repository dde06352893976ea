"""The button that changes the state of a visit or a training session."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StateForm(forms.Form):
    """The new state, one of `states`."""

    state = forms.ChoiceField(
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose its status.")),
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states.choices
