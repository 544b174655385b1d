"""An answer written by a language model: one call, its sentences checked one by one as they come in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, LeftOut
from assistant.budget import Shown, shown, tokens
from assistant.citing import Draft
from assistant.errors import ModelUnavailable, PromptTooLong
from assistant.evidence import Unit, gather
from assistant.extractive import bears, quote
from assistant.inquiry import Inquiry
from assistant.markers import MOST_SENTENCES, Assembler, Written, claimed, of_the_passage
from assistant.model import MOST_TOKENS, Message, Model
from assistant.nearness import Remembered
from assistant.orders import gives_orders, has_address
from assistant.prompting import prompt
from assistant.supporting import Support, supported
from assistant.wording import attribution, flat
from assistant.words import content

if TYPE_CHECKING:
    from assistant.nearness import Encode

_MARGIN_TOKENS = 120
_TRIES = 3
"""Times that the passages are halved for a server whose window is smaller than it was thought to be."""
MOST_CHARS = 12_000
MOST_KEPT = 12
_LOOPED = 3
"""Times that a model says the same before it is stopped."""
_LEAST_WORDS = 2
_NOT_SAID = re.compile(
    r"^\W*(?:i (?:do not|don['’]t|cannot|can['’]t)|(?:the|these|provided) (?:passages?|articles?|texts?|sources?)"
    r" (?:provided )?(?:do(?:es)? not|don['’]t|doesn['’]t)|there is no (?:information|mention)|sorry|unfortunately)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of the model and what it rests on."""

    text: str
    support: Support


def messages(question: str, given: Sequence[Shown], today: date) -> list[Message]:
    """Return what the model is asked."""
    passages = "\n\n".join(f"[{one.number}] {_head(one)}\n{flat(one.text)}" for one in given)
    # Filled in one step, so that braces in an article stay what they are.
    filled = {"today": today.isoformat(), "passages": passages, "question": flat(question)}
    text = re.sub(r"\{(today|passages|question)\}", lambda match: filled[match[1]], prompt("question"))
    return [Message("system", prompt("answer")), Message("user", text)]


def written_by(
    model: Model,
    inquiry: Inquiry,
    *,
    today: date,
    encode: Encode,
    compose: Callable[[Sequence[Draft], Sequence[LeftOut]], Answer],
    extractive: Answer,
) -> Iterator[Answer]:
    """Yield the answer as its sentences come in and are found supported.

    compose: from the sentences that stand and those left out to an answer. extractive: what is yielded
    in the end, with the reason, when the model fails, no sentence of it stands, or none bears on the question.
    """
    kept: list[Draft] = []
    omitted: list[LeftOut] = []
    told: Counter[str] = Counter()
    best = inquiry.scored[0] if inquiry.scored and not inquiry.wide else None
    bearing = {item.unit.text for item in inquiry.scored if best and bears(item, best)}
    bearing |= {one.quote for one in extractive.citations}
    answers = best is None
    try:
        with closing(_judged(model, inquiry, today=today, encode=encode)) as judged:
            for one in judged:
                told[one.text] += 1
                if told[one.text] >= _LOOPED:
                    break
                if told[one.text] > 1:
                    continue
                if not one.support.quotes:
                    omitted.append(LeftOut(one.text, one.support.reason))
                    continue
                kept.append(Draft(tuple(quote(unit, unit.span) for unit in one.support.quotes), text=one.text))
                answers = answers or any(unit.text in bearing for unit in one.support.quotes)
                if answers:
                    yield compose(kept, omitted)
                if len(kept) >= MOST_KEPT:
                    break
    except (ModelUnavailable, PromptTooLong) as error:
        yield failed(extractive, error, omitted)
        return
    if kept and answers:
        yield compose(kept, omitted)
        return
    beside = [LeftOut(draft.text, "it does not bear on the question") for draft in kept]
    why = (
        "What the model wrote does not bear on the question"
        if kept
        else "No sentence of the model is supported by the passages"
        if omitted
        else "The model wrote no answer"
    )
    yield fallen_back(extractive, f"{why}, so the answer is in the articles' own words.", [*omitted, *beside])


def failed(extractive: Answer, error: ModelUnavailable | PromptTooLong, omitted: Sequence[LeftOut] = ()) -> Answer:
    """Return the extractive answer with what is wrong with the model."""
    return fallen_back(extractive, f"{error} The answer is in the articles' own words.", omitted)


def fallen_back(extractive: Answer, notice: str, omitted: Sequence[LeftOut] = ()) -> Answer:
    """Return the extractive answer with the reason why it stands in place of the model's."""
    left_out = extractive.left_out + len(omitted)
    return replace(extractive, notice=notice, left_out=left_out, left_out_sentences=tuple(omitted))


def _judged(model: Model, inquiry: Inquiry, *, today: date, encode: Encode) -> Generator[Judged, None, None]:
    fixed = tokens(prompt("answer")) + tokens(prompt("question")) + tokens(inquiry.query.text)
    window = model.window_tokens
    room = window - fixed - min(MOST_TOKENS, window // 4) - _MARGIN_TOKENS
    for attempt in range(_TRIES):
        given = shown(inquiry.hits, inquiry.articles, room >> attempt)
        if not given:
            break
        among = [[unit for unit in gather([item.hit], inquiry.articles) if _citable(unit.text)] for item in given]
        heard, remembered = False, Remembered(encode)
        try:
            for sentence in _sentences(model, messages(inquiry.query.text, given, today)):
                heard = True
                said = replace(sentence, text=claimed(sentence.text))
                yield Judged(said.text, support_of(said, among, remembered))
            return
        except PromptTooLong:
            if heard or attempt == _TRIES - 1:
                raise
    raise PromptTooLong(
        f"No passage fits the window of {model.name!r}, {window} tokens. Give it a longer one: --window."
    )


def _sentences(model: Model, asked: Sequence[Message]) -> Iterator[Written]:
    assembler = Assembler()
    length = count = 0
    with closing(model.stream(asked)) as pieces:
        for piece in pieces:
            length += len(piece)
            for sentence in assembler.feed(piece):
                count += 1
                yield sentence
            if length > MOST_CHARS or count >= MOST_SENTENCES:
                break
    yield from assembler.close()


def support_of(sentence: Written, among: Sequence[Sequence[Unit]], encode: Encode) -> Support:
    """Return what a sentence of the model rests on: in the passages it cites, else in the others.

    among: the evidence of each passage, the first being number 1.
    """
    if _NOT_SAID.match(sentence.text):
        return Support((), "the model says that the passages do not hold it")
    if has_address(sentence.text):
        return Support((), "it holds an address")
    if gives_orders(sentence.text):
        return Support((), "it is an instruction")
    if of_the_passage(sentence.text):
        return Support((), "it speaks of the passage, not of what happened")
    if len(content(sentence.text)) < _LEAST_WORDS:
        return Support((), "it says nothing")
    cited = [number for number in sentence.cited if 1 <= number <= len(among)]
    first = supported(sentence.text, [one for number in cited for one in among[number - 1]], encode)
    if first.quotes:
        return first
    other = supported(
        sentence.text, [one for at, listed in enumerate(among, start=1) if at not in cited for one in listed], encode
    )
    return other if other.quotes or not cited else first


def _citable(text: str) -> bool:
    """Whether a sentence of an article may carry one of the model's: not when it gives orders to a machine."""
    return not gives_orders(text) and not has_address(text)


def _head(one: Shown) -> str:
    article = one.hit.passage.article
    return f"{flat(article.title)} ({attribution(article)})"
