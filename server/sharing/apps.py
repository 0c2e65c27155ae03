from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "server.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What people do below is heard here; so are lists that go, and the one switch that was
        there before this ledger."""
        from server.accounts.erasing import erasers
        from server.accounts.lists import delete_effects
        from server.accounts.services import profile_effects
        from server.deeds import done, undone
        from server.sharing.ledger import forget_list, presence_said
        from server.sharing.services import erase_activities, hear, hear_undone

        done.append(hear)
        undone.append(hear_undone)
        erasers.append(erase_activities)
        delete_effects.append(forget_list)
        profile_effects.append(presence_said)
