"""An index whose vectors are in a Chroma server, a real one: the same answers, and what goes wrong between the two."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import traceback
from datetime import date

import numpy as np
import pytest

import index.build
from index import NewsIndex
from index.chroma_server import ChromaServer
from index.errors import CollectionMissing, IndexMismatch, VectorsUnavailable
from index.generation import open_current
from index.server_collections import unneeded
from index.server_vectors import ServerVectors
from index.vector_place import VectorPlace
from tests.chroma import Gate, gate_before, own_certificate
from tests.fakes import CountingEncoder

SHIPS = 40
SECRET = "Bearer s3cr3t-t0ken"
QUESTIONS = ("ship sailed to port 77", "oil 3", "ship number 5", "cargo of oil for the port", "nothing of the kind")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    for number in range(SHIPS):
        write(tmp_path / "articles", number)
    return tmp_path / "articles"


def write(folder, number, more=""):
    outlet, day = "Port Daily" if number % 2 else "Sea Post", 1 + number % 28
    front = f"title: Ship {number}\noutlet: {outlet}\npublished: 2023-01-{day:02}"
    text = f"Ship number {number} sailed to port {number * 7} with oil {number % 5}. {more}"
    (folder / f"{number}.md").write_text(f"---\n{front}\n---\n{text}\n")


def at(path, place=None, **options):
    return NewsIndex.open(path, encoder=CountingEncoder(), vectors=place, **options)


@pytest.fixture
def news(tmp_path, folder, chroma):
    news_index = at(tmp_path / "index", chroma.url)
    news_index.build(folder)
    yield news_index
    news_index.close()


def collection(news):
    generation = open_current(news.path, lambda: 64, VectorPlace())
    try:
        return generation.manifest.meta("collection")
    finally:
        generation.close()


def answers(news):
    narrow = {"outlet": "Port Daily", "since": date(2023, 1, 5)}
    return [news.search(one, k, **how) for one in QUESTIONS for k in (1, 10, 60) for how in ({}, narrow)]


def test_the_answers_are_those_of_a_local_index_before_and_after_changes(news, folder, tmp_path):
    local = at(tmp_path / "local")
    assert local.build(folder).passages == SHIPS
    assert answers(news) == answers(local)
    for number in (1, 2, 3):
        (folder / f"{number}.md").unlink()
    write(folder, 4, "It came back.")
    write(folder, 50, "It is new.")
    assert news.build(folder).to_dict() | {"seconds": 0} == local.build(folder).to_dict() | {"seconds": 0}
    assert answers(news) == answers(local)
    checked = news.check(folder)
    assert checked.ok, checked
    assert checked.looked_at == SHIPS - 2


def test_who_reads_from_a_server_does_not_load_chroma(news):
    code = f"""
import sys
from index import NewsIndex
from tests.fakes import CountingEncoder
assert NewsIndex.open({str(news.path)!r}, encoder=CountingEncoder(), vectors={news._place.server.where!r}).search("oil")
assert "chromadb" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=os.getcwd())


def test_strangers_in_the_collection_are_passed_over_however_many_are_nearer(news, chroma):
    before = answers(news)
    near = CountingEncoder().encode([f"{one} {number}" for one in QUESTIONS for number in range(300)])
    server = ChromaServer(chroma.url)
    server.put(chroma.collection(collection(news)), [f"{at:032x}" for at in range(len(near))], near)
    assert answers(news) == before
    assert news.check().problems == ()


def test_removed_articles_stay_in_the_collection_until_they_are_a_fifth(news, folder, chroma):
    first = collection(news)
    (folder / "1.md").unlink()
    news.build(folder)
    assert collection(news) == first
    assert ChromaServer(chroma.url).count(chroma.collection(first)) == SHIPS
    for number in range(2, 12):
        (folder / f"{number}.md").unlink()
    news.build(folder)
    second = collection(news)
    assert second != first
    assert ChromaServer(chroma.url).count(chroma.collection(second)) == SHIPS - 11
    assert first in chroma.names()  # for readers of a copy of the directory, until the next update
    news.close()
    (folder / "12.md").unlink()
    news.build(folder)
    assert first not in chroma.names()
    assert second in chroma.names()
    assert news.check(folder).ok


