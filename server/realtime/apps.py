from django.apps import AppConfig

from server import lookups


class RealtimeConfig(AppConfig):
    name = "server.realtime"
    label = "realtime"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Before the first query."""
        lookups.install()
