"""Claims and answers, scrutineers, questions, a consensus."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Term
from committees.states import EndReason
from core import clock, dates
from elections.forms.submit import SubmitForm
from elections.states import ClaimOutcome
from organizations.models import Organization


def _lines(label, rows=4, **options):
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows}), **options)


class OrganizationForm(SubmitForm):
    """Something said in the name of one's organisation."""

    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), empty_label=None
    )

    def __init__(self, *args, speaking=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.filter(pk__in=speaking).order_by("position")


class ClaimForm(OrganizationForm):
    """What is not right in what was published."""

    verb = _("Submit the claim")
    text = _lines(_("What is wrong"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].who_sees = _("the member organisations")


class ClaimAnswerForm(SubmitForm):
    """The officer's answer."""

    verb = _("Answer the claim")
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ClaimOutcome.choices, widget=forms.RadioSelect)
    answer = _lines(_("Reason"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].who_sees = _("the member organisations")


class SupportForm(OrganizationForm):
    """In whose name a candidate is supported."""

    verb = _("Support")


class QuestionForm(OrganizationForm):
    """A question to a candidate."""

    verb = _("Ask")
    text = _lines(_("Question"), 3)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].who_sees = _("everybody who can see the election")


class QuestionAnswerForm(SubmitForm):
    """The candidate's answer."""

    verb = _("Answer")
    answer = _lines(_("Answer"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].who_sees = _("everybody who can see the election")


class ScrutineerForm(SubmitForm):
    """Somebody with an account, and the organisation they are of."""

    verb = _("Appoint the scrutineer")
    who = forms.ChoiceField(label=_("Scrutineer"))

    def __init__(self, *args, mandates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {f"{mandate.person_id}-{mandate.organization_id}": mandate for mandate in mandates}
        labels = [(key, f"{mandate.organization} · {mandate.person}") for key, mandate in self.by_key.items()]
        self.fields["who"].choices = [("", "—"), *labels]

    @property
    def chosen(self):
        return self.by_key[self.cleaned_data["who"]]


class ConformityForm(SubmitForm):
    """What a scrutineer has to say of the provisional result."""

    verb = _("Record it")
    conforms = forms.ChoiceField(
        label=_("The result"),
        widget=forms.RadioSelect,
        choices=[("yes", _("I confirm it")), ("no", _("I do not confirm it"))],
    )
    remark = forms.CharField(label=_("Remark"), max_length=400, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remark"].who_sees = _("everybody who can see the election")


class SecondRoundForm(SubmitForm):
    """Until when those who are tied are voted on once more."""

    verb = _("Open the second round")
    closes_at = forms.DateTimeField(
        label=_("Voting until"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, zone=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        text = _("Time in %(zone)s. The last minute is included.")
        self.fields["closes_at"].help_text = text % {"zone": dates.city(zone)}

    def clean_closes_at(self):
        return clock.end_of(self.cleaned_data["closes_at"].replace(tzinfo=None), self.zone)


class PapersForm(SubmitForm):
    """Papers, one a line."""

    verb = _("Enter these ballot papers")
    papers = _lines(_("Ballot papers"), 8)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["papers"].who_sees = _("nobody, until both readings match")


class VacancyForm(SubmitForm):
    """Somebody elected leaves before the term ends."""

    verb = _("Record the departure")
    term = forms.ModelChoiceField(label=_("Who is leaving"), queryset=Term.objects.none(), empty_label=None)
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(r.value, r.label) for r in (EndReason.RESIGNED, EndReason.OTHER)]
    )

    def __init__(self, *args, terms=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.none() if terms is None else terms
        seat = _("%(name)s · seat %(number)s")
        self.fields["term"].label_from_instance = lambda row: seat % {"name": row.person, "number": row.seat.ordinal}


class ConsensusForm(SubmitForm):
    """Who is elected without a vote, nobody objecting."""

    verb = _("Record the consensus")
    who = forms.TypedMultipleChoiceField(label=_("Elected"), widget=forms.CheckboxSelectMultiple, coerce=int)

    def __init__(self, *args, candidates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(row.number, f"{row.name} · {row.organization}") for row in candidates]
