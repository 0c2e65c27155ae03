from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "server.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever leaves hands their groups over, and leaves those they are in; those who decide in
        a group take back what was said in its rooms."""
        from server.accounts.erasing import erasers
        from server.accounts.leaving import holdings
        from server.accounts.services import block_effects
        from server.chat.policies import tidies
        from server.groups import queries
        from server.groups.services import erase_standing, interests_held, part_in_groups

        holdings.append(interests_held)
        erasers.append(erase_standing)
        block_effects.append(part_in_groups)
        tidies.append(queries.tidies)
