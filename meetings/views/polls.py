"""When a meeting could be: asking, answering signed in or from a mail, deciding."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from core import permissions
from core.errors import Incomplete, NotNow
from core.generic import AboutForm, ActView, ClockMixin, ServiceFormMixin, VisibleMixin
from meetings import services
from meetings.documents import option_words, read_poll
from meetings.forms.polls import PollAnswerForm, PollForm
from meetings.models import DatePoll, Meeting
from meetings.services.polls import voice_by_link


class PollAsk(AboutForm):
    """Ask when a planned meeting could be."""

    model = Meeting
    permission_required = "meetings.poll_dates"
    form_class = PollForm
    template_name = "meetings/poll_ask.html"
    heading, verb = _("Ask about dates"), _("Ask them")
    lede = _("Everybody who speaks for a member organisation is notified, with a link to answer without signing in.")
    done = _("The date poll is open. Those asked have been notified.")

    def get_initial(self):
        return {}

    def act(self, form):
        poll = services.open_poll(self.object, actor=self.request.user, now=self.now, **form.values())
        return poll.get_absolute_url()


def answering(voice, poll):
    """What PollAnswerForm takes for somebody: dates in their words, and what they said before."""
    options = list(poll.options.all())
    words = {one.pk: option_words(one, poll.zone, voice.zone) for one in options}
    said = {reply.option_id: reply.fits for reply in voice.replies.all()}
    return {"options": options, "words": words, "said": said}


class PollMixin(VisibleMixin):
    """The newest poll of a meeting, among those this reader may see."""

    model = DatePoll

    def get_object(self, queryset=None):
        if not hasattr(self, "_object"):
            found = self.get_queryset().filter(meeting__code=self.kwargs["code"]).select_related("meeting", "chosen")
            self._object = found.order_by("-asked_at", "-pk").first()
            if self._object is None:
                raise Http404
        return self._object


class PollPage(ServiceFormMixin, PollMixin, FormView):
    """The answers so far; whoever was asked answers here too, until it closes."""

    permission_required = "meetings.see_poll"
    template_name = "meetings/poll.html"
    form_class = PollAnswerForm
    done = _("Your answer has been recorded. You can change it until the poll closes.")

    def voice(self):
        return self.object.voices.filter(address=self.request.user.email).first()

    def get_form(self, form_class=None):
        voice = self.voice()
        if voice is None or not self.object.accepts(self.now):
            return None
        return super().get_form(form_class)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | answering(self.voice(), self.object)

    def get_context_data(self, **kwargs):
        poll, user = self.object, self.request.user
        return super().get_context_data(
            poll=poll, meeting=poll.meeting, read=read_poll(poll, user, self.now), accepts=poll.accepts(self.now),
            can_decide=poll.state == "open" and permissions.has_perm(user, "meetings.poll_dates", poll), section="meetings",
            **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        if self.get_form() is None:
            late = _("The time for answering is over. Write to the coordination team.")
            not_asked = _("You were not asked about these dates. The delegates of each member organisation were.")
            messages.error(request, not_asked if self.voice() is None else late)
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, form):
        services.answer_poll(self.voice(), form.fits(), now=self.now)

    def get_success_url(self):
        return self.object.get_absolute_url()


class PollAct(PollMixin, ActView):
    permission_required = "meetings.poll_dates"


class PollDecide(PollAct):
    """Take one date: the meeting is convened with it."""

    done = _("The date has been decided. The organisations have been invited, with a calendar entry.")

    def act(self):
        wanted = self.request.POST.get("option", "")
        option = next((one for one in self.object.options.all() if str(one.pk) == wanted), None)
        if option is None:
            raise Incomplete({"option": _("Choose one of the dates.")})
        return services.decide_poll(self.object, option, actor=self.request.user, now=self.now).get_absolute_url()


class PollWithdraw(PollAct):
    done = _("The date poll has been withdrawn.")

    def act(self):
        services.withdraw_poll(self.object, actor=self.request.user, now=self.now)
        return self.object.meeting.get_absolute_url()


@method_decorator(never_cache, name="dispatch")
class PollByLink(ClockMixin, View):
    """Answer from a mail, without signing in, as often as one likes until it closes. Opening the page changes nothing."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        polls = DatePoll.objects.filter(meeting__code=kwargs["code"]).select_related("meeting")
        self.poll = polls.order_by("-asked_at", "-pk").first()
        self.voice = self.poll and voice_by_link(self.poll, kwargs["token"], self.now)
        if not self.voice or not self.poll.accepts(self.now):
            return self.page(status=410)
        return super().dispatch(request, *args, **kwargs)

    def page(self, form=None, status=200, **context):
        known = {"poll": self.poll, "meeting": self.poll.meeting, "voice": self.voice} if form or context else {}
        return render(self.request, "meetings/poll_by_link.html", known | context | {"form": form}, status=status)

    def get(self, request, code, token):
        return self.page(PollAnswerForm(**answering(self.voice, self.poll)))

    def post(self, request, code, token):
        form = PollAnswerForm(request.POST, **answering(self.voice, self.poll))
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            services.answer_poll(self.voice, form.fits(), now=self.now)
        except Incomplete as error:
            for name, words in error.missing.items():
                form.add_error(name, words)
            return self.page(form, status=422)
        except NotNow:
            return self.page(status=410)
        return self.page(done=True, again=reverse("meetings:poll_by_link", args=[code, token]))
