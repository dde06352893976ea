"""Acts on a year's further questions: written before it opens, answered in the plan, submitted with it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from priorities.models import CycleQuestion, PlanningCycle, PriorityPlan
from priorities.states import CycleState

MOST_QUESTIONS = 5


@dataclass(frozen=True)
class Question:
    """A question as it is to be asked: {language: text}, of which the first that has a text prevails."""

    texts: Mapping[str, str]
    is_needed: bool = False


@transaction.atomic
def set_questions(
    cycle: PlanningCycle, *, questions: Sequence[Question], actor: User, now: datetime.datetime
) -> list[CycleQuestion]:
    """Replace a cycle's further questions, in order, while it is in preparation.

    Raises NotNow once the cycle is open: then they are frozen. Incomplete where there are too many.
    """
    cycle = lock(cycle)
    if cycle.state != CycleState.DRAFT:
        raise NotNow(
            _("The cycle is open: its questions can no longer change, so that everybody answers the same ones.")
        )
    if len(questions) > MOST_QUESTIONS:
        raise Incomplete({"es": [_("There can be at most %(n)s questions.") % {"n": MOST_QUESTIONS}]})
    cycle.questions.all().delete()
    rows = []
    for number, question in enumerate(questions, 1):
        texts = {language: text for language, text in question.texts.items() if text}
        row = CycleQuestion(cycle=cycle, number=number, is_needed=question.is_needed, source_language=next(iter(texts)))
        for language, text in texts.items():
            setattr(row, f"text_{language}", text)
        row.save()
        rows.append(row)
    journal.record(actor, "cycle_questions_asked", cycle.journal_code, now, questions=len(rows))
    return rows


def copy_questions(cycle: PlanningCycle) -> None:
    """Give a new cycle the questions of the one before it. The caller's transaction holds the cycle."""
    before = PlanningCycle.objects.filter(year__lt=cycle.year).newest_first().first()
    for row in before.questions.all() if before else ():
        row.pk, row.cycle = None, cycle
        row._state.adding = True
        row.save()


def submit_answers(plan: PriorityPlan) -> None:
    """Let the member organisations read the answers as they are written now. The caller's transaction holds the plan."""
    for answer in plan.answers.all():
        answer.submitted = answer.written
        answer.save(update_fields=["submitted"])


def restore_answers(plan: PriorityPlan) -> None:
    """Put the answers that were submitted in place of those being written. The caller's transaction holds the plan."""
    for answer in plan.answers.all():
        answer.written = answer.submitted
        answer.save(update_fields=["written"])
