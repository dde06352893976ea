"""A regulation, its steps, and what it means for us."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core import countries
from core.visibility import Visibility
from engagement.forms.hosted import LANGUAGES, came_from_field, country_field
from engagement.services.regulation import RegulationDetails
from engagement.states import RegulationKind, RegulationStage
from spaces.forms import day_field, https_only


class EventForm(forms.Form):
    """A dated step with the address that says so."""

    stage = forms.ChoiceField(label=_("Stage"), choices=RegulationStage.choices)
    on = day_field(_("Date of this step"))
    source = forms.URLField(
        label=_("Source"),
        max_length=500,
        assume_scheme="https",
        validators=[https_only],
        help_text=_("The public web address that says so."),
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class RegulationForm(EventForm):
    """A regulation with its first known step."""

    MORE = ("reference", "body", "themes", "note", "came_from")

    kind = forms.ChoiceField(label=_("Kind"), choices=RegulationKind.choices)
    title = forms.CharField(
        label=_("Title"), max_length=300, help_text=_("In its original language, as it is called there.")
    )
    language = forms.ChoiceField(label=_("Language of the title"), choices=LANGUAGES)
    reference = forms.CharField(
        label=_("Reference"), max_length=120, required=False, help_text=_("Its official number, if it has one.")
    )
    country = country_field()
    body = forms.ChoiceField(label=_("Or the body"), required=False)
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    visibility = forms.ChoiceField(
        label=_("Who sees this"),
        choices=[(audience.value, audience.label) for audience in (Visibility.PUBLIC, Visibility.COMMUNITY)],
        initial=Visibility.PUBLIC,
    )
    came_from = came_from_field()
    field_order = (
        "kind",
        "title",
        "language",
        "reference",
        "country",
        "body",
        "themes",
        "stage",
        "on",
        "source",
        "note",
        "visibility",
        "came_from",
    )

    def __init__(self, *args, themes, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_theme = {theme.slug: theme for theme in themes}
        self.by_body = {body.slug: body for body in bodies}
        self.fields["themes"].choices = [(slug, theme.name) for slug, theme in self.by_theme.items()]
        self.fields["body"].choices = [("", "—"), *[(slug, body.name) for slug, body in self.by_body.items()]]

    def details(self) -> RegulationDetails:
        """What the service takes: objects in place of slugs."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "came_from"}
        themes = [self.by_theme[slug] for slug in values["themes"]]
        return RegulationDetails(**values | {"themes": themes, "body": self.by_body.get(values["body"])})


class ImpactForm(forms.Form):
    """What it means for the organisations."""

    impact = forms.CharField(
        label=_("What it means for us"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["impact"].who_sees = _("member organisations")


class RegulationFilter(forms.Form):
    """What to show of the list; lives in the address."""

    hide_optional = True
    country = forms.ChoiceField(label=_("Country"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args, used, themes, **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        places = sorted({row.country for row in used if row.country})
        self.fields["country"].choices = every + [(code, countries.name(code)) for code in places]
        self.fields["theme"].choices = every + [(theme.slug, theme.name) for theme in themes]
        stages = {row.state for row in used}
        self.fields["stage"].choices = every + [(s.value, s.label) for s in RegulationStage if s in stages]
        years = sorted({row.state_on.year for row in used}, reverse=True)
        self.fields["year"].choices = every + [(str(year), year) for year in years]
