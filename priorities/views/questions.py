"""A year's further questions: the coordination team writes them, organisations answer in their plan."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.generic import AboutForm, StaffForm
from priorities.forms.questions import AnswersForm, QuestionsForm, initial_of_questions
from priorities.queries.questions import answered_questions
from priorities.services.drafts import write_answers
from priorities.services.questions import set_questions
from priorities.views.cycles import CycleMixin
from priorities.views.plans import PlanMixin


class CycleQuestions(CycleMixin, StaffForm):
    """The questions beside the priorities, until the cycle is opened."""

    permission_required = "priorities.move_cycle"
    form_class = QuestionsForm
    heading, verb = _("Further questions for the year"), _("Save the questions")
    lede = _("Every organisation answers them in its plan. They can no longer change once the cycle is open.")
    done = _("The questions have been saved.")

    @property
    def back(self):
        return reverse("priorities:cycle_dashboard", args=[self.cycle.year])

    def get_initial(self):
        return initial_of_questions(self.cycle)

    def act(self, form):
        questions = form.cleaned_data["questions"]
        set_questions(self.cycle, questions=questions, actor=self.request.user, now=self.now)


class PlanAnswers(PlanMixin, AboutForm):
    """An organisation's answers, while its plan is being written."""

    permission_required = "priorities.write_plan"
    form_class = AnswersForm
    heading, verb = _("Further questions for the year"), _("Save the answers")
    done = _("The answers have been saved. The other organisations will see them once the plan is submitted.")

    def load_object(self):
        super().load_object()
        self.questions = answered_questions(self.object)
        if not self.questions:
            raise Http404

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"questions": [row.question for row in self.questions]}

    def get_initial(self):
        answers = {f"answer_{row.question.number}": row.answer.written for row in self.questions if row.answer}
        return answers | {"version": self.object.version}

    def get_success_url(self):
        return reverse("priorities:plan_edit", args=[self.object.code])

    def act(self, form):
        write_answers(
            self.object,
            answers=form.answers(),
            version=form.cleaned_data["version"],
            actor=self.request.user,
            now=self.now,
        )
