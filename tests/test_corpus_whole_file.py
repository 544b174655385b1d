"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import stat

import pytest

from corpus import scan
from corpus.whole_file import written_whole


def test_a_file_is_as_it_was_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with written_whole(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("ending", [ValueError, KeyboardInterrupt])
def test_a_writing_that_breaks_off_leaves_the_old_file_and_nothing_beside_it(tmp_path, ending):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def break_off():
        with written_whole(path) as stream:
            stream.write(b"half")
            raise ending

    with pytest.raises(ending):
        break_off()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_disk_without_room_leaves_no_half_of_a_file(tmp_path):
    def fill():
        with written_whole(tmp_path / "a.txt") as stream:
            stream.write(b"x" * 100_000)

    before, handled = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            fill()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)
    assert os.listdir(tmp_path) == []


def test_what_is_being_written_is_no_article_yet(tmp_path):
    with written_whole(tmp_path / "a.txt") as stream:
        stream.write(b"The ship sailed.")
        stream.flush()
        assert (scan(tmp_path).files, scan(tmp_path).failures) == ((), ())
    assert [one.path for one in scan(tmp_path).files] == ["a.txt"]


def test_two_writers_of_one_file_do_not_mix(tmp_path):
    path = tmp_path / "a.txt"
    with written_whole(path) as one, written_whole(path) as other:
        one.write(b"one")
        other.write(b"other")
    assert path.read_bytes() == b"one"  # which ended last
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_file_may_be_kept_from_others_from_its_first_byte_on(tmp_path):
    with written_whole(tmp_path / "secret", mode=0o600) as stream:
        (part,) = tmp_path.iterdir()
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        stream.write(b"token")
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_the_longest_name_that_the_system_takes_can_be_written(tmp_path):
    name = "ä" * 126
    with written_whole(tmp_path / name) as stream:
        stream.write(b"x")
    assert os.listdir(tmp_path) == [name]
