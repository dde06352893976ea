"""Attendance: one answer for each member organisation, and its people where they are named."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.sheets import SheetForm
from meetings.forms.translated import Folded, SubmitHelper
from meetings.services.attendance import OrganizationAttendance
from meetings.states import Presence
from organizations.models import Organization

ABSENT = "absent"
ANSWERS = [
    (Presence.IN_PERSON.value, Presence.IN_PERSON.label),
    (Presence.REMOTE.value, Presence.REMOTE.label),
    (Presence.APOLOGIES.value, Presence.APOLOGIES.label),
    ("unstated", Presence.UNSTATED.label),
    (ABSENT, _("not present")),
]


class AttendanceForm(forms.Form):
    """`organizations` are the member organisations of that day and any already recorded; `people` maps each to
    the Persons who may be named; `rows` are the attendances recorded."""

    def __init__(self, *args, organizations, people, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.organizations = list(organizations)
        self.people = people
        self.hide_optional = True
        layout = []
        for organization in self.organizations:
            own = [row for row in rows if row.organization_id == organization.pk]
            answer, named = f"presence_{organization.pk}", f"people_{organization.pk}"
            self.fields[answer] = forms.ChoiceField(
                label=organization.acronym, choices=ANSWERS, required=False, initial=self._answer(own)
            )
            layout.append(answer)
            known = people.get(organization.pk, ())
            if known:
                self.fields[named] = forms.TypedMultipleChoiceField(
                    label=_("From %(organization)s, by name") % {"organization": organization.acronym},
                    choices=[(person.pk, person.name) for person in known],
                    coerce=int,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    initial=[row.person_id for row in own if row.person_id],
                )
                self.fields[named].who_sees = _(
                    "member organisations; the public sees only those who are named in public"
                )
                layout += [Folded(_("Name the people"), named, is_open=any(row.person_id for row in own))]
        self.helper = SubmitHelper(self, _("Record attendance"), *layout)

    @staticmethod
    def _answer(rows):
        whole = next((row for row in rows if row.person_id is None), rows[0] if rows else None)
        return ABSENT if whole is None else whole.presence or "unstated"

    def attendance(self) -> dict[Organization, OrganizationAttendance]:
        """What was recorded of each organisation."""
        found = {}
        for organization in self.organizations:
            answer = self.cleaned_data.get(f"presence_{organization.pk}") or ABSENT
            chosen = set(self.cleaned_data.get(f"people_{organization.pk}") or ())
            presence = {ABSENT: None, "unstated": Presence.UNSTATED}.get(answer, answer)
            people = [person for person in self.people.get(organization.pk, ()) if person.pk in chosen]
            found[organization] = OrganizationAttendance(presence, people if presence is not None else [])
        return found


#: The columns of the export: an acronym, a name where one is named, and a Presence, empty where it is not stated.
COLUMNS = ("organization", "person", "presence")


class AttendanceSheetForm(SheetForm):
    """Attendance from a spreadsheet: a row for each organisation, and one more for each of its people who is named. What
    was recorded for the organisations in it is replaced. `organizations` and `people` as for AttendanceForm."""

    columns, needed = COLUMNS, ("organization",)

    def __init__(self, *args, organizations, people, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Use the columns of the portal's own export; only organization is required. Nothing is recorded yet."
        )
        self.organizations = {one.acronym.casefold(): one for one in organizations}
        self.people = people
        self.found = {}

    def most(self):
        return 500

    def read(self, row, texts):
        acronym, name, presence = (texts.get(column, "").strip() for column in COLUMNS)
        row.title = " · ".join(filter(None, (acronym, name)))
        organization = self.organizations.get(acronym.casefold())
        if organization is None:
            row.problems.append(
                ("organization", gettext("There is no organisation with this acronym at this meeting."))
            )
            return
        if presence not in Presence.values:
            known = ", ".join(value for value in Presence.values if value)
            row.problems.append(
                ("presence", gettext("Enter one of these, or leave it empty: %(known)s.") % {"known": known})
            )
            return
        row.values = {"presence": Presence(presence)}
        recorded = self.found.setdefault(organization, OrganizationAttendance(Presence(presence)))
        if recorded.presence != presence:
            row.problems.append(("presence", gettext("Another row of this organisation says something different.")))
        if name:
            self._name(row, recorded, organization, name)

    def _name(self, row, recorded, organization, name):
        known = {person.name.casefold(): person for person in self.people.get(organization.pk, ())}
        person = known.get(name.casefold())
        if person is None:
            row.problems.append(("person", gettext("Nobody with this name is known at this organisation on that day.")))
        elif person not in recorded.people:
            recorded.people.append(person)

    def attendance(self) -> dict[Organization, OrganizationAttendance]:
        """What the rows say of each organisation."""
        return self.found
