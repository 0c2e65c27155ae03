"""Reading the environment: every bad value is one line, all at once, before anything runs."""

import sys
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from environs import Env, validate
from marshmallow import ValidationError
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from server import tracing
from server.database import ANSWER_SECONDS, Connection

ROOT = Path(__file__).resolve().parent.parent

PATIENCE = {
    "connect_timeout": 4,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "options": "-c lock_timeout=4s -c idle_in_transaction_session_timeout=30s"
    " -c client_connection_check_interval=2s",
}
"""What a PostgreSQL connection waits for at most; each may be said otherwise in DATABASE_URL.
A worker that is frozen inside a transaction must not hold a room's lock for ever, nor a statement
go on whose client has given up. PostgreSQL 14; a pooler that takes no options wants `?options=`."""


def _origin(text: str) -> None:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ValidationError(f"{text!r} is not an origin like https://shop.example:8443")


def _database(text: str) -> None:
    if text and urlsplit(text).scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ValidationError("must start with postgresql:// or sqlite://")


def _redis(text: str) -> None:
    if text and urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValidationError("must start with redis://, rediss:// or unix://")


def _collector(text: str) -> None:
    if text and not tracing.available():
        raise ValidationError("needs the packages of requirements-tracing.txt (pip install -r …)")
    if text and urlsplit(text).scheme not in {"http", "https"}:
        raise ValidationError("must start with http:// or https://")


def _token(text: str) -> None:
    if text and (len(text) < 16 or not text.isascii() or not text.isprintable() or " " in text):
        raise ValidationError("must be at least 16 ASCII characters without blanks")


def read() -> dict[str, Any]:
    """All settings that come from outside, checked. Exits with a line per bad value."""
    env = Env(eager=False)
    port = env.int("PORT", 8000, validate=validate.Range(1, 65535))
    values: dict[str, Any] = {
        "debug": env.bool("DEBUG", False),
        "port": port,
        "data_dir": env.path("DATA_DIR", ROOT / "var"),
        "secret_key": env.str("SECRET_KEY", ""),
        "database_url": env.str("DATABASE_URL", "", validate=_database),
        "database_pool": env.int("DATABASE_POOL", 16, validate=validate.Range(0, 200)),
        "redis_url": env.str("REDIS_URL", "", validate=_redis),
        "origins": env.list("PUBLIC_ORIGINS", []),
        "log_level": env.str(
            "LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
        ),
        "log_format": env.str("LOG_FORMAT", "text", validate=validate.OneOf(["text", "json"])),
        "demo": env.bool("DEMO", False),
        "behind_https": env.bool("BEHIND_HTTPS", False),
        "trusted_proxies": env.int("TRUSTED_PROXIES", 0, validate=validate.Range(0, 10)),
        "metrics_token": env.str("METRICS_TOKEN", "", validate=_token),
        "tracing": bool(env.str("OTEL_EXPORTER_OTLP_ENDPOINT", "", validate=_collector)),
        "gather_ms": env.int("GATHER_MS", 10, validate=validate.Range(0, 1_000)),
        "database_threads": env.int("DATABASE_THREADS", 8, validate=validate.Range(1, 64)),
    }
    errors: dict[str, Any] = {}
    try:
        env.seal()
    except Exception as error:
        errors = getattr(error, "error_messages", {"environment": [str(error)]})
    if not errors:
        try:
            for origin in values["origins"]:
                _origin(origin)
        except ValidationError as error:
            errors = {"PUBLIC_ORIGINS": error.messages}
    if not errors and not values["secret_key"]:
        if values["database_url"] or values["redis_url"]:
            errors = {
                "SECRET_KEY": ["is required with DATABASE_URL or REDIS_URL: all workers share it"]
            }
        else:
            values["secret_key"] = _kept_secret(values["data_dir"])
    if errors:
        for name, messages in errors.items():
            print(f"{name}: {' '.join(map(str, messages))}", file=sys.stderr)
        raise SystemExit(2)
    return values


def _kept_secret(data_dir: Path) -> str:
    """The embedded mode's own key: made once, kept beside its database, readable by its owner."""
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


def database(url: str, data_dir: Path, pool: int) -> dict[str, Any]:
    """Django's settings for `postgresql://user:pw@host:port/name?option=…` or SQLite."""
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
        host = options.pop("host", parts.hostname or "")
        if pool:
            options["pool"] = {
                "min_size": 1,
                "max_size": pool,
                "timeout": ANSWER_SECONDS,
                # A pool that goes on trying by itself waits twice as long each time; whoever asks
                # next tries at once (after a crash: 4 s to the first answer, else).
                "reconnect_timeout": 1.0,
                "connection_class": Connection,
            }
        for name, value in PATIENCE.items():
            options.setdefault(name, value)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": options,
        }
    path = Path(unquote(parts.path)) if url else data_dir / "jianghu.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY",
        },
    }


def redis_layer(url: str) -> dict[str, Any]:
    """The channel layer's settings. A Redis that is away fails at once instead of being waited
    for: the layer holds one lock per process while it tries, and everything else queues there."""
    host = {
        "address": url,
        "retry": Retry(NoBackoff(), 0),
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "socket_keepalive": True,
    }
    return {"hosts": [host], "prefix": "jianghu"}
