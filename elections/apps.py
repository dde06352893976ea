from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElectionsConfig(AppConfig):
    name = "elections"
    verbose_name = "Elections"

    def ready(self):
        from core import deadlines as due
        from core.records.registry import Kind, register
        from elections.deadlines import deadlines, office
        from elections.models import Election
        from elections.states import ElectionState

        due.register("elections.nomination", "elections.vote", ahead=deadlines)
        due.register("elections.office", ahead=office, overdue=office)
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
