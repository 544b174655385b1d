"""Files read in a process of its own: one that breaks its parser, or never ends, costs one line and nothing else.

The process is started with the first file that needs it and kept for the next ones; see `corpus.sandboxed`
for its side. It gets a place on the disk and gives back JSON, whose fields are checked (`corpus.wire`).
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from corpus.article import Article, Failure, Interruption
from corpus.file import FileState
from corpus.wire import BadFrame, Frame, outcome_of, pack, read_frame

if TYPE_CHECKING:
    import subprocess
    from typing import BinaryIO

MEMORY_BYTES = 1_500_000_000
"""Address space. A text of 48 MB takes 0.8 GB, a PDF of 2,000 pages 0.35; 48 MB of JSON in tiny parts takes more."""

SECONDS = 30.0
"""For any file: a page of news takes 0.02 to 0.2 s."""

SECONDS_PER_MB = 20.0
"""On top of it: a PDF of 2,000 pages and 11 MB takes 24 s on a busy machine, a page of 6 MB 25 s."""

IDLE_SECONDS = 60.0
"""After so long without a file the process goes, and its 100 MB with it."""

_START_SECONDS = 60.0
_WATCH_SECONDS = 0.25
_MOST_KEPT = 2
_ADVICE = "save its text as .txt"
# What ends a process from outside, by a person or for want of memory: it says nothing about the file.
_FROM_OUTSIDE = frozenset(
    getattr(signal, name) for name in ("SIGHUP", "SIGINT", "SIGKILL", "SIGTERM") if hasattr(signal, name)
)
_PASSED_ON = frozenset("LANG LC_ALL LC_CTYPE LD_LIBRARY_PATH PATH SYSTEMROOT TEMP TMP TMPDIR TZ WINDIR".split())
"""Of the environment, which may hold keys and tokens."""

_START = """\
import importlib, json, sys
start = json.loads(sys.argv[1])
sys.path[:] = start["path"]
importlib.import_module(start["program"]).main(**start["limits"])
"""


class Sandbox:
    """Reads files in processes with limits, one for each reading at the same time. Safe from several threads."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        idle_seconds: float = IDLE_SECONDS,
        program: str = "corpus.sandboxed",
    ) -> None:
        """Start nothing yet. program: the module whose `main` is the other side."""
        self._seconds = seconds
        self._limits = {"memory_bytes": memory_bytes, "idle_seconds": idle_seconds}
        self._program = program
        self._lock = threading.Lock()
        self._kept: list[_Process] = []

    def read(self, file: FileState) -> Iterator[Article | Failure]:
        """Yield what the file's reader yields; a last Failure where it took too long, too much, or its process.

        What was yielded before that holds. An Interruption is the last where nothing was wrong with the file.
        """
        seconds = self._allowed(file)
        try:
            process = self._begun(file, seconds)
        except OSError as error:
            reason = f"no process to read it in could be started ({error}); run the same command again"
            yield Interruption(file.path, reason)
            return
        # One outcome is held back until more is known, so that a file of one article has given the
        # process back before whoever reads it goes on, or goes away.
        held: Article | Failure | None = None
        whole = False
        try:
            while True:
                began = time.monotonic()
                frame = process.receive(seconds)
                seconds -= time.monotonic() - began
                outcome = outcome_of(frame, file.path) if frame else None
                if outcome is None:
                    break
                if held is not None:
                    yield held
                held = outcome
            whole = frame is not None and frame.get("kind") == "end"
            last = None if whole else self._failure(process, frame, file)
        except BadFrame as error:
            last = Failure(file.path, f"what its reader gave back is no article ({error}); {_ADVICE}")
        finally:
            if whole and frame and not self._is_worn(frame):
                self._keep(process)
            else:
                process.end()
        yield from (outcome for outcome in (held, last) if outcome is not None)

    def close(self) -> None:
        """End the processes that wait for a file."""
        with self._lock:
            kept, self._kept = self._kept, []
        for process in kept:
            process.end()

    def _allowed(self, file: FileState) -> float:
        return self._seconds + SECONDS_PER_MB * file.size / 1e6

    def _begun(self, file: FileState, seconds: float) -> _Process:
        """Return a process that is at work on the file; raise OSError where none starts."""
        order = pack({"file": asdict(file), "seconds": seconds})
        while True:
            with self._lock:
                process = self._kept.pop() if self._kept else None
            fresh = process is None
            process = process or _Process(self._program, self._limits)
            with suppress(BadFrame):
                if process.send(order) and process.receive(_START_SECONDS) == {"kind": "begun"}:
                    return process
            process.end(wait=True)  # gone since its last file, or killed meanwhile
            if fresh:
                raise OSError(f"it ends at once, {_ending(process.status)}")

    def _keep(self, process: _Process) -> None:
        with self._lock:
            if len(self._kept) < _MOST_KEPT:
                self._kept.append(process)
                return
        process.end()

    def _is_worn(self, end: Frame) -> bool:
        """Return whether a process has kept so much that the next file would not have the room it may need."""
        held = end.get("held_bytes")
        return not isinstance(held, int) or held > self._limits["memory_bytes"] / 2

    def _failure(self, process: _Process, frame: Frame | None, file: FileState) -> Failure:
        """Return what ended a reading, where it was not its end."""
        kind = frame.get("kind") if frame else None
        if kind == "memory":
            limit = f"{self._limits['memory_bytes'] / 1e6:,.0f} MB"
            return Failure(
                file.path, f"needs more than {limit} of memory to be read, no article does; split it, or {_ADVICE}"
            )
        if frame and kind == "error":
            return Failure(file.path, f"its reader failed ({' '.join(str(frame.get('reason')).split())}); {_ADVICE}")
        process.end(wait=True)
        if process.late:
            seconds = self._allowed(file)
            return Failure(
                file.path, f"not read within {seconds:,.0f} s, no article takes so long; split it, or {_ADVICE}"
            )
        if -process.status in _FROM_OUTSIDE:
            ending = _ending(process.status)
            return Interruption(file.path, f"what read it was ended from outside, {ending}; run the same command again")
        return Failure(file.path, f"its reader crashed, {_ending(process.status)}; {_ADVICE}")


