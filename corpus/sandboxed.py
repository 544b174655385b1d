"""The process that reads files for `corpus.sandbox`: its limits, and its loop of one file after the other.

It ends with whoever started it: one thread does nothing but wait for orders, and their end is its own. Where
a parser holds the interpreter, so that no thread comes to word, the system's timer ends the process.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from types import TracebackType

from corpus.file import FileState
from corpus.reading import READERS, Reader, read_here
from corpus.wire import Frame, outcome_frame, pack, read_frame

_GRACE_SECONDS = 5.0
"""Behind the time for a file, which the other side measures: this timer is for when there is no other side."""

_UNFORESEEN = 3


def main(*, memory_bytes: int, idle_seconds: float, readers: Mapping[str, Reader] = READERS) -> None:
    """Read the files that standard input names, and write what they hold to what was standard output.

    memory_bytes: of address space, where the system can limit that. Returns after idle_seconds
    without an order.
    """
    channel = _Channel()
    sys.excepthook = channel.confess
    _limit(memory_bytes)
    orders: SimpleQueue[Frame] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    while True:
        try:
            order = orders.get(timeout=idle_seconds)
        except Empty:
            return
        limit = order["seconds"] + _GRACE_SECONDS
        channel.write({"kind": "begun"})
        _ring_in(limit)
        for outcome in read_here(FileState(**order["file"]), readers):
            _ring_in(0)  # whoever takes the outcomes may be slow; only reading is on the clock
            channel.write(outcome_frame(outcome))
            _ring_in(limit)
        _ring_in(0)
        channel.write({"kind": "end", "held_bytes": held_bytes()})


def _ring_in(seconds: float) -> None:
    """Have the system end this process in so many seconds, whatever it is at; 0 for never."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def held_bytes() -> int:
    """Return the address space that this process takes now, 0 where the system does not say.

    Not the resident memory that `resource` knows: a new process begins with its parent's there.
    """
    try:
        with open("/proc/self/statm") as sizes:
            return int(sizes.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    except OSError:  # not Linux
        return 0


class _Channel:
    """The way back. What a library prints must not get into it, so standard output leads nowhere."""

    def __init__(self) -> None:
        self._descriptor = os.dup(1)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)

    def write(self, frame: Frame) -> None:
        rest = memoryview(pack(frame))
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def confess(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Say what nobody foresaw; the process ends with it, since nobody knows what state its parsers are in."""
        if issubclass(kind, MemoryError):
            self.write({"kind": "memory"})
            return
        place = traceback.extract_tb(trace)[-1:]
        where = f" in {os.path.basename(place[0].filename)}, line {place[0].lineno}" if place else ""
        self.write({"kind": "error", "reason": f"{kind.__name__}: {str(error)[:200]}{where}"})


def _listen(orders: SimpleQueue[Frame]) -> None:
    with os.fdopen(os.dup(0), "rb") as stream:
        while order := read_frame(stream):
            orders.put(order)
    os._exit(0)


def _limit(memory_bytes: int) -> None:
    threading.excepthook = lambda _: os._exit(_UNFORESEEN)
    try:
        import resource
    except ImportError:  # Windows: the time limit and the readers' own limits have to do
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the articles of the one who asked would lie in it
    if sys.platform != "darwin":  # it takes the limit there and does not keep it, or refuses
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
