from django.apps import AppConfig


class TakeoutConfig(AppConfig):
    name = "server.takeout"
    label = "takeout"
    default_auto_field = "django.db.models.BigAutoField"
