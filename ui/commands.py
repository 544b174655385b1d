"""What each command does, once its words are understood."""

from __future__ import annotations

import logging
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingsError
from assistant.settings import Places, Settings, load
from assistant.updating import bring_up_to_date
from index.errors import IndexMissing, IndexOutdated
from ui.batch import json_text
from ui.cli import ANSWERED, FAILED, NOT_HELD
from ui.progress import shown_progress
from ui.render import answer_text

if TYPE_CHECKING:
    from corpus.article import Failure
    from index import BuildReport, NewsIndex


_BEGUN_ANEW_S = 2.0


def ask(options: Namespace) -> int:
    """Answer a question, or a batch of them."""
    from assistant import Assistant
    from assistant.model import opened
    from ui.batch import asked_questions, write_batch

    questions = asked_questions(options)
    settings, _, news_index = _opened(options)
    assistant = Assistant(news_index, model=opened(settings.model, window=settings.window))
    if options.batch:
        return write_batch(options, questions, lambda one: assistant.ask(one.question, **one.filters).to_dict())
    answer = assistant.ask(questions[0].question, **questions[0].filters)
    _print(answer.to_dict() if options.json else answer_text(answer))
    return NOT_HELD if answer.kind == "refusal" else ANSWERED


def search(options: Namespace) -> int:
    """Show the nearest passages of a question, or of a batch of them."""
    from assistant.understanding import checked
    from ui.batch import Asked, asked_questions, write_batch

    questions = asked_questions(options)
    _, _, news_index = _opened(options)

    def found(one: Asked) -> dict[str, Any]:
        started = time.perf_counter()
        question = checked(one.question)
        hits = news_index.search(question, options.k, **one.filters)
        took = (time.perf_counter() - started) * 1000
        return {"question": question, "hits": [hit.to_dict() for hit in hits], "timings_ms": {"total": round(took, 2)}}

    if options.batch:
        return write_batch(options, questions, found)
    result = found(questions[0])
    if options.json:
        _print(result)
    else:
        for hit in result["hits"]:
            article, passage = hit["article"], hit["passage"]
            source = ", ".join([article["outlet"] or article["path"], article["published"] or "undated"])
            _print(f"{hit['rank']}. {article['title']} ({source})\n   {' '.join(passage['text'].split())}\n")
        if not result["hits"]:
            _print("No passage is near, and none has a word of the question.")
    return ANSWERED if result["hits"] else NOT_HELD


def index(options: Namespace) -> int:
    """Bring the index up to date, once or on and on."""
    settings, places = _settings(options)
    news_index = _news_index(settings, places)
    with shown_progress() as progress:
        report = news_index.build(places.articles, progress, full=options.full, compact=options.compact)
    tell = teller(places, as_json=options.json)
    tell(report)
    if options.watch:
        _say(f"Watching '{places.articles}'. Stop with Ctrl-C.")
        # At once again: what changed since the update, before the watch stood, would wait for the next change.
        with suppress(KeyboardInterrupt):  # the way to stop it; an update that was on its way is taken back
            news_index.watch(places.articles, threading.Event(), tell, at_once=True)
    return ANSWERED


def add(options: Namespace) -> int:
    """Bring files and pages into the articles folder, and index them."""
    from corpus.article import Failure
    from corpus.errors import CorpusError
    from corpus.fetch import fetch
    from ui.errors import NotKept
    from ui.keeping import Keeper

    settings, places = _settings(options)
    if places.starter:
        folder = Path.cwd() / "articles"
        folder.mkdir(exist_ok=True)
        _say(f"Made '{folder}' for your articles; from now on it is used when you start from here.")
        places = replace(settings, articles=folder).places()
    news_index = _news_index(settings, places)
    keeper = Keeper(news_index, places.articles, fetch=fetch)
    addresses = [what for what in options.what if "://" in what]
    files, failures = _found([Path(what) for what in options.what if "://" not in what], places)
    added = [keeper.add_files(files)]  # all at once: the folder is listed once for that, and not once a file
    for address in addresses:
        try:
            added.append(keeper.add_address(address))
        except (CorpusError, NotKept) as error:
            failures.append(Failure(address, str(error)))
    for name in (name for one in added for name in one.names):
        _say(f"Added {name}")
    refused = [*(failure for one in added for failure in one.refused), *failures]
    for failure in refused:
        _say(f"- {failure.path}: {failure.reason}")
    with shown_progress() as progress:
        report = news_index.build(places.articles, progress)
    teller(places, as_json=options.json)(report)
    return FAILED if refused else ANSWERED


