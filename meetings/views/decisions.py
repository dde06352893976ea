"""Decisions and the actions that follow from them."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core import clock
from core.generic import RecordView, ServiceFormMixin, VisibleMixin
from core.records.models import Record
from core.text import content_language
from meetings.forms.decisions import ActionForm, DecisionForm, DecisionStateForm
from meetings.models import Decision
from meetings.queries.pages.decision import decision_page
from meetings.services.actions import record_action
from meetings.services.decisions import change_decision, record_decision, set_decision_state
from meetings.states import MeetingState
from meetings.views.meetings import MeetingFormPage, VersionConflictMixin, item_in_query
from meetings.views.pages import today_in
from organizations.models import Mandate, Organization, Person


class DecisionDetail(RecordView):
    """A decision: what was decided, how, what it came from and what came of it."""

    model = Decision
    context_object_name = "decision"
    template_name = "meetings/decision_detail.html"
    extra_context = {"section": "meetings"}

    def get_queryset(self):
        return super().get_queryset().select_related("meeting", "theme").prefetch_related("spaces")

    def get_context_data(self, **kwargs):
        page = decision_page(self.object, self.request.user, self.now)
        return super().get_context_data(meeting=page.meeting, page=page, **kwargs)


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


class DecisionEdit(VersionConflictMixin, DecisionPage):
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
        base_version = form.cleaned_data["base_version"]
        change_decision(
            self.object, content=form.content(), base_version=base_version, actor=self.request.user, now=self.now
        )


class DecisionStateSet(DecisionPage):
    """Set how far a decision is carried out."""

    form_class = DecisionStateForm
    heading = _("Status")
    done = _("The status has been updated.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"decision": self.object}

    def act(self, form):
        set_decision_state(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class DecisionRecord(MeetingFormPage):
    """Record a decision."""

    permission_required = "meetings.record_decision"
    form_class = DecisionForm
    heading = _("Record a decision")
    done = _("The decision has been recorded.")

    def get_initial(self):
        """A sentence of the minutes and their item, where it is taken from there."""
        language = content_language()
        return {f"title_{language}": self.request.GET.get("words", "")[:240], "item": item_in_query(self)}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.object, "today": today_in(self.object, self.now)}

    def act(self, form):
        came_from = form.cleaned_data["came_from"]
        record_decision(self.object, content=form.content(), came_from=came_from, actor=self.request.user, now=self.now)


class ActionRecord(MeetingFormPage):
    """Record an action of an organisation."""

    permission_required = "meetings.record_action"
    form_class = ActionForm
    heading = _("Record an action")
    done = _("The action has been recorded.")

    def get_initial(self):
        decision = self.object.decisions.filter(code=self.request.GET.get("decision", "")[:24]).first()
        text = self.request.GET.get("words", "")[:240]
        return {
            "decision": decision,
            "visibility": decision.visibility if decision else "community",
            "title": text,
            "organization": self._named_in(text),
        }

    def _named_in(self, text):
        """The one member organisation that a sentence of the minutes names, or None."""
        words = {word.strip(".,:;()").casefold() for word in text.split()}
        found = [member for member in self._members() if member.acronym.casefold() in words]
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
            "meeting": self.object,
            "members": members,
            "people": people.order_by("name"),
        }

    def act(self, form):
        record_action(self.object, action=form.action(), actor=self.request.user, now=self.now)
