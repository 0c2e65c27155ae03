"""The chat of the Channels tutorial, as the yardstick: one consumer and one group a socket.

With DATABASE_URL a message is saved through the ORM before the room hears of it, as the tutorials
for a chat that remembers do.
"""

import json
import os
from typing import Any
from urllib.parse import urlsplit

import django
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import re_path

URL = urlsplit(os.environ.get("DATABASE_URL", ""))

settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bench",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": URL.path.lstrip("/"),
            "USER": URL.username,
            "HOST": URL.hostname,
            "PORT": URL.port,
            "CONN_MAX_AGE": None,
        }
    }
    if URL.scheme
    else {},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [os.environ["REDIS_URL"]], "prefix": "tutorial"},
        }
    },
)
django.setup()

from django.db import connection, models  # noqa: E402  (after the settings)


class Message(models.Model):
    room = models.IntegerField()
    client_id = models.CharField(max_length=32, unique=True)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "tutorial"


def make_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Message)


class ChatConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    async def connect(self) -> None:
        self.room = "room"
        await self.channel_layer.group_add(self.room, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.room, self.channel_name)

    async def receive(self, text_data: str) -> None:
        said = json.loads(text_data)
        if said.get("op") == "join":
            await self.channel_layer.group_discard(self.room, self.channel_name)
            self.room = f"room-{said['room']}"
            await self.channel_layer.group_add(self.room, self.channel_name)
            await self.send(json.dumps({"joined": said["room"]}))
            return
        if said.get("op") == "send":
            await self.save(said)
        message = {"type": "chat.message", "topic": self.room, "data": said["data"]}
        await self.channel_layer.group_send(self.room, message)
        if said.get("op") == "send":
            await self.send(json.dumps({"op": "reply", "ref": said["ref"]}))

    @database_sync_to_async
    def save(self, said: dict[str, Any]) -> None:
        room = int(self.room.removeprefix("room-"))
        Message.objects.create(room=room, client_id=said["id"], text=said["data"]["text"])

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps({"topic": event["topic"], "data": event["data"]}))


application = ProtocolTypeRouter(
    {"websocket": URLRouter([re_path(r"^ws$", ChatConsumer.as_asgi())])}
)

if __name__ == "__main__":
    make_table()
