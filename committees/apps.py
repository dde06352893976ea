from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Representation"

    def ready(self):
        from committees.deadlines import TERM_END
        from core import deadlines

        deadlines.register(TERM_END)
