"""Forms about actions and themes."""

from django import forms
from django.utils.translation import gettext_lazy as _

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


class ThemeForm(forms.Form):
    """A theme's name in each language of the interface."""

    name_es = forms.CharField(label=_("Name in Spanish"), max_length=120, help_text=_("The official name."))
    name_pt = forms.CharField(label=_("Name in Portuguese"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)

    @property
    def names(self):
        return {code: self.cleaned_data[f"name_{code}"] for code in ("es", "pt", "en")}