def test_what_an_open_reader_holds_is_not_dropped(news, folder, chroma):
    with news.pinned() as view:
        before = view.search("oil 3")
        for turn in range(3):
            for number in range(10 * turn, 10 * turn + 10):
                (folder / f"{number}.md").unlink()
            at(news.path, chroma.url).build(folder)
        assert [hit.passage for hit in view.search("oil 3")] == [hit.passage for hit in before]
        view._asked.cache_clear()
        assert view.search("oil 3") == before
    assert {hit.passage.article.path for hit in news.search("oil 3", 60)} <= {
        f"{number}.md" for number in range(30, 40)
    }


def test_a_copy_of_the_directory_answers_until_the_update_after_a_new_collection(news, folder, chroma, tmp_path):
    before = answers(news)
    news.close()
    shutil.copytree(news.path, tmp_path / "copy")
    copy = at(tmp_path / "copy", chroma.url)
    news.build(folder, compact=True)
    assert answers(copy) == before
    (folder / "1.md").unlink()
    news.build(folder)
    with pytest.raises(CollectionMissing, match="has no collection"):
        copy.search("oil")
    assert copy.search("oil", outlet="Port Daily")


def test_an_index_moves_to_a_server_and_back_with_nothing_to_encode(tmp_path, folder, chroma):
    local = at(tmp_path / "index")
    local.build(folder)
    before = answers(local)
    local.close()
    away = at(tmp_path / "index", chroma.url)
    with pytest.raises(IndexMismatch, match=r"in its directory.*footnote index --vectors http://127"):
        away.search("oil")
    report = away.build(folder)
    assert (report.embedded, report.unchanged, report.notices) == (0, SHIPS, ())
    assert answers(away) == before
    assert away.check(folder).ok
    assert not (tmp_path / "index" / "generations" / "2" / "vectors").exists()
    away.close()

    for unsaid in (local.search, local.build):
        with pytest.raises(IndexMismatch, match=r"in the Chroma server at http.*--vectors local"):
            unsaid("oil" if unsaid == local.search else folder)
    back = at(tmp_path / "index", "local")
    with pytest.raises(IndexMismatch, match="footnote index --vectors local"):
        back.search("oil")
    report = back.build(folder)
    assert report.embedded == 0
    assert [(one.path, "needs no more" in one.reason) for one in report.notices] == [(chroma.url, True)]
    assert answers(local) == before
    assert local.check(folder).ok


def test_a_stopped_server_is_said_and_the_same_reader_goes_on_when_it_is_back(news, folder, chroma):
    before = answers(news)
    chroma.stop()
    try:
        with pytest.raises(VectorsUnavailable, match=rf"^No Chroma server answers at {chroma.url}. Start it, or name"):
            news.search("oil")
        assert news.search("oil", outlet="Port Daily")  # exact scores, from the matrix
        assert len(news.articles()) == SHIPS
        write(folder, 60)
        writer = CountingEncoder()
        with pytest.raises(VectorsUnavailable):
            NewsIndex.open(news.path, encoder=writer, vectors=chroma.url).build(folder)
        assert writer.encoded == []  # known before anything is worked out
        assert news.coverage().articles == SHIPS
    finally:
        chroma.start()
    assert answers(news) == before
    assert news.build(folder).added == 1
    assert "Ship 60" in {hit.passage.article.title for hit in news.search("ship 60")}


@pytest.mark.slow
def test_a_server_that_lost_everything_is_written_anew_with_nothing_to_encode(news, folder, chroma):
    before = answers(news)
    chroma.lose_all()
    with pytest.raises(CollectionMissing, match=r"has lost it. .*footnote index --vectors http"):
        news.search("oil")
    report = news.build(folder)
    assert (report.embedded, report.unchanged) == (0, SHIPS)
    assert answers(news) == before


def test_repair_writes_a_lost_collection_anew(news, folder, chroma):
    chroma.ask("DELETE", f"/{collection(news)}")
    report = news.repair(folder)
    assert report.ok
    assert "has no collection" in report.mended[0]


KILLED = """
import os, signal, sys
import index.build
from index import NewsIndex
from tests.fakes import CountingEncoder
index.build.publish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
NewsIndex.open(sys.argv[1], encoder=CountingEncoder(), vectors=sys.argv[2]).build(sys.argv[3])
"""


