import shutil
import sqlite3
import threading
import time
import tracemalloc
from datetime import date
from types import SimpleNamespace

import gradio as gr
import pytest

from corpus.article import Article, Failure, Headline
from index import NewsIndex
from index.check import CheckReport
from index.errors import ArticleMissing, IndexBroken, IndexBusy, IndexMismatch
from index.locks import writer_lock
from index.report import Progress
from tests.fakes import Closed, HashingEncoder, Shelf
from tests.page_text import parsed
from ui.articles_page import ArticlesPage
from ui.errors import NotKept
from ui.keeping import Change, Keeper
from ui.shelf import LISTED, change_html, check_html, list_html, progress_html
from ui.twins import Twins
from ui.words import SINCE_LAST

pytestmark = pytest.mark.slow  # an index of its own for nearly every test

TEXT = "A bridge opened\n\nThe bridge in Oslo opened on 3 May. It cost 210 million kroner.\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.txt").write_text(TEXT)
    return folder


@pytest.fixture
def news_index(tmp_path, folder):
    news_index = NewsIndex.open(tmp_path / "index", encoder=HashingEncoder())
    news_index.build(folder)
    yield news_index
    news_index.close()


@pytest.fixture
def keeper(news_index, folder):
    return Keeper(news_index, folder, fetch=fetch)


def fetch(address, *, into):
    """Writes what it was asked for, as an article."""
    file = into / "fetched.txt"
    file.write_text(f"Fetched\n\nFrom {address}.\n")
    return file


def given(tmp_path, name, text=TEXT):
    outside = tmp_path / "given"
    outside.mkdir(exist_ok=True)
    file = outside / name
    file.write_text(text)
    return file


def changed(keeper):
    *_, last = keeper.update()
    assert isinstance(last, Change)
    return last


def test_an_added_file_is_in_the_folder_and_after_an_update_in_the_index(keeper, folder, news_index, tmp_path):
    added = keeper.add_files(
        [given(tmp_path, "toll.txt", "A toll is planned\n\nThe town plans a toll on the bridge.\n")]
    )
    assert (added.names, added.refused) == (("toll.txt",), ())
    change = changed(keeper)
    assert [headline.title for headline in change.added] == ["A toll is planned"]
    assert (change.removed, change.edited, change.articles) == ((), 0, 2)
    assert len(news_index.articles()) == 2


def test_what_is_no_article_is_refused_with_the_reason_and_the_others_are_taken(keeper, folder, tmp_path):
    files = [
        given(tmp_path, "x.exe"),
        given(tmp_path, "empty.txt", ""),
        given(tmp_path, "again.txt"),
        given(tmp_path, "new.txt", "Other\n\nAnother text altogether.\n"),
    ]
    added = keeper.add_files(files)
    assert added.names == ("new.txt",)
    reasons = {failure.path: failure.reason for failure in added.refused}
    assert "no reader for .exe" in reasons["x.exe"]
    assert "empty file" in reasons["empty.txt"]
    assert reasons["again.txt"] == "already there, as bridge.txt"
    assert sorted(file.name for file in folder.iterdir()) == ["bridge.txt", "new.txt"]


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(keeper, folder, tmp_path):
    assert keeper.add_files([given(tmp_path, "bridge.txt", "Other\n\nOther text.\n")]).names == ("bridge-2.txt",)
    assert (folder / "bridge.txt").read_text() == TEXT


@pytest.mark.parametrize("name", [".hidden.txt", "~#odd.txt", "a\u202eb\n.txt", "l" * 200 + ".txt", "..txt"])
def test_a_hostile_name_becomes_a_plain_one_inside_the_folder(keeper, folder, tmp_path, name):
    keeper.add_files([given(tmp_path, name, "Other\n\nOther text.\n")])
    (added,) = {file for file in folder.iterdir() if file.name != "bridge.txt"}
    assert added.name[0].isalnum()
    assert added.name.isprintable()
    assert len(added.name) < 140


