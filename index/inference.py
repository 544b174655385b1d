"""ONNX graphs, and what else is made of weights: kept in the user's cache folder, and run with onnxruntime."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs

from corpus.whole_file import written_whole
from index.errors import EncoderUnavailable

_log = logging.getLogger(__name__)


def kept_file(name: str, make: Callable[[], bytes]) -> Path | bytes:
    """Return a file: its path in the cache folder, or its bytes where none can be written there.

    name: of the file; another one for other content. make: gives the content where it is not kept yet.
    """
    cached = Path(platformdirs.user_cache_dir("footnote")) / name
    if cached.exists():
        return cached
    model = make()
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(cached) as stream:
            stream.write(model)
    except OSError as error:
        _log.warning("%s could not be kept in %s (%s); it is made anew each time.", name, cached, error)
        return model
    return cached


def session(name: str, make: Callable[[], bytes]) -> Any:
    """Return a graph ready to run. Arguments as of `kept_file`; what is damaged in the cache folder is made anew.

    Raises EncoderUnavailable where it cannot be loaded.
    """
    # From 1.29 on it reports its use to its maker; `disable_telemetry_events` comes too late for the first report.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, 8)
    # Threads that turn in waiting for the next question take the time of what follows it, and of other questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3

    def loaded(found: Path | bytes) -> Any:
        graph = found if isinstance(found, bytes) else str(found)
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    found = kept_file(name, make)
    try:
        return loaded(found)
    except (errors.Fail, errors.InvalidGraph, errors.InvalidProtobuf, errors.NoSuchFile) as error:
        if isinstance(found, bytes):
            raise EncoderUnavailable(f"The graph {name} cannot be loaded ({error}). Try: make install") from error
        found.unlink(missing_ok=True)
        return loaded(kept_file(name, make))
