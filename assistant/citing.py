"""Citations that hold: every quote is compared with the article before it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Citation, Sentence
from assistant.wording import flat
from corpus.article import Article
from index.passage import Passage

if TYPE_CHECKING:
    from assistant.library import Library


@dataclass(frozen=True, slots=True)
class Quote:
    """Words claimed to stand at [start, end) of the article of `passage`."""

    text: str
    start: int
    end: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that is to be cited. An empty `text` stands for the first quote's own words."""

    quotes: tuple[Quote, ...]
    text: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """Sentences with their citations. left_out: quotes that are not in their article and were removed."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    left_out: int

    def number(self, passage: Passage, start: int) -> int | None:
        """Return the citation that covers a place of an article; None where none does."""
        return next(
            (
                citation.number
                for citation in self.citations
                if citation.article.id == passage.article.id and citation.start <= start < citation.end
            ),
            None,
        )


def verbatim(quote: Quote, articles: Mapping[str, Article]) -> bool:
    """Whether the article holds exactly these words at exactly this place."""
    article = articles.get(quote.passage.article.id)
    return bool(quote.text.strip()) and article is not None and article.text[quote.start : quote.end] == quote.text


def cite(drafts: Iterable[Draft], articles: Mapping[str, Article], *, also: Iterable[Quote] = ()) -> Cited:
    """Number the quotes from 1 in order of first use; drop a quote that fails its check, and a sentence without one.

    also: quotes that stand beside the answer and in none of its sentences (rows of a timeline); numbered last.
    """
    numbers: dict[tuple[str, int, int], Citation] = {}
    sentences: list[Sentence] = []
    left_out = 0
    for draft in drafts:
        held = [quote for quote in draft.quotes if verbatim(quote, articles)]
        left_out += len(draft.quotes) - len(held)
        # A verbatim sentence stands on its first quote: if that is wrong, so is the sentence.
        if not held or (not draft.text and held[0] is not draft.quotes[0]):
            continue
        used = tuple(dict.fromkeys(_numbered(quote, numbers).number for quote in held))
        sentences.append(Sentence(draft.text or held[0].text, used, draft.lead))
    for quote in also:
        if verbatim(quote, articles):
            _numbered(quote, numbers)
        else:
            left_out += 1
    return Cited(tuple(sentences), tuple(numbers.values()), left_out)


def render(sentences: Sequence[Sentence]) -> str:
    """Return the answer's text: leads and sentences with their footnote numbers."""
    return " ".join(
        f"{sentence.lead + ' ' if sentence.lead else ''}{flat(sentence.text)} "
        + "".join(f"[{number}]" for number in sentence.citations)
        for sentence in sentences
    )


def _numbered(quote: Quote, numbers: dict[tuple[str, int, int], Citation]) -> Citation:
    key = (quote.passage.article.id, quote.start, quote.end)
    if key not in numbers:
        numbers[key] = Citation(len(numbers) + 1, quote.text, quote.start, quote.end, quote.passage)
    return numbers[key]


def with_reprints(citation: Citation, library: Library) -> Citation:
    """Return a citation with all who print its very sentence, also where they print no more of the passage."""
    return replace(citation, also_in=library.also_printed(citation.article.id, citation.quote))