def evaluate(options: Namespace) -> int:
    """Answer a question set and print the figures."""
    from assistant import Assistant
    from assistant.evaluation import evaluate, read_set

    cases = read_set(options.set)
    _, _, news_index = _opened(options)
    report, _ = evaluate(Assistant(news_index), cases)
    _print(report.to_dict() if options.json else str(report))
    return ANSWERED


def check(options: Namespace) -> int:
    """Compare the parts of the index with each other and with the folder."""
    settings, places = _settings(options)
    news_index = _news_index(settings, places)
    if options.repair:
        with shown_progress() as progress:
            report = news_index.repair(places.articles, progress)
    else:
        report = news_index.check(places.articles)
    waiting = len(report.waiting)
    if options.json:
        _print({**report.to_dict(), "waiting": waiting})
    else:
        _print(f"{report.articles} articles, {report.passages} passages, {report.vectors} vectors, each asked for.")
        for problem in report.problems:
            _print(f"- {problem}")
        for path in report.leaked:
            _print(f"- {path} belongs to nothing")
        for problem in report.mended:
            _print(f"- mended: {problem}")
        if waiting:
            files = "1 file" if waiting == 1 else f"{waiting} files"
            _print(f"Changed since, in '{places.articles}': {files}. Update with: footnote index")
        _print("The index is whole." if report.ok else "The index is not whole. Mend it with: footnote check --repair")
    return ANSWERED if report.ok else FAILED


def articles(options: Namespace) -> int:
    """List the articles."""
    _, _, news_index = _opened(options)
    headlines = news_index.articles()
    if options.json:
        _print([one.to_dict() for one in headlines])
    else:
        for one in headlines:
            _print(f"{one.id}  {one.published or 'undated':10}  {one.outlet or '-'}  {one.title}")
    return ANSWERED


def article(options: Namespace) -> int:
    """Show one article as it is indexed."""
    _, _, news_index = _opened(options)
    found = news_index.article(options.id)
    if options.json:
        _print(found.to_dict())
    else:
        line = ", ".join(str(part) for part in (found.outlet, found.author, found.published or "undated") if part)
        _print(f"{found.title}\n{line}\n{found.url or found.path}\n\n{found.text}")
    return ANSWERED


def chat(options: Namespace) -> int:
    """Open the chat; follow the folder while it is open."""
    from assistant import Assistant
    from assistant.model import opened
    from ui.guarded import guards
    from ui.server import serve

    settings, places = _settings(options)
    guarded = guards(settings)
    model = opened(settings.model, window=settings.window)
    news_index = _news_index(settings, places)
    try:
        news_index.coverage()
    except (IndexMissing, IndexOutdated):
        _bring_up_to_date(news_index, places)
    stop = threading.Event()
    if not settings.no_watch:
        following = (news_index, places, stop, not settings.no_update)
        threading.Thread(target=_follow, args=following, daemon=True).start()
    try:
        serve(
            Assistant(news_index, model=model),
            host=settings.host,
            port=settings.port,
            articles=None if places.starter else places.articles,
            names=guarded.names,
            tokens=guarded.tokens,
            limits=guarded.limits,
            log=guarded.log,
            announce=lambda address: _say(f"Ask your articles at {address} (stop with Ctrl-C)"),
        )
    finally:
        stop.set()
    return ANSWERED


def serve_mcp(options: Namespace) -> int:
    """Offer the tools on stdin and stdout, and follow the folder meanwhile."""
    from assistant import Assistant
    from assistant.model import opened
    from ui.tools_server import serve_tools

    settings, places = _settings(options)
    model = opened(settings.model, window=settings.window)
    news_index = _news_index(settings, places)
    if not settings.no_update or not news_index.exists():
        _bring_up_to_date(news_index, places)
    stop = threading.Event()
    if not settings.no_watch:
        following = (news_index, places, stop, not settings.no_update)
        threading.Thread(target=_follow, args=following, daemon=True).start()
    try:
        serve_tools(Assistant(news_index, model=model))
    finally:
        stop.set()
    return ANSWERED


