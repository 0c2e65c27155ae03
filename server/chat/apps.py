from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "server.chat"
    label = "chat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Blocks and hirings have effects here; the apps below do not know this one."""
        from server.accounts.services import block_effects
        from server.catalogue.services import staff_effects
        from server.chat.services import sync_staff, tell_writable

        block_effects.append(tell_writable)
        staff_effects.append(sync_staff)
