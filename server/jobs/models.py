"""What the library's queue does not know: who is alive, and what is to be tried again when."""

from django.db import models
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult


class JobsLease(models.Model):
    """A jobs process is alive as long as it renews this; what it runs is its own until then."""

    process = models.CharField(primary_key=True, max_length=64)
    renewed_at = models.DateTimeField(db_default=Now())


class Retry(models.Model):
    """A job that failed and is to be tried again. Without one, a failed job stays as it is."""

    job = models.OneToOneField(
        DBTaskResult, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    due_at = models.DateTimeField(db_index=True)