@pytest.mark.slow
@pytest.mark.parametrize("removed", [2, 15], ids=["in the same collection", "in a new one"])
def test_a_kill_between_writing_and_publishing_leaves_the_old_index_answering(news, folder, chroma, removed):
    before = answers(news)
    for number in range(removed):
        (folder / f"{number}.md").unlink()
    write(folder, 70)
    killed = subprocess.run([sys.executable, "-c", KILLED, news.path, chroma.url, folder])
    assert killed.returncode == -9
    assert answers(news) == before
    assert answers(at(news.path, chroma.url)) == before
    report = news.build(folder)
    assert (report.added, report.removed, report.embedded) == (1, removed, 0)
    assert news.check(folder).ok
    left = {name for name in chroma.names() if name.startswith(collection(news).rpartition("-")[0])}
    assert len(left) == (1 if removed == 2 else 2)  # the last one before is kept for one update


def test_a_collection_that_a_broken_off_update_leaves_is_found_and_dropped(news, folder, chroma, monkeypatch):
    def broken_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(index.build, "publish", broken_off)
    with pytest.raises(KeyboardInterrupt):
        news.build(folder, compact=True)
    monkeypatch.undo()
    leaked = news.check(folder).leaked
    assert len(leaked) == 1
    assert leaked[0].startswith(f"{chroma.url}: footnote-")
    assert news.repair(folder).ok
    assert leaked[0].rpartition(" ")[2] not in chroma.names()


def test_check_finds_what_the_server_lacks_and_what_is_wrong_there_and_repair_mends_it(news, folder, chroma):
    first, second, third = sorted(news_vectors(news, chroma).ids())[:3]
    of_it = f"/{chroma.collection(collection(news))}"
    chroma.ask("POST", f"{of_it}/delete", {"ids": [first]})
    other = CountingEncoder().encode(["something else altogether"])[0].tolist()
    chroma.ask("POST", f"{of_it}/upsert", {"ids": [second, third], "embeddings": [other, other]})
    said = " | ".join(news.check(folder).problems)
    assert f"Chroma holds {SHIPS - 1} vectors, the manifest {SHIPS}" in said
    assert "Chroma lacks 1 vectors of the manifest" in said
    assert "3 of 40 vectors are not found by themselves" in said
    mended = news.repair(folder)
    assert mended.ok
    assert len(mended.mended) == 3


def news_vectors(news, chroma):
    return open_current(news.path, lambda: 64, VectorPlace.named(chroma.url)).vectors


READER = """
import json, sys
from index import NewsIndex
from tests.fakes import CountingEncoder
news = NewsIndex.open(sys.argv[1], encoder=CountingEncoder(), vectors=sys.argv[2])
seen, asked = [], 0
while seen[-1:] != [int(sys.argv[3])]:
    with news.pinned() as view:
        hits, facts = view.search(f"ship number {asked}", 60), view.coverage()
        assert len(hits) == min(60, facts.passages), (len(hits), facts)
        assert all(view.article(hit.passage.article.id) for hit in hits)
    seen += [facts.generation] if seen[-1:] != [facts.generation] else []
    asked += 1
    if asked == 1:
        print("reading", flush=True)
print(json.dumps([seen, asked]))
"""


