from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = "Representation"

    def ready(self):
        from committees.deadlines import deadlines
        from core import deadlines as due

        due.register("committees.term", ahead=deadlines)
