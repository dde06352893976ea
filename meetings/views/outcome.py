"""The outcome text in its languages, and its publication."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.generic import VisibleMixin
from core.text import language_in_words
from meetings.forms.outcome import OutcomeForm, PublishForm
from meetings.models import Meeting
from meetings.queries.outcome import outcome_blockers
from meetings.queries.pages.outcome import visible_outcome
from meetings.services.outcome import publish_meeting, write_outcome
from meetings.views.meetings import MeetingFormPage, MeetingPage
from organizations.standing import standing_of


def _known(language):
    if language not in settings.CONTENT_LANGUAGES:
        raise Http404
    return language


class OutcomeTexts(MeetingPage, TemplateView):
    """All versions side by side, the official one first."""

    permission_required = "meetings.write_outcome"
    template_name = "meetings/outcome.html"

    def get_queryset(self):
        return super().get_queryset().with_outcome()

    def get_context_data(self, **kwargs):
        languages = [(code, language_in_words(code)) for code in settings.CONTENT_LANGUAGES]
        return super().get_context_data(
            outcome=visible_outcome(self.object, True, self.now), languages=languages, **kwargs
        )


class OutcomeWrite(MeetingFormPage):
    """Write the version of one language, beside the official one. The first language written is the official one."""

    permission_required = "meetings.write_outcome"
    form_class = OutcomeForm
    template_name = "meetings/outcome_write.html"
    done = gettext_lazy("This version has been saved.")

    def get_queryset(self):
        return super().get_queryset().with_outcome()

    def load_object(self):
        self.language = _known(self.kwargs["language"])
        super().load_object()
        self.latest = self.object.outcome.latest() if self.object.outcome else {}

    @property
    def is_official(self):
        return self.object.outcome is None or self.object.outcome.authoritative_language == self.language

    def get_initial(self):
        version = self.latest.get(self.language)
        if version is None:
            return {"base_number": 0}
        return {"base_number": version.number, "body": version.body, "reviewer": version.reviewer}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "language": self.language,
            "is_official": self.is_official,
            "is_published": self.object.is_published,
        }

    def get_context_data(self, **kwargs):
        official = None if self.is_official else self.object.outcome.official()
        form = kwargs.get("form")
        current = getattr(form, "conflict", None)
        context = {
            "language": self.language,
            "is_official": self.is_official,
            "official": official,
            "is_first": self.object.outcome is None,
            "current": current,
            "has_conflict": hasattr(form, "conflict"),
        }
        self.heading = _("Outcome in %(language)s") % {"language": language_in_words(self.language)}
        return super().get_context_data(**context, **kwargs)

    def form_invalid(self, form):
        if hasattr(form, "conflict"):
            # The page shows the version of now: sending again builds on it.
            form.data = form.data.copy()
            form.data["base_number"] = form.conflict.number if form.conflict else 0
        return super().form_invalid(form)

    def act(self, form):
        data = form.cleaned_data
        write_outcome(
            self.object,
            language=self.language,
            body=data["body"],
            reviewer=data.get("reviewer", ""),
            base_number=data["base_number"],
            official_language=self.language,
            actor=self.request.user,
            now=self.now,
        )

    def get_success_url(self):
        return reverse("meetings:outcome", args=[self.object.code])


class OutcomeVersion(VisibleMixin, TemplateView):
    """One version of the outcome; earlier ones stay reachable after a correction."""

    model = Meeting
    template_name = "meetings/outcome_version.html"
    extra_context = {"section": "meetings"}

    def get_context_data(self, **kwargs):
        meeting = self.object
        community = standing_of(self.request.user, self.now).is_community
        language = _known(self.kwargs["language"])
        number = self.kwargs["number"]
        if meeting.outcome_id is None or number > 2**31 - 1 or not (meeting.is_published_at(self.now) or community):
            raise Http404
        versions = meeting.outcome.versions.filter(language=language)
        version = versions.filter(number=number).first()
        newest = versions.order_by("-number").first()
        # Drafts from before the publication are the organisations' own; only what was once published is public.
        communique = getattr(meeting, "communique", None)
        since = meeting.published_at or (communique and communique.publishes_at)
        published = [row.number for row in versions.order_by("-number") if since and row.written_at <= since][:1]
        if version is None or not (community or number >= (published[0] if published else 1)):
            raise Http404
        context = {"meeting": meeting, "version": version, "is_newest": version.pk == newest.pk, "newest": newest}
        return super().get_context_data(**context, **kwargs)


class MeetingPublish(MeetingFormPage):
    """Publish the outcome; the page lists what is missing."""

    permission_required = "meetings.publish_meeting"
    form_class = PublishForm
    template_name = "meetings/publish.html"
    heading = gettext_lazy("Publish the outcome")
    done = gettext_lazy("The outcome has been published.")

    def get_initial(self):
        return {"visibility": "community" if self.object.visibility == "community" else "public"}

    def get_context_data(self, **kwargs):
        decisions = list(self.object.decisions.by_number())
        context = {"missing": outcome_blockers(self.object).values(), "decisions": decisions}
        return super().get_context_data(outcome=visible_outcome(self.object, True, self.now), **context, **kwargs)

    def act(self, form):
        publish_meeting(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)
