"""Dates and filters of a year's cycle.

Choices are slugs and codes, compared in Python: what is not offered is refused beside the field, whatever it is.
"""

import datetime
from collections.abc import Callable

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from priorities.states import FIRST_YEAR, LAST_YEAR

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class LocalMomentField(forms.DateTimeField):
    """A wall-clock date and time, without zone: the form knows in which it is meant."""

    widget = MOMENT

    def to_python(self, value):
        moment = super().to_python(value)
        if moment is None:
            return None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(_("Choose a year between 2000 and 2099."))
        return moment.replace(tzinfo=None)


def to_instant(
    form: forms.Form, name: str, zone: str, convert: Callable[[datetime.datetime, str], datetime.datetime]
) -> datetime.datetime | None:
    """The instant of a cleaned local moment; a time that does not exist there, or twice, is an error of the field."""
    local = form.cleaned_data.get(name)
    if local is None:
        return None
    try:
        return convert(local.replace(second=0, microsecond=0), zone)
    except ValidationError as error:
        form.add_error(name, error)
        return None


class CycleForm(forms.Form):
    """A year's cycle: when organisations may write, until when they may submit."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    opens = LocalMomentField(label=_("Opens"), help_text=_("Organisations can write their plans from then on."))
    closes = LocalMomentField(
        label=_("Closes"), help_text=_("Until the end of that minute: with 23:59, the whole day counts.")
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        initial=settings.CASA_ZONE,
        validators=[clock.known_zone],
        help_text=_("The time zone in which these times are announced, for example America/Montevideo."),
    )

    def __init__(self, *args, cycle=None, **kwargs):
        super().__init__(*args, **kwargs)
        if cycle is not None:
            del self.fields["year"]

    def clean(self):
        data = super().clean()
        if zone := data.get("zone"):
            data["opens_at"] = to_instant(self, "opens", zone, clock.instant)
            data["closes_at"] = to_instant(self, "closes", zone, clock.end_of)
            if data["opens_at"] and data["closes_at"] and data["closes_at"] <= data["opens_at"]:
                self.add_error("closes", _("The closing time must be later than the opening time."))
        return data


class ExtensionForm(forms.Form):
    """A later closing, with its reason."""

    closes = LocalMomentField(label=_("New deadline"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The organisations receive it by e-mail."))

    def __init__(self, *args, cycle, **kwargs):
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        self.fields["closes"].help_text = _("In the time zone %(zone)s, until the end of that minute.") % {
            "zone": cycle.zone
        }

    def clean(self):
        data = super().clean()
        data["closes_at"] = to_instant(self, "closes", self.cycle.zone, clock.end_of)
        if data["closes_at"] and data["closes_at"] <= self.cycle.closes_at:
            self.add_error("closes", _("The new deadline must be later than the current one."))
        return data


class FilterForm(forms.Form):
    """What to show of a cycle's priorities; lives in the address."""

    hide_optional = True

    q = forms.CharField(label=_("Words"), max_length=100, required=False, widget=forms.SearchInput)
    organization = forms.ChoiceField(label=_("Organisation"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    space = forms.ChoiceField(label=_("Space"), required=False)

    def __init__(self, *args, organizations, themes, spaces, **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        self.fields["organization"].choices = every + [(row.slug, row.acronym) for row in organizations]
        self.fields["theme"].choices = every + [(row.slug, row.name) for row in themes]
        self.fields["space"].choices = every + [(row.slug, row.short_name) for row in spaces]
