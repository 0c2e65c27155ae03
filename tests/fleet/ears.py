"""Somebody who only listens, and notes every number that reaches them: no view that drops what it
knows already, no client that politely forgets a topic."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from functools import lru_cache
from typing import Any

import aiohttp
import orjson

_parse = lru_cache(maxsize=512)(orjson.loads)


class Ear:
    """A socket of one person. seen: topic -> numbers, and "topic type" -> versions of snapshots, in
    the order they came."""

    def __init__(self, url: str, who: dict[str, Any]) -> None:
        self.id: int = who["id"]
        self.headers = {"Cookie": f"sessionid={who['cookie']}; csrftoken={'c' * 32}"}
        self.seen: dict[str, list[int]] = defaultdict(list)
        self.dropped: set[str] = set()
        self.closed: tuple[int, float] | None = None
        self._url = url
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._ref = 0

    async def open(self, http: aiohttp.ClientSession, topics: list[str]) -> None:
        self._http = http
        self._socket = await http.ws_connect(
            f"{self._url}/ws", headers=self.headers | {"Origin": self._url}, max_msg_size=0
        )
        self._reading = asyncio.create_task(self._read())
        if topics:
            answer = await self.ask("join", topics=[{"topic": topic} for topic in topics])
            assert len(answer["data"]["joined"]) == len(topics), answer

    async def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        self._ref += 1
        self._answers[self._ref] = asyncio.get_running_loop().create_future()
        await self._socket.send_str(json.dumps({"op": op, "ref": self._ref, **fields}))
        async with asyncio.timeout(20):
            return await self._answers[self._ref]

    async def post(self, path: str, body: dict[str, Any]) -> None:
        """As its page does, with the CSRF token."""
        headers = self.headers | {"X-CSRFToken": "c" * 32, "Origin": self._url}
        async with self._http.post(f"{self._url}{path}", json=body, headers=headers) as answer:
            assert answer.status == 201, await answer.text()

    async def comes_back(self) -> bool:
        """Whether the same session opens another socket."""
        try:
            async with self._http.ws_connect(
                f"{self._url}/ws", headers=self.headers | {"Origin": self._url}
            ):
                return True
        except aiohttp.WSServerHandshakeError:
            return False

    async def close(self) -> None:
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            said = _parse(message.data)
            for event in said.get("events", ()):
                if "number" in event:
                    self.seen[event["topic"]].append(event["number"])
                elif "version" in event:
                    self.seen[f"{event['topic']} {event['type']}"].append(event["version"])
            self.dropped |= set(said.get("topics", ())) if said["op"] == "dropped" else set()
            answer = self._answers.pop(said.get("ref") or 0, None)
            if answer is not None and not answer.done():  # who asked may have been cancelled
                answer.set_result(said)
        self.closed = (self._socket.close_code or 1006, time.monotonic())
