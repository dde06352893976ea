from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritiesConfig(AppConfig):
    name = "priorities"
    verbose_name = "Priorities"

    def ready(self):
        from core import deadlines as due
        from core.records.registry import Kind, register
        from priorities.deadlines import deadlines
        from priorities.models import Priority, PriorityPlan
        from priorities.states import PROGRESS_STATUS, PlanState, Progress

        due.register("priorities.plan", ahead=deadlines)
        register(
            Kind(
                "PRI",
                _("priority"),
                lambda: Priority,
                "priorities:priority_detail",
                states=Progress,
                status=PROGRESS_STATUS,
            )
        )
        register(
            Kind(
                "PLA",
                _("plan"),
                lambda: PriorityPlan,
                "priorities:plan_detail",
                title="organization__acronym",
                translated=False,
                states=PlanState,
            )
        )
