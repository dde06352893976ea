"""Pages of visits, meetings with policymakers, and training. Nobody is named in any of them."""

from itertools import groupby

from django.views.generic import TemplateView

from core import permissions
from core.generic import ClockMixin, RecordView
from core.records import threads
from engagement.models import Activity, Regulation, TrainingProgramme, TrainingSession
from engagement.states import ACTIVITY_MOVES, SESSION_MOVES
from organizations.standing import standing_of

FOLLOWED = 5


class Threaded(RecordView):
    """A record's page with what it came from and what came of it."""

    def get_context_data(self, **kwargs):
        code, user = self.object.code, self.request.user
        return super().get_context_data(
            came_from=threads.where_from(code, user, self.now),
            thread=threads.what_came_of([code], user, self.now),
            section="engagement",
            **kwargs,
        )


def by_date(row):
    """Newest first; within a year what has no date comes last."""
    return row.year, str(row.starts_on or ""), row.code


class ActivityList(ClockMixin, TemplateView):
    """Visits and training together, by year."""

    template_name = "engagement/activity_list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        visits = Activity.objects.visible_to(user, self.now).prefetch_related("institutions", "hosts", "taking_part")
        training = TrainingSession.objects.visible_to(user, self.now).prefetch_related("hosts")
        rows = sorted([*visits, *training.select_related("programme")], key=by_date, reverse=True)
        years = [(year, list(group)) for year, group in groupby(rows, key=lambda row: row.year)]
        programmes = TrainingProgramme.objects.order_by("slug")
        followed = Regulation.objects.visible_to(user, self.now).newest_first().select_related("body")[:FOLLOWED]
        return super().get_context_data(
            years=years, programmes=programmes, followed=followed, section="engagement", **kwargs
        )


class Stated(Threaded):
    """A record with states, whose writers say how it stands."""

    moves = None
    edit = publish = ""

    def get_context_data(self, **kwargs):
        user, record = self.request.user, self.object
        can_edit = user.is_authenticated and permissions.has_perm(user, self.edit, record)
        allowed = self.moves[record.state] if can_edit else ()
        if "published" in allowed and not permissions.has_perm(user, self.publish, record):
            allowed = ()
        steps = [(state.value, state.label) for state in self.moves if state in allowed]
        return super().get_context_data(
            can_edit=can_edit, steps=steps, is_community=standing_of(user, self.now).is_community,
            still_changes=can_edit and bool(self.moves[record.state]), **kwargs,
        )  # fmt: skip


class ActivityDetail(Stated):
    model = Activity
    moves, edit, publish = ACTIVITY_MOVES, "engagement.edit_activity", "engagement.publish_activity"
    context_object_name = "record"
    template_name = "engagement/activity_detail.html"

    def get_queryset(self):
        return super().get_queryset().prefetch_related("institutions", "hosts", "taking_part")


class SessionDetail(Stated):
    model = TrainingSession
    moves, edit, publish = SESSION_MOVES, "engagement.edit_session", "engagement.publish_session"
    context_object_name = "record"
    template_name = "engagement/session_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("programme").prefetch_related("hosts")


class ProgrammeDetail(RecordView):
    """A series of training with its sessions. Only totals that sources gave; nothing is added up from parts."""

    model = TrainingProgramme
    lookup = "slug"
    context_object_name = "programme"
    template_name = "engagement/programme_detail.html"

    def get_context_data(self, **kwargs):
        sessions = TrainingSession.objects.visible_to(self.request.user, self.now).filter(programme=self.object)
        rows = sorted(sessions.prefetch_related("hosts"), key=by_date, reverse=True)
        return super().get_context_data(sessions=rows, section="engagement", **kwargs)
