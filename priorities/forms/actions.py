"""An action inside a common project."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core.visibility import Visibility
from priorities.forms.projects import AUDIENCES
from spaces.forms import day_field


class UndertakeForm(forms.Form):
    """One screen. `organizations` are those of the writer that take part."""

    organization = forms.ChoiceField(label=_("Organisation"))
    title = forms.CharField(label=_("What will be done"), max_length=240)
    due_on = day_field(_("Due"), required=False)
    visibility = forms.ChoiceField(label=_("Who sees this"), choices=AUDIENCES)
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGE_CHOICES)

    def __init__(self, *args, organizations, may_be_public, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {organization.slug: organization for organization in organizations}
        self.fields["organization"].choices = [
            (slug, organization.acronym) for slug, organization in self.by_slug.items()
        ]
        if len(self.by_slug) == 1:
            self.fields["organization"].widget = forms.HiddenInput()
            self.initial["organization"] = next(iter(self.by_slug))
        if not may_be_public:
            self.fields["visibility"].choices = [
                (value, label) for value, label in AUDIENCES if value != Visibility.PUBLIC
            ]

    def values(self):
        """What the service takes: an organisation in place of its slug."""
        return self.cleaned_data | {"organization": self.by_slug[self.cleaned_data["organization"]]}
