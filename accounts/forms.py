"""Forms about one's own account."""

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.outbox import kinds

#: Offered first; any IANA name is accepted.
NEAR_ZONES = sorted(name for name in zoneinfo.available_timezones() if name.startswith("America/"))


class MailStopForm(forms.Form):
    """The buttons of the page that stops a kind of mail; a mail program's one click sends neither."""

    again = forms.BooleanField(required=False)


class PreferencesForm(forms.ModelForm):
    reminders = forms.MultipleChoiceField(
        label=_("Remind me of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you leave unticked is not sent to you by e-mail; it still appears on your page."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reminders"].choices = kinds.stoppable().items()

    @property
    def unwanted(self):
        """The kinds of mail that were left unticked."""
        return set(kinds.stoppable()) - set(self.cleaned_data["reminders"])

    class Meta:
        model = User
        fields = ["language", "zone"]
        help_texts = {
            "language": _("The language this portal uses to write to you."),
            "zone": _("Deadlines are shown in the time zone they were announced in and in yours."),
        }
        widgets = {"zone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off"})}