class _Process:
    """One process at the other end of two pipes, with a thread that ends it when its time is up."""

    def __init__(self, program: str, limits: dict[str, float]) -> None:
        import subprocess

        root = str(Path(__file__).resolve().parents[1])
        start = {"path": [root, *filter(None, sys.path)], "program": program, "limits": limits}
        # Isolated: what lies in the current folder, or in the user's settings for Python, is not imported.
        self._popen: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, json.dumps(start)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the one who started this
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._in = cast("BinaryIO", self._popen.stdin)
        self._out = cast("BinaryIO", self._popen.stdout)
        self._deadline: float | None = None
        self._ended = threading.Event()
        self.late = False
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def status(self) -> int:
        """How it ended: an exit status, or a signal's number below zero."""
        return self._popen.returncode or 0

    def send(self, order: bytes) -> bool:
        """Write an order; return False where nobody is there any more."""
        try:
            self._in.write(order)
            self._in.flush()
        except OSError:
            return False
        return True

    def receive(self, seconds: float) -> Frame | None:
        """Return the next frame, None where the process has ended; it is ended after so many seconds."""
        self._deadline = time.monotonic() + seconds
        try:
            return read_frame(self._out)
        finally:
            self._deadline = None

    def end(self, *, wait: bool = False) -> None:
        """End it. wait: it has closed its end; give it a moment to say how it ended."""
        import subprocess

        self._ended.set()
        if wait:
            with suppress(subprocess.TimeoutExpired):  # alive without a way back: killed like any other
                self._popen.wait(1.0)
        self._popen.kill()
        self._popen.wait()
        for stream in (self._in, self._out):
            with suppress(OSError):  # what was still to be written has nowhere to go
                stream.close()

    def _watch(self) -> None:
        while not self._ended.wait(_WATCH_SECONDS) and self._popen.poll() is None:
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self.late = True
                self._popen.kill()
                return


def _environment() -> dict[str, str]:
    # One heap: a second one for the thread that listens would take 64 MB of address space.
    return {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON} | {"MALLOC_ARENA_MAX": "1"}


def _ending(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {-status}, {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"


SANDBOX = Sandbox()
"""What `corpus.read` reads with; nothing runs until a file needs it."""

atexit.register(SANDBOX.close)
