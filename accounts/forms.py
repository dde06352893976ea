"""Forms about one's own account."""

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User

#: Offered first; any IANA name is accepted.
NEAR_ZONES = sorted(name for name in zoneinfo.available_timezones() if name.startswith("America/"))


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["language", "zone"]
        help_texts = {
            "language": _("The language in which this portal writes to you."),
            "zone": _("Deadlines are shown in the announced zone and in yours."),
        }
        widgets = {"zone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off"})}
