"""The log of live events: the only truth about what happened on a topic."""

from secrets import token_hex

from django.db import models
from django.db.models.functions import Now


class TopicHead(models.Model):
    """The last number given on a topic, and who may watch it at which version of the rules.

    Numbers up to `floor` have been pruned. `auth_version` grows with every revocation.
    """

    topic = models.CharField(primary_key=True, max_length=40)
    head = models.BigIntegerField(default=0, db_default=0)
    floor = models.BigIntegerField(default=0, db_default=0)
    auth_version = models.BigIntegerField(default=0, db_default=0)


class LoggedEvent(models.Model):
    """One event, encoded once, exactly as it goes over the wire."""

    pk = models.CompositePrimaryKey("topic", "number")
    topic = models.CharField(max_length=40)
    number = models.BigIntegerField()
    encoded = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["recorded_at"], name="logged_event_age")]


def _new_epoch() -> str:
    return token_hex(8)


class LogEpoch(models.Model):
    """Names this life of the log. A restored or emptied database gets a new one, so that a
    client's old cursor is answered with `reset` and never with events it cannot relate to."""

    name = models.CharField(max_length=16, default=_new_epoch)
    singleton = models.BooleanField(default=True, unique=True)


class Presence(models.Model):
    """What was last told about a person; version grows with every change told."""

    person_id = models.BigIntegerField(primary_key=True)
    state = models.CharField(max_length=8, default="offline")
    last_seen = models.DateTimeField(db_default=Now())
    version = models.BigIntegerField(default=0)


class PresenceLease(models.Model):
    """This worker has at least one socket of that person. Dies with the worker's own lease."""

    pk = models.CompositePrimaryKey("person_id", "worker")
    person_id = models.BigIntegerField()
    worker = models.CharField(max_length=40)
    away = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["worker"], name="presence_lease_worker")]


class WorkerLease(models.Model):
    """A worker process is alive as long as it renews this."""

    worker = models.CharField(primary_key=True, max_length=40)
    renewed_at = models.DateTimeField(db_default=Now())
