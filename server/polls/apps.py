from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "server.polls"
    label = "polls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What goes with somebody who leaves."""
        from server.accounts.erasing import erasers
        from server.polls.services import erase_votes

        erasers.extend([erase_votes])