def token(options: Namespace) -> int:
    """Make, list or revoke tokens."""
    from ui.tokens import Tokens, tokens_file

    tokens = Tokens(tokens_file())
    if options.list:
        for one in tokens.passes():
            _print(f"{one.id}  {one.role:6}  {one.made}")
    elif options.revoke:
        gone = tokens.revoke(options.revoke)
        _say(f"The {gone.role}'s token {gone.id} is worthless from now on.")
    else:
        made, kept = tokens.make("keeper" if options.keeper else "reader")
        may = "ask, and change the articles" if options.keeper else "ask and read"
        _say(f"With this token one may {may}. It is not shown again; revoke it with: footnote token --revoke {kept.id}")
        _print(made)
    return ANSWERED


def _found(paths: Sequence[Path], places: Places) -> tuple[list[Path], list[Failure]]:
    """Return the files to add: those named, and what named folders hold besides hidden files and the articles."""
    from corpus.folder import scan

    there = places.articles.resolve()
    files: list[Path] = []
    failures: list[Failure] = []
    for path in paths:
        if not path.exists():
            raise SettingsError(f"There is no file or folder '{path}'. Name a file, a folder or an address to add.")
        if path.is_dir():
            found = scan(path)
            files += [one.location for one in found.files if not one.location.is_relative_to(there)]
            failures += found.failures
        else:
            files.append(path)
    return files, failures


def models(options: Namespace) -> int:
    """Say which model is set, and which its server has."""
    from assistant.model import parsed, reachable, shown
    from assistant.settings import model_key

    named = load({"model": options.model}).model
    if named is None or named in ("", "extractive", "none"):
        found: dict[str, Any] = {"model": None, "where": None, "offers": []}
        line = "No model is set: answers are in the articles' own words. Name one with: --model openai:NAME@URL"
    else:
        offers, one = reachable(named, key=model_key()), parsed(named)
        found = {"model": one.name, "where": shown(one.where), "offers": offers}
        is_there = "can be asked" if one.name in offers else "is not among what is offered"
        line = f"{one.name} {is_there} at {found['where']}.\n" + "\n".join(f"  {name}" for name in offers)
    _print(found if options.json else line)
    return ANSWERED


def _follow(news_index: NewsIndex, places: Places, stop: threading.Event, at_once: bool) -> None:
    """Watch the folder until `stop`; what no one foresaw is logged and the watch begun anew, as the chat goes on."""
    tell = teller(places, as_json=False)
    while not stop.is_set():
        try:
            news_index.watch(places.articles, stop, tell, at_once=at_once)
        except Exception:
            logging.getLogger("footnote").exception("The folder's watch stopped; it is begun anew.")
            at_once = True
            stop.wait(_BEGUN_ANEW_S)


def _settings(options: Namespace) -> tuple[Settings, Places]:
    names = ("articles", "index", "encoder", "model", "window", "host", "port", "name", "log", "no_watch", "no_update")
    settings = load({name: getattr(options, name, None) for name in names})
    places = settings.places()
    if places.note:
        _say(places.note)
    return settings, places


def _news_index(settings: Settings, places: Places) -> NewsIndex:
    from assistant.settings import model_key
    from index import NewsIndex
    from index.encoder import named_encoder

    return NewsIndex.open(places.index, encoder=named_encoder(settings.encoder, key=model_key))


def _opened(options: Namespace) -> tuple[Settings, Places, NewsIndex]:
    settings, places = _settings(options)
    news_index = _news_index(settings, places)
    if not settings.no_update or not news_index.exists():
        _bring_up_to_date(news_index, places)
    return settings, places, news_index


def _bring_up_to_date(news_index: NewsIndex, places: Places) -> None:
    with shown_progress() as progress:
        update = bring_up_to_date(news_index, places.articles, progress=progress)
    if update.message:
        _say(update.message)


def teller(places: Places, *, as_json: bool) -> Callable[[BuildReport], None]:
    """Return what says of one update after another what it did; a failure is said when it is new."""
    said: set[Failure] = set()

    def tell(report: BuildReport) -> None:
        if as_json:
            _print(report.to_dict())
            return
        _say(
            f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged; "
            f"{report.passages} passages, {report.embedded} encoded, {report.seconds:.1f} s."
        )
        for one in (*(failure for failure in report.failed if failure not in said), *report.notices):
            _say(f"- {one.path}: {one.reason}")
        said.clear()
        said.update(report.failed)
        if not report.passages:
            _say(f"There is no article in '{places.articles}'. Put some there, then: footnote index")

    return tell


def _print(what: Any) -> None:
    print(what if isinstance(what, str) else json_text(what, encoding=sys.stdout.encoding, indent=2))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
