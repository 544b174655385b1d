"""A real server process: started, asked how much memory it takes, killed."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from tests.chroma import free_port
from tests.soak.library import ROOT

START_S = 120.0


class Server:
    """`footnote chat` over a folder, on a port that stays the same from one start to the next."""

    def __init__(
        self, folder: Path, index: Path, *, options: tuple[str, ...] = (), env: Mapping[str, str] = {}
    ) -> None:
        self.port = free_port()
        places = ("--articles", str(folder), "--index", str(index))
        self._command = [sys.executable, "-m", "ui", "chat", "--port", str(self.port), *places, *options]
        self._env = {**os.environ, "FOOTNOTE_REQUESTS_A_MINUTE": "0", "PYTHONFAULTHANDLER": "1", **env}
        self._process: subprocess.Popen[str] | None = None
        self.said: deque[str] = deque(maxlen=2000)

    def start(self) -> float:
        """Start it and wait until it answers; return the seconds that took."""
        began = time.monotonic()
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=self._env, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self._hear, args=(self._process,), daemon=True).start()
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() - began > START_S:
                raise SystemExit("The server does not start:\n" + "\n".join(self.said))
            time.sleep(0.1)
        return time.monotonic() - began

    def answers(self) -> bool:
        """Return whether it says that it is well."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> str:
        """Ask it to end; return what was wrong with how it did, or nothing."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            status = self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGABRT)  # it says what each thread was doing
            self._process.wait()
            return "the server did not end when asked to:\n" + "\n".join(list(self.said)[-100:])
        return f"the server ended with status {status}" if status else ""

    def megabytes(self) -> float:
        """Return how much memory it has now."""
        return self._status("VmRSS") / 1024

    def threads(self) -> int:
        """Return how many threads it has."""
        return self._status("Threads")

    def files(self) -> int:
        """Return how many files and connections it has open."""
        assert self._process is not None
        return len(os.listdir(f"/proc/{self._process.pid}/fd"))

    def processor_s(self) -> float:
        """Return how many seconds of a processor it has used."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> int:
        assert self._process is not None
        text = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        found = re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)
        return int(found[1]) if found else 0

    def _hear(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            self.said.append(line.rstrip())
