"""Forms about editions and deadlines."""

import dataclasses

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import countries
from core.clock import known_zone
from core.dates import Precision
from core.text import LANGUAGE_NAMES
from core.visibility import Visibility
from spaces.services.deadlines import DeadlinePlan
from spaces.services.editions import EditionPlan
from spaces.services.participation import Part
from spaces.states import DeadlineKind, EditionState, Mode, ParticipationKind, ParticipationState

FIRST_YEAR, LAST_YEAR = 1990, 2100
SOURCE_HELP = _("The public web address that says so.")
ZONE_HELP = _("For example America/Montevideo or UTC; leave empty if the announcement did not say.")


def day_field(label, **options):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class DayField(forms.DateField):
    """A day of a year that calendars know."""

    def validate(self, value):
        super().validate(value)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(_("This date is too far away."), code="far")


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
    ends_on = day_field(_("Until"), required=False, help_text=_("Leave empty if it lasts one day."))
    precision = forms.ChoiceField(
        label=_("How precise"),
        choices=Precision.choices,
        initial=Precision.DAY,
        help_text=_("If only the month or the year was announced, choose that; the rest of the date is not shown."),
    )


class EditionForm(DatesForm):
    """A new edition of a space."""

    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the title"), choices=[(code, LANGUAGE_NAMES[code]) for code in settings.CONTENT_LANGUAGES]
    )
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    country = forms.CharField(
        label=_("Country"), max_length=2, required=False, help_text=_("Two letters, like UY; leave empty if not known.")
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices, required=False)
    zone = zone_field()
    source = source_field()
    field_order = ("title", "language", "year", "starts_on", "ends_on", "precision", "city", "country", "mode")

    def clean_country(self):
        code = self.cleaned_data["country"].upper()
        if code and not countries.is_country(code):
            raise forms.ValidationError(_("No country has this code."), code="country")
        return code

    def plan(self) -> EditionPlan:
        return EditionPlan(**self.cleaned_data)


class EditionStateForm(forms.Form):
    """The status of an edition, by one button."""

    state = forms.ChoiceField(choices=EditionState.choices)


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
        label=_("Until (time)"),
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("As announced: 23:59 means the end of that minute. Leave empty if only the day was announced."),
    )
    zone = zone_field()


class DeadlineForm(ClosingForm):
    """A new deadline of an edition."""

    kind = forms.ChoiceField(label=_("What for"), choices=DeadlineKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    language = EditionForm.base_fields["language"]
    opens_on = day_field(_("Opens"), required=False)
    source = source_field()
    field_order = ("kind", "title", "language", "opens_on", "day", "time", "zone", "source")

    def plan(self) -> DeadlinePlan:
        return DeadlinePlan(**self.cleaned_data)


class DeadlineMoveForm(ClosingForm):
    """Another day for a deadline."""

    announced_on = day_field(_("When the change was announced"), required=False)
    reason = forms.CharField(label=_("Reason, if it was given"), max_length=300, required=False)


def https_only(value):
    if not value.lower().startswith(("https://", "http://")):
        raise forms.ValidationError(_("Write a web address, such as https://example.org/page."), code="scheme")


def _evidence_field():
    return forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[https_only],
        help_text=_("The page, recording or text that shows it."),
    )


class ParticipationForm(forms.Form):
    """Our part in an edition: three choices and a link are enough.

    `editions`, `organizations` are lists to choose from, `people` {organisation id: [Person]} who may be named;
    `speaks` whether this person speaks for any of the organisations.
    """

    edition = forms.ChoiceField(label=_("Where"))
    organization = forms.ChoiceField(label=_("Organisation"))
    kind = forms.ChoiceField(label=_("What"), choices=ParticipationKind.choices)
    evidence = _evidence_field()
    state = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    visibility = forms.ChoiceField(label=_("Who sees this"), choices=Visibility.choices, initial=Visibility.PUBLIC)
    title = forms.CharField(
        label=_("Title"),
        max_length=240,
        required=False,
        help_text=_(
            "Title of the session or talk. If you leave it empty, it is named after what it is and where it "
            "takes place."
        ),
    )
    language = EditionForm.base_fields["language"]
    person = forms.ChoiceField(label=_("Person"), required=False)
    came_from = forms.CharField(
        label=_("Comes from…"),
        required=False,
        max_length=24,
        help_text=_("The code of an earlier record, such as CASA-2026-PRI-014. Both then appear in one thread."),
    )

    def __init__(self, *args, editions, organizations, people, speaks, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_code = {edition.code: edition for edition in editions}
        self.by_slug = {organization.slug: organization for organization in organizations}
        self.by_pk = {str(person.pk): person for group in people.values() for person in group}
        self.people = people
        self.fields["edition"].choices = [
            ("", _("Choose")),
            *[(code, f"{edition.space.short_name} {edition.year}") for code, edition in self.by_code.items()],
        ]
        self.fields["organization"].choices = [(slug, row.acronym) for slug, row in self.by_slug.items()]
        if len(self.by_slug) == 1:
            self.fields["organization"].widget = forms.HiddenInput()
            self.initial["organization"] = next(iter(self.by_slug))
        self.fields["person"].choices = [("", _("Nobody in particular")), *[(k, p.name) for k, p in self.by_pk.items()]]
        self.fields["person"].who_sees = _("member organisations; the public sees only those who are named in public")
        states = [ParticipationState.PLANNED, ParticipationState.COMMITTED, ParticipationState.DONE]
        self.fields["state"].choices = [(s.value, s.label) for s in (states if speaks else states[:1])]
        self.initial.setdefault("state", ParticipationState.DONE if speaks else ParticipationState.PLANNED)

    def clean(self):
        data = super().clean()
        data["edition"] = self.by_code.get(data.get("edition"))
        data["organization"] = self.by_slug.get(data.get("organization"))
        data["person"] = self.by_pk.get(data.get("person"))
        own = self.people.get(data["organization"].pk, []) if data["organization"] else []
        if data["person"] and data["person"] not in own:
            self.add_error("person", _("This person has no role in that organisation."))
        return data

    def part(self) -> Part:
        return Part(**{field.name: self.cleaned_data[field.name] for field in dataclasses.fields(Part)})


class ParticipationReportForm(forms.Form):
    """The state of our part; `states` are those that may follow."""

    state = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    evidence = _evidence_field()
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required if it does not continue."),
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state.value, state.label) for state in states]


class ParticipationEditForm(forms.Form):
    """Our part, corrected. `people`: who may be named for its organisation."""

    kind = ParticipationForm.base_fields["kind"]
    title = ParticipationForm.base_fields["title"]
    language = EditionForm.base_fields["language"]
    person = forms.ChoiceField(label=_("Person"), required=False)
    evidence = _evidence_field()
    visibility = forms.ChoiceField(label=_("Who sees this"), choices=Visibility.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_pk = {str(person.pk): person for person in people}
        self.fields["person"].choices = [("", _("Nobody in particular")), *[(k, p.name) for k, p in self.by_pk.items()]]
        self.fields["person"].who_sees = _("member organisations; the public sees only those who are named in public")

    def clean(self):
        data = super().clean()
        data["person"] = self.by_pk.get(data.get("person"))
        return data

    def part(self) -> Part:
        return Part(**{field.name: self.cleaned_data[field.name] for field in dataclasses.fields(Part)})
