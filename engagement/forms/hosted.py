"""What is planned with policymakers or as training: when, where, who receives, who sees it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import countries
from core.text import LANGUAGE_NAMES
from core.visibility import Visibility
from engagement.models import Activity, TrainingSession
from engagement.services.activities import ActivityDetails, NewInstitution
from engagement.services.hosted import HostedDetails
from engagement.states import ActivityKind, InstitutionKind
from spaces.forms import DatesForm

LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in settings.CONTENT_LANGUAGES]
CAME_FROM_HELP = _("The code of an earlier record, such as CASA-2026-PRI-014. Both then appear in one thread.")


def country_field(label=_("Country"), **options):
    return forms.ChoiceField(label=label, required=False, choices=lambda: [("", "—"), *countries.choices()], **options)


def came_from_field():
    return forms.CharField(label=_("Comes from…"), required=False, max_length=24, help_text=CAME_FROM_HELP)


class HostedForm(DatesForm):
    """What visits and training have alike. `organizations` are those that may be chosen as hosts; `row` is the one being
    corrected."""

    #: Folded away until they are needed.
    MORE = ("ends_on", "precision", "venue", "city", "country", "summary", "language", "came_from")

    title = forms.CharField(label=_("Title"), max_length=240)
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGES)
    hosts = forms.MultipleChoiceField(label=_("Hosts"), widget=forms.CheckboxSelectMultiple)
    venue = forms.CharField(label=_("Venue"), max_length=160, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    country = country_field()
    summary = forms.CharField(
        label=_("Summary"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What it was about. Do not name anybody who visited or was trained."),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees this"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        help_text=_(
            "Public: everybody, once the coordination team publishes it. Until then, the member organisations."
        ),
    )
    came_from = came_from_field()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, organizations, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {organization.slug: organization for organization in organizations}
        self.fields["hosts"].choices = [(slug, organization.acronym) for slug, organization in self.by_slug.items()]
        self.fields["starts_on"].required = True
        if row is None:
            del self.fields["version"]
        else:
            del self.fields["came_from"]
            self.initial |= _initial(row)

    def _hosted(self) -> dict[str, Any]:
        """The fields of HostedDetails: organisations in place of slugs."""
        data = self.cleaned_data
        names = ("title", "language", "starts_on", "ends_on", "venue", "city", "country", "summary", "visibility")
        values = {name: data[name] for name in names}
        return values | {
            "date_precision": data["precision"],
            "hosts": [self.by_slug[slug] for slug in data["hosts"]],
        }

    def details(self) -> HostedDetails:
        """What the service takes."""
        return HostedDetails(**self._hosted())


def _initial(row: Activity | TrainingSession) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "city", "country", "visibility", "version")
    texts = {name: row.source_text(name) for name in ("title", "summary", "venue")}
    hosts = [host.slug for host in row.hosts.all()]
    return (
        {name: getattr(row, name) for name in names}
        | texts
        | {"language": row.source_language, "precision": row.date_precision, "hosts": hosts}
    )


class ActivityForm(HostedForm):
    """A visit, meeting, hearing or letter."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices)
    institutions = forms.MultipleChoiceField(
        label=_("Institutions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_institution = forms.CharField(
        label=_("Another institution"),
        max_length=200,
        required=False,
        help_text=_("Its name, if it is not in the list above."),
    )
    new_kind = forms.ChoiceField(
        label=_("Type of institution"), required=False, choices=[("", "—"), *InstitutionKind.choices]
    )
    new_country = country_field(_("Its country"))
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What we want to achieve."),
    )
    field_order = (
        "kind",
        "title",
        "institutions",
        "new_institution",
        "new_kind",
        "new_country",
        "hosts",
        "starts_on",
        "ends_on",
        "precision",
        "venue",
        "city",
        "country",
        "purpose",
        "summary",
        "language",
        "visibility",
        "came_from",
    )

    def __init__(self, *args, institutions, row=None, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.institutions = {institution.slug: institution for institution in institutions}
        self.fields["institutions"].choices = [(slug, row.name) for slug, row in self.institutions.items()]
        self.fields["purpose"].who_sees = _("member organisations")
        if row is not None:
            chosen = [institution.slug for institution in row.institutions.all()]
            self.initial |= {"kind": row.kind, "purpose": row.purpose, "institutions": chosen}

    def details(self) -> ActivityDetails:
        data = self.cleaned_data
        return ActivityDetails(
            **self._hosted(),
            kind=data["kind"],
            institutions=[self.institutions[slug] for slug in data["institutions"]],
            new_institution=NewInstitution(data["new_institution"], data["new_kind"], data["new_country"]),
            purpose=data["purpose"],
        )


class SessionForm(HostedForm):
    """A training session of a programme."""

    field_order = (
        "title",
        "hosts",
        "starts_on",
        "ends_on",
        "precision",
        "venue",
        "city",
        "country",
        "summary",
        "language",
        "visibility",
        "came_from",
    )
