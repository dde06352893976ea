from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"
    verbose_name = "Reminders"

    def ready(self):
        from core.outbox import kinds
        from reminders.services import still_wanted
        from reminders.states import LABELS, mail_kind

        for kind, label in LABELS.items():
            kinds.register(mail_kind(kind), label=label, still_wanted=still_wanted)
