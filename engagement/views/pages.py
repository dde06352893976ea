"""Pages of visits, meetings with policymakers, and training. Nobody is named in any of them."""

from django.views.generic import TemplateView

from core import permissions
from core.generic import ClockMixin, RecordView
from core.records import threads
from engagement.models import Activity, Regulation, TrainingProgramme, TrainingSession
from engagement.queries.activities import engagement_by_year, sessions_of
from engagement.states import ACTIVITY_MOVES, SESSION_MOVES
from organizations.standing import standing_of

#: Of regulations on the page of visits and training.
MOST_FOLLOWED = 5


class ThreadView(RecordView):
    """A record's page with what it came from and what came of it."""

    def get_context_data(self, **kwargs):
        code, user = self.object.code, self.request.user
        return super().get_context_data(
            came_from=threads.where_from(code, user, self.now),
            thread=threads.what_came_of([code], user, self.now),
            section="engagement",
            **kwargs,
        )


class ActivityList(ClockMixin, TemplateView):
    """Visits and training together, by year."""

    template_name = "engagement/activity_list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        followed = Regulation.objects.visible_to(user, self.now).newest_first().select_related("body")
        return super().get_context_data(
            years=engagement_by_year(user, self.now),
            programmes=TrainingProgramme.objects.order_by("slug"),
            followed=followed[:MOST_FOLLOWED],
            section="engagement",
            **kwargs,
        )


class HostedView(ThreadView):
    """A visit or training, whose writers record its status."""

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
            can_edit=can_edit,
            steps=steps,
            is_community=standing_of(user, self.now).is_community,
            still_changes=can_edit and bool(self.moves[record.state]),
            **kwargs,
        )


class ActivityDetail(HostedView):
    model = Activity
    moves, edit, publish = ACTIVITY_MOVES, "engagement.edit_activity", "engagement.publish_activity"
    context_object_name = "record"
    template_name = "engagement/activity_detail.html"

    def get_queryset(self):
        return super().get_queryset().prefetch_related("institutions", "hosts", "taking_part")


class SessionDetail(HostedView):
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
        sessions = sessions_of(self.object, self.request.user, self.now)
        return super().get_context_data(sessions=sessions, section="engagement", **kwargs)
