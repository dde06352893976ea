"""Forms about editions and deadlines."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import countries
from core.clock import known_zone
from core.dates import Precision
from core.text import LANGUAGE_NAMES
from spaces.states import DeadlineKind, Mode

FIRST_YEAR, LAST_YEAR = 1990, 2100
#: Codes that Babel names though they are no country: unions, pseudo-languages, the unknown.
NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
SOURCE_HELP = _("The public address that says so.")
ZONE_HELP = _("Like America/Montevideo or UTC; empty where the announcement did not say.")


def day_field(label, **options):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class DayField(forms.DateField):
    """A day of a year that calendars know."""

    def validate(self, value):
        super().validate(value)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(_("This day is too far away."), code="far")


def zone_field():
    return forms.CharField(
        label=_("Time zone"), max_length=64, required=False, validators=[known_zone], help_text=ZONE_HELP
    )


def source_field():
    return forms.URLField(
        label=_("Source"), max_length=500, required=False, assume_scheme="https", help_text=SOURCE_HELP
    )


class DatesForm(forms.Form):
    """When an edition takes place, no more exact than what was announced."""

    starts_on = day_field(_("From"), required=False)
    ends_on = day_field(_("Until"), required=False, help_text=_("Empty where it lasts one day."))
    precision = forms.ChoiceField(
        label=_("How exact"), choices=Precision.choices, initial=Precision.DAY,
        help_text=_("If only the month or the year was announced, choose that; the rest of the date is not shown."),
    )  # fmt: skip


class EditionForm(DatesForm):
    """A new edition of a space."""

    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the title"), choices=[(code, LANGUAGE_NAMES[code]) for code in settings.CONTENT_LANGUAGES]
    )
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    country = forms.CharField(
        label=_("Country"), max_length=2, required=False, help_text=_("Two letters, like UY; empty where not known.")
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices, required=False)
    zone = zone_field()
    source = source_field()
    field_order = ("title", "language", "year", "starts_on", "ends_on", "precision", "city", "country", "mode")

    def clean_country(self):
        code = self.cleaned_data["country"].upper()
        if code and (countries.name(code, "en") == code or code in NO_COUNTRY):
            raise forms.ValidationError(_("No country has these letters."), code="country")
        return code


class EditionMoveForm(DatesForm):
    """Other dates for an edition."""

    reason = forms.CharField(label=_("Reason, if it was given"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = True


class ClosingForm(forms.Form):
    """Until when."""

    day = day_field(_("Last day"))
    time = forms.TimeField(
        label=_("Until (hour)"), required=False, input_formats=["%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("As announced: 23:59 means the end of that minute. Empty where only the day was announced."),
    )  # fmt: skip
    zone = zone_field()


class DeadlineForm(ClosingForm):
    """A new deadline of an edition."""

    kind = forms.ChoiceField(label=_("What for"), choices=DeadlineKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    language = EditionForm.base_fields["language"]
    opens_on = day_field(_("Opens"), required=False)
    source = source_field()
    field_order = ("kind", "title", "language", "opens_on", "day", "time", "zone", "source")


class DeadlineMoveForm(ClosingForm):
    """Another day for a deadline."""

    announced_on = day_field(_("When the change was announced"), required=False)
    reason = forms.CharField(label=_("Reason, if it was given"), max_length=300, required=False)
