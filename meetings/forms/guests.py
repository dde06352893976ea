"""Inviting a guest."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from meetings.forms.meetings import Zones


class GuestForm(forms.Form):
    """Somebody without an account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.EmailField(label=_("E-mail"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)
    zone = forms.CharField(
        label=_("Their time zone"), max_length=64, initial=settings.CASA_ZONE, widget=Zones(attrs={"list": "zones"})
    )

    def clean_zone(self):
        zone = self.cleaned_data["zone"].strip()
        try:
            clock.known_zone(zone)
        except ValidationError as error:
            raise ValidationError(_("Unknown time zone. Enter one such as America/Montevideo.")) from error
        return zone
