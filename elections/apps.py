from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElectionsConfig(AppConfig):
    name = "elections"
    verbose_name = "Elections"

    def ready(self):
        from core import deadlines
        from core.records.registry import Kind, register
        from elections.deadlines import NOMINATION, OFFICE, VOTE
        from elections.models import Election
        from elections.states import ElectionState

        deadlines.register(NOMINATION, VOTE, OFFICE)
        register(
            Kind(
                "ELE",
                _("election"),
                lambda: Election,
                "elections:election_detail",
                states=ElectionState,
                date="opens_at",
            )
        )
