"""Decisions and the actions that follow from them."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core import clock
from core.generic import RecordView, ServiceFormMixin, VisibleMixin
from core.records import threads
from core.records.models import Record
from core.text import content_language, shown
from meetings import services
from meetings.forms import ActionForm, DecisionForm, DecisionStateForm
from meetings.models import AgendaItem, Decision
from meetings.states import RECORDING, MeetingState
from meetings.views.meetings import BuildsUponTheirs, MeetingFormPage, item_asked_for
from meetings.views.pages import today_in
from organizations.models import Mandate, Organization, Person
from organizations.standing import standing_of


class DecisionDetail(RecordView):
    """A decision: what was decided, how, what it came from and what came of it."""

    model = Decision
    context_object_name = "decision"
    template_name = "meetings/decision_detail.html"
    extra_context = {"section": "meetings"}

    def get_queryset(self):
        return super().get_queryset().select_related("meeting", "theme").prefetch_related("spaces")

    def get_context_data(self, **kwargs):
        user, now, code = self.request.user, self.now, self.object.code
        return super().get_context_data(
            meeting=self.object.meeting,
            item=AgendaItem.objects.visible_to(user, now).filter(pk=self.object.item_id).first(),
            text=shown(self.object, "text"),
            community=standing_of(user, now).is_community,
            came_from=threads.where_from(code, user, now),
            thread=threads.what_came_of([code], user, now),
            can_correct=self.object.meeting.state in RECORDING,
            **kwargs,
        )


class DecisionPage(ServiceFormMixin, VisibleMixin, FormView):
    """A form about one decision."""

    model = Decision
    permission_required = "meetings.record_decision"
    template_name = "meetings/form.html"
    extra_context = {"section": "meetings"}
    heading = lede = ""

    def get_queryset(self):
        return super().get_queryset().select_related("meeting", "theme")

    def get_context_data(self, **kwargs):
        context = {"meeting": self.object.meeting, "decision": self.object, "heading": self.heading, "lede": self.lede}
        return super().get_context_data(**context, **kwargs)

    def get_success_url(self):
        return self.object.get_absolute_url()


class DecisionEdit(BuildsUponTheirs, DecisionPage):
    """Correct a decision that is not published yet."""

    form_class = DecisionForm
    heading = _("Correct the decision")
    done = _("The decision has been corrected.")

    def get_initial(self):
        return {"base_version": Record.objects.get(code=self.object.code).version}

    def get_form_kwargs(self):
        meeting = self.object.meeting
        today = today_in(meeting, self.now)
        return super().get_form_kwargs() | {"meeting": meeting, "today": today, "row": self.object}

    def act(self, form):
        services.change_decision(self.object, actor=self.request.user, now=self.now, **form.values)


class DecisionStateSet(DecisionPage):
    """Say how a commitment stands."""

    form_class = DecisionStateForm
    heading = _("Status")
    done = _("The status has been updated.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"decision": self.object}

    def act(self, form):
        data = form.cleaned_data
        services.set_decision_state(self.object, data["state"], data["reason"], self.request.user, self.now)


class DecisionRecord(MeetingFormPage):
    """Write down what was decided."""

    permission_required = "meetings.record_decision"
    form_class = DecisionForm
    heading = _("Record a decision")
    done = _("The decision has been recorded.")

    def get_initial(self):
        """A sentence from the notes, and their point, where it comes from there."""
        language = content_language()
        return {f"title_{language}": self.request.GET.get("words", "")[:240], "item": item_asked_for(self)}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.object, "today": today_in(self.object, self.now)}

    def act(self, form):
        services.record_decision(self.object, actor=self.request.user, now=self.now, **form.values)


class ActionRecord(MeetingFormPage):
    """Note what an organisation undertook."""

    permission_required = "meetings.record_action"
    form_class = ActionForm
    heading = _("Record an action")
    done = _("The action has been recorded.")

    def get_initial(self):
        wished = self.object.decisions.filter(code=self.request.GET.get("decision", "")[:24]).first()
        words = self.request.GET.get("words", "")[:240]
        return {
            "decision": wished, "visibility": wished.visibility if wished else "community", "title": words,
            "organization": self._named_in(words),
        }  # fmt: skip

    def _named_in(self, words):
        """The one member organisation that a sentence from the notes names, or None."""
        said = {word.strip(".,:;()").casefold() for word in words.split()}
        found = [one for one in self._members() if one.acronym.casefold() in said]
        return found[0] if len(found) == 1 else None

    def _members(self):
        return Organization.objects.members_on(clock.today(self.now, settings.CASA_ZONE))

    def get_success_url(self):
        """Back to the room while the meeting is in session."""
        if self.object.state == MeetingState.IN_SESSION:
            return reverse("meetings:room", args=[self.object.code])
        return super().get_success_url()

    def get_form_kwargs(self):
        day = clock.today(self.now, settings.CASA_ZONE)
        members = self._members()
        people = Person.objects.filter(mandates__in=Mandate.objects.on(day).filter(organization__in=members)).distinct()
        return super().get_form_kwargs() | {
            "meeting": self.object, "members": members, "people": people.order_by("name"),
        }  # fmt: skip

    def act(self, form):
        services.record_action(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)
