"""Web push: who we are to a push service (VAPID, RFC 8292), what only the browser can read
(RFC 8291), and the road there, on which nobody chooses where it leads.

An address comes from a person's browser: to us it is hostile input. It must be https to a public
address of the internet; the name is looked up once and that very address is spoken to, no other
name is followed, and little is read of the answer.
"""

import json
import socket
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address, ip_network
from os import urandom
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.crypto import salted_hmac

ENDPOINT_LENGTH = 1_000
PATIENCE_SECONDS = 10
KEPT_SECONDS = 24 * 3600
"""A push service keeps a message so long for a browser that is away."""

TOKEN_SECONDS = 12 * 3600
RECORD = 4096
_TRANSLATED = ip_network("64:ff9b::/96")
"""Stand for addresses of the older kind, private ones too."""

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Refusal(Exception):
    """Nothing is sent there: what was given is no address of a push service."""


class Gone(Exception):
    """The push service does not know this browser any more."""


class Failed(Exception):
    """It was not taken now. certain: nothing of it can have arrived."""

    def __init__(self, why: str, *, certain: bool):
        self.certain = certain
        super().__init__(why)


class Target(NamedTuple):
    """A browser: where its push service is, its public key, and the secret we share with it."""

    endpoint: str
    key: str
    secret: str


def text64(content: bytes) -> str:
    """As push says bytes in text."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def bytes64(text: str) -> bytes:
    """The other way round. Raises ValueError."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


# Who we are ----------------------------------------------------------------------------------


@cache
def _own_key(secret_key: str) -> ec.EllipticCurvePrivateKey:
    """Made from the secret key, which all workers share and which is kept: there is no second
    secret to keep. With another secret key browsers subscribe anew."""
    seed = salted_hmac("notices.push", "", secret=secret_key, algorithm="sha512").digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, _CURVE)


def public_key() -> str:
    """What browsers subscribe with."""
    return text64(_point(_own_key(settings.SECRET_KEY).public_key()))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def authorization(endpoint: str, now: int) -> str:
    """The header that names us to one push service, for half a day. now: in seconds."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": now + TOKEN_SECONDS,
        "sub": settings.ORIGINS[0],
    }
    head = {"typ": "JWT", "alg": "ES256"}
    said = ".".join(text64(json.dumps(part).encode()) for part in (head, claims))
    signature = _own_key(settings.SECRET_KEY).sign(said.encode(), ec.ECDSA(SHA256()))
    r, s = decode_dss_signature(signature)
    signed = text64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={said}.{signed}, k={public_key()}"


# What only the browser can read --------------------------------------------------------------


def check_keys(key: str, secret: str) -> None:
    """Raises Refusal unless they can be a browser's."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, bytes64(key))
        length = len(bytes64(secret))
    except ValueError as error:
        raise Refusal("not a key") from error
    if length != 16:
        raise Refusal("not a secret")


def encrypt(
    content: bytes,
    target: Target,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push message. own, salt: made anew for each; given only to compare."""
    own, salt = own or ec.generate_private_key(_CURVE), salt or urandom(16)
    theirs = bytes64(target.key)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs))
    ours = _point(own.public_key())
    info = b"WebPush: info\0" + theirs + ours
    material = HKDF(SHA256(), 32, bytes64(target.secret), info).derive(shared)
    key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
    sealed = AESGCM(key).encrypt(nonce, content + b"\2", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours + sealed


# The road there ------------------------------------------------------------------------------


def check_endpoint(endpoint: str) -> SplitResult:
    """An address as far as it can be judged without asking anybody. Raises Refusal."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as error:
        raise Refusal("not a URL") from error
    schemes = {"https", "http"} if settings.PUSH_ANYWHERE else {"https"}
    plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if parts.scheme not in schemes or not parts.hostname or "@" in parts.netloc or not plain:
        raise Refusal("not an https address")
    if len(endpoint) > ENDPOINT_LENGTH or parts.fragment:
        raise Refusal("too long, or with a fragment")
    if not settings.PUSH_ANYWHERE and port not in {None, 443}:
        raise Refusal("not the port of https")
    return parts


def _address(host: str, port: int) -> tuple[str, int]:
    """Where to go: a public address of this name. One private among them and none is used, for
    whoever owns the name chooses which of them comes first. Raises Refusal, Failed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Failed("no such name", certain=True) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses:
        raise Failed("no address", certain=True)
    if not settings.PUSH_ANYWHERE and not all(map(_is_public, addresses)):
        raise Refusal("not an address of the internet")
    return addresses[0], port


def _is_public(address: str) -> bool:
    where = ip_address(address.partition("%")[0])
    inner = getattr(where, "ipv4_mapped", None) or getattr(where, "sixtofour", None)
    if inner is not None:
        return _is_public(str(inner))
    translated = where.version == 6 and where in _TRANSLATED
    return where.is_global and not where.is_multicast and not translated


class _Straight(HTTPSConnection):
    """Speaks to the address that was looked at, by the name that was asked for: a second look-up
    could answer something else."""

    def __init__(self, host: str, address: tuple[str, int]):
        self._straight_to = address
        self._tls = ssl.create_default_context()
        super().__init__(host, address[1], timeout=PATIENCE_SECONDS, context=self._tls)

    def connect(self) -> None:
        line = socket.create_connection(self._straight_to, PATIENCE_SECONDS)
        self.sock = self._tls.wrap_socket(line, server_hostname=self.host)


def deliver(target: Target, content: bytes, now: int, topic: str) -> None:
    """Hand a message to a browser's push service. topic: a later message of the same takes its
    place while the browser is away. Raises Refusal, Gone, Failed."""
    parts = check_endpoint(target.endpoint)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port)
    headers = {
        "Authorization": authorization(target.endpoint, now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Topic": text64(sha256(topic.encode()).digest()[:18]),
        "Urgency": "normal",
    }
    line: HTTPConnection
    if parts.scheme == "https":
        line = _Straight(host, address)
    else:
        line = HTTPConnection(*address, timeout=PATIENCE_SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    status = _post(line, path, encrypt(content, target), headers)
    if status in {404, 410}:
        raise Gone
    if not 200 <= status < 300:
        raise Failed(f"answered {status}", certain=True)


def _post(line: HTTPConnection, path: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; nothing else of it is read. Raises Failed."""
    try:
        try:
            line.connect()
        except OSError as error:
            raise Failed(type(error).__name__, certain=True) from error
        line.request("POST", path, body, headers)
        return line.getresponse().status
    except (OSError, HTTPException) as error:
        raise Failed(type(error).__name__, certain=False) from error
    finally:
        line.close()
