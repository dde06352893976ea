"""The minutes as a whole: reading, circulating, commenting, approving."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from core import permissions
from core.generic import AboutForm, VisibleMixin
from meetings.documents.minutes import minutes_markdown
from meetings.forms.acts import CommentAnswerForm
from meetings.forms.minutes import CirculateForm, CommentForm, ReopenForm
from meetings.models import Meeting, Minutes, MinutesComment, MinutesPart
from meetings.queries.pages.minutes import minutes_page, writable_parts
from meetings.services.minutes import (
    add_comment,
    answer_comment,
    approve_minutes,
    circulate_minutes,
    reopen_minutes,
)
from meetings.views.meetings import MeetingAct
from organizations.models import Organization
from organizations.standing import standing_of


class MinutesMixin(VisibleMixin):
    """The minutes of a meeting this reader can see. The coordination team finds the page before they are begun;
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
        return writable_parts(self.object, self.request.user, self.now)


class MinutesPage(MinutesMixin, TemplateView):
    """The minutes of each item, with the organisations' comments."""

    template_name = "meetings/minutes.html"

    def get_context_data(self, **kwargs):
        page = minutes_page(self.object, self.minutes, self.request.user, self.now)
        return super().get_context_data(meeting=self.object, minutes=self.minutes, page=page, **kwargs)


class MinutesMarkdown(MinutesMixin, View):
    """The same parts as CommonMark."""

    def get(self, request, *args, **kwargs):
        if self.minutes is None:
            raise Http404
        sections = [(part.title, part.body) for part in self.parts() if part.body]
        answer = HttpResponse(minutes_markdown(self.minutes, sections), content_type="text/markdown; charset=utf-8")
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
        circulate_minutes(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class MinutesReopen(MinutesForm):
    form_class = ReopenForm
    heading, verb = _("Reopen the minutes"), _("Reopen them")
    lede = _("They become a draft again, visible only to the coordination team. Every version is kept.")
    done = _("The minutes are a draft again.")

    def act(self, form):
        reopen_minutes(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class MinutesApprove(MeetingAct):
    """Approve the minutes."""

    permission_required = "meetings.write_minutes"
    done = _("The minutes are approved.")

    def get_success_url(self):
        return Minutes(meeting=self.object).get_absolute_url()

    def act(self):
        approve_minutes(self.object, actor=self.request.user, now=self.now)


class PartComment(MinutesForm):
    """Comment for an organisation on a part this reader can see."""

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
        own = Organization.objects.filter(pk__in=standing.writes_for & standing.member_of).in_order()
        return super().get_form_kwargs() | {"organizations": own}

    def get_context_data(self, **kwargs):
        self.lede = self.part.item.title if self.part.item else _("General")
        return super().get_context_data(**kwargs)

    def act(self, form):
        organization, text = form.cleaned_data["organization"], form.cleaned_data["words"]
        add_comment(self.part, organization=organization, text=text, actor=self.request.user, now=self.now)


class CommentAnswer(MeetingAct):
    """Accept a comment, or say why not."""

    permission_required = "meetings.write_minutes"
    done = _("The comment has been answered.")

    def get_success_url(self):
        return Minutes(meeting=self.object).get_absolute_url()

    def act(self):
        found = MinutesComment.objects.filter(part__minutes__meeting=self.object, pk=self.kwargs["comment"])
        row = found.select_related("part__minutes__meeting").first()
        if row is None:
            raise Http404
        data = CommentAnswerForm(self.request.POST).checked()
        answer_comment(row, **data, actor=self.request.user, now=self.now)
