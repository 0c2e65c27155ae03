from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "server.gatherings"
    label = "gatherings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever goes out of a group takes their answers along, and frees their place."""
        from server.gatherings.services import take_answers
        from server.groups.services import leave_effects

        leave_effects.append(take_answers)
