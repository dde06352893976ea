"""Nominating, and what a candidate says."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core.text import content_language
from elections.forms.submit import SubmitForm
from organizations.models import Organization


class StatementForm(SubmitForm):
    """What a candidate says."""

    statement = forms.CharField(
        label=_("Statement"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few lines: who you are, why you are standing and what interests you have."),
    )
    statement_language = forms.ChoiceField(label=_("Language of the statement"), choices=LANGUAGE_CHOICES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["statement_language"].initial = content_language()
        self.fields["statement"].who_sees = _("everybody, if you accept, once candidates are published")


class NominationForm(StatementForm):
    """Oneself, or somebody else in the name of an organisation."""

    verb = _("Nominate")
    who = forms.ChoiceField(
        label=_("Who is nominated"),
        choices=[("self", _("I nominate myself")), ("other", _("My organisation nominates somebody"))],
        widget=forms.RadioSelect,
        initial="self",
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Only to nominate somebody else.")
    )
    address = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only to nominate somebody else. They get a personal link to answer."),
    )
    language = forms.ChoiceField(label=_("Language of their messages"), choices=settings.LANGUAGES)
    organization = forms.ModelChoiceField(
        label=_("Organisation of the candidate"), queryset=Organization.objects.none()
    )
    field_order = ["who", "name", "address", "language", "organization", "statement", "statement_language"]

    def __init__(self, *args, own=(), proposing=(), today=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.members_on(today)
        self.fields["organization"].initial = next(iter(own), None)
        self.fields["address"].who_sees = _("the election officer")
        if not proposing:
            self.fields["who"].choices = [("self", _("I nominate myself"))]
            for name in ("name", "address", "language"):
                self.fields.pop(name)
            self.fields["organization"].queryset = Organization.objects.filter(pk__in=own)
        elif len(proposing) > 1:
            self.fields["proposed_by"] = forms.ModelChoiceField(
                label=_("Nominated by"), queryset=Organization.objects.filter(pk__in=proposing), initial=proposing[0]
            )
        self.helper = FormHelper(self)
        self.helper.add_input(Submit("", self.verb, css_id="submit"))

    def clean(self):
        data = super().clean()
        if data.get("who") == "other":
            for name in ("name", "address"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed to nominate somebody else."))
        return data
