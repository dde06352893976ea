"""The room of a meeting in session: one page for the wall, the table and the phones."""

from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core.errors import PermissionDenied
from core.generic import AboutForm, VisibleMixin
from meetings.forms.acts import CurrentItemForm, PresenceForm, QuestionForm, QuorumForm, RoomAnswerForm
from meetings.forms.room import AskForm, RoomDecisionForm
from meetings.models import Meeting, Question
from meetings.queries.pages.room import room_page
from meetings.queries.room import question_outcome
from meetings.services.room import (
    answer_question,
    ask_question,
    close_question,
    decide_in_room,
    record_arrival,
    record_departure,
    set_current_item,
    set_quorum,
)
from meetings.states import QuestionKind
from meetings.views.meetings import MeetingAct, item_in_query
from meetings.views.pages import today_in
from organizations.models import Organization
from organizations.standing import standing_of


@method_decorator(never_cache, name="dispatch")
class RoomPage(VisibleMixin, TemplateView):
    """The current item, who is present, the question, and what this reader can do."""

    model = Meeting
    permission_required = "meetings.enter_room"
    template_name = "meetings/room.html"
    extra_context = {"section": "meetings"}

    def get_context_data(self, **kwargs):
        page = room_page(self.object, self.request.user, self.now, is_wall="wall" in self.request.GET)
        return super().get_context_data(meeting=self.object, page=page, **kwargs)


class RoomNow(RoomPage):
    """The part of the page that its JavaScript refreshes."""

    template_name = "meetings/_room_now.html"


class RoomAct(MeetingAct):
    """One act in the room by a POST, and back to it."""

    permission_required = "meetings.lead_room"

    def get_success_url(self):
        return reverse("meetings:room", args=[self.object.code])


class RoomItem(RoomAct):
    """Take up an agenda item; without one, none."""

    def act(self):
        form = CurrentItemForm(self.request.POST, meeting=self.object)
        if not form.is_valid():
            raise Http404
        set_current_item(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class RoomQuorum(RoomAct):
    """Set the quorum."""

    done = _("The quorum has been set.")

    def act(self):
        data = QuorumForm(self.request.POST).checked()
        set_quorum(self.object, **data, actor=self.request.user, now=self.now)


def member_form(view, form_class):
    """A bound form about a member organisation; an unknown one is a 404."""
    members = Organization.objects.members_on(today_in(view.object, view.now))
    form = form_class(view.request.POST, organizations=members)
    if "organization" in form.errors:
        raise Http404
    return form


class RoomPresence(RoomAct):
    """An organisation arrives, in person or remotely, or leaves."""

    def act(self):
        data, user = member_form(self, PresenceForm).checked(), self.request.user
        if data["presence"] == PresenceForm.LEFT:
            record_departure(self.object, organization=data["organization"], actor=user, now=self.now)
        else:
            record_arrival(self.object, **data, actor=user, now=self.now)


class QuestionAct(RoomAct):
    """An act on a question of this meeting."""

    def load_object(self):
        super().load_object()
        self.question = Question.objects.filter(meeting=self.object, pk=self.kwargs["question"]).first()
        if self.question is None:
            raise Http404


class RoomAnswer(QuestionAct):
    """Answer for an organisation for which one speaks."""

    permission_required = "meetings.answer_in_room"

    def act(self):
        form = member_form(self, RoomAnswerForm)
        if form.cleaned_data["organization"].pk not in standing_of(self.request.user, self.now).speaks_for:
            raise PermissionDenied(who_may=_("Those who speak for that organisation can do this."))
        answer_question(self.question, **form.checked(), actor=self.request.user, now=self.now)


class RoomClose(QuestionAct):
    """Close the question."""

    def act(self):
        close_question(self.question, actor=self.request.user, now=self.now)


class RoomForm(AboutForm):
    """A form in the room, and back to it."""

    model = Meeting
    permission_required = "meetings.lead_room"

    def get_initial(self):
        return {}

    def get_success_url(self):
        return reverse("meetings:room", args=[self.object.code])


class RoomAsk(RoomForm):
    """Put a question to the organisations present."""

    form_class = AskForm
    heading, verb = _("Ask the organisations"), _("Ask them")

    def get_initial(self):
        return {"words": self.request.GET.get("words", "")[:240], "kind": QuestionKind.CONSENSUS}

    def act(self, form):
        data = form.cleaned_data
        ask_question(self.object, kind=data["kind"], text=data["words"], actor=self.request.user, now=self.now)


class RoomDecide(RoomForm):
    """Record a decision; `?question=` is the question it answers, which it closes, and `?item=` the item from whose
    minutes it is taken."""

    form_class = RoomDecisionForm
    heading, verb = _("Record a decision"), _("Record the decision")
    done = _("The decision has been recorded.")

    def load_object(self):
        super().load_object()
        form = QuestionForm(self.request.GET, questions=self.object.questions.filter(decision=None))
        self.question = form.cleaned_data["question"] if form.is_valid() else None
        self.item = item_in_query(self)

    def get_form_kwargs(self):
        members = Organization.objects.members_on(today_in(self.object, self.now)).in_order()
        return super().get_form_kwargs() | {"members": members}

    def get_initial(self):
        visibility = "public" if self.object.visibility == "public" else "community"
        if self.question is None:
            return {"title": self.request.GET.get("words", "")[:240], "how": "consensus", "visibility": visibility}
        outcome = question_outcome(self.question)
        return {
            "title": self.question.words,
            "how": outcome.how,
            "objections": outcome.objections,
            "visibility": visibility,
        }

    def act(self, form):
        decide_in_room(
            self.object,
            decision=form.decision(),
            question=self.question,
            item=self.item,
            actor=self.request.user,
            now=self.now,
        )
