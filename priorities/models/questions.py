"""A year's further questions to every organisation, beside its priorities, and their answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import TranslatedModel, translated
from priorities.models.cycles import PlanningCycle
from priorities.models.plans import PriorityPlan


class CycleQuestion(TranslatedModel):
    """A further question of a year, frozen when the cycle is opened: all answer the same."""

    cycle = models.ForeignKey(PlanningCycle, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = translated(models.CharField(_("question"), max_length=300))
    is_needed = models.BooleanField(_("required"), default=False)

    class Meta:
        ordering = ["cycle", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="cycle_question_once")]

    def __str__(self):
        return f"{self.number}. {self.text}"


class PlanAnswer(models.Model):
    """An organisation's answer: `written` as it is being prepared, `submitted` as the member organisations read it."""

    plan = models.ForeignKey(PriorityPlan, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(CycleQuestion, on_delete=models.CASCADE, related_name="answers")
    written = models.TextField(max_length=2000, blank=True)
    submitted = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["question"]
        constraints = [models.UniqueConstraint(fields=["plan", "question"], name="plan_answer_once")]

    def __str__(self):
        return f"{self.plan_id} {self.question_id}"
