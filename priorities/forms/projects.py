"""Common projects: proposing and correcting one, who takes part, milestones, progress."""

from enum import StrEnum

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core.visibility import Visibility
from priorities.forms.acts import ActForm
from priorities.services.projects import ProjectDetails, ProjectProposal
from priorities.states import Health, ParticipantRole, ProjectState
from spaces.forms import day_field, https_only

AUDIENCES = [(audience.value, audience.label) for audience in (Visibility.PUBLIC, Visibility.COMMUNITY)]
EVIDENCE_HELP = _("The page, recording or text that shows it.")


def evidence_field():
    return forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[https_only],
        help_text=EVIDENCE_HELP,
    )


class ProjectForm(forms.Form):
    """One screen: what, who, from what it came.

    `organizations` may be invited; `own_organizations` are those in whose name this person may propose (empty for the coordination
    team); `priorities` and `threats` are those to choose from.
    """

    MORE = ("observers", "theme", "until", "codes", "language")

    title = forms.CharField(label=_("Title"), max_length=200)
    aim = forms.CharField(
        label=_("What it is for"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What will exist in December that does not exist today."),
    )
    proposed_by = forms.ChoiceField(label=_("On behalf of"))
    lead = forms.ChoiceField(label=_("Lead organisation"))
    partners = forms.MultipleChoiceField(
        label=_("Partners"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each one is invited by e-mail and named only after it confirms."),
    )
    observers = forms.MultipleChoiceField(label=_("Observers"), required=False, widget=forms.CheckboxSelectMultiple)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    until = day_field(_("Until"), required=False)
    origins = forms.MultipleChoiceField(
        label=_("Comes from these priorities"), required=False, widget=forms.CheckboxSelectMultiple
    )
    threats = forms.MultipleChoiceField(
        label=_("Comes from these threats and opportunities"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label=_("Comes from other records"),
        max_length=400,
        required=False,
        help_text=_("Codes such as CASA-2026-DEC-003, with spaces between them."),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees this"),
        choices=AUDIENCES,
        initial=Visibility.PUBLIC,
        help_text=_("Public: everybody, once two organisations have confirmed. Until then, the member organisations."),
    )
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGE_CHOICES)

    def __init__(self, *args, organizations, own_organizations, themes, priorities, threats, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {organization.slug: organization for organization in organizations}
        self.by_theme = {theme.slug: theme for theme in themes}
        names = [(slug, organization.acronym) for slug, organization in self.by_slug.items()]
        self.fields["lead"].choices = [("", _("Choose")), *names]
        self.fields["partners"].choices = self.fields["observers"].choices = names
        self.fields["theme"].choices = [("", "—"), *[(slug, theme.name) for slug, theme in self.by_theme.items()]]
        self.fields["origins"].choices = [
            (row.code, f"{row.plan.organization.acronym}: {row.title}") for row in priorities
        ]
        self.fields["threats"].choices = [(row.code, row.title) for row in threats]
        for name in ("origins", "threats"):
            if not self.fields[name].choices:
                del self.fields[name]
        if not own_organizations:
            del self.fields["proposed_by"]
            return
        self.fields["proposed_by"].choices = [(row.slug, row.acronym) for row in own_organizations]
        self.initial.setdefault("lead", own_organizations[0].slug)
        if len(own_organizations) == 1:
            self.fields["proposed_by"].widget = forms.HiddenInput()
            self.initial["proposed_by"] = own_organizations[0].slug

    @property
    def chosen(self) -> list[str]:
        """Codes of the priorities and threats that were chosen."""
        return [*self.cleaned_data.get("origins", ()), *self.cleaned_data.get("threats", ())]

    def proposal(self, year: int) -> ProjectProposal:
        """What the service takes; mistakes of its `origins` belong beside the codes, where they can be made."""
        data = self.cleaned_data
        return ProjectProposal(
            year=year,
            details=_details(data, self.by_theme),
            lead=self.by_slug[data["lead"]],
            partners=[self.by_slug[slug] for slug in data["partners"]],
            observers=[self.by_slug[slug] for slug in data["observers"]],
            origins=[*self.chosen, *data["codes"].split()],
            proposed_by=self.by_slug.get(data.get("proposed_by", "")),
        )


def _details(data, by_theme) -> ProjectDetails:
    return ProjectDetails(
        title=data["title"],
        aim=data["aim"],
        language=data["language"],
        theme=by_theme.get(data["theme"]),
        until=data["until"],
        visibility=data["visibility"],
    )


class ProjectEditForm(forms.Form):
    """A project's words, theme and end, corrected."""

    title = ProjectForm.base_fields["title"]
    aim = ProjectForm.base_fields["aim"]
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    until = day_field(_("Until"), required=False)
    visibility = ProjectForm.base_fields["visibility"]
    language = ProjectForm.base_fields["language"]
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_theme = {theme.slug: theme for theme in themes}
        self.fields["theme"].choices = [("", "—"), *[(slug, theme.name) for slug, theme in self.by_theme.items()]]

    def details(self) -> ProjectDetails:
        """What the service takes."""
        return _details(self.cleaned_data, self.by_theme)


class InviteForm(forms.Form):
    """Invite one more organisation."""

    organization = forms.ChoiceField(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=ParticipantRole.choices, initial=ParticipantRole.PARTNER)

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {organization.slug: organization for organization in organizations}
        self.fields["organization"].choices = [
            (slug, organization.acronym) for slug, organization in self.by_slug.items()
        ]


class ProjectStateForm(forms.Form):
    """The state of the project; `states` are those that may follow."""

    state = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required if it is paused or cancelled."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state.value, state.label) for state in states]
        self.fields["reason"].who_sees = _("for a pause, the member organisations; for a cancellation, everybody")


class PlaceForm(ActForm):
    """An organisation's own answer about its part in a project."""

    class Verb(StrEnum):
        CONFIRM = "confirm"
        DECLINE = "decline"
        LEAVE = "leave"
        LEAD = "lead"

    verb = forms.TypedChoiceField(
        choices=[(verb.value, verb.value) for verb in Verb],
        coerce=Verb,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose your organisation's answer.")),
    )


class MilestoneForm(forms.Form):
    """A step with its day."""

    title = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = day_field(_("Due date"))


class ReachedForm(forms.Form):
    """What shows that a milestone was reached."""

    evidence = evidence_field()


class ProgressForm(forms.Form):
    """How it goes, in a minute. `organizations` are those of the writer that take part."""

    organization = forms.ChoiceField(label=_("Organisation"))
    health = forms.ChoiceField(
        label=_("Progress"), choices=Health.choices, widget=forms.RadioSelect, initial=Health.ON_TRACK
    )
    words = forms.CharField(
        label=_("In a few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = evidence_field()

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {organization.slug: organization for organization in organizations}
        self.fields["organization"].choices = [
            (slug, organization.acronym) for slug, organization in self.by_slug.items()
        ]
        self.fields["words"].who_sees = _("member organisations")
        if len(self.by_slug) == 1:
            self.fields["organization"].widget = forms.HiddenInput()
            self.initial["organization"] = next(iter(self.by_slug))


class ProjectFilter(forms.Form):
    """What to show of the list; lives in the address."""

    hide_optional = True
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args, years, is_community, **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        self.fields["year"].choices = every + [(str(year), year) for year in years]
        hidden = () if is_community else (ProjectState.PROPOSED, ProjectState.PAUSED)
        states = [(state.value, state.label) for state in ProjectState if state not in hidden]
        self.fields["state"].choices = every + states
