"""JSON as it leaves Footnote, at every door and on the terminal."""

from __future__ import annotations

import json
from typing import Any


def json_text(what: Any, *, encoding: str | None, indent: int | None = None) -> str:
    """Return JSON that can be written in an encoding: what it lacks, and half characters, stand as escapes."""
    unicode = (encoding or "utf-8").lower().replace("-", "") == "utf8"
    text = json.dumps(what, ensure_ascii=not unicode, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
