"""What a folder yields, whatever lies in it."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus.folder as folder_module
from corpus import FileState, FolderMissing, Unreadable, file_hash, read, scan
from corpus.errors import NotGiven
from corpus.file import printable, read_bytes, unprintable


def paths(folder: Path) -> list[str]:
    return [file.path for file in scan(folder).files]


def reasons(folder: Path) -> dict[str, str]:
    return {failure.path: failure.reason for failure in scan(folder).failures}


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("An article about Baku. It has a text.\n", "utf-8")


def test_files_are_listed_with_their_subfolders_in_path_order(tmp_path: Path):
    write(tmp_path, "b.txt", "2023/05/a.md", "a.txt", "2023.txt")
    assert paths(tmp_path) == ["2023.txt", "2023/05/a.md", "a.txt", "b.txt"]
    file = scan(tmp_path).files[1]
    assert file.location == tmp_path / "2023" / "05" / "a.md"
    status = file.location.stat()
    assert (file.size, file.mtime_ns, file.ctime_ns) == (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def test_hidden_files_and_editors_leavings_are_passed_over_in_silence(tmp_path: Path):
    write(
        tmp_path, "a.txt", ".footnote/CURRENT", ".git/x.txt", ".hidden.txt", "a.txt~", ".a.txt.swp", "#a.txt#", "x.tmp",
        "y.html.part", "z.pdf.crdownload", "~$brief.docx", "Thumbs.db", ".DS_Store", "desktop.ini",
    )  # fmt: skip
    assert paths(tmp_path) == ["a.txt"]
    assert reasons(tmp_path) == {}


def test_the_parts_of_a_saved_page_are_no_articles(tmp_path: Path):
    write(tmp_path, "Baku.html", "Baku_files/ad.html", "Baku_files/style.css", "other_files/note.txt")
    assert paths(tmp_path) == ["Baku.html", "other_files/note.txt"]
    assert reasons(tmp_path) == {}


def test_a_suffix_without_a_reader_is_named_with_what_to_do(tmp_path: Path):
    write(tmp_path, "photo.xyz", "old.doc", "pack.zip", "README", "GOOD.TXT")
    assert paths(tmp_path) == ["GOOD.TXT"]
    found = reasons(tmp_path)
    assert found["photo.xyz"].startswith("no reader for .xyz; ")
    assert "save it as .docx" in found["old.doc"]
    assert "unpack it" in found["pack.zip"]
    assert ".txt" in found["README"]


@pytest.mark.parametrize("make", ["nothing", "file"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, make: str):
    folder = tmp_path / "articles"
    if make == "file":
        folder.write_text("x")
    with pytest.raises(FolderMissing, match="articles"):
        scan(folder)


def test_an_empty_folder_has_no_files_and_no_failures(tmp_path: Path):
    listing = scan(tmp_path)
    assert (listing.files, listing.failures, listing.unlisted) == ((), (), ())


def test_links_out_of_the_folder_are_refused(tmp_path: Path):
    outside = tmp_path / "outside"
    folder = tmp_path / "articles"
    write(outside, "secret.txt", "sub/deep.txt")
    write(folder, "a.txt")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "dir").symlink_to(outside)
    assert paths(folder) == ["a.txt"]
    assert all("out of the articles folder" in reason for reason in reasons(folder).values())
    assert set(reasons(folder)) == {"link.txt", "dir"}


def test_links_inside_are_not_read_twice_and_loops_are_not_followed(tmp_path: Path):
    write(tmp_path, "a.txt", "sub/b.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "other").symlink_to(tmp_path / "sub")
    assert paths(tmp_path) == ["a.txt", "sub/b.txt"]
    assert reasons(tmp_path) == {}


def test_a_link_to_a_hidden_file_is_named(tmp_path: Path):
    write(tmp_path, ".drafts/a.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / ".drafts" / "a.txt")
    assert paths(tmp_path) == []
    assert "a link to a hidden file" in reasons(tmp_path)["a.txt"]


def test_links_that_lead_nowhere_or_in_a_circle_are_named(tmp_path: Path):
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    assert paths(tmp_path) == []
    assert "circle" in reasons(tmp_path)["one.txt"]
    assert "nowhere" in reasons(tmp_path)["gone.txt"]


def test_a_folder_reached_through_a_link_is_scanned_as_its_target(tmp_path: Path):
    write(tmp_path / "real", "a.txt")
    (tmp_path / "articles").symlink_to(tmp_path / "real")
    assert paths(tmp_path / "articles") == ["a.txt"]


def refuse_to_list(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Forbid one folder: permissions alone do not hold back an administrator, who may run the tests."""
    true_scandir = os.scandir

    def scandir(path: str):
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied", str(path))
        return true_scandir(path)

    monkeypatch.setattr(os, "scandir", scandir)


def test_an_unreadable_subfolder_leaves_its_files_unknown_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path, "a.txt", "locked/b.txt")
    refuse_to_list(monkeypatch, "locked")
    listing = scan(tmp_path)
    assert [file.path for file in listing.files] == ["a.txt"]
    assert listing.unlisted == ("locked/",)
    assert not listing.knows("locked/b.txt")
    assert listing.knows("locked.txt")
    assert [failure.path for failure in listing.failures] == ["locked/"]
    assert "permission" in listing.failures[0].reason


