"""Room, interpretation, proposals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import LANGUAGE_NAMES, content_language
from meetings.states import ItemKind
from organizations.models import Organization


class ArrangeForm(forms.Form):
    room = forms.CharField(
        label=_("Room"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "rooms"}),
        help_text=_("By its name. No two meetings have it at the same time."),
    )  # fmt: skip
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreted into"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=list(LANGUAGE_NAMES.items()),
    )  # fmt: skip
    proposal_minutes = forms.IntegerField(
        label=_("Minutes of the agenda each organisation may propose"), min_value=0, max_value=600,
        help_text=_("0: no proposals are asked for."),
    )  # fmt: skip
    version = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, empty_value=None)


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
        label=_("Why it should be treated"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_NAMES.items()))

    def __init__(self, *args, mine, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = mine
        self.fields["language"].initial = content_language()