def test_a_removed_article_leaves_folder_and_index_but_its_file_is_kept(keeper, folder, news_index):
    (headline,) = news_index.articles()
    assert keeper.remove(headline.id).path == "bridge.txt"
    assert list(folder.iterdir()) == []
    assert (news_index.path / "removed" / "bridge.txt").read_text() == TEXT
    assert [one.title for one in changed(keeper).removed] == [headline.title]
    assert news_index.articles() == []


def test_removing_names_every_article_of_the_file(keeper, folder, news_index):
    lines = "".join(f'{{"title": "Title {number}", "text": "Text number {number}."}}\n' for number in range(3))
    (folder / "many.jsonl").write_text(lines)
    changed(keeper)
    one = next(headline for headline in news_index.articles() if headline.path == "many.jsonl")
    assert len(keeper.removal(one.id).headlines) == 3


@pytest.mark.parametrize(
    ("count", "asked"), [(2, "Its file holds 1 more article; it goes too."), (3, "holds 2 more articles; they go too.")]
)
def test_it_is_told_before_and_after_how_many_articles_go_with_one(keeper, folder, news_index, count, asked):
    lines = "".join(f'{{"title": "Title {number}", "text": "Text number {number}."}}\n' for number in range(count))
    (folder / "<many>.jsonl").write_text(lines)
    changed(keeper)
    with gr.Blocks():
        page = ArticlesPage(news_index, keeper)
    assert asked in dict(parsed(page.found("Title 1", None, "newest", 100)).attributes)["data-others"]
    assert "data-others" not in page.found("bridge", None, "newest", 100)
    one = next(headline for headline in news_index.articles() if headline.path != "bridge.txt")
    *_, last = page._keeping.remove(SimpleNamespace(article=one.id))
    assert f"<many>.jsonl was moved out of the folder, with the {count} articles it held." in parsed(last).text
    (bridge,) = news_index.articles()
    *_, last = page._keeping.remove(SimpleNamespace(article=bridge.id))
    assert parsed(last).text.startswith("0 added, 0 changed, 1 removed")


def test_removing_what_is_not_there_says_so(keeper, folder, news_index):
    (headline,) = news_index.articles()
    with pytest.raises(ArticleMissing):
        keeper.remove("nothing")
    (folder / "bridge.txt").unlink()
    with pytest.raises(NotKept, match=r"'bridge.txt' is no longer in the articles folder"):
        keeper.remove(headline.id)


def test_an_article_edited_in_the_folder_is_counted_as_changed(keeper, folder):
    (folder / "bridge.txt").write_text(TEXT.replace("210", "2 100"))
    change = changed(keeper)
    assert (change.edited, change.added, change.removed) == (1, (), ())


def test_what_others_changed_is_told_once(keeper, folder, news_index):
    assert keeper.news() is None
    (folder / "new.txt").write_text("New\n\nA new text.\n")
    news_index.build(folder)
    change = keeper.news()
    assert ([headline.title for headline in change.added], change.seconds) == (["New"], None)
    assert "Since the last look: 1 added, 0 changed, 0 removed: 2 articles now.<" in change_html(
        change, lead=SINCE_LAST
    )
    assert keeper.news() is None
    (folder / "new.txt").unlink()
    changed(keeper)
    assert keeper.news() is None


def test_an_update_says_how_far_it_is(keeper, folder):
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"Title {number}\n\nText number {number}.\n")
    *steps, _ = keeper.update()
    assert {step.phase for step in steps} >= {"reading", "encoding"}
    assert all(isinstance(step, Progress) and step.done <= step.total for step in steps)


def test_an_update_waits_for_another_one(keeper, folder, news_index):
    (folder / "new.txt").write_text("New\n\nA new text.\n")
    slow = HashingEncoder()
    started, go = threading.Event(), threading.Event()
    encode = slow.encode

    def wait(texts):
        started.set()
        go.wait(10)
        return encode(texts)

    slow.encode = wait
    other = threading.Thread(target=NewsIndex.open(news_index.path, encoder=slow).build, args=(folder,))
    other.start()
    started.wait(10)
    threading.Timer(0.5, go.set).start()
    before = time.monotonic()
    assert changed(keeper).articles == 2
    assert time.monotonic() - before > 0.2
    other.join()


