"""The wordings that a language model is asked in: the files of the folder `prompts`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=8)
def prompt(name: str) -> str:
    """Return the wording of a prompt."""
    return files("assistant").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8").strip()
