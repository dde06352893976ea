"""The time of a communiqué, early access to it, and the organisations' own accounts."""

import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.text import LANGUAGE_NAMES
from meetings.forms.polls import LOCAL
from organizations.models import Organization


class SigningForm(forms.Form):
    """When a communiqué will be published, in the meeting's own time."""

    publishes_at = forms.DateTimeField(label=_("To be published on"), widget=LOCAL)

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["publishes_at"].help_text = _(
            "Local time in %(zone)s. The organisations can answer until then."
        ) % {"zone": zone}

    def clean_publishes_at(self):
        local = self.cleaned_data["publishes_at"].replace(tzinfo=None, second=0, microsecond=0)
        try:
            if not datetime.datetime(1990, 1, 1) <= local <= datetime.datetime(2100, 1, 1):
                raise ValidationError(_("Enter a year between 1990 and 2100."))
            return clock.instant(local, self.zone)
        except OverflowError as error:
            raise ValidationError(_("Enter another time.")) from error


class EarlyAccessForm(forms.Form):
    """Somebody who can read a communiqué before it is published."""

    name = forms.CharField(label=_("Name"), max_length=120)
    outlet = forms.CharField(label=_("For which media outlet"), max_length=120, required=False)
    address = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)


class AccountForm(forms.Form):
    """A page elsewhere on which an organisation gives its own account of a meeting."""

    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), to_field_name="slug", empty_label=None
    )
    title = forms.CharField(label=_("Its title"), max_length=200)
    url = forms.URLField(label=_("Its address"), max_length=500, assume_scheme="https")
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_NAMES.items()))

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        self.fields["url"].who_sees = _("everybody who can see the text")

    def clean_url(self):
        if not self.cleaned_data["url"].startswith(("https://", "http://")):
            raise ValidationError(_("Enter an address that begins with https://."))
        return self.cleaned_data["url"]
