"""Files are read in a process of its own: whatever one does to its parser, the next one is read."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import Article, Failure, FileState, read, scan
from corpus.article import Interruption
from corpus.reading import read_here
from corpus.sandbox import Sandbox
from corpus.wire import BadFrame, pack, read_frame
from tests.test_corpus_documents import pdf, repacked, word

ROOT = Path(__file__).resolve().parents[1]
BODY = "The minister arrived in Baku on Tuesday, his office said in a statement. He met the president. " * 3
PAGE = f"<html><head><title>Talks in Baku</title></head><body><article><h1>Talks in Baku</h1><p>{BODY}</p>"
PATIENCE_S = 20.0

pytestmark = pytest.mark.slow  # processes that are killed


@pytest.fixture(scope="module")
def strange() -> Iterator[Sandbox]:
    """A sandbox with the strange readers, little memory and little patience."""
    sandbox = Sandbox(seconds=3.0, memory_bytes=400_000_000, program="tests.strange_readers")
    yield sandbox
    sandbox.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., FileState]:
    def written(name: str, content: str | bytes = b"x") -> FileState:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return FileState(name, str(path), path.stat().st_size, 0, 0)

    return written


def outcomes(sandbox: Sandbox, file: FileState) -> list[Article | Failure]:
    return list(sandbox.read(file))


def pid(sandbox: Sandbox, write: Callable[..., FileState]) -> int:
    """Return which process the sandbox reads with."""
    (found,) = outcomes(sandbox, write("a.spy"))
    assert isinstance(found, Article)
    return int(found.text.split()[0])


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        with open(f"/proc/{process}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(true: Callable[[], bool]) -> bool:
    """Return whether something comes true before patience ends."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_what_comes_out_of_the_sandbox_is_what_the_reader_yields(write):
    records = [
        {"title": "Söhne", "body": BODY, "date": "2023-05-03"},
        {"no": "text"},
        {"body": BODY, "url": "http://a.b/c"},
    ]
    files = [
        write("a.html", PAGE),
        write("a.jsonl", "\n".join(map(json.dumps, records)) + "\n{"),
        write("a.pdf", pdf(BODY.split(". "))),
        write("a.docx", word(BODY, author="Jane Doe")),
        write("a.xml", "<rss><channel><item><title>T</title><description>The words.</description></item></rss>"),
        write("b.xml", "<opml/>"),
        write("gone.html"),
    ]
    files[-1].location.unlink()
    for file in files:
        found = list(read(file))
        assert found == list(read_here(file))
        assert [type(one) for one in found] == [type(one) for one in read_here(file)]
    assert isinstance(found[-1], Interruption)


def test_short_texts_need_no_process_and_long_ones_do(write, tmp_path):
    code = (
        "import sys, corpus.sandbox as s; from pathlib import Path; from corpus import read, scan\n"
        "print([len(list(read(file))) + len(s.SANDBOX._kept) for file in scan(Path(sys.argv[1])).files])"
    )
    write("a.md", BODY)
    write("b.txt", BODY)
    write("c.txt", BODY * 1000)
    run = [sys.executable, "-c", code, str(tmp_path)]
    assert subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=True).stdout == "[1, 1, 2]\n"


def test_one_process_reads_many_files(strange, write, messy):
    first = pid(strange, write)
    for file in scan(messy / "feeds").files[:50]:
        assert outcomes(strange, file)
    assert pid(strange, write) == first


def test_the_memory_of_the_one_who_asks_does_not_count(strange, write):
    strange.close()
    ballast = b"x" * 300_000_000
    first = pid(strange, write)
    assert pid(strange, write) == first
    assert len(ballast) == 300_000_000


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("a.sleeper", "not read within 3 s"),
        ("a.holder", "not read within 3 s"),
        ("a.hoarder", "needs more than 400 MB of memory"),
        ("a.faller", "its reader crashed, signal 11, SIGSEGV"),
        ("a.blunderer", "its reader failed (KeyError: 'a page of\\ntwo lines' in strange_readers.py, line"),
    ],
)
def test_a_reader_that_hangs_hoards_or_falls_costs_its_file_one_line(strange, write, name, because):
    *before, last = outcomes(strange, write(name))
    assert type(last) is Failure
    assert last.path == name
    assert last.reason.startswith(because)
    assert last.reason.endswith("save its text as .txt")
    assert len(last.reason.splitlines()) == 1
    assert [one.text for one in before if isinstance(one, Article)] == {
        "a.faller": ["The minister arrived.", "The minister left."],
        "a.blunderer": ["The minister arrived."],
    }.get(name, [])
    (after,) = outcomes(strange, write("b.txt", BODY))
    assert isinstance(after, Article)


