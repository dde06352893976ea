"""Room, interpretation, proposals."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import LANGUAGE_NAMES, content_language
from meetings.models import MeetingRoom
from meetings.services.proposals import NewProposal
from meetings.states import ItemKind
from organizations.models import Organization

MOST_ADDITIONAL_ROOMS = 10
LONGEST_NAME = MeetingRoom._meta.get_field("name").max_length


class ArrangementsForm(forms.Form):
    room = forms.CharField(
        label=_("Room"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"list": "rooms"}),
        help_text=_("By its name. No two meetings can have it at the same time."),
    )
    additional_rooms = forms.CharField(
        label=_("Additional rooms"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, for parts that meet at the same time. Each item of the agenda then shows its room."),
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreted into"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(LANGUAGE_NAMES.items()),
    )
    proposal_minutes = forms.IntegerField(
        label=_("Minutes of the agenda that each organisation may propose"),
        min_value=0,
        max_value=600,
        help_text=_("0: organisations are not asked for proposals."),
    )
    version = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, empty_value=None)

    def clean_additional_rooms(self):
        """The names, each once, without the room above."""
        lines = self.cleaned_data["additional_rooms"].splitlines()
        names = [" ".join(line.split()) for line in lines if line.strip()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("The name of a room can have at most 80 characters."))
        main = " ".join(self.cleaned_data.get("room", "").split()).casefold()
        unique = {name.casefold(): name for name in names if name.casefold() != main}
        if len(unique) > MOST_ADDITIONAL_ROOMS:
            raise ValidationError(_("A meeting can have at most ten additional rooms."))
        return list(unique.values())


class ProposalForm(forms.Form):
    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), to_field_name="slug", empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=240)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[choice for choice in ItemKind.choices if choice[0] not in (ItemKind.BREAK, ItemKind.ELECTION)],
        initial=ItemKind.DISCUSSION,
    )
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=1, max_value=600)
    why = forms.CharField(
        label=_("Why it should be discussed"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_NAMES.items()))

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.fields["language"].initial = content_language()

    def proposal(self) -> NewProposal:
        """What was written."""
        names = ("title", "language", "kind", "minutes", "why")
        return NewProposal(**{name: self.cleaned_data[name] for name in names})
