"""A year's further questions and an organisation's answers to them."""

from typing import NamedTuple

from priorities.models import CycleQuestion, PlanAnswer, PriorityPlan


class AnsweredQuestion(NamedTuple):
    """A question of the year and the plan's answer to it, None while nothing was ever written."""

    question: CycleQuestion
    answer: PlanAnswer | None

    @property
    def is_missing(self) -> bool:
        """Whether the plan cannot be submitted before it is answered."""
        return self.question.is_needed and not (self.answer and self.answer.written)


def answered_questions(plan: PriorityPlan) -> list[AnsweredQuestion]:
    """All questions of the plan's year, in order. Two queries."""
    answers = {answer.question_id: answer for answer in plan.answers.all()}
    return [AnsweredQuestion(question, answers.get(question.pk)) for question in plan.cycle.questions.all()]


def unanswered_questions(plan: PriorityPlan) -> list[CycleQuestion]:
    """Required questions to which nothing is written yet."""
    return [row.question for row in answered_questions(plan) if row.is_missing]


def submitted_answers(plan: PriorityPlan) -> list[dict[str, str]]:
    """What a revision keeps of the answers, as plain data."""
    return [
        {"question": question.source_text("text"), "answer": answer.submitted}
        for question, answer in answered_questions(plan)
        if answer and answer.submitted
    ]
