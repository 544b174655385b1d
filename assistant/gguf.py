"""A GGUF file as a llama-index LLM: llama.cpp in this process, no server and no socket."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import CustomLLM

from assistant.errors import ModelMisnamed, ModelUnavailable, PromptTooLong

_ENDED = object()


class GgufLLM(CustomLLM):
    """llama.cpp over one file. One answer at a time; closing the stream stops the model."""

    path: str
    window_tokens: int
    most_tokens: int
    _server: Any = PrivateAttr()

    @classmethod
    def loaded(cls, path: str, window_tokens: int, most_tokens: int) -> GgufLLM:
        """Load a file, once for each window. Raises ModelMisnamed where there is none, ModelUnavailable."""
        if not Path(path).is_file():
            raise ModelMisnamed(f"There is no file '{path}'. Name a .gguf file: --model gguf:/path/model.gguf")
        made = cls(path=path, window_tokens=window_tokens, most_tokens=most_tokens)
        made._server = _server(str(Path(path).resolve()), window_tokens)
        return made

    @property
    def metadata(self) -> LLMMetadata:
        """What llama-index wants to know."""
        return LLMMetadata(
            context_window=self.window_tokens,
            num_output=self.most_tokens,
            is_chat_model=True,
            model_name=Path(self.path).stem,
        )

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """Return the whole answer to one message."""
        return CompletionResponse(text="".join(self._pieces([{"role": "user", "content": prompt}])))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        """Yield the answer to one message as it grows."""
        text = ""
        for piece in self._pieces([{"role": "user", "content": prompt}]):
            text += piece
            yield CompletionResponse(text=text, delta=piece)

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """Yield the answer as it grows."""
        text = ""
        for piece in self._pieces([{"role": one.role.value, "content": one.content or ""} for one in messages]):
            text += piece
            yield ChatResponse(message=ChatMessage(role="assistant", content=text), delta=piece)

    def _pieces(self, messages: list[dict[str, str]]) -> Iterator[str]:
        heard: queue.Queue[Any] = queue.Queue()
        stopped = threading.Event()

        def hear(chunk: Any) -> bool:
            heard.put(chunk)
            return stopped.is_set()

        def run() -> None:
            try:
                self._server.handle_chat_completions(
                    {
                        "messages": messages,
                        "stream": True,
                        "temperature": 0.0,
                        "seed": 0,
                        "max_tokens": self.most_tokens,
                    },
                    hear,
                )
            except (RuntimeError, ValueError, OSError, MemoryError) as error:  # told where it is heard
                heard.put(error)
            finally:
                heard.put(_ENDED)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            while (chunk := heard.get()) is not _ENDED:
                if isinstance(chunk, Exception):
                    name = Path(self.path).stem
                    raise ModelUnavailable(f"{name!r} failed ({chunk}). Try again, or name another file.") from chunk
                yield from _deltas(chunk, Path(self.path).stem)
        finally:
            stopped.set()
            thread.join(timeout=10)


@lru_cache(maxsize=2)
def _server(path: str, window_tokens: int) -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelUnavailable(
            "llama.cpp is not installed. Install it in Footnote's own folder with: "
            ".venv/bin/python -m pip install --editable '.[gguf]'"
        ) from error
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = window_tokens
    params.n_parallel = 1
    params.verbosity = -1
    params.port = 0
    try:
        return xllamacpp.Server(params)
    except (RuntimeError, ValueError) as error:
        raise ModelUnavailable(f"'{path}' cannot be loaded as a GGUF model. Name another file.") from error


def _deltas(chunk: Any, name: str) -> Iterator[str]:
    for one in chunk if isinstance(chunk, list) else [chunk]:
        if "error" in one or "code" in one:
            message = str(one.get("error", one))
            if "context" in message.lower():
                raise PromptTooLong(
                    f"The passages are too long for the window of {name!r}. Give it a longer one with --window."
                )
            raise ModelUnavailable(f"The model {name!r} broke off. Try again.")
        for choice in one.get("choices", ()):
            piece = (choice.get("delta") or {}).get("content")
            if piece:
                yield piece
