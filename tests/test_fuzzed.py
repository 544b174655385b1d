"""What `make fuzz` reads a model's answers with is run here too, so that it keeps up with what it tries."""

from pathlib import Path

import pytest

from corpus.errors import Unreadable
from corpus.file import FileState
from tests.fuzz_grammars import GROUNDS
from tests.fuzzed import read_markers


def test_an_answer_in_pieces_is_the_answer_as_a_whole(tmp_path: Path) -> None:
    written = tmp_path / "a.markers"
    written.write_bytes(GROUNDS["markers"][0])
    there = written.stat()
    file = FileState("a.markers", str(written), there.st_size, there.st_mtime_ns, there.st_ctime_ns)
    with pytest.raises(Unreadable, match=r"^[1-9]\d* sentences"):
        list(read_markers(file))
