from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    name = "engagement"
    verbose_name = "Engagement"

    def ready(self):
        from core.records.registry import Kind, register
        from engagement.models import Activity, Regulation, TrainingSession
        from engagement.states import (
            ACTIVITY_STATUS,
            SESSION_STATUS,
            STATUS_WORDS,
            ActivityState,
            RegulationStage,
            SessionState,
        )

        register(
            Kind(
                "VIS",
                _("visit or meeting"),
                lambda: Activity,
                "engagement:activity_detail",
                states=ActivityState,
                date="starts_on",
                status=ACTIVITY_STATUS,
                status_words=STATUS_WORDS,
            )
        )
        register(
            Kind(
                "TRA",
                _("training"),
                lambda: TrainingSession,
                "engagement:session_detail",
                states=SessionState,
                date="starts_on",
                status=SESSION_STATUS,
                status_words=STATUS_WORDS,
            )
        )
        register(
            Kind(
                "REG",
                _("regulation"),
                lambda: Regulation,
                "engagement:regulation_detail",
                states=RegulationStage,
                date="state_on",
            )
        )
