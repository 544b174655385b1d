import gzip

import pytest
from fastapi.testclient import TestClient

from tests.fakes import ScriptedAssistant
from ui.frontend import _fetched, needed
from ui.page import FIRST_KINDS
from ui.server import create_app

pytestmark = pytest.mark.slow  # loads Gradio


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    feedback = tmp_path_factory.mktemp("index") / "feedback.jsonl"
    app = create_app(ScriptedAssistant([], {}), feedback=feedback, suggest=tuple)
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        yield client


def links(client):
    return [link.strip(" <").partition(">") for link in client.get("/").headers["link"].split(", ")]


def test_the_page_announces_the_files_it_needs_and_each_is_there(client):
    announced = links(client)
    assert len(announced) > 30
    for address, _, how in announced:
        assert client.get(address).status_code == 200, address
        assert ("modulepreload" in how) == (address.startswith("/assets/") and address.endswith(".js"))


def test_only_the_page_itself_announces(client):
    assert "link" not in client.get("/healthz").headers


def test_a_file_whose_name_holds_its_version_is_kept_for_good(client):
    for name in needed(FIRST_KINDS):
        assert "immutable" in client.get(f"/assets/{name}").headers["cache-control"]


def test_files_are_handed_out_compressed_to_who_can_read_it(client):
    name = next(name for name in needed(FIRST_KINDS) if name.startswith("core-"))
    with client.stream("GET", f"/assets/{name}", headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    plain = client.get(f"/assets/{name}", headers={"accept-encoding": "identity"}).content
    assert gzip.decompress(raw) == plain
    assert len(raw) < len(plain) / 2


@pytest.mark.parametrize("name", ["nothing.js", "..%2findex.html", "%2e%2e", "..%5cindex.html"])
def test_nothing_beside_those_files_is_handed_out(client, name):
    assert client.get(f"/assets/{name}").status_code in (403, 404)


def test_a_component_that_gradio_does_not_have_needs_nothing():
    assert needed(["no such kind"]) == needed([])
    assert set(needed(["dropdown"])) > set(needed([]))


def test_a_script_that_is_fetched_alone_brings_no_other():
    assert list(_fetched("x.css", r"x\.js", "import(`./x.js`),__vite__mapDeps([])")) == []
