"""--vectors on the command line, in the settings, in Python and under a running server."""

import httpx
import pytest

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.settings import Secret, Settings, load
from index import NewsIndex
from index.errors import IndexMismatch
from tests.browsing import served
from tests.chroma import gate_before
from tests.fakes import CountingEncoder
from ui.cli import main
from ui.statuses import ANSWERED, FAILED, WRONG_USE

QUESTION = "Who opened the bridge?"
SECRET = "Bearer s3cr3t-t0ken"


@pytest.fixture
def articles(elsewhere):
    (elsewhere / "articles").mkdir()
    (elsewhere / "articles" / "bridge.md").write_text("---\ntitle: A bridge\n---\nThe bridge was opened by the king.\n")
    return elsewhere / "articles"


def test_the_commands_work_over_a_server_and_say_where_the_vectors_are(articles, chroma, capsys, monkeypatch):
    assert main(["index", "--vectors", chroma.url]) == ANSWERED
    assert main(["ask", QUESTION, "--vectors", chroma.url]) == ANSWERED
    assert "opened by the king" in capsys.readouterr().out
    assert main(["ask", QUESTION]) == FAILED
    said = capsys.readouterr().err
    assert f"Name it with --vectors {chroma.url}" in said
    assert said.count("\n") == 1

    monkeypatch.setenv("FOOTNOTE_VECTORS", chroma.url)
    assert main(["search", "bridge"]) == ANSWERED
    assert main(["check"]) == ANSWERED
    monkeypatch.delenv("FOOTNOTE_VECTORS")
    (articles.parent / "footnote.toml").write_text(f'vectors = "{chroma.url}"\n')
    assert Assistant.open().ask(QUESTION).citations
    with pytest.raises(IndexMismatch, match="--vectors local"):
        Assistant.open(vectors="local")

    capsys.readouterr()
    assert main(["index", "--vectors", "local"]) == ANSWERED
    said = capsys.readouterr().err
    assert "0 encoded" in said
    assert f"- {chroma.url}: still has the collection footnote-" in said
    assert Assistant.open(vectors="local").ask(QUESTION).citations


def test_headers_are_passed_on_and_shown_nowhere(articles, chroma, capsys, monkeypatch):
    with gate_before(chroma, SECRET) as gate:
        monkeypatch.setenv("FOOTNOTE_VECTORS", f"http://{gate.address}")
        monkeypatch.setenv("FOOTNOTE_VECTORS_HEADERS", "authorization: Bearer wr0ng-t0ken")
        assert main(["index"]) == FAILED
        assert "did not let us in (status 401)" in capsys.readouterr().err
        monkeypatch.setenv("FOOTNOTE_VECTORS_HEADERS", f"X-Team: press\nAuthorization: {SECRET}")
        assert main(["index"]) == ANSWERED
        assert main(["ask", QUESTION, "--json"]) == ANSWERED
        shown = capsys.readouterr()
        assert "s3cr3t" not in shown.out + shown.err
    for place in (articles / ".footnote").rglob("*"):
        assert place.is_dir() or b"s3cr3t" not in place.read_bytes()


def test_a_secret_is_never_printed(elsewhere):
    settings = load({}, environ={"FOOTNOTE_VECTORS_HEADERS": f"Authorization: {SECRET}\n\nX-Team:press "})
    assert settings.headers() == {"Authorization": SECRET, "X-Team": "press"}
    assert "s3cr3t" not in repr(settings) + str(settings) + f"{settings.vectors_headers}"
    assert "vectors_headers=***" in repr(settings)
    assert Settings().headers() == {}
    assert repr(Secret()) == "''"


@pytest.mark.parametrize("lines", ["s3cr3t", "Name: x\ns3cr3t", ": s3cr3t"])
def test_what_is_no_header_is_refused_and_not_repeated(lines, elsewhere, capsys, monkeypatch):
    monkeypatch.setenv("FOOTNOTE_VECTORS_HEADERS", lines)
    with pytest.raises(SettingsError, match=r"FOOTNOTE_VECTORS_HEADERS has a line that is no header"):
        load().headers()
    assert main(["articles", "--vectors", "http://127.0.0.1:1"]) == WRONG_USE
    assert "s3cr3t" not in capsys.readouterr().err


def test_headers_in_the_file_are_a_text(elsewhere):
    (elsewhere / "footnote.toml").write_text('vectors_headers = ["s3cr3t"]\n')
    with pytest.raises(SettingsError, match=r"vectors_headers in footnote.toml is no text") as error:
        load()
    assert "s3cr3t" not in str(error.value)


def test_a_server_that_answers_people_goes_on_when_chroma_is_back(articles, chroma):
    news_index = NewsIndex.open(articles / ".footnote", encoder=CountingEncoder(), vectors=chroma.url)
    news_index.build(articles)
    with served(Assistant(news_index)) as address, httpx.Client(base_url=address, timeout=60) as client:
        assert client.post("/api/ask", json={"question": QUESTION}).json()["answered"]
        chroma.stop()
        try:
            refused = client.post("/api/ask", json={"question": QUESTION})
            assert refused.status_code == 503
            assert refused.json() == {
                "error": f"No Chroma server answers at {chroma.url}. Start it, or name another with --vectors."
            }
            assert client.get("/api/search", params={"question": "bridge"}).status_code == 503
            assert client.get("/api/articles").json()[0]["title"] == "A bridge"
        finally:
            chroma.start()
        assert client.post("/api/ask", json={"question": QUESTION}).json()["answered"]
