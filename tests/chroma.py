"""A real Chroma server as a process of its own, and a gate before it that asks for a header, with or without TLS."""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import random
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx


def free_port() -> int:
    """Return a port below those that the system gives away, so that it is still free after a stop."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class Chroma:
    """`chroma run` at one port; it may be stopped, started again, and lose all it holds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [Path(sys.executable).with_name("chroma"), "run", "--path", self.path, "--host", "127.0.0.1"]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"{self.url}/api/v2/heartbeat", trust_env=False).raise_for_status()
                return
            except httpx.HTTPError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(30)
            self._process = None

    def lose_all(self) -> None:
        self.stop()
        shutil.rmtree(self.path)
        self.start()

    def ask(self, method: str, path: str, content: object = None) -> object:
        """Send one request about collections, as somebody else would."""
        root = f"{self.url}/api/v2/tenants/default_tenant/databases/default_database/collections"
        return httpx.request(method, root + path, json=content, timeout=60, trust_env=False).json()

    def names(self) -> set[str]:
        return {one["name"] for one in self.ask("GET", "?limit=1000")}

    def collection(self, name: str) -> str:
        return str(self.ask("GET", f"/{name}")["id"])


@contextmanager
def chroma_at(path: Path) -> Iterator[Chroma]:
    server = Chroma(path)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Gate(ThreadingHTTPServer):
    """Passes on what carries the header; `asked` counts that. Anything else is a 401 that repeats what it was sent."""

    daemon_threads = True

    def __init__(self, behind: int, header: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.behind, self.header, self.asked = behind, header, 0
        self.instead: tuple[int, str, bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Passing(BaseHTTPRequestHandler):
    server: Gate
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.server.instead:
            self._say(*self.server.instead)
        elif self.headers.get("authorization") != self.server.header:
            self._say(401, "text/plain", str(self.headers).encode())
        else:
            self.server.asked += 1
            behind = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=60)
            behind.request(self.command, self.path, body or None, {"content-type": "application/json"})
            answer = behind.getresponse()
            self._say(answer.status, answer.headers["content-type"], answer.read())
            behind.close()

    do_GET = do_POST = do_DELETE = _pass_on

    def _say(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def gate_before(chroma: Chroma, header: str, certificate: Path | None = None) -> Iterator[Gate]:
    gate = Gate(chroma.port, header)
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        gate.socket = tls.wrap_socket(gate.socket, server_side=True)
    threading.Thread(target=gate.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield gate
    gate.shutdown()
    gate.server_close()


def own_certificate(path: Path) -> Path:
    """Write a certificate for 127.0.0.1 that nobody else has signed, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