@pytest.mark.slow
def test_readers_in_other_processes_follow_every_kind_of_update(news, folder, chroma):
    updates = 6
    command = [sys.executable, "-c", READER, news.path, chroma.url, str(1 + updates)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    try:
        for reader in readers:
            assert reader.stdout.readline() == "reading\n"
        for turn in range(updates):
            for number in range(4 * turn, 4 * turn + 4):
                (folder / f"{number}.md").unlink()
            write(folder, 100 + turn)
            news.build(folder, compact=turn == 3)
        told = [json.loads(reader.communicate(timeout=120)[0]) for reader in readers]
    finally:
        for reader in readers:
            reader.kill()
            reader.wait(30)
    for seen, asked in told:
        assert seen == sorted(seen)
        assert seen[-1] == 1 + updates
        assert asked >= len(seen)


ASKING = """
import os, sys
from index import NewsIndex
from tests.fakes import CountingEncoder
assert not os.access(sys.argv[1], os.W_OK)
assert NewsIndex.open(sys.argv[1], encoder=CountingEncoder(), vectors=sys.argv[2]).search("ship 5")
"""


def test_names_and_ids_beyond_a_page_are_asked_for_too(news, chroma, monkeypatch):
    server = ChromaServer(chroma.url)
    whole = server.names("footnote-"), sorted(server.ids(server.find(collection(news))))
    monkeypatch.setattr("index.chroma_server.PAGE", 1)
    assert server.names("footnote-") == whole[0]
    monkeypatch.setattr("index.chroma_server.PAGE", 7)
    assert sorted(server.ids(server.find(collection(news)))) == whole[1]


def test_nothing_is_dropped_while_a_manifest_cannot_be_read(news, folder, chroma):
    server = ChromaServer(chroma.url)
    before = collection(news)
    for _ in range(2):
        news.build(folder, compact=True)
    (news.path / "generations" / "99").mkdir()
    (news.path / "generations" / "99" / "manifest.db").write_bytes(b"no database")
    stray = f"{before.rpartition('-')[0]}-00000000"
    server.create(stray)
    assert unneeded(news.path, server) == []
    shutil.rmtree(news.path / "generations" / "99")
    assert unneeded(news.path, server) == [stray]


def test_vectors_in_a_server_that_nobody_named_are_not_asked_for():
    with pytest.raises(IndexMismatch, match="Name it with --vectors"):
        ServerVectors(None, "footnote-0123456789abcdef-00000000", set).exists()


def test_a_server_that_hangs_up_is_said():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up():
            with listener.accept()[0] as connected:
                connected.recv(65536)

        server = threading.Thread(target=hang_up)
        server.start()
        with pytest.raises(VectorsUnavailable, match=r"broke off \(RemoteProtocolError\)\. Try again"):
            ChromaServer(f"http://127.0.0.1:{listener.getsockname()[1]}").names("footnote-")
        server.join()


def test_a_reader_needs_no_right_to_write(news, chroma, unprivileged):
    places = [news.path, *news.path.rglob("*")]
    for place in places:
        place.chmod(place.stat().st_mode & ~0o222)
    try:
        subprocess.run([*unprivileged, sys.executable, "-c", ASKING, news.path, chroma.url], check=True)
    finally:
        for place in places:
            place.chmod(place.stat().st_mode | 0o200)


def test_a_header_is_sent_with_everything(news, folder, chroma, tmp_path):
    with gate_before(chroma, SECRET) as gate:
        behind = at(tmp_path / "behind", f"http://{gate.address}", vectors_headers={"Authorization": SECRET})
        behind.build(folder)
        assert answers(behind) == answers(news)
        assert behind.check(folder).ok
        assert gate.asked > 5


def all_said(error):
    return "".join(traceback.format_exception(error)) + str(error) + repr(error)


def test_who_is_not_let_in_is_told_how_and_nothing_repeats_the_header(news, folder, chroma):
    wrong = "Bearer wr0ng-t0ken"
    with gate_before(chroma, SECRET) as gate:
        outside = at(news.path, f"http://{gate.address}", vectors_headers={"Authorization": wrong, "X-Team": "press"})
        with pytest.raises(VectorsUnavailable, match=r"status 401.*FOOTNOTE_VECTORS_HEADERS") as refused:
            outside.search("oil")
        gate.instead = (
            500,
            "application/json",
            json.dumps({"error": "InternalError", "message": f"no {wrong}"}).encode(),
        )
        with pytest.raises(VectorsUnavailable, match=r"status 500 \(no \*\*\*\)") as failed:
            outside.build(folder)
    for error in (refused.value, failed.value):
        assert "wr0ng" not in all_said(error)
    assert "wr0ng" not in repr(outside._place)
    assert "***" in repr(outside._place)


def test_a_server_behind_tls_is_asked_where_its_certificate_is_trusted(news, folder, chroma, tmp_path, monkeypatch):
    certificate = own_certificate(tmp_path / "own.pem")
    with gate_before(chroma, SECRET, certificate) as gate:
        options = {"vectors_headers": {"Authorization": SECRET}}
        with pytest.raises(VectorsUnavailable, match=r"not trusted here .*SSL_CERT_FILE"):
            at(news.path, f"https://{gate.address}", **options).search("oil")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert answers(at(news.path, f"https://{gate.address}", **options)) == answers(news)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
        with pytest.raises(VectorsUnavailable, match="SSL_CERT_FILE"):
            at(news.path, f"https://{gate.address}", **options).search("oil")


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ((200, "text/html", b"<h1>Welcome</h1>"), "something else than a Chroma server"),
        ((200, "application/json", b"[1, 2]"), "something else than a Chroma server"),
        ((302, "text/html", b""), "failed with status 302"),
        ((404, "text/plain", b"no such page"), "something else than a Chroma server"),
        ((502, "text/html", b"<h1>Bad gateway</h1>"), "failed with status 502"),
        ((503, "application/json", b'{"error": "x"}'), "failed with status 503"),
    ],
)
def test_what_is_no_chroma_server_is_told_in_one_line(chroma, instead, said):
    with gate_before(chroma, SECRET) as gate:
        gate.instead = instead
        with pytest.raises(VectorsUnavailable, match=said) as error:
            ChromaServer(f"http://{gate.address}").names("footnote-")
        assert "\n" not in str(error.value)


