from django.apps import AppConfig


class TakeoutConfig(AppConfig):
    name = "server.takeout"
    label = "takeout"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What goes with somebody who leaves."""
        from server.accounts.erasing import erasers
        from server.takeout.services import erase_takeout

        erasers.extend([erase_takeout])
