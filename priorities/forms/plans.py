"""Acts on a plan: a reason, a source, the version that is submitted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """One sentence that the member organisations read."""

    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, label="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].who_sees = _("the member organisations")


class EnterForm(forms.Form):
    """From what a plan is entered for an organisation."""

    entered_from = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("For example: slides received by e-mail on 12 January.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entered_from"].who_sees = _("the organisation and, once it is submitted, the member organisations")


class SubmitForm(forms.Form):
    """The plan as the submitter had it before their eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    @property
    def version_seen(self) -> int:
        """Its number; 0, which no plan has, where it was not sent or makes no sense."""
        return self.cleaned_data["version"] if self.is_valid() else 0
