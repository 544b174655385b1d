"""Every footnote command of the docs is typed as it stands there, page by page, in order, over a folder of articles.

What would go on for ever (a page, tools, a watch) is taken up to where it begins to wait; test_ui_chat_command.py,
test_ui_mcp.py and test_ui_cli.py have the real processes. Public hosts, which tests do not reach, are stood in for.
"""

import re
import shlex
import shutil
import threading
from pathlib import Path

import pytest

from assistant.settings import starter_articles
from index import NewsIndex
from tests.reference import PAGE as REFERENCE
from tests.reference import page as reference
from tests.test_corpus_documents import pdf
from ui.cli import main
from ui.statuses import ANSWERED, FAILED, WRONG_USE

pytestmark = pytest.mark.slow  # a Chroma server, and the real encoder

ROOT = Path(__file__).resolve().parents[1]
BRIDGE = (
    "---\ntitle: The bridge is open\noutlet: Port Daily\ndate: 2024-05-03\n---\nThe king opened the bridge on Friday.\n"
)
SET = '{"id": "1", "question": "Who opened the bridge?", "answers": ["the king"], "article": "bridge.md"}\n'
NOT_HERE = {
    "gguf:/path/to/model.gguf": (WRONG_USE, "/path/to/model.gguf"),
    "index --encoder openai:": (FAILED, "http://127.0.0.1:9"),
    "models --model openai:": (FAILED, "http://127.0.0.1:9"),
    "models": (ANSWERED, ""),
}
"""What the examples name and this machine lacks: a model's file, a server. Each is told in one line."""


def commands(page):
    """Return the footnote commands of a page as words, with the settings before them."""
    found = []
    for body in re.findall(r"^```sh\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for line in body.splitlines():
            words = shlex.split(line.split(" #")[0])
            settings = [words.pop(0) for _ in list(words) if re.match(r"[A-Z_]+=", words[0])]
            if words and words[0].endswith("footnote"):
                found.append((dict(one.split("=", 1) for one in settings), words[1:]))
    return found


@pytest.fixture
def begun(elsewhere, loaded_once, monkeypatch):
    """A folder with articles and the files that the examples name; the value lists what began to wait."""
    shutil.copytree(starter_articles(), elsewhere / "articles")
    (elsewhere / "articles" / "bridge.md").write_text(BRIDGE)
    (elsewhere / "report.pdf").write_bytes(pdf(["A report on the ferry", "The ferry is slow, said the captain of it."]))
    (elsewhere / "SET.jsonl").write_text(SET)
    begun = []
    monkeypatch.setattr("ui.server.serve", lambda *_, host, **__: begun.append(host))
    monkeypatch.setattr("ui.tools_server.serve_tools", lambda _: begun.append("tools"))
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")

    def watch(_index, _folder, stop, _tell, **_):
        if threading.current_thread() is threading.main_thread():
            begun.append("watch")
            raise KeyboardInterrupt
        stop.wait()

    monkeypatch.setattr(NewsIndex, "watch", watch)
    monkeypatch.setattr("corpus.fetch.fetch", fetched)
    return begun


def fetched(url, *, into, **_):
    path = into / "story.html"
    path.write_text("<html><title>A story</title><article><p>A story of a tunnel, told at length.</p></article></html>")
    return path


@pytest.mark.parametrize("page", ["README.md", "docs/keeping.md", "docs/models.md", "docs/serving.md"])
def test_every_command_of_the_page_does_what_it_says(page, begun, request, capsys, monkeypatch):
    tokens, typed = [], commands(page)
    assert typed
    for settings, words in typed:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        line = "\n".join(words)
        line = line.replace("DIR", "articles").replace("/srv/news", "articles")
        line = re.sub(r"@(URL|http://127\.0\.0\.1:\d+/v1)", "@http://127.0.0.1:9/v1", line)
        if "--vectors" in words:
            line = re.sub(r"(?<=--vectors\n)\S+", request.getfixturevalue("chroma").url, line)
        if tokens:
            line = line.replace("--revoke\nID", f"--revoke\n{tokens[0]}")
        status = main(line.split("\n"))
        out, err = capsys.readouterr()
        shown = f"{' '.join(words)}\n{out}{err}"
        expected, says = next((how for what, how in NOT_HERE.items() if what in " ".join(words)), (ANSWERED, ""))
        assert status == expected, shown
        assert says in err, shown
        if words[0] == "ask" and status == ANSWERED:
            assert "[1]" in out, shown
        tokens += re.findall(r"--revoke (\w+)", err)
        for name in settings:
            monkeypatch.delenv(name)
    assert len(begun) == sum(words[0] in ("chat", "serve-mcp") or "--watch" in words for _, words in typed)


def test_the_reference_is_what_help_says():
    assert REFERENCE.read_text("utf-8") == reference(), "make commands"
