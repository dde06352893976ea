"""Planning, correcting, moving and cancelling a meeting; the filters of the list."""

import datetime
import zoneinfo

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock
from core.visibility import Visibility
from meetings.forms.translated import SubmitHelper, TranslatedForm, date_field, time_field, visibility_field
from meetings.queries.fingerprints import WHEN_AND_WHERE, fingerprint_of
from meetings.services.meetings import MeetingPlan
from meetings.services.schedule import Schedule
from meetings.states import MeetingKind, MeetingState, Mode

#: Days beyond these are typing mistakes; they would also overflow a calendar.
FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)
EVERYBODY = (Visibility.PUBLIC, Visibility.COMMUNITY, Visibility.PRIVATE)


class Zones(forms.TextInput):
    """A text field that offers the zones of the region; any other known zone may be typed."""

    template_name = "meetings/_zones.html"
    offered = (
        "America/Montevideo",
        "America/Argentina/Buenos_Aires",
        "America/Asuncion",
        "America/Bogota",
        "America/Caracas",
        "America/Costa_Rica",
        "America/Guatemala",
        "America/Havana",
        "America/La_Paz",
        "America/Lima",
        "America/Mexico_City",
        "America/New_York",
        "America/Panama",
        "America/Port_of_Spain",
        "America/Santiago",
        "America/Santo_Domingo",
        "America/Sao_Paulo",
        "Europe/Madrid",
        "UTC",
    )

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"offered": self.offered}


class ScheduleForm(forms.Form):
    """Days, hours in a zone where they are known, and where."""

    starts_on = date_field(_("First day"))
    ends_on = date_field(_("Last day"), help_text=_("Empty: it lasts one day."))
    starts_time = time_field(_("Begins at"), help_text=_("On the first day, if the time is known."))
    ends_time = time_field(_("Ends at"), help_text=_("On the last day."))
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        initial=settings.CASA_ZONE,
        widget=Zones(attrs={"list": "zones"}),
        validators=[clock.known_zone],
        help_text=_("The one in which it is announced, such as America/Montevideo."),
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=[("", _("Not known yet")), *Mode.choices], required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False, help_text=_("Building, city."))
    link = forms.URLField(
        label=_("Address for remote participation"), max_length=200, required=False, assume_scheme="https"
    )

    def __init__(self, *args, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["link"].who_sees = _("those invited, and the member organisations")
        if meeting is not None:
            self.initial |= self._of(meeting)

    @staticmethod
    def _of(meeting):
        place = clock.zone(meeting.zone)
        values = {name: getattr(meeting, name) for name in ("starts_on", "ends_on", "zone", "mode", "place", "link")}
        if meeting.has_hours:
            values["starts_time"] = meeting.starts_at.astimezone(place).time()
            values["ends_time"] = meeting.ends_at.astimezone(place).time()
        return values

    def schedule_layout(self):
        return [
            Fieldset(_("When"), Row("starts_on", "ends_on"), Row("starts_time", "ends_time"), "zone"),
            Fieldset(_("Where"), "mode", "place", "link"),
        ]

    def clean_zone(self):
        zone = self.cleaned_data["zone"].strip()
        # A folder of the zone database, such as "America", opens without error on some systems and is no zone.
        if zone not in zoneinfo.available_timezones():
            raise ValidationError(_("Unknown time zone. Enter one such as America/Montevideo."), code="zone")
        return zone

    def _day(self, name):
        day = self.cleaned_data.get(name)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Enter a year between 1990 and 2100."))
        return day

    def clean_starts_on(self):
        return self._day("starts_on")

    def clean_ends_on(self):
        return self._day("ends_on")

    def clean(self):
        data = super().clean()
        if {"starts_on", "ends_on", "starts_time", "ends_time"} & set(self.errors):
            return data
        for field, sentence in self.schedule.problems().items():
            self.add_error(field, sentence)
        return data

    @cached_property
    def schedule(self) -> Schedule:
        """What was written; a local time that does not exist or happens twice is refused at its field."""
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        # Where the zone is refused the rest is checked all the same, so that all messages come at once.
        zone = self.cleaned_data.get("zone") or "UTC"
        begins, ends = self._instant(first, "starts_time", zone), self._instant(last or first, "ends_time", zone)
        hour_without_day = first is None and (
            self.cleaned_data.get("starts_time") or self.cleaned_data.get("ends_time")
        )
        if hour_without_day:
            self.add_error("starts_on", _("Say on which day it begins."))
        return Schedule(first, last, begins, ends, zone)

    def _instant(self, day, field, zone):
        local = self.cleaned_data.get(field)
        if day is None or local is None:
            return None
        try:
            return clock.instant(datetime.datetime.combine(day, local), zone)
        except ValidationError as error:
            self.add_error(field, error)
        except OverflowError:
            self.add_error(field, _("Enter another time."))
        return None

    @property
    def where(self) -> dict[str, str]:
        """Place, mode and link."""
        return {name: self.cleaned_data[name] for name in ("place", "mode", "link")}


class MeetingForm(ScheduleForm, TranslatedForm):
    """Plan a meeting."""

    translated_fields = {"title": (_("Title"), 200, 0)}
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices, initial=MeetingKind.COORDINATION)
    visibility = visibility_field(
        EVERYBODY,
        initial=Visibility.COMMUNITY,
        help_text=_("A planned meeting is visible only to the coordination team; once convened, to those chosen here."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = SubmitHelper(
            self, _("Plan the meeting"), *self.translated_layout(), "kind", "visibility", *self.schedule_layout()
        )

    def plan(self) -> MeetingPlan:
        """What was written."""
        data = self.cleaned_data
        return MeetingPlan(
            titles=self.texts("title"),
            language=data["source_language"],
            kind=data["kind"],
            visibility=data["visibility"],
            schedule=self.schedule,
            **self.where,
        )


class MeetingEditForm(TranslatedForm):
    """Correct title, kind and audience."""

    translated_fields = MeetingForm.translated_fields
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    visibility = visibility_field(EVERYBODY)
    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.initial |= {"kind": row.kind, "visibility": row.visibility}
        self.helper = SubmitHelper(
            self, _("Correct the meeting"), *self.translated_layout(), "kind", "visibility", "base_version"
        )


class MoveForm(ScheduleForm):
    """Change when and where; `seen` is the fingerprint of them when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, empty_value=None)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.initial["seen"] = fingerprint_of(meeting, WHEN_AND_WHERE)
        self.helper = SubmitHelper(
            self,
            _("Change it and notify those invited")
            if meeting.state == MeetingState.CONVENED
            else _("Set when and where"),
            *self.schedule_layout(),
            "seen",
        )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Those invited see it in their e-mail and calendar.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = SubmitHelper(self, _("Cancel the meeting"))


class MeetingFilter(forms.Form):
    """The filters of the list; they live in the address."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *MeetingKind.choices])

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All years")), *[(str(year), str(year)) for year in years]]
        self.hide_optional = True
