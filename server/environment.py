"""Reading the environment: every bad value is one line, all at once, before anything runs."""

import sys
from collections.abc import Mapping
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryFile
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from environs import Env, EnvValidationError, validate
from marshmallow import ValidationError
from psycopg.pq import Conninfo
from redis.asyncio.connection import parse_url as parse_redis_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisGone
from redis.retry import Retry as RetryInThread

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


def _parts(text: str) -> SplitResult:
    """A URL taken apart. Raises ValidationError, which tells nothing of what may be a password."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValidationError(
            "is not a URL that can be read: look at its port and brackets, and write / : @ # [ ] "
            "in a password as %2F %3A %40 %23 %5B %5D"
        ) from None
    return parts


def _origins(given: list[str]) -> None:
    wrong = [text for text in given if not _is_origin(text)]
    if wrong:
        raise ValidationError(
            [f"{text!r} is not an origin like https://shop.example:8443" for text in wrong]
        )


def _is_origin(text: str) -> bool:
    try:
        parts = _parts(text)
    except ValidationError:
        return False
    plain = not (parts.path or parts.query or parts.fragment or "@" in text) and text[-1] != ":"
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain and text.isascii()


def _database(text: str) -> None:
    if not text:
        return
    parts = _parts(text)
    if parts.scheme == "sqlite":
        if parts.netloc or len(parts.path) < 2:
            raise ValidationError("must name a file, like sqlite:///var/lib/jianghu.sqlite3")
        _folder(Path(unquote(parts.path)).parent)
    elif parts.scheme in {"postgres", "postgresql"}:
        known = {option.keyword.decode() for option in Conninfo.get_defaults()}
        if unknown := dict(parse_qsl(parts.query, keep_blank_values=True)).keys() - known:
            named = ", ".join(sorted(unknown))
            raise ValidationError(f"has options that PostgreSQL does not know: {named}")
    else:
        raise ValidationError("must start with postgresql:// or sqlite:///")


def _redis(text: str) -> None:
    if not text:
        return
    if _parts(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValidationError("must start with redis://, rediss:// or unix://")
    try:
        parse_redis_url(text)
    except ValueError:
        raise ValidationError("has an option with a value that Redis does not take") from None


def _email(text: str) -> None:
    if not text:
        return
    parts, options = _parts(text), _email_options(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValidationError("must look like smtp://user:password@host:587/?tls=1 or smtps://…")
    if unknown := options.keys() - {"tls", "from"}:
        raise ValidationError(f"knows the options tls and from, not {', '.join(sorted(unknown))}")
    if options.get("tls", "0") not in {"0", "1"}:
        raise ValidationError("has a tls that is neither 0 nor 1")
    if parts.scheme == "smtps" and options.get("tls") == "1":
        raise ValidationError("has tls=1 (an open line that is then encrypted) and smtps at once")
    sender = options.get("from", "a@b")
    if "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise ValidationError("has a from that is no address like shop@example.org")


def _phone_sender(text: str) -> None:
    module, _, name = text.rpartition(".")
    if text and not (name.isidentifier() and all(map(str.isidentifier, module.split(".")))):
        raise ValidationError("must name a class, like shop.texts.Provider")
    try:
        found = not text or find_spec(module) is not None
    except ImportError:
        found = False
    if not found:
        raise ValidationError(f"names a module that cannot be found: {module}")


def _email_options(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _collector(text: str) -> None:
    if text and not tracing.available():
        raise ValidationError("needs the packages of requirements-tracing.txt (pip install -r …)")
    if text and _parts(text).scheme not in {"http", "https"}:
        raise ValidationError("must start with http:// or https://")


def _folder(path: Path) -> None:
    """Made if need be. Raises ValidationError when nothing can be written there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path):
            pass
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such name is possible"
        raise ValidationError(f"cannot write in {path}: {why}") from None


def _token(text: str) -> None:
    if text and (len(text) < 16 or not text.isascii() or not text.isprintable() or " " in text):
        raise ValidationError("must be at least 16 ASCII characters without blanks")


