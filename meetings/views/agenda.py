"""The agenda and who was there."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.generic import AboutForm, VisibleMixin
from meetings import services
from meetings.documents import programme
from meetings.forms import AgendaItemForm, AttendanceForm, CopyForm
from meetings.models import AgendaItem, ItemProposal, Meeting
from meetings.views.meetings import MeetingAct, MeetingFormPage, MeetingPage, ShowsBoth
from meetings.views.pages import with_papers
from organizations.models import Mandate, Organization


class Agenda(MeetingPage, TemplateView):
    """The agenda, to be written and set in order."""

    permission_required = "meetings.edit_agenda"
    template_name = "meetings/agenda.html"

    def get_context_data(self, **kwargs):
        items = list(AgendaItem.objects.visible_to(self.request.user, self.now).filter(meeting=self.object).in_order())
        with_papers(self.object, items, self.request.user, self.now)
        proposals = ItemProposal.objects.visible_to(self.request.user, self.now).filter(meeting=self.object)
        context = {"programme": programme(self.object, items), "now": self.now, "proposals": proposals}
        return super().get_context_data(**context, **kwargs)


class AgendaCopy(AboutForm):
    """Begin from what an earlier meeting had; `?from=` is its code."""

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
        self.source = next((one for one in self.sources if one.code == wanted), None)

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
        services.copy_items(self.object, form.chosen(), actor=self.request.user, now=self.now)


class ItemFormPage(MeetingFormPage):
    """A form about a point of this meeting's agenda; the id of another meeting's is no page."""

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

    def values(self, form):
        names = ("kind", "minutes", "day", "begins_at", "presenter", "note", "visibility", "subject")
        return {name: form.cleaned_data[name] for name in names} | {
            "room": form.cleaned_data.get("room"), "titles": form.said("title"), "language": form.cleaned_data["source_language"],
            "actor": self.request.user, "now": self.now,
        }  # fmt: skip


class ItemAdd(ItemFormPage):
    heading = _("Add to the agenda")
    done = _("The item is on the agenda.")

    def get_initial(self):
        wished = self.request.GET.get("day", "")
        visibility = "public" if self.object.visibility == "public" else "community"
        return {"visibility": visibility} | ({"day": wished} if wished else {})

    def act(self, form):
        services.add_item(self.object, **self.values(form))


class ItemEdit(ShowsBoth, ItemFormPage):
    heading = _("Correct the item")
    done = _("The item has been corrected.")

    def take(self, theirs):
        self.item = theirs

    def act(self, form):
        services.change_item(self.item, seen=form.cleaned_data["seen"], **self.values(form))


class ItemAct(MeetingAct):
    """One act on a point of this meeting's agenda."""

    permission_required = "meetings.edit_agenda"

    def load_object(self):
        VisibleMixin.load_object(self)
        self.item = self.object.agenda.filter(pk=self.kwargs["item"]).first()
        if self.item is None:
            raise Http404

    def get_success_url(self):
        return f"{reverse('meetings:agenda', args=[self.object.code])}#item-{self.item.pk}"


class ItemPlace(ItemAct):
    """Another place on its day: by the buttons one up or down, by the pointer anywhere."""

    def act(self):
        place = self.request.POST.get("place", "")
        if place.isascii() and place.lstrip("-").isdigit() and len(place) < 6:
            seen = self.request.POST.get("seen")
            services.place_item(self.item, int(place), seen=seen, actor=self.request.user, now=self.now)


class ItemRemove(ItemAct):
    done = _("The item has been removed from the agenda.")

    def act(self):
        services.remove_item(self.item, self.request.user, self.now)
        return reverse("meetings:agenda", args=[self.object.code])


def who_may_attend(meeting, now):
    """{organizations, people, rows} for the forms: the members of its day and whoever is written down, the people who may
    be named of each, and what is written down."""
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
    """Who was there: one answer for each member organisation."""

    permission_required = "meetings.record_attendance"
    form_class = AttendanceForm
    heading = _("Attendance")
    lede = _("By organisation. Naming people is optional.")
    done = _("Attendance has been recorded.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | who_may_attend(self.object, self.now)

    def act(self, form):
        services.record_attendance(self.object, form.was(), self.request.user, self.now)
