"""Writing, circulating and commenting on the minutes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from meetings.forms.meetings import FIRST_DAY, LAST_DAY
from meetings.forms.translated import date_field
from meetings.states import Handling
from organizations.models import Organization


class MinutesPartForm(forms.Form):
    """The minutes of an item. `version` is the newest one when the page was opened."""

    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Markdown: an empty line begins a paragraph, ## a heading, - a list."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class HandlingForm(forms.Form):
    """Who can read a part."""

    handling = forms.ChoiceField(label=_("Who can read it"), choices=Handling.choices, widget=forms.RadioSelect)
    readers = forms.MultipleChoiceField(
        label=_("Named readers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if it is restricted."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["readers"].choices = [(pk, person.name) for pk, person in self.people.items()]

    def named(self):
        return [self.people[pk] for pk in self.cleaned_data["readers"]]


class CirculateForm(forms.Form):
    """The last day on which the organisations can comment, until its end where the meeting takes place."""

    comments_until = date_field(_("Last day for comments"))

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = meeting.zone
        self.fields["comments_until"].required = True

    def clean_comments_until(self):
        day = self.cleaned_data["comments_until"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Enter a year between 1990 and 2100."))
        return clock.end_of(day, self.zone)


class CommentForm(forms.Form):
    """A comment for an organisation; the field is hidden for those who write for only one."""

    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), empty_label=None
    )
    words = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        if len(organizations) == 1:
            self.fields["organization"].initial = organizations[0]
            self.fields["organization"].widget = forms.HiddenInput()


class ReopenForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
