from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "server.feed"
    label = "feed"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What goes with somebody who leaves."""
        from server.accounts.erasing import erasers
        from server.feed.parting import erase_comments, erase_posts

        erasers.extend([erase_posts, erase_comments])
