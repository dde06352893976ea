"""The rules of an election in preparation, and why one is annulled."""

import datetime
import zoneinfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.models import Seat
from core import clock
from core.text import LANGUAGE_NAMES, content_language, language_in_words
from core.visibility import Visibility
from elections.forms.submit import SubmitForm
from elections.queries.plans import ElectionPlan
from elections.states import IfFew, Method, Secrecy, TieBreak, Vacancy

#: Years beyond these are slips of the pen; they would also overflow a calendar.
YEARS = range(2000, 2101)
#: Fields that a plan has under the same name.
PLANNED = (
    "nominations_open",
    "nominations_close",
    "opens_at",
    "closes_at",
    "zone",
    "visibility",
    "method",
    "is_weighted",
    "in_room",
    "max_marks",
    "if_few",
    "lot_source",
    "cap",
    "threshold",
    "quorum",
    "claims_hours",
    "term_starts_on",
    "term_ends_on",
    "term_ends_by_rank",
)


def _moment(label, **options):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **options)


def _day(label):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=_("Leave empty if not known."))


def _number(label, help_text, most=1000):
    return forms.IntegerField(label=label, help_text=help_text, min_value=1, max_value=most, required=False)


class Places(forms.ModelMultipleChoiceField):
    """Seats; a number that no database integer can hold is no seat."""

    def clean(self, value):
        if any(len(str(one)) > 18 for one in value or ()):
            raise ValidationError(_("Choose the seats to fill."))
        return super().clean(value)


