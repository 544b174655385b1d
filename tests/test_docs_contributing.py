"""docs/contributing.md is followed to the letter: a new reader, another encoder, a notebook, llama-index."""

import asyncio
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # processes, and the real encoder

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "contributing.md").read_text("utf-8")
BRIDGE = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0]
HEAD = 'From: "Port Daily" <news@port.example>\nSubject: Zebra Bridge opens\nDate: Fri, 03 May 2024 08:00:00 +0200\n'
MAIL = f"{HEAD}\n{BRIDGE.rpartition('---')[2]}"


def code(section: str) -> list[str]:
    """Return the Python of a section, block by block, without the indent of a list."""
    text = re.split(rf"^## {section}\n", PAGE, flags=re.MULTILINE)[1].split("\n## ")[0]
    return [
        textwrap.dedent(block) for block in re.findall(r"^ *```python\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    ]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The four packages, to be changed as the page says."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("assistant", "corpus", "index", "ui"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "corpus_files.py", folder / "tests")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(folder, *words):
    return subprocess.run([sys.executable, "-m", *words], cwd=folder, capture_output=True, text=True, timeout=120)


def insert(path: Path, *, before: str, text: str) -> None:
    old = path.read_text("utf-8")
    assert old.count(before) == 1, before
    path.write_text(old.replace(before, text + before), "utf-8")


def test_a_new_reader_is_a_page_of_code_and_two_lines(checkout):
    reader, imported, registered, test = code("Add a reader for a new format")
    assert reader.count("\n") < 40
    (checkout / "corpus" / "readers" / "mail.py").write_text(reader)
    reading = checkout / "corpus" / "reading.py"
    insert(reading, before="from corpus.readers.markdown import", text=imported)
    insert(reading, before='        ".feed": read_feed,\n', text=textwrap.indent(registered, " " * 8))
    (checkout / "tests" / "test_corpus_mail.py").write_text(test)
    checked = run(checkout, "ruff", "check", "corpus", "tests/test_corpus_mail.py")
    assert checked.returncode == 0, checked.stdout
    tested = run(checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_corpus_mail.py")
    assert "2 passed" in tested.stdout, tested.stdout

    articles = checkout / "mails"
    articles.mkdir()
    (articles / "bridge.eml").write_text(MAIL)
    (articles / "page.eml").write_text(MAIL.replace("Date:", "Content-Type: text/html\nDate:"))
    asked = run(checkout, "ui", "ask", "What did Zebra Bridge cost?", "--articles", "mails")
    assert asked.returncode == 0, asked.stderr
    assert "210 million kroner" in asked.stdout
    assert "Zebra Bridge opens (Port Daily, 3 May 2024)" in asked.stdout
    assert "page.eml: no plain text in this mail" in run(checkout, "ui", "index", "--articles", "mails").stderr


def test_another_encoder_takes_its_place(checkout):
    module, used, named = code("Swap the encoder")
    (checkout / "index" / "trigrams.py").write_text(module)
    checked = run(checkout, "ruff", "check", "index/trigrams.py")
    assert checked.returncode == 0, checked.stdout
    insert(
        checkout / "index" / "encoder.py",
        before='    if name.startswith("openai:"):\n',
        text=textwrap.indent(named, " " * 4),
    )
    (checkout / "articles").mkdir()
    (checkout / "articles" / "bridge.md").write_text(BRIDGE)
    (checkout / "use.py").write_text(used)
    done = run(checkout, "use")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 passages encoded\n")
    assert "The king opened Zebra Bridge on Friday. [1]" in done.stdout

    indexed = run(checkout, "ui", "index", "--encoder", "trigrams", "--index", "trigrams", "--articles", "articles")
    assert "1 unchanged; 1 passages, 0 encoded" in indexed.stderr
    other = run(checkout, "ui", "ask", "Who opened it?", "--index", "trigrams", "--articles", "articles")
    assert "was made by trigrams@1" in other.stderr


@pytest.fixture
def articles(elsewhere):
    (elsewhere / "articles").mkdir()
    (elsewhere / "articles" / "bridge.md").write_text(BRIDGE)


def test_a_notebook_runs_it_in_its_own_loop(articles, capsys):
    cells: dict[str, object] = {}

    async def notebook():  # Jupyter runs a cell while a loop is running
        for cell in code("Use it from a notebook"):
            exec(compile(cell, "contributing.md", "exec"), cells)

    asyncio.run(notebook())
    printed = capsys.readouterr().out
    assert "The king opened Zebra Bridge on Friday. [1]" in printed
    assert cells["quotes"]["headline"].tolist() == ["Zebra Bridge opens"] * len(cells["quotes"])
    assert "210 million kroner" in cells["so_far"].text


def test_llama_index_finds_it_asks_it_and_borrows_its_encoder(articles, capsys):
    from assistant import Assistant

    Assistant.open("articles").news_index.close()
    space: dict[str, object] = {}
    blocks = code("From llama-index")
    assert len(blocks) == 4
    for block in blocks:
        exec(compile(block, "contributing.md", "exec"), space)
    printed = capsys.readouterr().out
    assert space["node"].metadata["outlet"] == "Port Daily"
    assert "['Zebra Bridge opens']" in printed
    assert "The king opened Zebra Bridge on Friday. [1]" in printed
    assert printed.rstrip().endswith("384")
