"""Decisions, how far they are carried out, and the actions that follow from them."""

import datetime

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from commons.models import Theme
from core.text import LANGUAGE_NAMES, content_language
from core.visibility import Visibility
from meetings.forms.meetings import FIRST_DAY, LAST_DAY
from meetings.forms.translated import Folded, SubmitHelper, TranslatedForm, date_field, visibility_field
from meetings.models import AgendaItem, Decision
from meetings.services.actions import NewAction
from meetings.services.decisions import DecisionContent
from meetings.states import DECISION_MOVES, DecisionState, HowDecided
from organizations.models import Organization, Person
from spaces.models import Space

AFTER_PUBLICATION = _("What is public becomes visible to everybody once the outcome is published, not before.")


class DecisionForm(TranslatedForm):
    """Record or correct a decision."""

    translated_fields = {"title": (_("Decision"), 240, 0), "text": (_("Text"), 4000, 5)}
    how = forms.ChoiceField(label=_("How it was decided"), required=False)
    objections = forms.CharField(
        label=_("Objections, with reasons"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    theme = forms.ModelChoiceField(
        label=_("Theme"), required=False, queryset=Theme.objects.none(), empty_label=_("None")
    )
    spaces = forms.ModelMultipleChoiceField(
        label=_("Spaces"),
        required=False,
        queryset=Space.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        to_field_name="slug",  # a row number of 400 digits would overflow the database
    )
    decided_on = date_field(_("Decided on"), help_text=_("Empty: today, or the last day of the meeting."))
    visibility = visibility_field(
        (Visibility.PUBLIC, Visibility.COMMUNITY, Visibility.PRIVATE), help_text=AFTER_PUBLICATION
    )
    item = forms.ModelChoiceField(
        label=_("Agenda item"), required=False, queryset=AgendaItem.objects.none(), empty_label=_("None")
    )
    came_from = forms.CharField(
        label=_("Comes from…"),
        required=False,
        max_length=24,
        help_text=_("The code of an earlier record, such as CASA-2026-PRI-014. Both then appear in one thread."),
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, meeting, today, row=None, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.fields["how"].choices = [(how.value, how.label) for how in HowDecided]
        self.fields["theme"].queryset = Theme.objects.offered_on(today)
        self.fields["spaces"].queryset = Space.objects.order_by("slug")
        self.fields["item"].queryset = meeting.agenda.in_order()
        self.fields["objections"].who_sees = _("member organisations")
        if row is None:
            self.initial |= {"visibility": self._default_visibility(meeting), "how": HowDecided.CONSENSUS}
            del self.fields["base_version"]
        else:
            self.fields["theme"].queryset |= Theme.objects.filter(pk=row.theme_id)
            names = ("how", "objections", "theme", "item", "decided_on", "visibility")
            self.initial |= {name: getattr(row, name) for name in names} | {"spaces": row.spaces.all()}
            del self.fields["came_from"]
        verb = _("Correct the decision") if row else _("Record the decision")
        last = ["base_version"] if row else ["came_from"]
        spaces = Folded(
            _("Spaces it is about"), "spaces", is_open=bool(row and row.spaces.all()) or "spaces" in self.errors
        )
        about = Fieldset(_("What it is about"), "item", "theme", spaces, *last)
        self.helper = SubmitHelper(
            self, verb, *self.translated_layout(), "how", "objections", "decided_on", "visibility", about
        )

    @staticmethod
    def _default_visibility(meeting):
        return Visibility.PUBLIC if meeting.visibility == Visibility.PUBLIC else Visibility.COMMUNITY

    def clean_decided_on(self):
        return clean_year(self.cleaned_data["decided_on"])

    def content(self) -> DecisionContent:
        """What was written."""
        data = self.cleaned_data
        return DecisionContent(
            titles=self.texts("title"),
            texts=self.texts("text"),
            language=data["source_language"],
            how=data["how"],
            visibility=data["visibility"],
            objections=data["objections"],
            theme=data["theme"],
            spaces=data["spaces"],
            item=data["item"],
            decided_on=data["decided_on"],
        )


class DecisionStateForm(forms.Form):
    """Set how far a decision is carried out."""

    state = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required if it does not continue. It is shown with the decision."),
    )

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = DECISION_MOVES[DecisionState(decision.state)]
        self.fields["state"].choices = [(state.value, state.label) for state in DecisionState if state in allowed]
        self.fields["reason"].needed = True
        self.helper = SubmitHelper(self, _("Update the status"))


class ActionForm(forms.Form):
    """Record what an organisation takes on."""

    title = forms.CharField(label=_("What will be done"), max_length=240)
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_NAMES.items()))
    decision = forms.ModelChoiceField(
        label=_("From the decision"),
        required=False,
        queryset=Decision.objects.none(),
        empty_label=_("From the meeting as a whole"),
    )
    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none())
    person = forms.ModelChoiceField(
        label=_("Person"), required=False, queryset=Person.objects.none(), empty_label=_("Nobody in particular")
    )
    due_on = date_field(_("Due"))
    visibility = visibility_field(help_text=AFTER_PUBLICATION)

    def __init__(self, *args, meeting, members, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = content_language()
        self.fields["decision"].queryset = meeting.decisions.by_number()
        self.fields["decision"].label_from_instance = lambda row: f"{row.number}. {row.title}"
        self.fields["organization"].queryset = members
        self.fields["person"].queryset = people
        self.fields["person"].who_sees = _("member organisations")
        # Begin at the first field that is still empty; a sentence taken from the minutes is already filled in.
        first = "organization" if self.initial.get("title") and not self.initial.get("organization") else "title"
        self.fields[first].widget.attrs["autofocus"] = True
        self.helper = SubmitHelper(self, _("Record the action"))

    def clean_due_on(self):
        return clean_year(self.cleaned_data["due_on"])

    def action(self) -> NewAction:
        """What was written."""
        return NewAction(**self.cleaned_data)


def clean_year(day: datetime.date | None) -> datetime.date | None:
    """The day, or None. Raises ValidationError for a year that can only be a typing mistake."""
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(_("Enter a year between 1990 and 2100."))
    return day
