"""What everybody reads: the list, a meeting, its calendar entry."""

from django.http import Http404
from django.utils.translation import get_language
from django.views.generic import View

from core import clock
from core.generic import RecordView, RowsView, VisibleMixin
from core.icalendar import build
from core.icalendar.http import answer
from core.text import shown
from meetings.documents.calendars import calendar_entry
from meetings.forms.meetings import MeetingFilter
from meetings.models import Meeting
from meetings.queries.invitations import ANSWERS
from meetings.queries.pages.meeting import meeting_page


class MeetingList(RowsView):
    """Meetings by year, newest first; `?year=` and `?kind=` narrow it."""

    model = Meeting
    template_name = "meetings/meeting_list.html"
    extra_context = {"section": "meetings"}

    def get_queryset(self):
        rows = super().get_queryset()
        years = rows.order_by("-year").values_list("year", flat=True).distinct()
        self.filter = MeetingFilter(self.request.GET or None, years=years)
        if self.filter.is_bound and self.filter.is_valid():
            chosen = {name: value for name, value in self.filter.cleaned_data.items() if value}
            rows = rows.filter(**chosen)
        return rows.with_decision_count(self.request.user, self.now).newest_first()

    def get_context_data(self, **kwargs):
        chosen = [name for name in self.filter.fields if self.request.GET.get(name)]
        return super().get_context_data(filter=self.filter, is_filtered=bool(chosen), **kwargs)


class MeetingDetail(RecordView):
    """A meeting: when and where, agenda, who was there, what was decided and what came of it, the outcome."""

    model = Meeting
    context_object_name = "meeting"
    template_name = "meetings/meeting_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_outcome()

    def get_context_data(self, **kwargs):
        page = meeting_page(self.object, self.request.user, self.now)
        context = {"section": "meetings", "page": page, "community": page.is_community, "now": self.now}
        return super().get_context_data(**context, answers=ANSWERS, **kwargs)


class MeetingCalendar(VisibleMixin, View):
    """The meeting as a file for a calendar program: as in feeds, so with no METHOD and nobody's name."""

    model = Meeting

    def get(self, request, *args, **kwargs):
        entry = calendar_entry(self.object, get_language())
        if entry is None:
            raise Http404
        name = shown(self.object, "title").value or self.object.code
        body = build.feed([entry], name, get_language())
        public = not request.user.is_authenticated
        return answer(request, body, entry.revised_at, f"{self.object.code}.ics", public=public)


def today_in(meeting, now):
    """The calendar day where the meeting takes place."""
    return clock.today(now, meeting.zone)
