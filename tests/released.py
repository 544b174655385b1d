"""Makes the small index that `test_index_released.py` holds of each format: `python -m tests.released`.

Run it once for every format that is released, in a checkout of that release, and keep the archive for good.
"""

from __future__ import annotations

import io
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import NewsIndex
from tests.fakes import WithParts

DATA = Path(__file__).parent / "data"

ARTICLES = {
    "bridge.md": "---\ntitle: Zebra Bridge opens\noutlet: Port Daily\ndate: 2024-05-03\n---\n"
    "The king opened Zebra Bridge on Friday. It cost 210 million kroner, the mayor said.\n",
    "harbour.md": "---\ntitle: Harbour to grow\noutlet: Coast Post\nauthor: Ada Berg\ndate: 2024-06-11\n---\n"
    + "The harbour of Vell handles 40% of the country's timber exports. " * 40
    + "A second quay is planned for 2027, the ministry of trade said.\n",
    "reprint.txt": "Zebra Bridge opens\n\nThe king opened Zebra Bridge on Friday. "
    "It cost 210 million kroner, the mayor said.\n",
    "broken.json": '{"title": "No end"',
}


class LetterEncoder:
    """Counts pairs of letters in 32 places; the encoder of the archived indexes, never to be changed."""

    name = "letters-1"
    dimension = 32

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for at in range(len(text) - 1):
                vectors[row, zlib.crc32(text[at : at + 2].lower().encode()) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class LetterPartEncoder(WithParts, LetterEncoder):
    """Gives a text's sentences along with it, as the bundled encoder does."""


def written(folder: Path) -> Path:
    """Write the articles into a folder that is made for them."""
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def archive(path: Path) -> None:
    """Index the articles as this checkout does, and pack the index directory."""
    with tempfile.TemporaryDirectory() as folder:
        articles, index = written(Path(folder) / "articles"), Path(folder) / "index"
        news_index = NewsIndex.open(index, encoder=LetterPartEncoder())
        news_index.build(articles)
        news_index.close()
        with tarfile.open(path, "w:xz", preset=9) as packed:
            for file in sorted(index.rglob("*")):
                if file.is_file():
                    entry = tarfile.TarInfo(str(file.relative_to(index)))
                    entry.size = file.stat().st_size
                    packed.addfile(entry, io.BytesIO(file.read_bytes()))


if __name__ == "__main__":
    path = Path(sys.argv[1])
    archive(path)
    print(f"{path}: {path.stat().st_size / 1000:.0f} KB")
