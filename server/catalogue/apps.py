from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "server.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What a store has of somebody who leaves."""
        from server.accounts.erasing import erasers, kept_pictures
        from server.accounts.leaving import holdings
        from server.catalogue.parting import erase_jobs, pictures_of_stores, stores_held

        holdings.append(stores_held)
        erasers.append(erase_jobs)
        kept_pictures.append(pictures_of_stores)
