"""Opening a date poll, and answering it."""

import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from meetings.forms.meetings import FIRST_DAY, LAST_DAY, Zones
from meetings.forms.translated import date_field, time_field
from meetings.services.polls import MOST_OPTIONS
from meetings.services.schedule import Schedule
from meetings.states import Availability

LOCAL = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PollForm(forms.Form):
    """Up to ten dates: whole days, or times that all last as many minutes."""

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
                label=_("Time zone"),
                max_length=64,
                initial=settings.CASA_ZONE,
                widget=Zones(attrs={"list": "zones"}),
                validators=[clock.known_zone],
                help_text=_("The one in which it is announced, such as America/Montevideo."),
            ),
            "closes": forms.DateTimeField(label=_("Answers accepted until"), widget=LOCAL),
            "quorum": forms.IntegerField(label=_("Organisations needed"), min_value=1, max_value=99, initial=4),
            "note": forms.CharField(label=_("Note"), max_length=400, required=False),
        }.items():
            self.fields[name] = field

    hide_optional = True

    @property
    def dates(self):
        """The pairs of fields for a day and its time."""
        return [(self[f"day_{n}"], self[f"time_{n}"]) for n in range(1, MOST_OPTIONS + 1)]

    @property
    def others(self):
        return [self[name] for name in ("days", "minutes", "zone", "closes", "quorum", "note")]

    @property
    def more_open(self):
        """Whether one of the folded dates was filled in or refused."""
        folded = [field for pair in self.dates[self.SHOWN :] for field in pair]
        return any(field.errors or field.data for field in folded)

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        data["options"] = [option for n in range(1, MOST_OPTIONS + 1) if (option := self._option(n))]
        try:
            data["closes_at"] = clock.end_of(data["closes"].replace(tzinfo=None, second=0), data["zone"])
        except (ValidationError, OverflowError):
            self.add_error("closes", _("Enter another time."))
        return data

    def _option(self, n):
        """The Schedule of one row; None where it is empty, or refused at its field."""
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
            return Schedule(day, day + datetime.timedelta(days=data["days"] - 1), zone=data["zone"])
        try:
            begins = clock.instant(datetime.datetime.combine(day, time), data["zone"])
        except ValidationError as error:
            self.add_error(f"time_{n}", error)
            return None
        ends = begins + datetime.timedelta(minutes=data["minutes"])
        return Schedule(day, clock.today(ends, data["zone"]), begins, ends, data["zone"])

    def values(self):
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("options", "closes_at", "quorum", "note")}


class PollAnswerForm(forms.Form):
    """For every date yes, if need be, or no; `labels` are {option id: the date in words}, `answers` those given before."""

    def __init__(self, *args, options, labels, answers=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = list(options)
        for option in self.options:
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(
                label=labels[option.pk],
                choices=Availability.choices,
                widget=forms.RadioSelect(attrs={"class": "segmented"}),
                initial=(answers or {}).get(option.pk),
                required=False,
            )
            self.fields[f"option_{option.pk}"].needed = True

    def availability(self) -> dict[int, str]:
        """The answer to each option, {option id: Availability}."""
        return {option.pk: self.cleaned_data.get(f"option_{option.pk}", "") for option in self.options}
