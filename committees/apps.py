from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Representation"

    def ready(self):
        from committees.models import Election
        from committees.states import ElectionState
        from core.records.registry import Kind, register

        register(
            Kind(
                "ELE",
                _("election"),
                lambda: Election,
                "committees:election_detail",
                states=ElectionState,
                date="opens_at",
            )
        )
