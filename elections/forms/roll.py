"""Corrections of the published roll."""

from django import forms
from django.utils.translation import gettext_lazy as _

from elections.forms.elections import RollForm
from elections.models import Claim


class CorrectionForm(RollForm):
    """Who shall vote for an organisation instead, and why."""

    verb = _("Request the correction")
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    claim = forms.ModelChoiceField(
        label=_("Because of the claim"), queryset=Claim.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args, claims, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["voter"].help_text = _("Empty: this organisation is removed from the roll.")
        self.fields["reason"].who_sees = _("everybody who can see the election")
        self.fields["claim"].queryset = claims
        self.fields["claim"].label_from_instance = lambda row: f"{row.organization}: {row.text[:80]}"
