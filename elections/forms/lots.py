"""What the officer enters to settle a tie."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from elections.forms.submit import SubmitForm
from organizations.models import Person


class ValueForm(SubmitForm):
    """The public value that orders the candidates, twice so that no slip of the hand decides."""

    verb = _("Record the value")
    value = forms.CharField(
        label=_("The value"),
        max_length=200,
        help_text=_("Exactly as printed, with its zeros, points and spaces. It cannot be changed later."),
    )
    again = forms.CharField(label=_("Repeat the value"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].who_sees = _("everybody who can see the election")


class DrawForm(SubmitForm):
    """The order in which names came out of the hat, and who saw it."""

    verb = _("Record the draw")

    def __init__(self, *args, tied=(), people=None, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *[(str(row.number), row.name) for row in tied]]
        for place in range(1, len(tied) + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_("Name drawn in position %(place)s") % {"place": place}, choices=choices
            )
        for name, label in (("first_witness", _("First witness")), ("second_witness", _("Second witness"))):
            self.fields[name] = forms.ModelChoiceField(
                label=label, queryset=people or Person.objects.none(), empty_label="—"
            )
        self.helper = FormHelper(self)
        self.helper.add_input(Submit("", self.verb, css_id="submit"))

    @property
    def order(self):
        return [int(value) for name, value in self.cleaned_data.items() if name.startswith("place_")]
