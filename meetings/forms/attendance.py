"""Who was there: one answer for each member organisation, and its people where they are named."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.words import Folded, OneVerb
from meetings.services.attendance import Was
from meetings.states import Presence

ABSENT = "absent"
ANSWERS = [
    (Presence.IN_PERSON.value, Presence.IN_PERSON.label),
    (Presence.REMOTE.value, Presence.REMOTE.label),
    (Presence.APOLOGIES.value, Presence.APOLOGIES.label),
    ("unstated", Presence.UNSTATED.label),
    (ABSENT, _("not present")),
]


class AttendanceForm(forms.Form):
    """`organizations` are the member organisations of that day and any already written down; `people` maps each to
    the Persons who may be named; `rows` are the attendances as they stand."""

    def __init__(self, *args, organizations, people, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.organizations = list(organizations)
        self.people = people
        self.hide_optional = True
        layout = []
        for organization in self.organizations:
            theirs = [row for row in rows if row.organization_id == organization.pk]
            answer, named = f"presence_{organization.pk}", f"people_{organization.pk}"
            self.fields[answer] = forms.ChoiceField(
                label=organization.acronym, choices=ANSWERS, required=False, initial=self._answer(theirs)
            )
            layout.append(answer)
            known = people.get(organization.pk, ())
            if known:
                self.fields[named] = forms.TypedMultipleChoiceField(
                    label=_("Of %(organization)s, by name") % {"organization": organization.acronym},
                    choices=[(person.pk, person.name) for person in known], coerce=int, required=False,
                    widget=forms.CheckboxSelectMultiple, initial=[row.person_id for row in theirs if row.person_id],
                )  # fmt: skip
                self.fields[named].who_sees = _("member organisations; the public only those named in public")
                layout += [Folded(_("Name its people"), named, is_open=any(row.person_id for row in theirs))]
        self.helper = OneVerb(self, _("Write down attendance"), *layout)

    @staticmethod
    def _answer(rows):
        whole = next((row for row in rows if row.person_id is None), rows[0] if rows else None)
        return ABSENT if whole is None else whole.presence or "unstated"

    def was(self):
        """{organisation: Was}, for the service."""
        found = {}
        for organization in self.organizations:
            answer = self.cleaned_data.get(f"presence_{organization.pk}") or ABSENT
            chosen = set(self.cleaned_data.get(f"people_{organization.pk}") or ())
            presence = {ABSENT: None, "unstated": Presence.UNSTATED}.get(answer, answer)
            people = [person for person in self.people.get(organization.pk, ()) if person.pk in chosen]
            found[organization] = Was(presence, people if presence is not None else [])
        return found
