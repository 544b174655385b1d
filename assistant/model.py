"""Language models by name, through llama-index: `openai:NAME[@URL]` and `gguf:/path/model.gguf`.

What a provider reports is translated into one line for the reader here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.answer import EXTRACTIVE
from assistant.errors import ModelMisnamed, ModelUnavailable, PromptTooLong
from corpus.addresses import without_secrets
from index.openai_protocol import KEY_MISSING, OPENAI, key_refused, trouble

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

WINDOW_TOKENS = 4096
"""Window of a file in process, and of a server, as none tells it in a common way: llama.cpp and Ollama mostly start
with this one, and Ollama cuts a longer prompt without a word. `window` of `named_model` says otherwise."""
OPENAI_WINDOW_TOKENS = 8192
TIMEOUT_S = 60.0
"""Seconds until the first words have to come, and between any two pieces after that."""
LISTING_S = 5.0
"""Seconds until a server has to say which models it has."""
MOST_TOKENS = 700
"""Tokens of one answer."""
_NAME = re.compile(r"(?P<kind>openai|gguf):(?P<rest>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Literal["system", "user"]
    text: str


class Model(Protocol):
    """What writes an answer."""

    @property
    def name(self) -> str:
        """The name a reader sees."""

    @property
    def window_tokens(self) -> int:
        """Tokens that prompt and answer may have together."""

    def stream(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        """Yield the answer in pieces. Raises ModelUnavailable, PromptTooLong."""


@dataclass(frozen=True, slots=True)
class Named:
    """A model's name taken apart. where: the server's URL or the file's path."""

    kind: Literal["openai", "gguf"]
    name: str
    where: str