def test_addresses_are_fetched_by_what_it_was_given(keeper, folder):
    assert keeper.add_address(" https://example.org/a ").names == ("fetched.txt",)
    assert "From https://example.org/a." in (folder / "fetched.txt").read_text()
    with pytest.raises(NotKept, match="Type an address first"):
        keeper.add_address(" ")


# What the page shows of it


def headlines(count):
    return [
        Headline(
            id=f"a{number}", title=f"<b>{number}</b>", path="p", published=date(2024, 1, 1), published_origin="meta"
        )
        for number in range(count)
    ]


def test_a_long_list_is_shown_in_parts():
    page = parsed(list_html(headlines(250), count=250, shown=100))
    assert page.tags.count("li") == 100
    assert "100 of 250" in page.text
    assert "Show more" in page.text
    assert "b" not in page.tags


def test_only_a_keeper_can_remove():
    assert 'data-act="remove"' in list_html(headlines(1), count=1, removable=True)
    assert 'data-act="remove"' not in list_html(headlines(1), count=1)


def test_an_empty_list_tells_no_match_from_no_articles():
    assert "No article matches." in list_html([], count=3)
    assert "There are no articles yet." in list_html([], count=0)


def test_a_change_names_what_came_and_went_and_what_was_refused():
    change = Change(tuple(headlines(30)), tuple(headlines(1)), 2, 40, 1.25)
    page = parsed(change_html(change, refused=[Failure("<x>.exe", "no reader for .exe")]))
    assert "30 added, 2 changed, 1 removed: 40 articles now, in 1.2 s." in page.text
    assert f"and {30 - LISTED} more" in page.text
    assert "<x>.exe no reader for .exe" in page.text


def test_nothing_changed_is_said_plainly():
    assert "Nothing has changed; 4 articles." in change_html(Change((), (), 0, 4, 0.1))


def test_progress_is_shown_with_its_numbers():
    assert "Encoding passages · 1,200 / 9,000" in parsed(progress_html(Progress("encoding", 1200, 9000))).text
    assert parsed(progress_html(None)).text == "Looking for what changed…"


def test_a_check_says_whole_or_what_is_wrong():
    assert "The index is whole: 3 articles, 9 passages, 9 vectors looked at." in check_html(CheckReport(3, 9, 9, 9, ()))
    broken = parsed(check_html(CheckReport(3, 9, 9, 9, ("1 of 9 vectors <are> lost",))))
    assert "1 of 9 vectors <are> lost" in broken.text
    assert "footnote check --repair" in broken.text


def test_a_check_names_what_belongs_to_nothing():
    page = parsed(check_html(CheckReport(3, 9, 9, 9, (), leaked=("generations/<3>",))))
    assert "The index is not whole." in page.text
    assert "generations/<3> belongs to nothing" in page.text


def test_a_file_that_has_no_room_leaves_nothing_in_the_folder(keeper, folder, tmp_path, little_room):
    with little_room(10_000):
        added = keeper.add_files(
            [given(tmp_path, "big.txt", "x" * 9_000), given(tmp_path, "small.txt", "Small\n\nIt.\n")]
        )
        assert added.refused == ()
    file = given(tmp_path, "bigger.txt", "x" * 100_000)
    with little_room(10_000):
        (refused,) = keeper.add_files([file]).refused
    assert (refused.path, "could not be written" in refused.reason) == ("bigger.txt", True)
    assert sorted(one.name for one in folder.iterdir()) == ["big.txt", "bridge.txt", "small.txt"]


