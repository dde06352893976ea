"""The agenda and attendance."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.generic import AboutForm, VisibleMixin
from meetings.forms.acts import PlaceForm
from meetings.forms.agenda import AgendaItemForm, CopyForm
from meetings.forms.attendance import AttendanceForm
from meetings.models import AgendaItem, ItemProposal, Meeting
from meetings.queries.pages.agenda import agenda_of, with_papers
from meetings.services.agenda import add_item, change_item, copy_items, place_item, remove_item
from meetings.services.attendance import record_attendance
from meetings.views.meetings import ConflictMixin, MeetingAct, MeetingFormPage, MeetingPage
from organizations.models import Mandate, Organization


class Agenda(MeetingPage, TemplateView):
    """The agenda, to edit and reorder."""

    permission_required = "meetings.edit_agenda"
    template_name = "meetings/agenda.html"

    def get_context_data(self, **kwargs):
        user, meeting = self.request.user, self.object
        items = list(AgendaItem.objects.visible_to(user, self.now).filter(meeting=meeting).in_order())
        with_papers(meeting, items, user, self.now)
        context = {
            "agenda": agenda_of(meeting, items, user, is_community=True, is_editing=True),
            "now": self.now,
            "proposals": ItemProposal.objects.visible_to(user, self.now).filter(meeting=meeting),
        }
        return super().get_context_data(**context, **kwargs)


class AgendaCopy(AboutForm):
    """Copy items of an earlier meeting; `?from=` is its code."""

    model = Meeting
    permission_required = "meetings.edit_agenda"
    form_class = CopyForm
    template_name = "meetings/agenda_copy.html"
    heading, verb = _("From an earlier meeting"), _("Copy to this agenda")
    done = _("It is on the agenda. Notes and fixed times were not copied.")

    def load_object(self):
        super().load_object()
        earlier = Meeting.objects.visible_to(self.request.user, self.now).exclude(pk=self.object.pk).newest_first()
        self.sources = list(earlier.filter(agenda__isnull=False).distinct()[:40])
        wanted = self.request.GET.get("from", "")
        self.source = next((meeting for meeting in self.sources if meeting.code == wanted), None)

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        seen = AgendaItem.objects.visible_to(self.request.user, self.now).select_related("meeting", "presenter")
        items = seen.filter(meeting=self.source).in_order() if self.source else ()
        return super().get_form_kwargs() | {"items": items}

    def get_context_data(self, **kwargs):
        return super().get_context_data(sources=self.sources, source=self.source, meeting=self.object, **kwargs)

    def get_success_url(self):
        return reverse("meetings:agenda", args=[self.object.code])

    def act(self, form):
        copy_items(self.object, items=form.chosen(), actor=self.request.user, now=self.now)


class ItemFormPage(MeetingFormPage):
    """A form about an agenda item of this meeting; another meeting's is a 404."""

    permission_required = "meetings.edit_agenda"
    form_class = AgendaItemForm
    item = None

    def load_object(self):
        super().load_object()
        if "item" in self.kwargs:
            self.item = self.object.agenda.filter(pk=self.kwargs["item"]).first()
            if self.item is None:
                raise Http404

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.object, "item": self.item}

    def get_context_data(self, **kwargs):
        return super().get_context_data(item=self.item, **kwargs)

    def get_success_url(self):
        return reverse("meetings:agenda", args=[self.object.code])


class ItemAdd(ItemFormPage):
    heading = _("Add to the agenda")
    done = _("The item is on the agenda.")

    def get_initial(self):
        wished = self.request.GET.get("day", "")
        visibility = "public" if self.object.visibility == "public" else "community"
        return {"visibility": visibility} | ({"day": wished} if wished else {})

    def act(self, form):
        add_item(self.object, content=form.content(), actor=self.request.user, now=self.now)


class ItemEdit(ConflictMixin, ItemFormPage):
    heading = _("Correct the item")
    done = _("The item has been corrected.")

    def replace_object(self, current):
        self.item = current

    def act(self, form):
        seen = form.cleaned_data["seen"]
        change_item(self.item, content=form.content(), seen=seen, actor=self.request.user, now=self.now)


class ItemAct(MeetingAct):
    """One act on an agenda item of this meeting."""

    permission_required = "meetings.edit_agenda"

    def load_object(self):
        VisibleMixin.load_object(self)
        self.item = self.object.agenda.filter(pk=self.kwargs["item"]).first()
        if self.item is None:
            raise Http404

    def get_success_url(self):
        return f"{reverse('meetings:agenda', args=[self.object.code])}#item-{self.item.pk}"


class ItemPlace(ItemAct):
    """Move an item on its day: by the buttons one up or down, by the pointer anywhere."""

    def act(self):
        form = PlaceForm(self.request.POST)
        if form.is_valid():
            place_item(self.item, **form.cleaned_data, actor=self.request.user, now=self.now)


class ItemRemove(ItemAct):
    done = _("The item has been removed from the agenda.")

    def act(self):
        remove_item(self.item, actor=self.request.user, now=self.now)
        return reverse("meetings:agenda", args=[self.object.code])


def attendance_choices(meeting, now):
    """What the attendance forms take: the members of its day and those recorded, the people of each who can be named,
    and the rows recorded."""
    day = meeting.starts_on or now.date()
    rows = list(meeting.attendances.select_related("organization", "person"))
    known = {row.organization_id: row.organization for row in rows}
    known |= {row.pk: row for row in Organization.objects.members_on(day)}
    organizations = sorted(known.values(), key=lambda row: (row.position, row.acronym))
    people = {}
    mandates = Mandate.objects.on(day).filter(organization__in=known).select_related("person")
    for mandate in mandates.order_by("person__name", "pk"):
        people.setdefault(mandate.organization_id, {})[mandate.person_id] = mandate.person
    for row in rows:
        if row.person:
            people.setdefault(row.organization_id, {}).setdefault(row.person_id, row.person)
    named = {key: list(found.values()) for key, found in people.items()}
    return {"organizations": organizations, "people": named, "rows": rows}


class AttendanceRecord(MeetingFormPage):
    """Record attendance: one answer for each member organisation."""

    permission_required = "meetings.record_attendance"
    form_class = AttendanceForm
    heading = _("Attendance")
    lede = _("By organisation. Naming people is optional.")
    done = _("Attendance has been recorded.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | attendance_choices(self.object, self.now)

    def act(self, form):
        record_attendance(self.object, attendance=form.attendance(), actor=self.request.user, now=self.now)
