from django.apps import AppConfig


class CasaConfig(AppConfig):
    name = "casa"
    verbose_name = "Portal"
