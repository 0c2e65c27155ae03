from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "server.feed"
    label = "feed"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What goes with somebody who leaves; what was shown to a list that is deleted is shown to
        nobody any more; and the pictures of drafts are kept."""
        from server.accounts.erasing import erasers
        from server.accounts.lists import delete_effects
        from server.feed.audience import close_list
        from server.feed.drafts import pictures_meant
        from server.feed.parting import erase_comments, erase_posts
        from server.media.services import meant

        erasers.extend([erase_posts, erase_comments])
        delete_effects.append(close_list)
        meant.append(pictures_meant)
