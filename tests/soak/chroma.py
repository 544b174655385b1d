"""A Chroma server of its own: started, stopped, started again over the same directory."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from pathlib import Path

from tests.soak.server import START_S, free_port


class Chroma:
    """`chroma run` over a directory, on a port that stays the same."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        program = Path(sys.executable).with_name("chroma")
        self._command = [str(program), "run", "--path", str(directory), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + START_S
        while not self._answers():
            if time.monotonic() > until:
                raise SystemExit("The Chroma server does not start.")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/api/v2/heartbeat")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
