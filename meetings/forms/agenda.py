"""An agenda item."""

import datetime

from crispy_forms.layout import Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core import dates
from core.visibility import Visibility
from meetings.forms.translated import SubmitHelper, TranslatedForm, time_field, visibility_field
from meetings.models import MeetingRoom
from meetings.queries.agenda import selectable_rooms
from meetings.queries.fingerprints import AGENDA_ITEM, fingerprint_of
from meetings.services.agenda import ItemContent
from meetings.states import ItemKind, Subject
from organizations.models import Organization


class CopyForm(forms.Form):
    """Which items of an earlier meeting's agenda are copied; at first all of them are chosen."""

    items = forms.MultipleChoiceField(label=_("What to copy"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(item.pk): item for item in items}
        self.fields["items"].choices = [(pk, f"{item.title} · {item.minutes} min") for pk, item in self.rows.items()]
        self.fields["items"].needed = True
        self.initial.setdefault("items", list(self.rows))

    def chosen(self):
        return [self.rows[pk] for pk in self.cleaned_data["items"]]


class AgendaItemForm(TranslatedForm):
    translated_fields = {"title": (_("Title"), 240, 0)}
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices, initial=ItemKind.DISCUSSION)
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=1, max_value=600, initial=30)
    day = forms.TypedChoiceField(label=_("Day"), required=False, empty_value=None, coerce=lambda value: value)
    begins_at = time_field(
        _("Begins at"), help_text=_("Only if it must begin at a set time; otherwise it follows the item before it.")
    )
    presenter = forms.ModelChoiceField(
        label=_("Presented by"),
        required=False,
        queryset=Organization.objects.none(),
        empty_label=_("Nobody in particular"),
    )
    room = forms.ModelChoiceField(
        label=_("Room"), required=False, queryset=MeetingRoom.objects.none(), empty_label=_("The meeting’s own room")
    )
    subject = forms.ChoiceField(
        label=_("Subject"),
        choices=Subject.choices,
        required=False,
        help_text=_("It is shown next to the item, with links to act on it."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    visibility = visibility_field((Visibility.COMMUNITY, Visibility.PUBLIC, Visibility.PRIVATE))
    #: The fingerprint of the item when the page was opened; empty for a new item.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, empty_value=None)

    def __init__(self, *args, meeting, item=None, **kwargs):
        super().__init__(*args, row=item, **kwargs)
        days = meeting.days
        self.fields["day"].choices = [("", _("Not placed yet")), *[(day.isoformat(), dates.day(day)) for day in days]]
        self.fields["presenter"].queryset = Organization.objects.in_order()
        rooms = selectable_rooms(meeting)
        self.fields["room"].queryset = MeetingRoom.objects.filter(pk__in=[room.pk for room in rooms]).order_by("name")
        if not rooms:
            del self.fields["room"]
        self.fields["note"].who_sees = _("member organisations")
        if item is not None:
            names = ("kind", "minutes", "begins_at", "presenter", "room", "note", "visibility", "subject")
            self.initial |= {name: getattr(item, name) for name in names}
            self.initial["day"] = item.day.isoformat() if item.day else ""
            self.initial["seen"] = fingerprint_of(item, AGENDA_ITEM)
        else:
            self.initial.setdefault("day", days[0].isoformat() if days else "")
        verb = _("Correct the item") if item else _("Add to the agenda")
        timing = Row("day", "minutes", "begins_at")
        self.helper = SubmitHelper(
            self,
            verb,
            *self.translated_layout(),
            "kind",
            timing,
            "subject",
            "presenter",
            *(["room"] if rooms else []),
            "note",
            "visibility",
            "seen",
        )

    def clean_day(self):
        day = self.cleaned_data["day"]
        return datetime.date.fromisoformat(day) if day else None

    def content(self) -> ItemContent:
        """What was written."""
        data = self.cleaned_data
        return ItemContent(
            titles=self.texts("title"),
            language=data["source_language"],
            kind=data["kind"],
            minutes=data["minutes"],
            visibility=data["visibility"],
            day=data["day"],
            begins_at=data["begins_at"],
            presenter=data["presenter"],
            room=data.get("room"),
            subject=data["subject"],
            note=data["note"],
        )
