"""Threats and opportunities: filing, deciding, merging, reading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core import countries
from organizations.models import Organization
from priorities.forms.acts import ActForm
from priorities.services.threats import ThreatDetails
from priorities.states import Impact, Scope, ThreatKind, ThreatState, Urgency

NOBODY = "-"


class ThreatForm(forms.Form):
    """One line is enough. `own_organizations` are those in whose name this person may file; `row` is the one
    corrected."""

    MORE = ("why", "theme", "scope", "country", "language")

    kind = forms.ChoiceField(label=_("What it is"), choices=ThreatKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=200)
    why = forms.CharField(label=_("Why"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    whose = forms.ChoiceField(label=_("Submitted by"), widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    scope = forms.ChoiceField(label=_("Scope"), choices=Scope.choices, initial=Scope.REGIONAL)
    country = forms.ChoiceField(label=_("Country"), required=False, help_text=_("Only if its scope is national."))
    impact = forms.TypedChoiceField(label=_("Impact"), choices=Impact.choices, coerce=int, initial=Impact.MIDDLE)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=Urgency.choices, coerce=int, initial=Urgency.THIS_YEAR)
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGE_CHOICES)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, own_organizations=(), themes, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {row.slug: row for row in own_organizations}
        self.by_theme = {theme.slug: theme for theme in themes}
        self.fields["theme"].choices = [("", "—"), *[(slug, theme.name) for slug, theme in self.by_theme.items()]]
        self.fields["country"].choices = [("", "—"), *countries.choices()]
        self.fields["title"].who_sees = _("the member organisations; everybody, once it is adopted")
        if row is not None:
            del self.fields["whose"]
            names = ("kind", "scope", "country", "impact", "urgency", "version")
            self.initial |= {name: getattr(row, name) for name in names} | {
                "title": row.source_text("title"),
                "why": row.source_text("why"),
                "language": row.source_language,
                "theme": row.theme.slug if row.theme else "",
            }
            return
        del self.fields["version"]
        self.fields["whose"].choices = [
            *[(slug, organization.acronym) for slug, organization in self.by_slug.items()],
            (NOBODY, _("do not attribute it")),
        ]
        self.fields["whose"].help_text = _(
            "Not attributed: nobody, not even administrators, can find out who wrote it. So nobody can correct "
            "or withdraw it later, and no organisation supports it until one says so."
        )
        self.initial.setdefault("whose", next(iter(self.by_slug), NOBODY))

    def details(self) -> ThreatDetails:
        """What the service takes."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("whose", "version")}
        return ThreatDetails(**values | {"theme": self.by_theme.get(values["theme"])})

    @property
    def organization(self):
        """In whose name it is filed; None where it is not attributed."""
        return self.by_slug.get(self.cleaned_data["whose"])


class DecideForm(forms.Form):
    """What the meeting decided on it."""

    state = forms.ChoiceField(
        label=_("The meeting"),
        widget=forms.RadioSelect,
        choices=[(ThreatState.ADOPTED.value, _("adopts it")), (ThreatState.SET_ASIDE.value, _("sets it aside"))],
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required if it is set aside."),
    )
    came_from = forms.CharField(
        label=_("Decision"),
        max_length=24,
        required=False,
        help_text=_("The code of the decision, such as CASA-2026-DEC-003. Both pages will then show the same history."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].who_sees = _("member organisations")


class MergeForm(forms.Form):
    """The other one into which it is merged."""

    into = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_code = {threat.code: threat for threat in others}
        self.fields["into"].choices = [
            ("", _("Choose")),
            *[(code, f"{code}: {threat.title}") for code, threat in self.by_code.items()],
        ]


class EndorseForm(ActForm):
    """In the name of which organisation it is endorsed, or no longer: `own_organizations` are those to choose from."""

    organization = forms.ChoiceField()
    verb = forms.ChoiceField(choices=[("endorse", "endorse"), ("leave", "leave")], required=False)

    def __init__(self, *args, own_organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {row.slug: row for row in own_organizations}
        field = self.fields["organization"]
        field.choices = [(slug, row.acronym) for slug, row in self.by_slug.items()]
        field.error_messages |= dict.fromkeys(
            ("required", "invalid_choice"), _("Choose an organisation you speak for.")
        )

    @property
    def chosen(self) -> Organization:
        return self.by_slug[self.cleaned_data["organization"]]


class MergeAnswerForm(ActForm):
    """Whether the organisation that filed it agrees to merge it."""

    verb = forms.ChoiceField(
        choices=[("confirm", "confirm"), ("decline", "decline")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose your organisation's answer.")),
    )


class ThreatFilter(forms.Form):
    """What to show of the list; lives in the address."""

    hide_optional = True
    year = forms.ChoiceField(label=_("Year"), required=False)
    kind = forms.ChoiceField(label=_("What it is"), required=False)
    scope = forms.ChoiceField(label=_("Scope"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args, years, is_community, **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        self.fields["year"].choices = every + [(str(year), year) for year in years]
        self.fields["kind"].choices = every + ThreatKind.choices
        self.fields["scope"].choices = every + Scope.choices
        self.fields["state"].choices = every + ThreatState.choices
        if not is_community:
            del self.fields["state"]