def test_a_process_killed_by_somebody_else_says_nothing_about_the_file(strange, write):
    first, last = outcomes(strange, write("a.victim"))
    assert isinstance(first, Article)
    assert isinstance(last, Interruption)
    assert "from outside, signal 9, SIGKILL; run the same command again" in last.reason


def test_a_process_killed_while_it_waits_is_not_missed(strange, write):
    first = pid(strange, write)
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: not is_alive(first))
    assert pid(strange, write) != first


def test_a_process_that_waits_in_vain_ends(write):
    sandbox = Sandbox(idle_seconds=0.2, program="tests.strange_readers")
    first = pid(sandbox, write)
    assert soon(lambda: not is_alive(first))
    assert pid(sandbox, write) != first
    sandbox.close()


def test_closing_ends_what_waits_and_the_next_file_starts_anew(write):
    sandbox = Sandbox(program="tests.strange_readers")
    first = pid(sandbox, write)
    sandbox.close()
    assert not is_alive(first)
    assert pid(sandbox, write) != first
    sandbox.close()


@pytest.mark.parametrize("doing", ["a.spy", "a.sleeper", "a.holder"])
def test_when_the_one_who_asked_is_killed_nobody_is_left(write, doing):
    """Waiting for a file, in one, and in one that lets no thread of the process come to word."""
    code = (
        "import sys, threading; from corpus import FileState; from corpus.sandbox import Sandbox\n"
        "s = Sandbox(seconds=1.0, program='tests.strange_readers')\n"
        "print(next(s.read(FileState('a.spy', sys.argv[1], 1, 0, 0))).text.split()[0], flush=True)\n"
        "list(s.read(FileState('b', sys.argv[2], 1, 0, 0)))\n"
        "threading.Event().wait()"
    )
    run = [sys.executable, "-c", code, write("a.spy").place, write(doing).place]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert is_alive(child)
        time.sleep(0.3)
        parent.kill()
    assert soon(lambda: not is_alive(child))


