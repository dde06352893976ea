from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"
    verbose_name = "Reminders"

    def ready(self):
        from core import deadlines
        from core.outbox import kinds
        from reminders.queries import still_wanted

        for kind in deadlines.kinds():
            kinds.register(kind.mail_kind, label=kind.label, still_wanted=still_wanted)
