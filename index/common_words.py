"""Words that the bundled encoder knows whole: some 21,000 common ones and names, none of them misspelt."""

from __future__ import annotations

import json
from functools import lru_cache

from index.minilm_graph import tokenizer_json


def common(word: str) -> bool:
    """Whether a word, in any case, is one token. Raises EncoderUnavailable if the tokenizer is absent or altered."""
    return word.lower() in _vocabulary()


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(json.loads(tokenizer_json())["model"]["vocab"])
