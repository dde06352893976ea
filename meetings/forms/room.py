"""Asking and deciding in the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.visibility import Visibility
from meetings.forms.decisions import AFTER_PUBLICATION, clean_year
from meetings.forms.translated import date_field, visibility_field
from meetings.services.room import RoomDecision
from meetings.states import HowDecided, QuestionKind
from organizations.models import Organization


class AskForm(forms.Form):
    words = forms.CharField(
        label=_("What is asked"), max_length=240, help_text=_("A sentence that could serve as the decision.")
    )
    kind = forms.ChoiceField(
        label=_("How"), choices=QuestionKind.choices, widget=forms.RadioSelect, initial=QuestionKind.CONSENSUS
    )


class RoomDecisionForm(forms.Form):
    """A decision and, where an organisation takes it on, its action."""

    title = forms.CharField(label=_("Decision"), max_length=240, widget=forms.TextInput(attrs={"autofocus": True}))
    how = forms.ChoiceField(
        label=_("How it was decided"), choices=[choice for choice in HowDecided.choices if choice[0]]
    )
    objections = forms.CharField(
        label=_("Objections, with reasons"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    organization = forms.ModelChoiceField(
        label=_("Who does it"), required=False, queryset=Organization.objects.none(), empty_label=_("Nobody yet")
    )
    due_on = date_field(_("Due"))
    visibility = visibility_field(
        (Visibility.PUBLIC, Visibility.COMMUNITY, Visibility.PRIVATE), help_text=AFTER_PUBLICATION
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = members

    def clean_due_on(self):
        return clean_year(self.cleaned_data["due_on"])

    def decision(self) -> RoomDecision:
        """What was written."""
        return RoomDecision(**self.cleaned_data)
