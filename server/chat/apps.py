from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "server.chat"
    label = "chat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The apps below do not know this one: blocks and hirings have effects here, people who are
        in a group together may know each other, and whoever leaves leaves their chats."""
        from server.accounts.distance import restrict_effects
        from server.accounts.erasing import erasers
        from server.accounts.leaving import holdings
        from server.accounts.services import block_effects
        from server.accounts.suggestions import company
        from server.catalogue.services import staff_effects
        from server.chat.queries import groups_shared
        from server.chat.services import (
            erase_quotes,
            erase_seat,
            groups_held,
            sync_staff,
            tell_marks,
            tell_writable,
        )

        company.append(groups_shared)
        block_effects.append(tell_writable)
        restrict_effects.append(tell_marks)
        staff_effects.append(sync_staff)
        holdings.append(groups_held)
        erasers.extend([erase_seat, erase_quotes])