def test_threads_read_at_the_same_time(strange, write):
    files = [write(f"{number}.html", PAGE.replace("Talks", f"Talks {number}")) for number in range(12)]
    found: dict[str, list[Article | Failure]] = {}

    def take(some: list[FileState]) -> None:
        for file in some:
            found[file.path] = outcomes(strange, file)

    threads = [threading.Thread(target=take, args=(files[start::3],)) for start in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    titles = {path: one.title for path, (one,) in found.items() if isinstance(one, Article)}
    assert titles == {f"{number}.html": f"Talks {number} in Baku" for number in range(12)}


def test_two_files_read_in_turns_do_not_wait_for_each_other(strange, write):
    lines = "".join(json.dumps({"title": f"Talks {number}", "body": BODY}) + "\n" for number in range(40))
    one, other = strange.read(write("a.jsonl", lines)), strange.read(write("b.jsonl", lines))
    assert [(first.title, second.title) for first, second in zip(one, other, strict=True)] == [
        (f"Talks {number}", f"Talks {number}") for number in range(40)
    ]


def test_a_reading_that_is_given_up_leaves_no_process_behind(strange, write):
    process = pid(strange, write)
    reading = strange.read(write("a.jsonl", (json.dumps({"title": "T", "body": BODY}) + "\n") * 20_000))
    next(reading)
    reading.close()
    assert not is_alive(process)


def test_the_process_sees_neither_files_nor_secrets_of_the_one_who_asked(strange, write, monkeypatch, tmp_path):
    strange.close()
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with open(tmp_path / "open", "wb") as stream:
        os.set_inheritable(stream.fileno(), True)
        (found,) = outcomes(strange, write("a.spy"))
    assert isinstance(found, Article)
    _, descriptors, *rest = found.text.split()
    assert int(descriptors) <= 5  # its three, the way back and the orders
    assert "OPENAI_API_KEY" not in found.text
    assert rest[-1] == "False"  # nothing is imported from the current folder


def test_what_a_library_prints_does_not_get_between(strange, write):
    (found,) = outcomes(strange, write("a.printer"))
    assert isinstance(found, Article)


GOOD = {"id": "0" * 16, "title": "T", "published_origin": "unknown", "text": "The words.", "path": "a"}


@pytest.mark.parametrize(
    "lie",
    [
        {"text": 1},
        {"text": ""},
        {"title": None},
        {"title": " "},
        {"title": "\ud800"},
        {"outlet": ["x"]},
        {"id": "../../etc"},
        {"published": "yesterday", "published_origin": "meta"},
        {"published_origin": "heaven"},
        {"kind": "surprise"},
    ],
)
def test_what_is_no_article_is_not_believed(strange, write, lie):
    (found,) = outcomes(strange, write("a.liar", repr({**GOOD, **lie})))
    assert isinstance(found, Failure)
    assert found.path == "a.liar"


@pytest.mark.parametrize("body", [b"{", b"[]", b"[" * 100_000, b"\xff"])
def test_bytes_that_are_no_frame_are_not_believed(body):
    with pytest.raises(BadFrame):
        read_frame(io.BytesIO(len(body).to_bytes(4, "big") + body))


def test_a_frame_that_is_cut_off_is_the_end():
    whole = pack({"kind": "done"})
    assert [read_frame(io.BytesIO(whole[:length])) for length in range(len(whole))] == [None] * len(whole)
    assert read_frame(io.BytesIO(whole)) == {"kind": "done"}


def test_the_path_is_the_one_that_was_asked_for(strange, write):
    (found,) = outcomes(strange, write("a.liar", repr({**GOOD, "path": "../../other"})))
    assert isinstance(found, Article)
    assert found.path == "a.liar"


@pytest.mark.parametrize("program", ["tests.no_such_module", "this"])  # the second prints a poem and does nothing
def test_where_no_process_starts_the_file_is_tried_again_later(write, program):
    (found,) = Sandbox(program=program).read(write("a.html", PAGE))
    assert isinstance(found, Interruption)
    assert "could be started (it ends at once, exit status 1)" in found.reason


def test_names_that_are_no_utf8_are_read(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_text(PAGE)
    (file,) = scan(tmp_path).files
    (found,) = read(file)
    assert isinstance(found, Article)
    assert found.path == "caf\\xe9.html"


# Bombs, each a file that somebody could be sent. All limits are those of the product, but for patience.

BILLION = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol">{BILLION}]>'
FEED = "<rss><channel><item><title>T</title><description>{}</description></item></channel></rss>"


def swollen_pdf() -> bytes:
    """A page whose drawing unpacks from 150 KB to 150 MB."""
    squeezer = zlib.compressobj(9)
    packed = b"".join(squeezer.compress(b" " * 1_000_000) for _ in range(150)) + squeezer.flush()
    head, _, rest = pdf(["x"]).partition(b"<< /Length")
    drawing = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    return head + drawing + rest


def circling_pdf() -> bytes:
    """Pages whose parents and children are each other."""
    return pdf(["x"], ["y"]).replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]").replace(b"/Parent 2", b"/Parent 4")


def deep_pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"]" * 100_000 + b"\nendobj\ntrailer << /Root 1 0 R >>"


BOMBS: dict[str, Callable[[], str | bytes]] = {
    "60 MB.docx": lambda: repacked(word("x"), word_document_xml=b" " * 60_000_000),
    "entities.docx": lambda: repacked(word("x"), word_document_xml=f"{LAUGHS}<rss>&j;</rss>".encode()),
    "laughs.xml": lambda: LAUGHS + FEED.format("&j;"),
    "one entity.xml": lambda: f'<!DOCTYPE rss [<!ENTITY a "{"ha" * 50_000}">]>' + FEED.format("&a;" * 50_000),
    "deep.xml": lambda: FEED.format("<b>" * 100_000 + "words"),
    "swollen.pdf": swollen_pdf,
    "circling.pdf": circling_pdf,
    "deep.pdf": deep_pdf,
    "deep.html": lambda: "<div>" * 100_000 + BODY,
    "deep spans.html": lambda: "<html><body>" + "<span><b>" * 50_000 + BODY,
    "wide.html": lambda: "<html><body>" + "<p>a" * 15_000,
    "attributes.html": lambda: "<body><p " + " ".join(f"a{number}" for number in range(25_000)) + f">{BODY}",
    "blanks and dates.html": lambda: f"{PAGE}<div class=date>{'1 ' * 50_000}</div><time>{' -' * 50_000}</time>",
    "names.html": lambda: f'<meta name=author content="{"By A. B, and " * 20_000}">{PAGE}',
    "deep.json": lambda: "[" * 100_000 + "]" * 100_000,
    "deep object.json": lambda: '{"a":' * 100_000 + "1" + "}" * 100_000,
    "deep markup.json": lambda: json.dumps({"title": "T", "body": "<div>" * 100_000 + BODY}),
    "long number.jsonl": lambda: '{"title": "T", "body": ' + "9" * 100_000 + "}",
    "brackets.md": lambda: "![a](" * 10_000,
}


@pytest.fixture(scope="module")
def hurried() -> Iterator[Sandbox]:
    sandbox = Sandbox(seconds=5.0)
    yield sandbox
    sandbox.close()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_file_that_is_not_read_or_is_read_within_limits(hurried, write, name):
    content = BOMBS[name]()
    found = outcomes(hurried, write(name, content))
    assert found
    for one in found:
        assert one.path == name
        assert isinstance(one, Article) or len(one.reason.splitlines()) == 1
        assert not isinstance(one, Interruption)
        assert len(one.text if isinstance(one, Article) else one.reason) <= len(content)
