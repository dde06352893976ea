"""Reviews: those of a year, one of them, writing and publishing it."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import permissions
from core.errors import Incomplete
from core.generic import AboutForm, ActView, ClockMixin, RecordView, RowsView, StaffForm
from core.records import threads
from core.records.rows import rows
from core.text import content_language
from organizations.standing import standing_of
from priorities.forms.assessments import AssessmentForm, BeginForm, ImprovementsForm, PublicationForm
from priorities.models import Assessment
from priorities.queries.assessments import evidence_for, has_begun, is_subject, progress_in
from priorities.queries.balance import balance_of
from priorities.queries.members import own_members
from priorities.services.assessments import (
    answer_improvements,
    begin_assessment,
    publish_assessment,
    reopen_assessment,
    write_assessment,
)
from priorities.states import FIRST_YEAR, LAST_YEAR, AssessmentState


class AssessmentList(RowsView):
    """Reviews of a year: of all together, of each organisation, of editions and projects."""

    model = Assessment
    template_name = "priorities/assessment_list.html"
    extra_context = {"section": "priorities"}

    def load_object(self):
        if not FIRST_YEAR <= self.kwargs["year"] <= LAST_YEAR:
            raise Http404

    def get_queryset(self):
        return super().get_queryset().filter(year=self.kwargs["year"]).in_order()

    def get_context_data(self, **kwargs):
        year, user = self.kwargs["year"], self.request.user
        begun = has_begun(year, self.now)
        can_begin = begun and user.is_authenticated and permissions.has_perm(user, "priorities.assess")
        return super().get_context_data(year=year, has_begun=begun, can_begin=can_begin, **kwargs)


class AssessmentDetail(RecordView):
    """What worked, what to improve, what comes next; and the evidence it rests on."""

    model = Assessment
    template_name = "priorities/assessment_detail.html"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        return super().get_queryset().select_related("organization").prefetch_related("improvements")

    def get_context_data(self, **kwargs):
        row, user = self.object, self.request.user
        came_from, thread = threads.around(row.code, user, self.now)
        return super().get_context_data(
            subject=rows([row.subject], user, self.now).get(row.subject) if row.subject else None,
            can_write=user.is_authenticated and permissions.has_perm(user, "priorities.write_assessment", row),
            can_publish=user.is_authenticated and permissions.has_perm(user, "priorities.publish_assessment", row),
            can_answer=user.is_authenticated
            and row.state == AssessmentState.PUBLISHED
            and row.improvements.all()
            and permissions.has_perm(user, "priorities.answer_improvements", row),
            is_draft=row.state == AssessmentState.DRAFT,
            came_from=came_from,
            thread=thread,
            **kwargs,
        )


class AssessmentBegin(StaffForm):
    """In whose name: an organisation of the writer, or all together (the coordination team). `subject` in the address
    is a code of an edition or a project, or none for the whole year."""

    permission_required = "priorities.assess"
    form_class = BeginForm
    heading, verb = _("Looking back"), _("Start")

    def load_object(self):
        code = self.kwargs.get("code", "")
        self.subject = None
        if code:
            self.subject = rows([code], self.request.user, self.now).get(code) if is_subject(code) else None
            if self.subject is None:
                raise Http404
            self.year = int(code.split("-")[1])
        else:
            self.year = self.kwargs["year"]
            if not has_begun(self.year, self.now):
                raise Http404

    @property
    def lede(self):
        return self.subject.title.value if self.subject else _("The whole year %(year)s.") % {"year": self.year}

    def get_form_kwargs(self):
        user = self.request.user
        together = standing_of(user, self.now).is_coordination
        return super().get_form_kwargs() | {"own_organizations": own_members(user, self.now), "together": together}

    @property
    def back(self):
        return self.subject.address if self.subject else reverse("priorities:assessment_list", args=[self.year])

    def act(self, form):
        row = begin_assessment(
            year=self.year,
            subject=self.subject.code if self.subject else "",
            organization=form.organization,
            actor=self.request.user,
            now=self.now,
        )
        if row.state == AssessmentState.DRAFT:
            return reverse("priorities:assessment_write", args=[row.code])
        return row.get_absolute_url()


class AssessmentWrite(AboutForm):
    """Write it, with the evidence beside."""

    model = Assessment
    permission_required = "priorities.write_assessment"
    form_class = AssessmentForm
    template_name = "priorities/assessment_write.html"
    verb = _("Save as a draft")
    done = _("Saved as a draft. Others will see it once it is published.")

    @property
    def heading(self):
        return self.object.title

    def get_initial(self):
        row = self.object
        names = ("worked", "improve", "next", "visibility", "version")
        language = row.source_language if row.worked or row.improve or row.next else content_language()
        return {name: getattr(row, name) for name in names} | {"language": language}

    def get_context_data(self, **kwargs):
        evidence = evidence_for(self.object, self.request.user, self.now)
        return super().get_context_data(evidence=evidence, updates=progress_in(self.object, evidence), **kwargs)

    def act(self, form):
        version = form.cleaned_data["version"]
        write_assessment(self.object, text=form.text(), version=version, actor=self.request.user, now=self.now)


class AssessmentAct(ActView):
    """Publish it, or take it back to be corrected: `verb` says which."""

    model = Assessment
    permission_required = "priorities.publish_assessment"

    def act(self):
        verb = PublicationForm(self.request.POST).parsed()["verb"]
        act = reopen_assessment if verb == "reopen" else publish_assessment
        act(self.object, actor=self.request.user, now=self.now)


class ImprovementsAnswer(AboutForm):
    """A year on: whether each thing that was to be improved was taken up."""

    model = Assessment
    permission_required = "priorities.answer_improvements"
    form_class = ImprovementsForm
    heading, verb = _("Was it taken up?"), _("Record it")
    lede = _(
        "Anybody who can read the review can read the answers. If something was not taken up, or only in part, say why."
    )
    done = _("The answers have been recorded.")

    def get_queryset(self):
        return super().get_queryset().published().select_related("organization").prefetch_related("improvements")

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rows": self.object.improvements.all()}

    def act(self, form):
        try:
            answer_improvements(self.object, answers=form.answers(), actor=self.request.user, now=self.now)
        except Incomplete as error:
            wrong = {f"{name}_{number}": sentences for (number, name), sentences in error.missing.items()}
            raise Incomplete(wrong) from error


class YearBalance(ClockMixin, TemplateView):
    """What was set out to do in a year and what became of it, ready for the meeting in which one looks back."""

    template_name = "priorities/balance.html"

    def get_context_data(self, **kwargs):
        year = self.kwargs["year"]
        if not has_begun(year, self.now):
            raise Http404
        return super().get_context_data(
            balance=balance_of(year, self.request.user, self.now),
            section="priorities",
            is_community=standing_of(self.request.user, self.now).is_community,
            **kwargs,
        )
