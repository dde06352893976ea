"""Forms about mandates."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.clock import known_zone
from organizations.models import Organization
from organizations.services import Appointment
from organizations.standing import Standing
from organizations.states import GIVEN_BY_LEAD, PORTAL_ROLES, Role


class MandateForm(forms.Form):
    """Name somebody to a role. `roles` are those the signed-in person may give."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("We send an invitation to this address, valid for 30 days.")
    )
    role = forms.ChoiceField(label=_("Role"))
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        initial=settings.CASA_ZONE,
        validators=[known_zone],
        help_text=_("For example America/Montevideo; the person can change it."),
    )

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in roles]

    def appointment(self) -> Appointment:
        return Appointment(**self.cleaned_data)


def roles_given_by(standing: Standing, organization: Organization | None) -> frozenset[Role]:
    """The roles that somebody of this standing may give: a lead those below, the coordination team leads as well."""
    if organization is None:
        return PORTAL_ROLES if standing.is_administrator else frozenset()
    if standing.is_coordination:
        return GIVEN_BY_LEAD | {Role.LEAD}
    return GIVEN_BY_LEAD if organization.pk in standing.leads else frozenset()