def read() -> dict[str, Any]:
    """All settings that come from outside, checked. Exits with a line per bad value.

    embedded: neither a database nor a Redis is named, one worker does it all.
    """
    env = Env(eager=False)
    port = env.int("PORT", 8000, validate=validate.Range(1, 65535))
    values: dict[str, Any] = {
        "debug": env.bool("DEBUG", False),
        "port": port,
        "data_dir": env.path("DATA_DIR", ROOT / "var"),
        "embedded": False,
        "secret_key": env.str("SECRET_KEY", ""),
        "database_url": env.str("DATABASE_URL", "", validate=_database),
        "database_pool": env.int("DATABASE_POOL", 16, validate=validate.Range(0, 200)),
        "redis_url": env.str("REDIS_URL", "", validate=_redis),
        "email_url": env.str("EMAIL_URL", "", validate=_email),
        "phone_sender": env.str("PHONE_SENDER", "", validate=_phone_sender),
        "origins": env.list("PUBLIC_ORIGINS", [], validate=_origins),
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
    wrong: dict[str, list[str]] = {}
    try:
        env.seal()
    except EnvValidationError as error:
        told = error.error_messages
        assert isinstance(told, Mapping), "a deferred Env tells by name"
        wrong = {name: list(map(str, messages)) for name, messages in told.items()}
    named = values["database_url"] or values["redis_url"]
    values["embedded"] = not (named or wrong.keys() & {"DATABASE_URL", "REDIS_URL"})
    if not (values["embedded"] or values["secret_key"]):
        needed = "is required with DATABASE_URL or REDIS_URL: all workers share it"
        wrong["SECRET_KEY"] = [needed]
    if "DATA_DIR" not in wrong:
        try:
            _folder(values["data_dir"])
            if not values["secret_key"] and not wrong:
                values["secret_key"] = _kept_secret(values["data_dir"])
        except ValidationError as error:
            wrong["DATA_DIR"] = list(map(str, error.messages))
        except OSError as error:
            wrong["DATA_DIR"] = [f"its secret_key cannot be read: {error.strerror}"]
    if wrong:
        for name, messages in wrong.items():
            for message in messages:
                print(f"{name}: {message}", file=sys.stderr)
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


def redis_cache() -> dict[str, Any]:
    """The cache's settings. A connection that Redis has closed since is made anew once; one that
    says nothing is not asked a second time, for somebody waits."""
    return {
        "retry": RetryInThread(NoBackoff(), 1, (RedisGone,)),
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
    }


def secrets(values: dict[str, Any]) -> set[str]:
    """What of the settings no log may show: keys, and the passwords in URLs as they stand there and
    as they are."""
    urls = (urlsplit(values[name]) for name in ("database_url", "redis_url", "email_url"))
    written = {parts.password for parts in urls if parts.password}
    keys = {values["secret_key"], values["metrics_token"]} - {""}
    return keys | written | {unquote(password) for password in written}


class Mail(NamedTuple):
    """Django's settings for sending mail, and whether it leaves at all."""

    backend: str
    sender: str
    sends: bool
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def mail(url: str, our_host: str, *, shown: bool) -> Mail:
    """For `smtp://user:password@host:587/?tls=1&from=…` or smtps://.

    Without a URL mail is shown on the terminal when somebody is trying us out (`shown`). Elsewhere
    that is a log, and what a mail carries opens accounts: there none is sent.
    """
    sender = f"Jianghu <jianghu@{our_host}>"
    if not url:
        kind = "console" if shown else "dummy"
        return Mail(f"django.core.mail.backends.{kind}.EmailBackend", sender, shown)
    parts, options = urlsplit(url), _email_options(url)
    tls, ssl = options.get("tls") == "1", parts.scheme == "smtps"
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        options.get("from", sender),
        sends=True,
        host=parts.hostname or "",
        port=parts.port or (465 if ssl else 587 if tls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        ssl=ssl,
    )


def phone_sender(name: str, *, shown: bool) -> str:
    """The class that sends codes to telephones, as a dotted path; "": none are sent. Without a name
    they are shown where mail is, and for its reason nowhere else."""
    return name or ("server.accounts.phone_senders.Console" if shown else "")
