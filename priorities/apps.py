from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritiesConfig(AppConfig):
    name = "priorities"
    verbose_name = "Priorities"

    def ready(self):
        from core import deadlines
        from core.records.registry import Kind, register
        from priorities.deadlines import MILESTONE, PLAN
        from priorities.models import Assessment, CommonProject, Priority, PriorityPlan, ThreatOpportunity
        from priorities.states import (
            PROGRESS_STATUS,
            PROJECT_STATUS,
            AssessmentState,
            PlanState,
            Progress,
            ProjectState,
            ThreatState,
        )

        deadlines.register(PLAN, MILESTONE)
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
        register(
            Kind(
                "PRO",
                _("common project"),
                lambda: CommonProject,
                "priorities:project_detail",
                states=ProjectState,
                date="agreed_on",
                status=PROJECT_STATUS,
                status_words={"fulfilled": _("completed")},
            )
        )
        register(
            Kind(
                "THR",
                _("threat or opportunity"),
                lambda: ThreatOpportunity,
                "priorities:threat_detail",
                states=ThreatState,
            )
        )
        register(
            Kind(
                "ASS",
                _("assessment"),
                lambda: Assessment,
                "priorities:assessment_detail",
                states=AssessmentState,
                date="published_on",
            )
        )
