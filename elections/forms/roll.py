"""Who votes for an organisation: in preparation, and as a correction of the published roll."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from elections.forms.submit import SubmitForm
from elections.models import Claim
from organizations.models import Mandate, Person
from organizations.states import SPEAKING_ROLES


class RollForm(SubmitForm):
    """Who votes for an organisation."""

    voter = forms.ModelChoiceField(label=_("Voter"), queryset=Person.objects.none(), required=False, empty_label="—")
    alternate = forms.ModelChoiceField(
        label=_("Alternate"), queryset=Person.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args, organization=None, entry=None, today=None, is_weighted=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_weighted:
            self.fields["weight"] = forms.IntegerField(
                label=_("Weight"),
                min_value=1,
                max_value=1_000_000,
                initial=getattr(entry, "weight", 1),
                help_text=_("How many votes its vote counts for."),
            )
            self.helper = FormHelper(self)
            self.helper.add_input(Submit("", self.verb, css_id="submit"))
        mandates = Mandate.objects.on(today).filter(organization=organization, role__in=SPEAKING_ROLES)
        people = Person.objects.filter(mandates__in=mandates).distinct().order_by("name")
        self.fields["voter"].help_text = _("Empty: this organisation does not vote.")
        for name in ("voter", "alternate"):
            self.fields[name].queryset = people
            self.fields[name].initial = getattr(entry, f"{name}_id", None)


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
