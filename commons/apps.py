from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonsConfig(AppConfig):
    name = "commons"
    verbose_name = "Shared"

    def ready(self):
        from commons.deadlines import ACTION_DUE
        from commons.models import ActionItem
        from commons.states import ACTION_STATUS, ActionState
        from core import deadlines
        from core.records.registry import Kind, register

        deadlines.register(ACTION_DUE)
        register(
            Kind(
                "ACT",
                _("action"),
                lambda: ActionItem,
                "commons:action_detail",
                states=ActionState,
                date="due_on",
                status=ACTION_STATUS,
            )
        )
