"""Schemathesis over the OpenAPI page of a server: every address asked for what is described, and for what is not."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "ignored_auth",
)


def conformance(address: str, *, token: str | None = None, examples: int = 10) -> subprocess.CompletedProcess[str]:
    """Ask a server; status 0 where nothing is wrong, else the output says what. examples: of each address."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--no-color", "run", f"{address}/openapi.json",
        "--phases", "examples,coverage,fuzzing", "--max-examples", str(examples), "--checks", ",".join(_CHECKS),
        "--generation-deterministic", "--continue-on-failure", "--request-timeout", "60",
    ]  # fmt: skip
    if token:
        command += ["--header", f"Authorization: Bearer {token}"]
    with tempfile.TemporaryDirectory() as place:  # it leaves files where it runs
        return subprocess.run(command, capture_output=True, text=True, timeout=3600, cwd=place)