class ElectionForm(SubmitForm):
    """The rules of an election to come."""

    verb = _("Prepare the election")
    source_language = forms.ChoiceField(label=_("Official language"), choices=list(LANGUAGE_NAMES.items()))
    places = Places(label=_("Seats to fill"), queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple)
    in_room = forms.BooleanField(
        label=_("In the room: all electors attend"),
        required=False,
        help_text=_(
            "You close nominations and open voting yourself with one tap, before the announced time; without a "
            "network, voting is on paper."
        ),
    )
    method = forms.ChoiceField(
        label=_("How votes are cast and counted"),
        choices=Method.choices,
        initial=Method.PLURALITY,
        widget=forms.RadioSelect,
    )
    secrecy = forms.ChoiceField(
        label=_("Secrecy"),
        choices=Secrecy.choices,
        initial=Secrecy.OPEN,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "With the portal's key, those who administer the portal could open the ballot box: for low-stakes votes."
        ),
    )
    is_weighted = forms.BooleanField(
        label=_("Votes have weights"),
        required=False,
        help_text=_(
            "Each organisation's vote counts as many times as its weight on the roll. Otherwise each has one vote."
        ),
    )
    max_marks = forms.IntegerField(
        label=_("Maximum marks per ballot"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("Only where those with the most votes are elected; no more than the seats to fill."),
    )
    if_few = forms.ChoiceField(
        label=_("If there are no more candidates than seats"),
        choices=IfFew.choices,
        initial=IfFew.ACCLAMATION,
        widget=forms.RadioSelect,
    )
    tie_break = forms.ChoiceField(
        label=_("How a deciding tie is settled"),
        choices=TieBreak.choices,
        initial=TieBreak.DRAW,
        widget=forms.RadioSelect,
        required=False,
    )
    lot_source = forms.CharField(
        label=_("Public value"),
        max_length=300,
        required=False,
        help_text=_(
            "Only for the second: what is printed, where, and on which day after closing, such as “the five digits of the first prize of lottery X on its first draw after closing”."
        ),
    )
    cap = _number(
        _("Maximum from one organisation"), _("Members of the body, counting those who stay. Empty: no limit.")
    )
    threshold = _number(
        _("Minimum share of the votes, in percent"), _("Of the valid votes, to be elected. Empty: no minimum."), 100
    )
    quorum = _number(
        _("Quorum"), _("How many organisations must vote for the election to be valid. Empty: no minimum.")
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        initial=settings.CASA_ZONE,
        validators=[clock.known_zone],
        help_text=_("The one in which it is announced, such as America/Montevideo."),
    )
    nominations_open = _moment(_("Nominations open"))
    nominations_close = _moment(_("Nominations until"), help_text=_("The last minute is included."))
    opens_at = _moment(_("Voting opens"))
    closes_at = _moment(_("Voting until"), help_text=_("The last minute is included."))
    term_starts_on = _day(_("Terms start"))
    term_ends_on = _day(_("Planned end of the terms"))
    claims_hours = _number(
        _("Hours for claims"),
        _(
            "For claims on the roll, the candidates and the result. The period ends early once every elector "
            "has stated that there are none. Empty: no fixed period."
        ),
        24 * 60,
    )
    vacancy = forms.ChoiceField(
        label=_("If a seat becomes vacant, it is filled"),
        choices=Vacancy.choices,
        initial=Vacancy.BY_ELECTION,
        required=False,
    )
    term_ends_by_rank = forms.CharField(
        label=_("Planned end by order of election"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "If terms differ in length: one date per line, such as 2027-12-31, starting with that of the "
            "person elected first."
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees this"),
        initial=Visibility.PUBLIC,
        choices=[(c.value, c.label) for c in (Visibility.PUBLIC, Visibility.COMMUNITY)],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seats = Seat.objects.select_related("committee").order_by("committee__position", "committee_id", "ordinal")
        self.fields["places"].queryset = seats
        self.fields["source_language"].initial = content_language()
        for code in settings.CONTENT_LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title in %(language)s") % {"language": language_in_words(code)}, max_length=200, required=False
            )
        names = [f"title_{code}" for code in settings.CONTENT_LANGUAGES]
        for name in names:
            self.fields[name].needed = name == f"title_{content_language()}"
        self.helper = FormHelper(self)
        self.helper.layout = self._sections(names)
        self.helper.add_input(Submit("", self.verb, css_id="submit"))

    def _sections(self, titles):
        """What is chosen, how, when, and what follows; a field that no other section names is of how it is voted."""
        what = [*titles, "source_language", "places", "visibility"]
        limits = ["cap", "threshold", "quorum"]
        when = [
            "zone",
            Row("nominations_open", "nominations_close"),
            Row("opens_at", "closes_at"),
            "claims_hours",
        ]
        after = [Row("term_starts_on", "term_ends_on"), "term_ends_by_rank", "vacancy"]
        named = {*what, *limits, *(name for one in [*when, *after] for name in getattr(one, "fields", [one]))}
        how = [name for name in self.fields if name not in named]
        return Layout(
            Fieldset(_("What is chosen"), *what),
            Fieldset(_("How votes are cast"), *how),
            Fieldset(_("Limits"), *limits),
            Fieldset(_("Calendar"), *when),
            Fieldset(_("Terms"), *after),
        )

    def clean_term_ends_by_rank(self):
        """The days, as ISO dates."""
        found = []
        for line in self.cleaned_data["term_ends_by_rank"].split():
            try:
                day = datetime.date.fromisoformat(line)
            except ValueError:
                raise ValidationError(
                    _("“%(line)s” is not a date. Write it like 2027-12-31."), params={"line": line}
                ) from None
            if day.year not in YEARS:
                raise ValidationError(_("This date is too far away."))
            found.append(day.isoformat())
        return found

    def clean_zone(self):
        zone = self.cleaned_data["zone"].strip()
        if zone not in zoneinfo.available_timezones():
            raise ValidationError(_("Unknown time zone. Enter one such as America/Montevideo."))
        return zone

    def clean(self):
        data = super().clean()
        zone = data.get("zone")
        places = data.get("places")
        if places and len({seat.committee_id for seat in places}) > 1:
            self.add_error("places", _("All the seats must be of one sector of this body."))
        for name in ("term_starts_on", "term_ends_on"):
            if data.get(name) and data[name].year not in YEARS:
                self.add_error(name, _("This date is too far away."))
        for name in ("nominations_open", "nominations_close", "opens_at", "closes_at"):
            if not zone or not data.get(name):
                continue
            local = data[name].replace(tzinfo=None)
            if local.year not in YEARS:
                self.add_error(name, _("This date is too far away."))
                continue
            try:
                reckon = clock.end_of if name.endswith("close") or name == "closes_at" else clock.instant
                data[name] = reckon(local, zone)
            except ValidationError as error:
                self.add_error(name, error)
        return data

    def plan(self) -> ElectionPlan:
        """The plan that was entered."""
        data = self.cleaned_data
        titles = {code: data[f"title_{code}"] for code in settings.CONTENT_LANGUAGES}
        places = list(data["places"])
        same = {name: data[name] for name in PLANNED}
        return ElectionPlan(
            committee=places[0].committee,
            places=places,
            titles=titles,
            language=data["source_language"],
            secrecy=data["secrecy"] or Secrecy.OPEN,
            vacancy=data["vacancy"] or Vacancy.BY_ELECTION,
            tie_break=data["tie_break"] or TieBreak.DRAW,
            **same,
        )


class AnnulForm(SubmitForm):
    """Why an election ends without a result."""

    verb = _("Annul the election")
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].who_sees = _("everybody who can see the election")