def test_large_files_of_one_size_are_compared_without_being_held_in_memory(folder, tmp_path):
    size = 8_000_000
    (folder / "large.txt").write_bytes(b"a" * size)
    (tmp_path / "other.txt").write_bytes(b"b" * size)
    there = Twins(folder)
    tracemalloc.start()
    try:
        assert there.of(tmp_path / "other.txt", size) is None
        assert tracemalloc.get_traced_memory()[1] < size / 4
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("error", [IndexMismatch("Made by another."), IndexBroken("It is <half>.")])
def test_the_page_of_the_articles_says_what_is_wrong_with_the_index(error, folder):
    with gr.Blocks():
        page = ArticlesPage(Closed(error), Keeper(Closed(error), folder, fetch=fetch))
    head, outlets = page.opened()
    assert (parsed(head).text, outlets) == ("Articles", gr.skip())
    listed = page.found("", None, "newest", 100)
    assert parsed(listed).text == str(error)
    assert 'role="alert"' in listed
    assert page._keeping.news() == ""


def test_the_head_of_the_page_counts_articles_without_listing_them():
    dated = {"published": date(2024, 1, 5), "published_origin": "meta"}
    held = Shelf([Article(id=one, title=one, outlet="One", path="p", text="Text.", **dated) for one in "AB"])
    with gr.Blocks():
        head, outlets = ArticlesPage(held, None).opened()
    assert parsed(head).text.startswith("Articles2 articles · One · 5 January 2024")
    assert outlets["choices"] == [("All outlets", ""), ("One", "One")]
    assert held.listed == 0


def test_an_index_of_another_format_is_built_anew_from_the_page(keeper, news_index):
    news_index.close()
    with sqlite3.connect(news_index.path / "generations" / "1" / "manifest.db") as db:
        db.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    db.close()
    assert (changed(keeper).articles, len(news_index.articles())) == (1, 1)


def test_a_copy_is_known_in_subfolders_and_among_the_files_just_added(tmp_path):
    folder, files = tmp_path / "articles", tmp_path / "files"
    (folder / "2023").mkdir(parents=True)
    files.mkdir()
    (folder / "2023" / "ship.txt").write_text("The ship sailed.\n")
    for name, text in (("a.txt", "The ship sailed.\n"), ("b.txt", "The boat sank.\n"), ("c.txt", "The boat sank.\n")):
        (files / name).write_text(text)
    keeper = Keeper(NewsIndex.open(tmp_path / "index", encoder=HashingEncoder()), folder, fetch=None)
    added = keeper.add_files(sorted(files.iterdir()))
    assert added.names == ("b.txt",)
    assert [
        (one.path, name in one.reason) for one, name in zip(added.refused, ("2023/ship.txt", "b.txt"), strict=True)
    ] == [
        ("a.txt", True),
        ("c.txt", True),
    ]


def test_files_wait_only_while_an_update_is_on_its_way(keeper, news_index, folder):
    (folder / "new.txt").write_text("A second bridge\n\nIt opened in June.\n")
    assert keeper.waiting() == 0
    with writer_lock(news_index.path):
        assert keeper.waiting() == 1


def test_a_folder_that_cannot_be_looked_through_has_nothing_waiting(keeper, news_index, folder):
    shutil.rmtree(folder)
    with writer_lock(news_index.path):
        assert keeper.waiting() == 0


def test_an_article_that_cannot_be_put_aside_stays_and_the_reason_is_said(keeper, news_index, folder):
    (headline,) = news_index.articles()
    (news_index.path / "removed").write_text("a file in the way")
    with pytest.raises(NotKept, match=r"bridge\.txt.*File exists"):
        keeper.remove(headline.id)
    assert (folder / "bridge.txt").read_text() == TEXT


def test_an_update_does_not_wait_for_ever_for_another_one(keeper, news_index, monkeypatch):
    monkeypatch.setattr("ui.keeping.PATIENCE_S", 0.0)
    with writer_lock(news_index.path), pytest.raises(IndexBusy, match="try again"):
        list(keeper.update())
