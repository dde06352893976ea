"""In the room: one page for the wall, the table and the phones."""

from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core import permissions
from core.errors import PermissionDenied
from core.generic import AboutForm, VisibleMixin
from meetings import services
from meetings.documents.room import read_room
from meetings.forms.room import AskForm, RoomDecisionForm
from meetings.models import Meeting, Question
from meetings.services.room import how_it_ended
from meetings.states import STANDS, QuestionKind
from meetings.views.meetings import MeetingAct, item_asked_for
from meetings.views.pages import today_in
from organizations.models import Organization
from organizations.standing import standing_of


@method_decorator(never_cache, name="dispatch")
class RoomPage(VisibleMixin, TemplateView):
    """What is treated, who is there, what is asked, and what this reader may do about it."""

    model = Meeting
    permission_required = "meetings.enter_room"
    template_name = "meetings/room.html"
    extra_context = {"section": "meetings"}

    def get_context_data(self, **kwargs):
        user, meeting = self.request.user, self.object
        context = {"meeting": meeting, "is_on": meeting.state == "in_session"}
        if context["is_on"]:
            standing = standing_of(user, self.now)
            scene = read_room(meeting, user, self.now)
            ours = standing.speaks_for & standing.member_of
            asking = scene.asking
            is_open = asking is not None and asking.question.closed_at is None
            context |= {
                "scene": scene, "leads": permissions.has_perm(user, "meetings.lead_room"), "is_open": is_open,
                "stands": STANDS[QuestionKind(asking.question.kind)] if asking else (),
                "mine": [
                    (stay.organization, asking.mine.get(stay.organization_id)) for stay in scene.present
                    if is_open and stay.organization_id in ours
                ],
                "outside": [one for one in scene.absent if one.pk in ours] if is_open else (),
            }  # fmt: skip
        if "wall" in self.request.GET:
            # What hangs on a wall is read by all: no buttons of whoever is signed in there, and nothing around it.
            context |= {"wall": True, "leads": False, "mine": (), "outside": ()}
        return super().get_context_data(**context, **kwargs)


class RoomNow(RoomPage):
    """The part of the page that changes, for the page's own module; nothing around it."""

    template_name = "meetings/_room_now.html"


class RoomAct(MeetingAct):
    """One act in the room, and back to it."""

    permission_required = "meetings.lead_room"

    def get_success_url(self):
        return reverse("meetings:room", args=[self.object.code])


class RoomTreat(RoomAct):
    """This point now; without one, none."""

    def act(self):
        said = self.request.POST.get("item", "")
        item = (
            self.object.agenda.filter(pk=said).first() if said.isascii() and said.isdigit() and len(said) < 12 else None
        )
        if said and item is None:
            raise Http404
        services.treat(self.object, item, actor=self.request.user, now=self.now)


class RoomQuorum(RoomAct):
    done = _("The quorum has been set.")

    def act(self):
        said = self.request.POST.get("quorum", "")
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
        services.set_quorum(self.object, number, actor=self.request.user, now=self.now)


def organization_of(view):
    """The member organisation named in what was sent."""
    members = Organization.objects.members_on(today_in(view.object, view.now))
    # Compared here: the members are few and known.
    found = next((one for one in members if one.slug == view.request.POST.get("organization")), None)
    if found is None:
        raise Http404
    return found


class RoomPresence(RoomAct):
    """An organisation comes, there or from afar, or leaves."""

    def act(self):
        organization, how = organization_of(self), self.request.POST.get("presence", "")
        if how == "left":
            services.leave(self.object, organization, actor=self.request.user, now=self.now)
        else:
            services.arrive(self.object, organization, how, actor=self.request.user, now=self.now)


class QuestionAct(RoomAct):
    """An act on a question of this meeting."""

    def load_object(self):
        super().load_object()
        self.question = Question.objects.filter(meeting=self.object, pk=self.kwargs["question"]).first()
        if self.question is None:
            raise Http404


class RoomAnswer(QuestionAct):
    """How the organisation answers for which somebody speaks."""

    permission_required = "meetings.answer_in_room"

    def act(self):
        organization, said = organization_of(self), self.request.POST
        if organization.pk not in standing_of(self.request.user, self.now).speaks_for:
            raise PermissionDenied(who_may=_("Those who speak for that organisation can do this."))
        services.answer_question(
            self.question, organization, said.get("stand", ""), said.get("reason", "")[:400],
            actor=self.request.user, now=self.now,
        )  # fmt: skip


class RoomClose(QuestionAct):
    def act(self):
        services.close_question(self.question, actor=self.request.user, now=self.now)


class RoomForm(AboutForm):
    """A form in the room, and back to it."""

    model = Meeting
    permission_required = "meetings.lead_room"

    def get_initial(self):
        return {}

    def get_success_url(self):
        return reverse("meetings:room", args=[self.object.code])


class RoomAsk(RoomForm):
    form_class = AskForm
    heading, verb = _("Ask the organisations"), _("Ask them")

    def get_initial(self):
        return {"words": self.request.GET.get("words", "")[:240], "kind": QuestionKind.CONSENSUS}

    def act(self, form):
        data = form.cleaned_data
        services.ask(self.object, data["kind"], data["words"], actor=self.request.user, now=self.now)


class RoomDecide(RoomForm):
    """Write down what was decided; `?question=` is what was asked, which closes with it, and `?item=` the point from
    whose notes it comes."""

    form_class = RoomDecisionForm
    heading, verb = _("Record a decision"), _("Record the decision")
    done = _("The decision has been recorded.")

    def load_object(self):
        super().load_object()
        said = self.request.GET.get("question", "")
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else 0
        self.question = Question.objects.filter(meeting=self.object, pk=number, decision=None).first()
        self.item = item_asked_for(self)

    def get_form_kwargs(self):
        members = Organization.objects.members_on(today_in(self.object, self.now)).in_order()
        return super().get_form_kwargs() | {"members": members}

    def get_initial(self):
        wish = "public" if self.object.visibility == "public" else "community"
        if self.question is None:
            return {"title": self.request.GET.get("words", "")[:240], "how": "consensus", "visibility": wish}
        how, objections = how_it_ended(self.question)
        return {"title": self.question.words, "how": how, "objections": objections, "visibility": wish}

    def act(self, form):
        services.decide_in_room(
            self.object, question=self.question, item=self.item, actor=self.request.user, now=self.now,
            **form.cleaned_data,
        )  # fmt: skip
