"""Forms about actions."""

from django import forms

from commons.models import ActionUpdate
from commons.states import ACTION_MOVES, ActionState


class ActionUpdateForm(forms.ModelForm):
    class Meta:
        model = ActionUpdate
        fields = ["state", "words", "evidence"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, action, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = ACTION_MOVES[ActionState(action.state)]
        self.fields["state"].choices = [(s.value, s.label) for s in ActionState if s in allowed]
        self.fields["evidence"].assume_scheme = "https"
