"""A push service of ours, and what a browser does with what comes from it."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server.notices import push
from server.notices.schemas import PushDraft

CURVE = ec.SECP256R1()


class Browser:
    """What a browser keeps to itself, and how it reads a push."""

    def __init__(self) -> None:
        self.own = ec.generate_private_key(CURVE)
        self.secret = b"0123456789abcdef"

    @property
    def key(self) -> bytes:
        return self.own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def draft(self, endpoint: str) -> PushDraft:
        key, secret = push.text64(self.key), push.text64(self.secret)
        return PushDraft(endpoint=endpoint, key=key, secret=secret)

    def read(self, body: bytes) -> bytes:
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.own.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
        )
        info = b"WebPush: info\0" + self.key + theirs
        material = HKDF(SHA256(), 32, self.secret, info).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
        content = AESGCM(key).decrypt(nonce, sealed, None)
        assert content[-1:] == b"\2"
        return content[:-1]


class Service(ThreadingHTTPServer):
    """A push service on this machine."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.status = 201
        self.taken: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/push/abc?x=1"


class Taker(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""
