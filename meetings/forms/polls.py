"""Asking about dates, and answering."""

import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from meetings.forms.meetings import FIRST_DAY, LAST_DAY, Zones
from meetings.forms.words import date_field, time_field
from meetings.services.common import When
from meetings.services.polls import MOST_OPTIONS
from meetings.states import Fits

LOCAL = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PollForm(forms.Form):
    """Up to ten dates: days of which each lasts so long, or hours of which each lasts so many minutes."""

    SHOWN = 4

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_OPTIONS + 1):
            self.fields[f"day_{n}"] = date_field(_("Date %(n)s") % {"n": n})
            self.fields[f"time_{n}"] = time_field(_("At what time"))
        self.fields["time_1"].help_text = _("Leave empty for whole days; then for all of them.")
        for name, field in {
            "days": forms.IntegerField(label=_("How many days it lasts"), min_value=1, max_value=14, initial=1),
            "minutes": forms.IntegerField(
                label=_("Minutes, if it has a time"), min_value=10, max_value=720, initial=90
            ),
            "zone": forms.CharField(
                label=_("Time zone"), max_length=64, initial=settings.CASA_ZONE, widget=Zones(attrs={"list": "zones"}),
                validators=[clock.known_zone], help_text=_("The one in which it is announced, such as America/Montevideo."),
            ),
            "closes": forms.DateTimeField(label=_("Answers accepted until"), widget=LOCAL),
            "quorum": forms.IntegerField(label=_("Organisations needed"), min_value=1, max_value=99, initial=4),
            "note": forms.CharField(label=_("Note"), max_length=400, required=False),
        }.items():  # fmt: skip
            self.fields[name] = field

    hide_optional = True

    @property
    def dates(self):
        """[(the day's field, the hour's)]."""
        return [(self[f"day_{n}"], self[f"time_{n}"]) for n in range(1, MOST_OPTIONS + 1)]

    @property
    def others(self):
        return [self[name] for name in ("days", "minutes", "zone", "closes", "quorum", "note")]

    @property
    def more_open(self):
        """Whether one of the folded dates was written or refused."""
        folded = [one for pair in self.dates[self.SHOWN :] for one in pair]
        return any(one.errors or one.data for one in folded)

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        data["options"] = [one for n in range(1, MOST_OPTIONS + 1) if (one := self._option(n))]
        try:
            data["closes_at"] = clock.end_of(data["closes"].replace(tzinfo=None, second=0), data["zone"])
        except (ValidationError, OverflowError):
            self.add_error("closes", _("Enter another time."))
        return data

    def _option(self, n):
        """The When of one row; None where it is empty or wrong, which is then said beside it."""
        data = self.cleaned_data
        day, time = data.get(f"day_{n}"), data.get(f"time_{n}")
        if day is None:
            if time is not None:
                self.add_error(f"day_{n}", _("Say on which day it begins."))
            return None
        if not FIRST_DAY <= day <= LAST_DAY:
            self.add_error(f"day_{n}", _("Enter a year between 1990 and 2100."))
            return None
        if time is None:
            return When(day, day + datetime.timedelta(days=data["days"] - 1), zone=data["zone"])
        try:
            begins = clock.instant(datetime.datetime.combine(day, time), data["zone"])
        except ValidationError as error:
            self.add_error(f"time_{n}", error)
            return None
        ends = begins + datetime.timedelta(minutes=data["minutes"])
        return When(day, clock.today(ends, data["zone"]), begins, ends, data["zone"])

    def values(self):
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("options", "closes_at", "quorum", "note")}


class PollAnswerForm(forms.Form):
    """For every date yes, if need be, or no; `words` are {option id: the date in words}."""

    def __init__(self, *args, options, words, said=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = list(options)
        for one in self.options:
            self.fields[f"option_{one.pk}"] = forms.ChoiceField(
                label=words[one.pk], choices=Fits.choices, widget=forms.RadioSelect(attrs={"class": "segmented"}),
                initial=(said or {}).get(one.pk), required=False,
            )  # fmt: skip
            self.fields[f"option_{one.pk}"].needed = True

    def fits(self):
        """What the service takes."""
        return {one.pk: self.cleaned_data.get(f"option_{one.pk}") for one in self.options}
