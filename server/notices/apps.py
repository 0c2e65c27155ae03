from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "server.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The apps below do not know this one: what happens there comes through one door."""
        from server.happenings import listeners
        from server.notices.services import hear

        listeners.append(hear)
