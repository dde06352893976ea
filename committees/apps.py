from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Representation"

    def ready(self):
        from committees.deadlines import deadlines, office
        from committees.models import Election
        from committees.states import ElectionState
        from core import deadlines as due
        from core.records.registry import Kind, register

        due.register("committees.nomination", "committees.vote", "committees.term", ahead=deadlines)
        due.register("committees.office", ahead=office, overdue=office)
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
