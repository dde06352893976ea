from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "spaces"
    verbose_name = "Spaces"

    def ready(self):
        from core import deadlines as due
        from core.records.registry import Kind, register
        from spaces.deadlines import KIND, deadlines
        from spaces.models import Edition
        from spaces.states import EditionState

        due.register(KIND, ahead=deadlines)
        register(
            Kind("EDI", _("edition"), lambda: Edition, "spaces:edition_detail", states=EditionState, date="starts_on")
        )