def test_a_folder_that_may_not_be_listed_at_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    refuse_to_list(monkeypatch, tmp_path.name)
    with pytest.raises(FolderMissing, match="cannot be listed"):
        scan(tmp_path)


def test_a_folder_that_vanishes_before_it_is_listed_is_refused_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As a disk or a share that is taken away at this moment: an empty listing would drop every article."""
    write(tmp_path / "articles", "a.txt")
    true_run = folder_module._Walk.run

    def run(walk: folder_module._Walk):
        (tmp_path / "articles").rename(tmp_path / "elsewhere")
        return true_run(walk)

    monkeypatch.setattr(folder_module._Walk, "run", run)
    with pytest.raises(FolderMissing, match="No articles folder"):
        scan(tmp_path / "articles")


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_names_of_any_bytes_become_printable_paths_that_open_the_file(tmp_path: Path):
    names = [b"caf\xe9.txt", "café.txt".encode(), b"two\nlines.txt", b"back\\slash.txt", b"\xff\xfe.txt"]
    names += [b"bell\x07.txt", "right\u202eleft.txt".encode(), b"n" * 251 + b".txt"]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("Some words stand here.")
    files = scan(tmp_path).files
    assert len(files) == len(names) == len({file.path for file in files})
    for file in files:
        file.path.encode("utf-8")
        assert "\n" not in file.path
        assert "\x07" not in file.path
        assert os.fsencode(unprintable(file.path)) in names
        assert [type(outcome).__name__ for outcome in read(file)] == ["Article"]
    assert "caf\\xe9.txt" in [file.path for file in files]
    assert "two\\u000alines.txt" in [file.path for file in files]


@given(
    st.binary(min_size=1, max_size=40).map(os.fsdecode) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
)
def test_printable_names_are_unique_and_reversible(name: str):
    if any(
        0xD800 <= ord(character) < 0xDC80 or ord(character) > 0xDCFF
        for character in name
        if 0xD800 <= ord(character) <= 0xDFFF
    ):
        return  # no file system hands such halves out
    shown = printable(name)
    assert unprintable(shown) == name
    shown.encode("utf-8")
    assert shown.splitlines() == [shown]


def test_a_file_that_vanishes_before_it_is_read_is_a_failure(tmp_path: Path):
    write(tmp_path, "a.txt")
    (file,) = scan(tmp_path).files
    file.location.unlink()
    (outcome,) = read(file)
    assert outcome.path == "a.txt"
    assert "vanished" in outcome.reason
    with pytest.raises(Unreadable, match="vanished"):
        file_hash(file)


def test_a_file_swapped_for_a_link_is_not_followed(tmp_path: Path):
    write(tmp_path, "articles/a.txt", "secret.txt")
    (file,) = scan(tmp_path / "articles").files
    file.location.unlink()
    file.location.symlink_to(tmp_path / "secret.txt")
    (outcome,) = read(file)
    assert "link" in outcome.reason


def test_a_file_swapped_for_a_pipe_is_not_waited_for(tmp_path: Path):
    write(tmp_path, "a.txt")
    (file,) = scan(tmp_path).files
    file.location.unlink()
    os.mkfifo(file.location)
    (outcome,) = read(file)
    assert "not a regular file" in outcome.reason


@pytest.mark.skipif(sys.platform != "linux", reason="a file that opens and cannot be read")
def test_a_disk_that_fails_while_a_file_is_read_says_nothing_about_the_file():
    file = FileState("a.txt", "/proc/self/mem", 1, 1, 1)
    for reading in (read_bytes, file_hash):
        with pytest.raises(NotGiven, match="check the disk and try again"):
            reading(file)


@pytest.mark.skipif(sys.platform != "linux", reason="a file of more bytes than it states")
def test_a_file_that_grows_while_it_is_read_is_held_to_the_limit():
    with pytest.raises(Unreadable, match="grew over the limit"):
        read_bytes(FileState("a.txt", "/proc/self/maps", 1, 1, 1), limit=100)


def test_pipes_and_sockets_are_named_and_never_opened(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "plug.txt"))
        assert set(reasons(tmp_path)) == {"pipe.txt", "plug.txt"}
    assert paths(tmp_path) == []


def test_case_only_differences_are_different_files(tmp_path: Path):
    write(tmp_path, "a.txt", "A.txt")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this disk does not tell them apart")
    assert paths(tmp_path) == ["A.txt", "a.txt"]


def test_the_hash_is_of_the_content(tmp_path: Path):
    data = os.urandom(3_000_000)
    (tmp_path / "a.txt").write_bytes(data)
    (file,) = scan(tmp_path).files
    assert file_hash(file) == hashlib.sha256(data).hexdigest()


def test_no_reader_at_all_is_a_failure_not_an_error(tmp_path: Path):
    write(tmp_path, "a.xyz")
    (outcome,) = read(FileState("a.xyz", str(tmp_path / "a.xyz"), 1, 1, 1))
    assert "no reader" in outcome.reason


def test_deep_folders_do_not_exhaust_the_stack(tmp_path: Path):
    deep = tmp_path
    for _ in range(400):
        deep = deep / "d"
    deep.mkdir(parents=True)
    write(deep, "a.txt")
    assert paths(tmp_path) == ["d/" * 400 + "a.txt"]
