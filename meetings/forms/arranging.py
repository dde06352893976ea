"""Room, interpretation, proposals."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import LANGUAGE_NAMES, content_language
from meetings.states import ItemKind
from organizations.models import Organization

LONGEST, MOST_BESIDE = 80, 10


class ArrangeForm(forms.Form):
    room = forms.CharField(
        label=_("Room"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "rooms"}),
        help_text=_("By its name. No two meetings can have it at the same time."),
    )  # fmt: skip
    rooms_beside = forms.CharField(
        label=_("Additional rooms"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, for parts that meet at the same time. Each item of the agenda then shows its room."),
    )  # fmt: skip
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreted into"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(LANGUAGE_NAMES.items()),
    )  # fmt: skip
    proposal_minutes = forms.IntegerField(
        label=_("Minutes of the agenda that each organisation may propose"), min_value=0, max_value=600,
        help_text=_("0: organisations are not asked for proposals."),
    )  # fmt: skip
    version = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, empty_value=None)

    def clean_rooms_beside(self):
        """[name], each once, without the room above."""
        said = [" ".join(line.split()) for line in self.cleaned_data["rooms_beside"].splitlines() if line.strip()]
        if any(len(name) > LONGEST for name in said):
            raise ValidationError(_("The name of a room can have at most 80 characters."))
        main = " ".join(self.cleaned_data.get("room", "").split()).casefold()
        found = {name.casefold(): name for name in said if name.casefold() != main}
        if len(found) > MOST_BESIDE:
            raise ValidationError(_("A meeting can have at most ten additional rooms."))
        return list(found.values())


class ProposalForm(forms.Form):
    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), to_field_name="slug", empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=240)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[one for one in ItemKind.choices if one[0] not in ("break", "election")],
        initial=ItemKind.DISCUSSION,
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=1, max_value=600)
    why = forms.CharField(
        label=_("Why it should be discussed"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_NAMES.items()))

    def __init__(self, *args, mine, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = mine
        self.fields["language"].initial = content_language()
