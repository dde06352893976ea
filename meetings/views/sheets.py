"""Agenda and attendance as spreadsheets, and the attendance sheet to print."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core import clock
from core.generic import AboutForm
from core.sheets import SheetPage
from core.tables import csv_answer
from meetings.forms.attendance import COLUMNS as ATTENDANCE_COLUMNS
from meetings.forms.attendance import AttendanceSheetForm
from meetings.forms.sheets import COLUMNS, AgendaSheetForm, row_of
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.services.agenda import import_items
from meetings.services.attendance import record_attendance
from meetings.views.agenda import attendance_choices
from meetings.views.meetings import MeetingPage
from organizations.models import Organization
from organizations.standing import standing_of


class AgendaTable(MeetingPage, TemplateView):
    """The agenda as CSV, as far as this reader may see it; notes are for member organisations."""

    def get(self, request, *args, **kwargs):
        items = AgendaItem.objects.visible_to(request.user, self.now).filter(meeting=self.object)
        items = items.select_related("presenter").in_order()
        rows = [row_of(item) for item in items]
        if not standing_of(request.user, self.now).is_community:
            rows = [[*row[:7], "", *row[8:]] for row in rows]
        return csv_answer(f"{self.object.code}-agenda.csv", COLUMNS, rows)


class AgendaImport(SheetPage, AboutForm):
    """Choose a file, see what each row would become and what is wrong with it, then add them."""

    model = Meeting
    permission_required = "meetings.edit_agenda"
    form_class = AgendaSheetForm
    template_name = "meetings/agenda_import.html"
    heading, verb = _("Agenda from a spreadsheet"), _("Review the rows")

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.object}

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=self.object, columns=COLUMNS, **kwargs)

    def get_success_url(self):
        return reverse("meetings:agenda", args=[self.object.code])

    def act(self, form):
        added = import_items(self.object, contents=form.contents, actor=self.request.user, now=self.now)
        messages.success(
            self.request, ngettext("%(n)s item has been added.", "%(n)s items have been added.", added) % {"n": added}
        )


class AttendanceTable(MeetingPage, TemplateView):
    """Attendance as CSV, for the coordination team."""

    permission_required = "meetings.record_attendance"

    def get(self, request, *args, **kwargs):
        rows = Attendance.objects.filter(meeting=self.object).select_related("organization", "person")
        rows = rows.order_by("organization__position", "pk")
        values = [[one.organization.acronym, one.person.name if one.person else "", one.presence] for one in rows]
        return csv_answer(f"{self.object.code}-attendance.csv", ATTENDANCE_COLUMNS, values)


class AttendanceImport(SheetPage, AboutForm):
    """Choose a file, see what each row would become and what is wrong with it, then record them."""

    model = Meeting
    permission_required = "meetings.record_attendance"
    form_class = AttendanceSheetForm
    template_name = "meetings/attendance_import.html"
    heading, verb = _("Attendance from a spreadsheet"), _("Review the rows")
    done = _("Attendance has been recorded.")

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | attendance_choices(self.object, self.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=self.object, columns=ATTENDANCE_COLUMNS, **kwargs)

    def act(self, form):
        record_attendance(self.object, attendance=form.attendance(), actor=self.request.user, now=self.now)


class AttendanceSheet(MeetingPage, TemplateView):
    """A page to print: those who are invited, by organisation, with a line to sign on."""

    permission_required = "meetings.record_attendance"
    template_name = "meetings/attendance_sheet.html"

    def get_context_data(self, **kwargs):
        day = clock.today(self.now, self.object.zone)
        called = {}
        for one in self.object.invitations.select_related("organization").order_by("name"):
            called.setdefault(one.organization_id, []).append(
                (one.name, one.get_answer_display() if one.answer else "")
            )
        members = Organization.objects.members_on(self.object.starts_on or day).in_order()
        return super().get_context_data(
            line_to_sign_on="\u00a0" * 60, rows=[(one, called.get(one.pk, [])) for one in members], **kwargs
        )
