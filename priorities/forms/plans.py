"""Forms about cycles, cards and reading.

Choices are slugs and codes, compared in Python: what is not offered is refused beside the field, whatever it is.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core import clock, countries
from core.visibility import Visibility

FIRST_YEAR, LAST_YEAR = 2000, 2099
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class LocalMomentField(forms.DateTimeField):
    """A wall-clock date and time, without zone: the form knows in which it is meant."""

    widget = MOMENT

    def to_python(self, value):
        moment = super().to_python(value)
        if moment is None:
            return None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(_("Choose a year between 2000 and 2099."))
        return moment.replace(tzinfo=None)


def to_instant(form, name, zone, turn):
    """Turn a cleaned local moment into an instant; a time that does not exist there, or twice, is said beside it."""
    local = form.cleaned_data.get(name)
    if local is None:
        return None
    try:
        return turn(local.replace(second=0, microsecond=0), zone)
    except ValidationError as error:
        form.add_error(name, error)
        return None


class CycleForm(forms.Form):
    """A year's cycle: when organisations may write, until when they may submit."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    opens = LocalMomentField(label=_("Opens"), help_text=_("Organisations can write their plans from then on."))
    closes = LocalMomentField(
        label=_("Closes"), help_text=_("Until the end of that minute: with 23:59, the whole day counts.")
    )
    zone = forms.CharField(
        label=_("Time zone"), max_length=64, initial=settings.CASA_ZONE, validators=[clock.known_zone],
        help_text=_("The time zone in which these times are announced, for example America/Montevideo."),
    )  # fmt: skip

    def __init__(self, *args, cycle=None, **kwargs):
        super().__init__(*args, **kwargs)
        if cycle is not None:
            del self.fields["year"]

    def clean(self):
        data = super().clean()
        if zone := data.get("zone"):
            data["opens_at"] = to_instant(self, "opens", zone, clock.instant)
            data["closes_at"] = to_instant(self, "closes", zone, clock.end_of)
            if data["opens_at"] and data["closes_at"] and data["closes_at"] <= data["opens_at"]:
                self.add_error("closes", _("The closing time must be later than the opening time."))
        return data


class ExtensionForm(forms.Form):
    """A later closing, with its reason."""

    closes = LocalMomentField(label=_("New deadline"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("The organisations receive it by e-mail."))

    def __init__(self, *args, cycle, **kwargs):
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        self.fields["closes"].help_text = _("In the time zone %(zone)s, until the end of that minute.") % {
            "zone": cycle.zone
        }

    def clean(self):
        data = super().clean()
        data["closes_at"] = to_instant(self, "closes", self.cycle.zone, clock.end_of)
        if data["closes_at"] and data["closes_at"] <= self.cycle.closes_at:
            self.add_error("closes", _("The new deadline must be later than the current one."))
        return data


class ReasonForm(forms.Form):
    """One sentence that the member organisations read."""

    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, label="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].who_sees = _("the member organisations")


class EnterForm(forms.Form):
    """From what a plan is entered for an organisation."""

    entered_from = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("For example: slides received by e-mail on 12 January.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entered_from"].who_sees = _("the organisation and, once it is submitted, the member organisations")


class FilterForm(forms.Form):
    """What to show of a cycle's priorities; lives in the address."""

    hide_optional = True

    q = forms.CharField(label=_("Words"), max_length=100, required=False, widget=forms.SearchInput)
    organization = forms.ChoiceField(label=_("Organisation"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    space = forms.ChoiceField(label=_("Space"), required=False)

    def __init__(self, *args, organizations, themes, spaces, **kwargs):
        super().__init__(*args, **kwargs)
        every = [("", _("all"))]
        self.fields["organization"].choices = every + [(row.slug, row.acronym) for row in organizations]
        self.fields["theme"].choices = every + [(row.slug, row.name) for row in themes]
        self.fields["space"].choices = every + [(row.slug, row.short_name) for row in spaces]


class DraftForm(forms.Form):
    """A card. Everything may be left for later except who will see it and its language."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    title = forms.CharField(label=_("Priority"), max_length=200, required=False)
    why = forms.CharField(
        label=_("Why"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What changes if it is achieved, or what is lost if it is not."),
    )  # fmt: skip
    action = forms.CharField(
        label=_("One concrete action"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Something you will be able to show is done by December."),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who sees this"), choices=[], initial=Visibility.COMMUNITY,
        widget=forms.RadioSelect(attrs={"class": "segmented"}),
        help_text=_("Until you submit it, only the people who write for your organisation. Public: everybody, once the "
"year's priorities are published."),
    )  # fmt: skip
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

    WORDS = ("title", "why", "action", "result", "indicator")
    #: Folded away until they are needed.
    MORE = ("result", "indicator", "month_from", "month_until", "countries", "spaces", "wants_partners", "continues",
            "language")  # fmt: skip

    def __init__(self, *args, themes, spaces, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.themes = {row.slug: row for row in themes}
        self.space_rows = {row.slug: row for row in spaces}
        self.earlier = {row.code: row for row in earlier}
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
            (Visibility.COMMUNITY.value, Visibility.COMMUNITY.label), (Visibility.PUBLIC.value, Visibility.PUBLIC.label)
        ]  # fmt: skip
        for name in ("title", "why", "action", "theme"):
            self.fields[name].needed = True

    def clean(self):
        data = super().clean()
        first, last = data.get("month_from"), data.get("month_until")
        if first and last and first > last:
            self.add_error("month_until", _("It ends before it begins."))
        return data

    def values(self):
        """What the service takes: objects in place of slugs and codes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        data["theme"] = self.themes.get(data["theme"])
        data["continues"] = self.earlier.get(data["continues"])
        data["spaces"] = [self.space_rows[slug] for slug in data["spaces"]]
        return data


def initial_of(draft):
    """What a card's form begins with."""
    return {
        **{name: getattr(draft, name) for name in DraftForm.WORDS},
        "version": draft.version, "visibility": draft.visibility, "language": draft.language,
        "theme": draft.theme.slug if draft.theme else "", "month_from": draft.month_from or "",
        "month_until": draft.month_until or "", "countries": draft.countries,
        "spaces": [space.slug for space in draft.spaces.all()], "wants_partners": draft.wants_partners,
        "continues": draft.continues.code if draft.continues else "",
    }  # fmt: skip