class LlamaIndexModel:
    """A llama-index LLM as a model of ours."""

    def __init__(self, llm: LLM, *, name: str, where: str, retries: int = 0) -> None:
        """Write with `llm`. where: what an error names, a URL without its user and query, or a path.

        retries: how often a server that stumbles before its first word is asked again. One that is late is not: who
        asked has waited long enough. Nor is one that limits, which may want a minute.
        """
        self._llm, self.name, self._where, self._retries = llm, name, where, retries

    @property
    def window_tokens(self) -> int:
        """Tokens that prompt and answer may have together."""
        return int(self._llm.metadata.context_window)

    def stream(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        """Yield the answer in pieces. Raises ModelUnavailable, PromptTooLong."""
        import httpx
        import openai
        from llama_index.core.llms import ChatMessage

        asked = [ChatMessage(role=one.role, content=one.text) for one in messages]
        for left in reversed(range(self._retries + 1)):
            heard = False
            try:
                for piece in self._llm.stream_chat(asked):
                    heard = True
                    if piece.delta:
                        yield piece.delta
                return
            except (openai.OpenAIError, httpx.HTTPError, json.JSONDecodeError) as error:
                if heard or not left or not _passing(error):
                    raise explained(error, self.name, self._where) from error


def parsed(named: str) -> Named:
    """Take the name of a model apart. Raises ModelMisnamed."""
    match = _NAME.fullmatch(named.strip())
    if not match:
        raise ModelMisnamed(
            f"There is no model {without_secrets(named)!r}. "
            "Name one as openai:NAME, openai:NAME@URL or gguf:/path.gguf."
        )
    if match["kind"] == "gguf":
        try:
            path = Path(match["rest"]).expanduser()
        except RuntimeError as error:
            raise ModelMisnamed(f"There is no home folder for '{match['rest']}'. Name the whole path.") from error
        return Named("gguf", path.stem, str(path))
    name, at, url = match["rest"].partition("@http")
    if not name.strip():
        raise ModelMisnamed(f"{without_secrets(named)!r} names no model. Name one as openai:NAME or openai:NAME@URL.")
    where = f"http{url}".rstrip("/") if at else OPENAI
    if not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", where):
        raise ModelMisnamed(
            f"{without_secrets(named)!r} has no usable address. Name it as openai:NAME@http://host:port/v1."
        )
    return Named("openai", name.strip(), where)


def named_model(
    named: str, *, key: str | None = None, window: int | None = None, timeout_s: float = TIMEOUT_S, retries: int = 1
) -> Model:
    """Return the model a user named. Nothing is asked of it yet; a GGUF file is loaded.

    key: for the server, never shown. window: in tokens, if it is not the usual. Raises ModelMisnamed, ModelUnavailable.
    """
    found = parsed(named)
    if found.kind == "gguf":
        from assistant.gguf import GgufLLM

        return LlamaIndexModel(
            GgufLLM.loaded(found.where, window or WINDOW_TOKENS, MOST_TOKENS), name=found.name, where=found.where
        )
    if found.where == OPENAI and not key:
        raise ModelUnavailable(KEY_MISSING)
    from llama_index.llms.openai_like import OpenAILike

    llm = OpenAILike(
        model=found.name,
        api_base=found.where,
        api_key=key or "none",
        is_chat_model=True,
        context_window=window or (OPENAI_WINDOW_TOKENS if found.where == OPENAI else WINDOW_TOKENS),
        max_retries=0,
        timeout=timeout_s,
        temperature=0.0,
        max_tokens=MOST_TOKENS,
    )
    return LlamaIndexModel(llm, name=found.name, where=without_secrets(found.where), retries=retries)


def _passing(error: Exception) -> bool:
    """Whether a server may do better at once: it could not be reached, broke off, or failed by its own fault."""
    kind, detail = trouble(error)
    return kind in ("silent", "broken") or (kind == "status" and detail.startswith("5"))


def names_none(named: str) -> bool:
    """Whether a setting says that no model is to write."""
    return named.strip().lower() in ("", EXTRACTIVE, "none")


def opened(named: str | None, *, window: int | None = None) -> Model | None:
    """Return the model of the settings, with the key of the settings; None where the articles' own words will do.

    window: in tokens, if it is not the usual.
    """
    if named is None or names_none(named):
        return None
    from assistant.settings import model_key

    return named_model(named, key=model_key(), window=window)


def reachable(named: str, *, key: str | None = None) -> list[str]:
    """Return the names of the models that can be asked where `named` points. Raises ModelUnavailable, ModelMisnamed."""
    found = parsed(named)
    if found.kind == "gguf":
        if not Path(found.where).is_file():
            raise ModelMisnamed(f"There is no file '{found.where}'. Name a .gguf file.")
        return [found.name]
    import openai

    try:
        with openai.OpenAI(base_url=found.where, api_key=key or "none", timeout=LISTING_S, max_retries=0) as client:
            return sorted(model.id for model in client.models.list().data)
    except openai.OpenAIError as error:
        raise explained(error, found.name, without_secrets(found.where)) from error


def explained(error: Exception, name: str, where: str) -> ModelUnavailable | PromptTooLong:
    """Return what a provider's error means for the reader; neither the key nor the prompt is repeated."""
    kind, detail = trouble(error)
    if kind in ("status", "silent", "broken") and _overflowed(error):
        return PromptTooLong(too_long(name))
    lines = {
        "late": f"The model {name!r} at {where} did not answer in time. Try again, or a smaller model.",
        "key": key_refused(where),
        "unknown": f"{where} has no model {name!r}. See which it has with: footnote models",
        "limited": f"{where} takes no more questions for now. Try again {detail}.",
        "status": f"{where} failed with status {detail}. Try again.",
        "silent": f"No model server answers at {where}. Start it, or name another with --model.",
        "broken": f"The model {name!r} at {where} broke off ({detail}). Try again.",
    }
    return ModelUnavailable(lines[kind])


def too_long(name: str) -> str:
    """Return what to do about a window that is smaller than it was thought to be."""
    return f"The passages are too long for the window of {name!r}. Say how many tokens it has with --window."


def _overflowed(error: Exception) -> bool:
    text = str(error).lower()
    return "context" in text and any(word in text for word in ("exceed", "length", "maximum", "too long", "size"))
