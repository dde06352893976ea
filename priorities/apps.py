from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritiesConfig(AppConfig):
    name = "priorities"
    verbose_name = "Priorities"

    def ready(self):
        from core.records.registry import Kind, register
        from priorities.models import Priority, PriorityPlan
        from priorities.states import PROGRESS_STATUS, PlanState, Progress

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
