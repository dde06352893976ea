"""Threats and opportunities: filing, deciding, merging, reading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core import countries
from priorities.states import Impact, Scope, ThreatKind, ThreatState, Urgency

NOBODY = "-"


class ThreatForm(forms.Form):
    """One line is enough. `mine` are the organisations in whose name this person may file; `row` the one corrected."""

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

    def __init__(self, *args, mine=(), themes, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {one.slug: one for one in mine}
        self.by_theme = {one.slug: one for one in themes}
        self.fields["theme"].choices = [("", "—"), *[(slug, one.name) for slug, one in self.by_theme.items()]]
        self.fields["country"].choices = [("", "—"), *countries.choices()]
        self.fields["title"].who_sees = _("the member organisations; everybody, once it is adopted")
        if row is not None:
            del self.fields["whose"]
            names = ("kind", "scope", "country", "impact", "urgency", "version")
            self.initial |= {name: getattr(row, name) for name in names} | {
                "title": row.source_text("title"), "why": row.source_text("why"), "language": row.source_language,
                "theme": row.theme.slug if row.theme else "",
            }  # fmt: skip
            return
        del self.fields["version"]
        self.fields["whose"].choices = [
            *[(slug, one.acronym) for slug, one in self.by_slug.items()], (NOBODY, _("do not attribute it"))
        ]  # fmt: skip
        self.fields["whose"].help_text = _(
            "Not attributed: nobody, not even administrators, can find out who wrote it. So nobody can correct "
            "or withdraw it later, and no organisation supports it until one says so."
        )
        self.initial.setdefault("whose", next(iter(self.by_slug), NOBODY))

    def values(self):
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("whose", "version")}
        data["theme"] = self.by_theme.get(data["theme"])
        return data

    @property
    def organization(self):
        """In whose name it is filed; None where it is not attributed."""
        return self.by_slug.get(self.cleaned_data["whose"])


class DecideForm(forms.Form):
    """What the meeting said of it."""

    state = forms.ChoiceField(
        label=_("The meeting"), widget=forms.RadioSelect,
        choices=[(ThreatState.ADOPTED.value, _("adopts it")), (ThreatState.SET_ASIDE.value, _("sets it aside"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required if it is set aside."),
    )  # fmt: skip
    came_from = forms.CharField(
        label=_("Decision"), max_length=24, required=False,
        help_text=_("The code of the decision, such as CASA-2026-DEC-003. Both pages will then show the same history."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].who_sees = _("member organisations")


class MergeForm(forms.Form):
    """Into which other one it goes."""

    into = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_code = {one.code: one for one in others}
        self.fields["into"].choices = [
            ("", _("Choose")),
            *[(c, f"{c}: {one.title}") for c, one in self.by_code.items()],
        ]


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
