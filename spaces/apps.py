from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "spaces"
    verbose_name = "Spaces"

    def ready(self):
        from core import deadlines
        from core.records.registry import Kind, register
        from spaces.deadlines import EDITION_DEADLINE
        from spaces.models import Edition, ParticipationAction
        from spaces.states import PARTICIPATION_STATUS, EditionState, ParticipationState

        deadlines.register(EDITION_DEADLINE)
        register(
            Kind("EDI", _("edition"), lambda: Edition, "spaces:edition_detail", states=EditionState, date="starts_on")
        )
        register(
            Kind(
                "PAR",
                _("our part"),
                lambda: ParticipationAction,
                "spaces:participation_detail",
                states=ParticipationState,
                date="edition__starts_on",
                status=PARTICIPATION_STATUS,
            )
        )
