"""What a year asks beside priorities: written before it opens, answered in the plan, filed with it."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.errors import Incomplete, NotNow
from priorities.models import CycleQuestion, PlanningCycle
from priorities.states import CycleState

MOST_QUESTIONS = 5


@transaction.atomic
def ask_questions(cycle, questions, *, actor, now):
    """Set a cycle's further questions, in order, while it is in preparation.

    `questions` are ({language: text}, is_needed); each has a text in the language that comes first in it. Raises
    NotNow once the cycle is open: then they are frozen. Returns the CycleQuestions.
    """
    cycle = PlanningCycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.state != CycleState.DRAFT:
        raise NotNow(
            _("The cycle is open: its questions can no longer change, so that everybody answers the same ones.")
        )
    if len(questions) > MOST_QUESTIONS:
        raise Incomplete({"es": [_("There can be at most %(n)s questions.") % {"n": MOST_QUESTIONS}]})
    cycle.questions.all().delete()
    asked = []
    for number, (texts, is_needed) in enumerate(questions, 1):
        texts = {language: text for language, text in texts.items() if text}
        row = CycleQuestion(cycle=cycle, number=number, is_needed=is_needed, source_language=next(iter(texts)))
        for language, text in texts.items():
            setattr(row, f"text_{language}", text)
        row.save()
        asked.append(row)
    journal.record(actor, "cycle_questions_asked", f"cycle-{cycle.year}", now, questions=len(asked))
    return asked


def repeat_questions(cycle):
    """A new cycle begins with the questions of the one before it, in the caller's transaction."""
    before = PlanningCycle.objects.filter(year__lt=cycle.year).newest_first().first()
    for row in before.questions.all() if before else ():
        row.pk, row.cycle = None, cycle
        row._state.adding = True
        row.save()


def answers_of(plan):
    """[(CycleQuestion, PlanAnswer or None)] of a plan, in order. Two queries."""
    given = {one.question_id: one for one in plan.answers.all()}
    return [(question, given.get(question.pk)) for question in plan.cycle.questions.all()]


def missing_answers(plan):
    """[CycleQuestion] that must be answered and are not."""
    return [row for row, given in answers_of(plan) if row.is_needed and not (given and given.written)]


def file_answers(plan):
    """What was written is what was submitted; in the transaction of the submission."""
    for one in plan.answers.all():
        one.submitted = one.written
        one.save(update_fields=["submitted"])


def begin_again(plan):
    """What is being written begins with what was submitted; in the transaction of the act."""
    for one in plan.answers.all():
        one.written = one.submitted
        one.save(update_fields=["written"])


def content_of_answers(plan):
    """What a submission keeps of the answers, as plain data."""
    return [
        {"question": question.source_text("text"), "answer": given.submitted}
        for question, given in answers_of(plan)
        if given and given.submitted
    ]
