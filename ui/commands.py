"""The commands of who asks and reads: ask, search, articles, article, eval, models."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from assistant.settings import load
from assistant.updating import named_index
from ui.markup import plain
from ui.statuses import ANSWERED, NOT_HELD
from ui.terminal import brought_up_to_date, settled, show, up_to_date

if TYPE_CHECKING:
    from ui.shapes import SearchForm


def ask(options: Namespace) -> int:
    """Answer a question, or a batch of them."""
    from assistant import Assistant
    from assistant.model import opened
    from ui.batch import asked_questions, write_batch

    questions = asked_questions(options)
    settings, places = settled(options)
    model = opened(settings.model, window=settings.window)  # before an update, which may take long
    news_index = named_index(settings, places)
    brought_up_to_date(news_index, places, update=not settings.no_update)
    assistant = Assistant(news_index, model=model)
    if options.batch:
        return write_batch(options, questions, lambda one: assistant.ask(one.question, **one.filters).to_dict())
    answer = assistant.ask(questions[0].question, **questions[0].filters)
    show(answer.to_dict() if options.json else plain(str(answer)))
    return NOT_HELD if answer.kind == "refusal" else ANSWERED


def search(options: Namespace) -> int:
    """Show the nearest passages of a question, or of a batch of them."""
    from ui.batch import Posed, asked_questions, write_batch
    from ui.searching import searched

    questions = asked_questions(options)
    _, news_index = up_to_date(options)

    def found(one: Posed) -> SearchForm:
        return searched(news_index, one.question, options.k, **one.filters)

    if options.batch:
        return write_batch(options, questions, found)
    result = found(questions[0])
    if options.json:
        show(result)
    else:
        for hit in result["hits"]:
            article, passage = hit["article"], hit["passage"]
            source = ", ".join([article["outlet"] or article["path"], article["published"] or "undated"])
            show(f"{hit['rank']}. {article['title']} ({source})\n   {' '.join(passage['text'].split())}\n")
        if not result["hits"]:
            among = " of the articles asked for" if any(questions[0].filters.values()) else ""
            show(f"No passage{among} is near, and none has a word of the question.")
    return ANSWERED if result["hits"] else NOT_HELD


def evaluate(options: Namespace) -> int:
    """Answer a question set and print the figures."""
    from assistant import Assistant
    from assistant.evaluation import evaluate, read_set

    cases = read_set(options.set)
    _, news_index = up_to_date(options)
    report, _ = evaluate(Assistant(news_index), cases)
    show(report.to_dict() if options.json else str(report))
    return ANSWERED


def articles(options: Namespace) -> int:
    """List the articles."""
    _, news_index = up_to_date(options)
    headlines = news_index.articles()
    if options.json:
        show([one.to_dict() for one in headlines])
    else:
        for one in headlines:
            show(f"{one.id}  {one.published or 'undated'!s:10}  {one.outlet or '-'}  {one.title}")
    return ANSWERED


def article(options: Namespace) -> int:
    """Show one article as it is indexed."""
    from index.errors import ArticleMissing

    _, news_index = up_to_date(options)
    try:
        found = news_index.article(options.id)
    except ArticleMissing as error:
        raise ArticleMissing(f"{error} List them with: footnote articles") from error
    if options.json:
        show(found.to_dict())
    else:
        line = ", ".join(str(part) for part in (found.outlet, found.author, found.published or "undated") if part)
        show(f"{found.title}\n{line}\n{found.url or found.path}\n\n{found.text}")
    return ANSWERED


def models(options: Namespace) -> int:
    """Say which model is set, and which its server has."""
    from assistant.model import names_none, parsed, reachable
    from assistant.settings import model_key
    from corpus.addresses import without_secrets

    named = load({"model": options.model}).model
    if named is None or names_none(named):
        found: dict[str, Any] = {"model": None, "where": None, "offers": []}
        line = "No model is set: answers are in the articles' own words. Name one with: --model openai:NAME@URL"
    else:
        offers, one = reachable(named, key=model_key()), parsed(named)
        found = {"model": one.name, "where": without_secrets(one.where), "offers": offers}
        is_there = "can be asked" if one.name in offers else "is not among what is offered"
        line = f"{one.name} {is_there} at {found['where']}.\n" + "\n".join(f"  {name}" for name in offers)
    show(found if options.json else line)
    return ANSWERED
