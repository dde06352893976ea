"""A draft of a priority, and the acts on it.

Choices are slugs and codes, compared in Python: what is not offered is refused beside the field, whatever it is.
"""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core import countries
from core.visibility import Visibility
from priorities.forms.acts import ActForm
from priorities.models import PriorityDraft
from priorities.queries.drafts import DraftChoices
from priorities.services.drafts import DraftValues
from priorities.states import Health


class DraftForm(forms.Form):
    """A priority being written. Everything may be left for later except who will see it and its language."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    title = forms.CharField(label=_("Priority"), max_length=200, required=False)
    why = forms.CharField(
        label=_("Why"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What changes if it is achieved, or what is lost if it is not."),
    )
    action = forms.CharField(
        label=_("One concrete action"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Something you will be able to show is done by December."),
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who sees this"),
        choices=[],
        initial=Visibility.COMMUNITY,
        widget=forms.RadioSelect(attrs={"class": "segmented"}),
        help_text=_(
            "Until you submit it, only the people who write for your organisation. Public: everybody, once the "
            "year's priorities are published."
        ),
    )
    result = forms.CharField(label=_("Expected result"), max_length=400, required=False)
    indicator = forms.CharField(
        label=_("Indicator"), max_length=200, required=False, help_text=_("How you will know it was achieved.")
    )
    month_from = forms.TypedChoiceField(label=_("From month"), required=False, coerce=int, empty_value=None)
    month_until = forms.TypedChoiceField(label=_("Until month"), required=False, coerce=int, empty_value=None)
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you choose none, it means the whole region."),
    )
    spaces = forms.MultipleChoiceField(label=_("Spaces"), required=False, widget=forms.CheckboxSelectMultiple)
    wants_partners = forms.BooleanField(label=_("We are looking for partners"), required=False)
    continues = forms.ChoiceField(
        label=_("Continues"), required=False, help_text=_("One of your organisation's priorities from an earlier year.")
    )
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGE_CHOICES)
    #: The button that goes on to a new draft.
    another = forms.BooleanField(required=False)

    TEXTS = ("title", "why", "action", "result", "indicator")
    #: Folded away until they are needed.
    MORE = (
        "result",
        "indicator",
        "month_from",
        "month_until",
        "countries",
        "spaces",
        "wants_partners",
        "continues",
        "language",
    )

    def __init__(self, *args, choices: DraftChoices, **kwargs):
        super().__init__(*args, **kwargs)
        self.themes = {row.slug: row for row in choices.themes}
        self.space_rows = {row.slug: row for row in choices.spaces}
        self.earlier = {row.code: row for row in choices.earlier}
        blank = [("", "—")]
        months = blank + [(n, MONTHS[n]) for n in range(1, 13)]
        self.fields["theme"].choices = blank + [(slug, row.name) for slug, row in self.themes.items()]
        self.fields["spaces"].choices = [(slug, row.short_name) for slug, row in self.space_rows.items()]
        self.fields["continues"].choices = blank + [
            (code, f"{row.plan.cycle.year} · {row.title}") for code, row in self.earlier.items()
        ]
        self.fields["month_from"].choices = self.fields["month_until"].choices = months
        self.fields["countries"].choices = countries.choices()
        self.fields["visibility"].choices = [
            (Visibility.COMMUNITY.value, Visibility.COMMUNITY.label),
            (Visibility.PUBLIC.value, Visibility.PUBLIC.label),
        ]
        for name in ("title", "why", "action", "theme"):
            self.fields[name].needed = True

    def clean(self):
        data = super().clean()
        first, last = data.get("month_from"), data.get("month_until")
        if first and last and first > last:
            self.add_error("month_until", _("It ends before it begins."))
        return data

    def values(self) -> DraftValues:
        """What the service takes: objects in place of slugs and codes."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "another")}
        data["theme"] = self.themes.get(data["theme"])
        data["continues"] = self.earlier.get(data["continues"])
        data["spaces"] = [self.space_rows[slug] for slug in data["spaces"]]
        return data


def initial_of(draft: PriorityDraft) -> dict[str, Any]:
    """What a draft's form begins with."""
    return {
        **{name: getattr(draft, name) for name in DraftForm.TEXTS},
        "version": draft.version,
        "visibility": draft.visibility,
        "language": draft.language,
        "theme": draft.theme.slug if draft.theme else "",
        "month_from": draft.month_from or "",
        "month_until": draft.month_until or "",
        "countries": draft.countries,
        "spaces": [space.slug for space in draft.spaces.all()],
        "wants_partners": draft.wants_partners,
        "continues": draft.continues.code if draft.continues else "",
    }


class MoveForm(ActForm):
    """Where a draft moves: `up` is 1 or 0."""

    up = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1", required=False)

    def clean_up(self) -> bool:
        return bool(self.cleaned_data["up"])


class ContinueForm(ActForm):
    """Whether the new draft is to be opened at once, since something changes."""

    change = forms.BooleanField(required=False)


class EndForm(ActForm):
    """The last word on an earlier year's priority: done, or not continued and why."""

    MOST_LETTERS = 400

    health = forms.ChoiceField(choices=[(health.value, health.label) for health in (Health.DONE, Health.DROPPED)])
    words = forms.CharField(max_length=MOST_LETTERS, required=False)
