"""The minutes as a whole: reading, circulating, commenting, approving."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from core import permissions
from core.generic import AboutForm, VisibleMixin
from meetings import services
from meetings.documents.minutes import as_markdown, read_minutes
from meetings.forms.minutes import CirculateForm, CommentForm, ReopenForm
from meetings.models import AgendaItem, Meeting, Minutes, MinutesComment, MinutesPart
from meetings.services.minutes import what_stops
from meetings.states import ItemKind, MinutesState
from meetings.views.meetings import MeetingAct
from organizations.models import Organization
from organizations.standing import standing_of


def points_of(meeting, user, now):
    """The points of the agenda under which something can be written: all but the breaks."""
    found = AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).exclude(kind=ItemKind.BREAK)
    return list(found.in_order())


class MinutesMixin(VisibleMixin):
    """The minutes of a meeting this reader may know of. The coordination team finds the page before they are begun;
    for everybody else a draft is not there yet."""

    model = Meeting
    permission_required = "meetings.read_minutes"
    extra_context = {"section": "meetings"}

    def load_object(self):
        super().load_object()
        user, seen = self.request.user, Minutes.objects.visible_to(self.request.user, self.now)
        self.minutes = seen.filter(meeting=self.object).first()
        is_writer = standing_of(user, self.now).is_coordination
        if self.minutes is None and permissions.has_perm(user, self.permission_required) and not is_writer:
            raise Http404

    def parts(self):
        user, now = self.request.user, self.now
        return read_minutes(self.object, points_of(self.object, user, now), user, now)


class MinutesPage(MinutesMixin, TemplateView):
    """What is written under each point, with the organisations' comments."""

    template_name = "meetings/minutes.html"

    def get_context_data(self, **kwargs):
        minutes, user = self.minutes, self.request.user
        is_writer = permissions.has_perm(user, "meetings.write_minutes")
        parts = self.parts()
        if not is_writer:
            parts = [part for part in parts if part.row is not None and part.body]
        waiting = sum(one.taken_up is None for part in parts for one in part.comments)
        context = {
            "meeting": self.object, "minutes": minutes, "parts": parts, "is_writer": is_writer, "waiting": waiting,
            "can_write": is_writer and (minutes is None or minutes.state != MinutesState.APPROVED),
            "stops": what_stops(minutes) if is_writer and minutes and minutes.state == MinutesState.DRAFT else (),
            "can_comment": bool(minutes and minutes.accepts_comments(self.now))
            and permissions.has_perm(user, "meetings.comment_minutes"),
            "may_approve": bool(minutes and minutes.state == MinutesState.CIRCULATED)
            and not minutes.accepts_comments(self.now) and not waiting,
            "is_over": self.object.state in ("held", "published"),
        }  # fmt: skip
        return super().get_context_data(**context, **kwargs)


class MinutesMarkdown(MinutesMixin, View):
    """The same parts as CommonMark."""

    def get(self, request, *args, **kwargs):
        if self.minutes is None:
            raise Http404
        answer = HttpResponse(as_markdown(self.minutes, self.parts()), content_type="text/markdown; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.object.code.lower()}.md"'
        return answer


class MinutesForm(AboutForm):
    """A form about the minutes of a meeting, to which it returns."""

    model = Meeting
    permission_required = "meetings.write_minutes"

    def get_initial(self):
        return {}

    def get_success_url(self):
        return Minutes(meeting=self.object).get_absolute_url()


class MinutesCirculate(MinutesForm):
    form_class = CirculateForm
    heading, verb = _("Circulate the minutes"), _("Circulate them")
    lede = _("Everybody who speaks for a member organisation is notified. Circulating them again gives more time.")
    done = _("The minutes have been circulated. The organisations have been notified.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.object}

    def act(self, form):
        services.circulate(
            self.object, form.cleaned_data["comments_until"], actor=self.request.user, now=self.now
        )  # fmt: skip


class MinutesReopen(MinutesForm):
    form_class = ReopenForm
    heading, verb = _("Reopen the minutes"), _("Reopen them")
    lede = _("They become a draft again, visible only to the coordination team. Every version is kept.")
    done = _("The minutes are a draft again.")

    def act(self, form):
        services.reopen(self.object, form.cleaned_data["reason"], actor=self.request.user, now=self.now)


class MinutesApprove(MeetingAct):
    """They stand."""

    permission_required = "meetings.write_minutes"
    done = _("The minutes are approved.")

    def get_success_url(self):
        return Minutes(meeting=self.object).get_absolute_url()

    def act(self):
        services.approve(self.object, actor=self.request.user, now=self.now)


class PartComment(MinutesForm):
    """What an organisation says about a part this reader may see."""

    permission_required = "meetings.comment_minutes"
    form_class = CommentForm
    heading, verb = _("Comment on the minutes"), _("Send the comment")
    done = _("The comment has been added to the minutes.")

    def load_object(self):
        super().load_object()
        seen = MinutesPart.objects.visible_to(self.request.user, self.now).filter(minutes__meeting=self.object)
        self.part = seen.filter(pk=self.kwargs["part"]).select_related("minutes__meeting", "item").first()
        if self.part is None and self.request.user.is_authenticated:
            raise Http404

    def get_form_kwargs(self):
        standing = standing_of(self.request.user, self.now)
        ours = Organization.objects.filter(pk__in=standing.writes_for & standing.member_of).in_order()
        return super().get_form_kwargs() | {"organizations": ours}

    def get_context_data(self, **kwargs):
        self.lede = self.part.item.title if self.part.item else _("General")
        return super().get_context_data(**kwargs)

    def act(self, form):
        data = form.cleaned_data
        services.comment(self.part, data["organization"], data["words"], actor=self.request.user, now=self.now)


class CommentAnswer(MeetingAct):
    """Taken up, or not and why."""

    permission_required = "meetings.write_minutes"
    done = _("The comment has been answered.")

    def get_success_url(self):
        return Minutes(meeting=self.object).get_absolute_url()

    def act(self):
        found = MinutesComment.objects.filter(part__minutes__meeting=self.object, pk=self.kwargs["comment"])
        row = found.select_related("part__minutes__meeting").first()
        if row is None:
            raise Http404
        said, user = self.request.POST, self.request.user
        answer = said.get("answer", "")[:400]
        services.answer_comment(row, said.get("taken_up") == "1", answer, actor=user, now=self.now)
