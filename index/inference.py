"""ONNX graphs, and what else is made of weights: kept in the user's cache folder, and run with onnxruntime."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from corpus.whole_file import written_whole
from index.errors import EncoderUnavailable

_UNUSED_S = 30 * 86_400.0
"""A file that no process has begun to use for so long is of a version that is gone."""
_ABANDONED_S = 86_400.0
"""A file that is still being written after so long is one of a process that was killed."""
_Loaded = TypeVar("_Loaded")
_log = logging.getLogger(__name__)


def kept_file(name: str, make: Callable[[], bytes], *, family: str) -> Path | bytes:
    """Return a file: its path in the cache folder, or its bytes where none can be written there.

    name: of the file; another one for other content. make: gives the content where it is not kept yet. family: what
    the names of its earlier and later versions begin with, before a hyphen; those that nobody has used for thirty days
    are removed. Each use is noted as the file's time, so two versions that are used side by side keep theirs.
    """
    cached = Path(platformdirs.user_cache_dir("footnote")) / name
    if not cached.exists():
        content = make()
        try:
            cached.parent.mkdir(parents=True, exist_ok=True)
            with written_whole(cached) as stream:
                stream.write(content)
        except OSError as error:
            _log.warning("%s could not be kept in %s (%s); it is made anew each time.", name, cached, error)
            return content
    with suppress(OSError):  # a cache that is another user's serves as it is
        os.utime(cached)
        _tidy(cached, family)
    return cached


def _tidy(cached: Path, family: str) -> None:
    now = time.time()
    for other in cached.parent.iterdir():
        kept_s = _ABANDONED_S if other.suffix == ".part" else _UNUSED_S
        is_ours = other.suffix == ".part" or other.name.startswith(f"{family}-")
        if is_ours and other != cached and now - other.stat().st_mtime > kept_s:
            other.unlink()


def loaded(
    name: str,
    make: Callable[[], bytes],
    load: Callable[[Path | bytes], _Loaded],
    *,
    family: str,
    damage: tuple[type[Exception], ...],
) -> _Loaded:
    """Return what `load` makes of a file. What is damaged in the cache folder is made anew, once.

    name, make, family: as of `kept_file`. damage: what `load` raises for it. Raises EncoderUnavailable where what was
    just made cannot be loaded either; it is not kept then.
    """

    def attempt() -> _Loaded:
        found = kept_file(name, make, family=family)
        try:
            return load(found)
        except damage:
            if isinstance(found, Path):
                with suppress(OSError):
                    found.unlink()
            raise

    with suppress(*damage):
        return attempt()
    try:
        return attempt()
    except damage as error:
        raise EncoderUnavailable(f"{name} cannot be loaded ({error}). Try: make install") from error


def session(name: str, make: Callable[[], bytes], *, family: str) -> Any:
    """Return a graph ready to run. Arguments as of `kept_file`; raises EncoderUnavailable where it cannot be loaded."""
    # From 1.29 on it reports its use to its maker; `disable_telemetry_events` comes too late for the first report.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, 8)
    # Threads that turn in waiting for the next question take the time of what follows it, and of other questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3

    def load(found: Path | bytes) -> Any:
        graph = found if isinstance(found, bytes) else str(found)
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    damage = (
        errors.Fail, errors.InvalidArgument, errors.InvalidGraph, errors.InvalidProtobuf, errors.NoSuchFile,
        errors.NotImplemented, errors.RuntimeException,
    )  # fmt: skip
    return loaded(name, make, load, family=family, damage=damage)