def test_a_server_that_is_silent_is_not_waited_for(chroma):
    gate = Gate(chroma.port, SECRET)  # it listens, and nobody serves
    try:
        with pytest.raises(VectorsUnavailable, match="did not answer in time"):
            ChromaServer(f"http://{gate.address}", answer_s=0.2).names("footnote")
    finally:
        gate.server_close()


@pytest.mark.parametrize(
    "address",
    [
        "host:8000", "ftp://host", "http://", "http://host:port", "http://host:99999", "http://ho st", "nowhere",
        "http://host?tenant", "http://host?size=3", "http://host#part",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address, tmp_path):
    with pytest.raises(VectorsUnavailable, match=r"no address of a Chroma server\. Name one as"):
        at(tmp_path, address)


@pytest.mark.parametrize(
    "address", ["http://ann:s3cr3t@host:8000", "http://s3cr3t@ho st", "http://x:s3cr3t@host?tenant"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address, tmp_path):
    with pytest.raises(VectorsUnavailable) as error:
        at(tmp_path, address)
    assert "s3cr3t" not in all_said(error.value).replace(address, "")
    assert "s3cr3t" not in str(error.value)


@pytest.mark.parametrize(
    "header", [{"Na me": "s3cr3t"}, {"Name": "s3cr3t\nOther: x"}, {"Name": "s3cr3t\x00"}, {"": "s3cr3t"}]
)
def test_a_header_that_would_break_a_request_is_refused_and_not_repeated(header, tmp_path):
    with pytest.raises(VectorsUnavailable, match="as: Name: value") as error:
        at(tmp_path, "http://host:8000", vectors_headers=header)
    assert "s3cr3t" not in str(error.value)


def test_tenant_and_database_may_be_named(folder, chroma, tmp_path):
    import httpx

    httpx.post(f"{chroma.url}/api/v2/tenants", json={"name": "press"}, trust_env=False).raise_for_status()
    root = f"{chroma.url}/api/v2/tenants/press/databases"
    httpx.post(root, json={"name": "news"}, trust_env=False).raise_for_status()
    address = f"{chroma.url}?tenant=press&database=news"
    news = at(tmp_path / "index", address)
    news.build(folder)
    assert news.search("oil")
    assert collection(news) not in chroma.names()
    with pytest.raises(VectorsUnavailable):
        at(tmp_path / "other", f"{chroma.url}?tenant=nobody&database=news").build(folder)


def test_many_vectors_are_sent_in_parts_and_only_those_that_are_not_there(chroma, monkeypatch):
    monkeypatch.setattr("index.server_vectors.BATCH_BYTES", 10 * 4 * 64)
    sent: list[int] = []
    put = ChromaServer.put
    monkeypatch.setattr(
        ChromaServer, "put", lambda self, of, ids, vectors: sent.append(len(ids)) or put(self, of, ids, vectors)
    )
    ids, vectors = [f"{at:032x}" for at in range(25)], CountingEncoder().encode([f"text {at}" for at in range(25)])
    store = ServerVectors(ChromaServer(chroma.url), "footnote-0123456789abcdef-", set)
    store.recreate()
    store.put(ids[:12], vectors[:12])
    store.put(ids, vectors)
    assert sent == [10, 2, 8, 5]
    assert store.ids() == set(ids)
    found = store.near(vectors, 1)
    assert [hits[0][0] for hits in found] == ids
    np.testing.assert_allclose([hits[0][1] for hits in found], 1, atol=1e-5)
