"""Learn the weights in assistant/learned.json: python -m tests.benchmarks.train_assistant BENCH [STAGE …] [--write].

Linear models over measured features, so that each weight can be read. Stages build on one another, in this order:
preselection and ranking (softmax over the sentences of a search), reading (softmax over those that the cross-encoder
read, see train_cross_encoder.py), short (softmax over the stretches of a sentence), answering (softmax over the first
sentences, with their short answers), sufficiency (logistic), setting-off (logistic, of the short answer), disagreement
(logistic over the pair that speaks most for it), given (softmax over what texts that come with the question amount to).
Every figure printed is cross-validated over five parts that share no article.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

import assistant.learned as learned_weights
from assistant import given_verdict
from assistant.answer import Query
from assistant.differing import pair
from assistant.disagreement import possible, told
from assistant.evaluation import holds_answer, token_f1
from assistant.evidence import gather
from assistant.figures import evidence_features, rightness
from assistant.given import GivenPassages
from assistant.inquiry import Inquiry, deep, looked_up, nowhere
from assistant.ordering import COMPARED, answering_of_given
from assistant.question import Question, analyse
from assistant.reading import READ, most_read, odds, read_first
from assistant.reading import measured as measured_of
from assistant.scoring import Scored, rarity, score
from assistant.short import best
from assistant.stretch import stretches
from corpus.article import Article
from index.cross_encoder import CrossEncoder
from index.excerpt import Excerpt, Reading
from index.filters import EVERYTHING, Filters
from index.minilm import MiniLM
from index.passage import Passage
from tests import reporting
from tests.benchmarks.eval_bench import read, some
from tests.reporting import UNLEARNED

Row = dict[str, Any]
Weights = dict[str, float]
FOLDS = 5
FITTING = 1.0
"""Worth of holding a value of the asked kind at all, by hand: "when?" answered without a date reads as a mistake."""
SHARPER = 2.5
"""What the weights for given texts, log odds, are multiplied by: three sentences are shown, not five."""
OF_NEWS = 1.0
"""What a reporter's question weighs beside one of SQuAD's: there are nearly as many."""
OF_IMPOSSIBLE = 0.25
"""What one of SQuAD's impossible questions weighs, which are made to deceive, and half of all."""
HALF_RIGHT = 0.5
LEARNED = Path(__file__).parents[2] / "assistant" / "learned.json"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice among candidates: the features of each, how right each is (sums to 1), what it shares a fold with."""

    features: list[Weights]
    right: np.ndarray
    group: str
    worth: np.ndarray | None = None
    weight: float = 1.0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One case to say yes or no to. features: one row for each way it can be yes, the strongest counts."""

    features: list[Weights]
    yes: bool
    kind: str
    group: str
    weight: float


class KeptEncoder:
    """Encodes and reads each text once. path: a file of this script's own, where that is kept from run to run."""

    def __init__(self, path: Path | None) -> None:
        self._encoder, self._path, self._kept = MiniLM(), path, dict[str, np.ndarray]()
        self._parts: dict[tuple[str, tuple[tuple[int, int], ...]], tuple[np.ndarray, np.ndarray]] = {}
        self._reader, self._read = CrossEncoder(), dict[tuple[str, Excerpt], Reading]()
        self.name, self.dimension = self._encoder.name, self._encoder.dimension
        if path and path.exists():
            self._kept, self._parts, self._read = pickle.loads(path.read_bytes())

    def save(self) -> None:
        """Keep the vectors for the next run."""
        if self._path:
            self._path.write_bytes(pickle.dumps((self._kept, self._parts, self._read)))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._kept[text] for text in texts], np.float32)

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        new = [one for one in dict.fromkeys(excerpts) if (question, one) not in self._read]
        if new:
            self._read.update(
                ((question, one), reading) for one, reading in zip(new, self._reader.read(question, new), strict=True)
            )
        return [self._read[question, one] for one in excerpts]

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        keys = [(text, tuple(bounds)) for text, bounds in zip(texts, parts, strict=True)]
        new = [key for key in dict.fromkeys(keys) if key not in self._parts]
        made = self._encoder.encode_parts([text for text, _ in new], [bounds for _, bounds in new])
        self._parts.update(zip(new, zip(*made, strict=True), strict=True))
        found = [self._parts[key] for key in keys]
        return np.array([vector for vector, _ in found], np.float32), [inside for _, inside in found]


def main() -> None:
    """Learn the stages that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("stages", nargs="*", choices=[[], *STAGES], default=[])
    parser.add_argument("--cache", type=Path, help="file to keep the vectors in")
    parser.add_argument("--write", action="store_true", help="replace the weights in assistant/learned.json")
    options = parser.parse_args()
    encode = KeptEncoder(options.cache)
    for stage in options.stages or STAGES:
        print(f"## {stage}", flush=True)
        for name, weights in STAGES[stage](options.bench, encode).items():
            if options.write:
                _write(name, weights, stage)
        encode.save()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a library answers. right: tells whether a found sentence does."""

    text: str
    library: GivenPassages
    answers: tuple[str, ...]
    right: Callable[[Scored], bool]
    group: str
    weight: float


def answered(bench: Path, encode: KeptEncoder) -> Iterator[Asked]:
    """Yield the questions whose answers are known: SQuAD's, and reporters' own."""
    rows, library = squad(bench, encode)
    for row in answerable(rows):
        yield Asked(
            row["query"].strip(),
            library,
            tuple(row["answers"]),
            lambda item, row=row: holds(row, item.unit.article.id, item.unit.text),
            row["title"],
            1.0,
        )
    for folder, (own, asked) in newsrooms(encode).items():
        for row in asked:
            if row["answers"] is not None:
                yield Asked(
                    row["question"],
                    own,
                    tuple(row["answers"]),
                    lambda item, row=row: answers_reporter(row, item.unit.text),
                    f"news {folder}",
                    OF_NEWS,
                )


def learn_ranking(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Which sentence of the passages found holds the answer."""
    choices = []
    for asked in answered(bench, encode):
        _, _, scored = _ranked(asked.text, asked.library)
        right = np.array([asked.right(item) for item in scored], float)
        if right.any():
            features = [item.features.named() for item in scored]
            choices.append(Choice(features, right / right.sum(), asked.group, weight=asked.weight))
    names = [name for name in choices[0].features[0] if name != "deeds"]
    before = [name for name in names if name != "meaning" and not name.startswith("behind")]
    return {"ranking": softmax("ranking", choices, names), "preselection": softmax("preselection", choices, before)}


def _searched(text: str, library: GivenPassages) -> tuple[Question, Weights, list[Scored]]:
    question, weights, ranked = _ranked(text, library)
    return question, weights, read_first(question, ranked, library, most=_most(library))


def _most(library: GivenPassages) -> int:
    """Return how many sentences are read: of texts that come with a question as few as of a large index."""
    passages = library.coverage().passages
    return READ if passages <= GIVEN else most_read(passages)


def _ranked(text: str, library: GivenPassages) -> tuple[Question, Weights, list[Scored]]:
    question = analyse(text)
    hits = library.search(text, deep(library.coverage().passages))
    articles = {hit.passage.article.id: library.article(hit.passage.article.id) for hit in hits}
    weights = rarity(question, _counts(question, library), library.coverage().passages)
    return question, weights, score(question, gather(hits, articles), weights, library)


def learn_reading(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Which of the sentences that were read together with the question holds the answer."""
    choices = []
    for asked in answered(bench, encode):
        question, _, ranked = _ranked(asked.text, asked.library)
        before = {item.unit.place: item.score for item in ranked}
        most = _most(asked.library)
        head = read_first(question, ranked, asked.library, most=most)[:most]
        right = np.array([asked.right(item) for item in head], float)
        if right.any():
            top = max(odds(item) for item in head)
            features = [measured_of(replace(item, score=before[item.unit.place]), top) for item in head]
            choices.append(Choice(features, right / right.sum(), asked.group, weight=asked.weight))
    return {"reading": softmax("reading", choices, sorted(choices[0].features[0]))}


def learn_short(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Which stretch of the right sentence is the short answer."""
    choices = []
    for asked in answered(bench, encode):
        question, weights, scored = _searched(asked.text, asked.library)
        if asked.group.startswith("news") and not question.kinds:
            continue  # the key words of a reason are no short answer
        item = next((item for item in scored if item.reading and asked.right(item)), None)
        if item is None:
            continue
        sentence = item.unit.text
        measured = list(stretches(question, sentence, weights, item.reading))
        worth = np.array(
            [max(token_f1(sentence[c.start : c.end], right) for right in asked.answers) for c, _ in measured]
        )
        if len(worth) and worth.max() > 0.3:
            right = (worth >= worth.max() - 1e-6) + 0.3 * worth**4
            features = [named for _, named in measured]
            choices.append(Choice(features, right / right.sum(), asked.group, worth, asked.weight))
    counts: dict[str, int] = {}
    for choice in choices:
        for name in {name for features in choice.features for name in features}:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= 8)
    found = softmax("short", choices, names, penalty=0.002, scaled=False, steps=120)
    return {"short": {name: weight for name, weight in found.items() if abs(weight) >= 0.02}}


def learn_answering(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Whether a short answer that stands well should bring its sentence forward: in an index, and among given texts."""
    valued: list[Choice] = []
    other: list[Choice] = []
    for asked in answered(bench, encode):
        question = analyse(asked.text)
        if question.told or question.identity or question.asked == "reason":
            continue
        choice = _answering_choice(question, asked.library, asked.right, asked.group, asked.weight)
        if choice:
            (valued if question.kinds else other).append(choice)
    among_given: list[Choice] = []
    chance = random.Random(3)
    for row in read(bench / "rgb" / "en_fact.dev.jsonl"):
        question, accepted = analyse(row["query"]), _accepted(row["answer"])
        for positives in (1, 1, 2, 3):
            texts = chance.sample(row["positive"], min(positives, len(row["positive"])))
            texts += chance.sample(row["negative"], min(5 - len(texts), len(row["negative"])))
            choice = _answering_choice(
                question,
                GivenPassages.of(texts, encoder=encode, reader=encode),
                lambda item, accepted=accepted: holds_answer(item.unit.text, accepted),
                row["query"],
            )
            if choice and question.kinds:
                among_given.append(choice)
    names = ["score", "topical", "short score", "near", "belief", "other year", "question", "read", "short read"]
    learned = {}
    for name, choices in (("answering value", valued), ("answering other", other)):
        weights = softmax(name, choices, names, penalty=0.01)
        learned[name] = {feature: weight / weights["score"] for feature, weight in weights.items()}
        learned[name]["question"] = min(learned[name]["question"], 0.0)  # the few in these sets tell nothing
    learned["answering value"]["fitting"] = FITTING
    # Snippets of pages: many tell nothing, or of somebody or something else, which SQuAD's sentences hardly ever do.
    names += ["telling", "former", "of another"]
    weights = softmax("answering value of given", among_given, names, penalty=0.03)
    weights["fitting"] = FITTING
    learned["answering value of given"] = {feature: SHARPER * weight for feature, weight in weights.items()}
    return learned


def _answering_choice(
    question: Question, library: Any, right: Callable[[Scored], bool], group: str, weight: float = 1.0
) -> Choice | None:
    _, weights, scored = _searched(question.text, library)
    head = scored[:COMPARED]
    held = np.array([right(item) for item in head], float)
    if not held.any():
        return None
    features = [
        answering_of_given(question, item, best(question, item.unit.text, weights, item.reading)) for item in head
    ]
    return Choice(features, held / held.sum(), group, weight=weight)


def _accepted(answer: Any) -> list[str]:
    return [answer] if isinstance(answer, str) else [text for part in answer for text in _accepted(part)]


def learn_setting_off(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Whether the short answer of the first sentence is right, also where there is none to be right."""
    rows, paragraphs = squad(bench, encode)
    asked = [
        (paragraphs, row["query"].strip(), [] if row["is_impossible"] else row["answers"], f"squad {row['title']}")
        for row in rows
    ]
    for folder, (own, questions) in newsrooms(encode).items():
        asked += [(own, row["question"], row["answers"] or [], f"news {folder}") for row in questions]
    cases = []
    for library, text, answers, group in asked:
        inquiry = looked_up(Query(text), library, library.coverage())
        found = inquiry.shorts[0] if inquiry.shorts else None
        if not inquiry.verdict.enough or found is None or not found.shown(inquiry.question):
            continue
        right = any(token_f1(found.text, answer) >= HALF_RIGHT for answer in answers)
        measured = found.measured(inquiry.question, inquiry.scored)
        kind = f"{group.split()[0]} {'right' if right else 'wrong' if answers else 'without any'}"
        of_squad = 1.0 if answers else OF_IMPOSSIBLE
        weight = of_squad if group.startswith("squad") else OF_NEWS
        cases.append(Judgement([measured], right, kind, group, weight))
    return {"setting off": logistic("setting off", cases)}


def learn_sufficiency(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Whether what was found is enough: in an index, and among given texts."""
    return {"sufficiency": logistic("sufficiency", list(_index_cases(bench, encode)))}


def learn_given(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Whether texts that come with a question hold one answer, none, or several that differ."""
    choices = list(_standing_cases(bench, encode))
    names = sorted({name for choice in choices for features in choice.features for name in features})
    weights = softmax("given", choices, names, penalty=0.004, judged=_print_modes)
    return {
        f"given {mode}": {
            name.removeprefix(f"{mode}: "): weight for name, weight in weights.items() if name.startswith(f"{mode}: ")
        }
        for mode in MODES
    }


def learn_disagreement(bench: Path, encode: KeptEncoder) -> dict[str, Weights]:
    """Whether two sentences of different articles differ on what is asked."""
    return {"disagreement": logistic("disagreement", list(_differing_cases(bench, encode)), rounds=8)}


STAGES: dict[str, Callable[[Path, KeptEncoder], dict[str, Weights]]] = {
    "ranking": learn_ranking,
    "reading": learn_reading,
    "short": learn_short,
    "answering": learn_answering,
    "setting-off": learn_setting_off,
    "sufficiency": learn_sufficiency,
    "disagreement": learn_disagreement,
    "given": learn_given,
}
GIVEN = 10
"""Passages up to which they came with the question here: RGB's are five, a newsroom's folder has more."""
MODES = ("lacking", "agreeing", "differing")


def _index_cases(bench: Path, encode: KeptEncoder) -> Iterator[Judgement]:
    rows, paragraphs = squad(bench, encode)
    queries, facts = multihop(bench, encode)
    chance = random.Random(3)
    for row in rows:
        kind, weight = ("squad impossible", 0.1) if row["is_impossible"] else ("squad", 1.0)
        yield from _judged(paragraphs, row["query"].strip(), not row["is_impossible"], kind, row["title"], weight)
    for row in answerable(rows)[::3]:
        without = Without(paragraphs, row["paragraph"])
        yield from _judged(without, row["query"].strip(), False, "squad without its paragraph", row["title"], 0.36)
    for row in chance.sample(rows, 600):
        yield from _judged(facts, row["query"].strip(), False, "squad asked of facts", row["title"], 1.5)
    for row in chance.sample([query for query in queries if query["type"] != "null_query"], 400):
        yield from _judged(paragraphs, row["query"], False, "multihop asked of squad", row["id"], 1.2)
    for row in queries:
        null = row["type"] == "null_query"
        yield from _judged(
            facts, row["query"], not null, "multihop null" if null else "multihop", row["id"], 5.0 if null else 1.0
        )

    rooms = newsrooms(encode)
    for folder, (own, asked) in rooms.items():
        for row in asked:
            held = row["answers"] is not None
            kind, weight = ("news", OF_NEWS) if held else ("news lacking", 1.0)
            yield from _judged(own, row["question"], held, kind, str(folder), weight)
        for stranger in (other for other in rooms if other != folder):
            for row in chance.sample(rooms[stranger][1], 15):
                yield from _judged(own, row["question"], False, "news asked of other news", str(folder), 1.0)


def _standing_cases(bench: Path, encode: KeptEncoder) -> Iterator[Choice]:
    def case(query: str, texts: Sequence[str], mode: str, kind: str, group: str, weight: float) -> Iterator[Choice]:
        library = GivenPassages.of(texts, encoder=encode, reader=encode)
        inquiry = looked_up(Query(query), library, library.coverage(), given=True)
        if not inquiry.scored:
            return
        measured = evidence_features(
            inquiry.question,
            inquiry.scored,
            inquiry.weights,
            absent=nowhere(inquiry.question, library),
            shorts=inquiry.shorts,
        )
        beliefs = [one.belief for one in possible(inquiry.question, inquiry.scored[:COMPARED], inquiry.shorts)]
        features = given_verdict.features(
            inquiry.question, [article.text for article in inquiry.articles.values()], measured, beliefs
        )
        rows = [{f"{one}: {name}": value for name, value in features.items()} for one in MODES]
        yield Choice(rows, np.array([float(one == mode) for one in MODES]), group, weight=weight, kind=f"{kind} {mode}")

    modes = {"abstain": "lacking", "trustworthy": "agreeing", "disputed": "differing"}
    for row in read(bench / "fitz_gov" / "cases.dev.jsonl"):
        yield from case(row["query"], row["contexts"], modes[row["expected_mode"]], "fitz", row["id"], 1.0)
    chance = random.Random(3)

    for row in read(bench / "rgb" / "en_fact.dev.jsonl"):
        query, wrong = row["query"], row["positive_wrong"]
        yield from case(query, row["positive"][:5], "agreeing", "rgb alone", query, 2.0)
        for positives in (3, 2, 1):
            texts = some(row["positive"], positives, chance)
            texts += some(row["negative"], 5 - len(texts), chance)
            chance.shuffle(texts)
            yield from case(query, texts, "agreeing", "rgb among negatives", query, 2.0)
        yield from case(query, some(row["negative"], 5, chance), "lacking", "rgb", query, 2.0)
        yield from case(query, [*row["positive"][:3], *wrong[:3]], "differing", "rgb", query, 2.0)
        yield from case(query, [*row["positive"][:1], *wrong[:1], *row["negative"][:2]], "differing", "rgb", query, 2.0)
    for row in read(Path(__file__).parents[1] / "golden" / "sides.jsonl"):
        texts = [article["text"] for article in row["articles"]]
        yield from case(
            row["question"], texts, "differing" if row["differs"] else "agreeing", "own", row["question"], 5.0
        )
    rows, paragraphs = squad(bench, encode)
    for row in answerable(rows)[::3]:
        hits = paragraphs.search(row["query"].strip(), 8)
        others = [hit.passage.text for hit in hits if hit.passage.article.id != article_id(row["paragraph"])]
        texts = [row["context"], *others[:3]]
        chance.shuffle(texts)
        yield from case(row["query"].strip(), texts, "agreeing", "paragraphs", row["title"], 0.3)
        yield from case(row["query"].strip(), others[:4], "lacking", "paragraphs", row["title"], 0.3)


def _print_modes(choices: Sequence[Choice], scores: Sequence[np.ndarray]) -> None:
    """Print what each kind of texts is taken for, at the factors of `given_verdict`."""
    factors = np.log([given_verdict.LACKING, 1.0, given_verdict.DIFFERING])
    told = [int(np.argmax(score + factors)) for score in scores]
    for kind in sorted({choice.kind for choice in choices}):
        mine = [mode for mode, choice in zip(told, choices, strict=True) if choice.kind == kind]
        shares = ", ".join(f"{mode} {100 * mine.count(at) / len(mine):.1f} %" for at, mode in enumerate(MODES))
        print(f"  {kind} ({len(mine)}): {shares}", flush=True)
    fitz = [choice.right[mode] for mode, choice in zip(told, choices, strict=True) if choice.kind.startswith("fitz")]
    print(f"  fitz_gov as a whole: {100 * np.mean(fitz):.1f} %", flush=True)


def _judged(library: Any, query: str, yes: bool, kind: str, group: str, weight: float) -> Iterator[Judgement]:
    inquiry = looked_up(Query(query), library, library.coverage())
    if not inquiry.scored:
        return
    absent = nowhere(inquiry.question, library)
    measured = evidence_features(
        inquiry.question, inquiry.scored, inquiry.weights, absent=absent, shorts=inquiry.shorts
    )
    measured |= rightness(inquiry.question, inquiry.scored, inquiry.shorts)
    yield Judgement([measured], yes, kind, f"{kind.split()[0]} {group}", weight)


def _differing_cases(bench: Path, encode: KeptEncoder) -> Iterator[Judgement]:
    def case(inquiry: Inquiry, yes: bool, kind: str, weight: float) -> Judgement:
        return Judgement(
            list(_pairs(inquiry)), yes, f"{kind} {'differing' if yes else 'agreeing'}", inquiry.query.text, weight
        )

    def given(question: str, texts: Sequence[str]) -> Inquiry:
        library = GivenPassages.of(texts, encoder=encode, reader=encode)
        return looked_up(Query(question), library, library.coverage(), given=True)

    for row in read(Path(__file__).parents[1] / "golden" / "sides.jsonl"):
        yield case(given(row["question"], [article["text"] for article in row["articles"]]), row["differs"], "own", 6.0)
    for row in read(bench / "rgb" / "en_fact.dev.jsonl"):
        yield case(given(row["query"], row["positive"][:5]), False, "rgb", 6.0)
        yield case(given(row["query"], [*row["positive"][:3], *row["positive_wrong"][:3]]), True, "rgb", 6.0)
        yield case(
            given(row["query"], [*row["positive"][:1], *row["positive_wrong"][:1], *row["negative"][:2]]),
            True,
            "rgb",
            6.0,
        )
    for row in read(bench / "fitz_gov" / "cases.dev.jsonl"):
        if row["expected_mode"] != "abstain":
            disputed = row["expected_mode"] == "disputed"
            yield case(given(row["query"], row["contexts"]), disputed, "fitz", 2.0 if disputed else 1.0)
    rows, library = squad(bench, encode)
    for row in random.Random(9).sample(answerable(rows), 250):
        yield case(looked_up(Query(row["query"].strip()), library, library.coverage()), False, "squad", 1.5)


def _counts(question: Question, library: GivenPassages) -> dict[str, int]:
    return {word.text: library.document_frequency(word.text) for word in question.terms}


def _pairs(inquiry: Inquiry) -> Iterator[Weights]:
    paired = list(zip(inquiry.scored[:COMPARED], inquiry.shorts, strict=False))
    for (one, mine), (other, theirs) in combinations(paired, 2):
        apart = one.unit.article.id != other.unit.article.id
        if apart and told(inquiry.question, one.unit.text, other.unit.text, mine, theirs):
            yield pair(inquiry.question, one, other, mine, theirs)


# the sets


class Without:
    """A library in which one article is not found."""

    def __init__(self, library: GivenPassages, paragraph: str) -> None:
        self._library, self._hidden = library, article_id(paragraph)

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Any]:
        found = self._library.search(query, k + 1, filters)
        return [hit for hit in found if hit.passage.article.id != self._hidden][:k]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)


def squad(bench: Path, encode: KeptEncoder) -> tuple[list[Row], GivenPassages]:
    rows = read(bench / "squad2" / "questions.dev.jsonl")
    texts = {row["paragraph"]: (row["title"].replace("_", " "), row["context"]) for row in rows}
    return rows, _library(((name, title, text) for name, (title, text) in texts.items()), encode)


def multihop(bench: Path, encode: KeptEncoder) -> tuple[list[Row], GivenPassages]:
    facts = read(bench / "multihop_rag" / "facts.jsonl")
    library = _library(((fact["id"], fact["title"], fact["fact"]) for fact in facts), encode)
    return read(bench / "multihop_rag" / "queries.dev.jsonl"), library


def _library(texts: Iterable[tuple[str, str, str]], encode: KeptEncoder) -> GivenPassages:
    articles = [Article(id=article_id(name), title=title, path=name, text=text) for name, title, text in texts]
    passages = [Passage(f"p {one.id}", one.headline, 0, 0, len(one.text), one.text) for one in articles]
    return GivenPassages(articles, passages, encoder=encode, reader=encode)


def article_id(name: str) -> str:
    return f"article {name}"


def newsrooms(encode: KeptEncoder) -> dict[int, tuple[GivenPassages, list[Row]]]:
    """Return the reporters' articles and questions by folder, without the folder that nothing is learned from."""
    found: dict[int, tuple[GivenPassages, list[Row]]] = {}
    told_of, asked_of = reporting.told(later=True), reporting.asked(later=True)
    for folder in sorted({row["folder"] for row in told_of} - {*UNLEARNED}):
        articles = [
            Article(
                id=article_id(row["name"]),
                title=row["title"],
                path=row["name"],
                text=row["text"],
                outlet=row["outlet"],
                published=date.fromisoformat(row["date"]),
                published_origin="front-matter",
            )
            for row in told_of
            if row["folder"] == folder
        ]
        asked = [row for row in asked_of if row["folder"] == folder]
        found[folder] = GivenPassages(articles, encoder=encode, reader=encode), asked
    return found


def answers_reporter(row: Row, text: str) -> bool:
    """Whether a sentence is the one that answers, or holds the answer itself."""
    flat = " ".join(text.split())
    own = " ".join(row.get("sentence", "").split())
    return bool(own and own in flat) or any(answer.lower() in flat.lower() for answer in row["answers"])


def answerable(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not row["is_impossible"]]


def holds(row: Row, article: str, text: str) -> bool:
    return article == article_id(row["paragraph"]) and any(answer in text for answer in row["answers"])


# the models


def softmax(
    title: str,
    choices: Sequence[Choice],
    names: Sequence[str],
    *,
    penalty: float = 0.001,
    scaled: bool = True,
    steps: int = 300,
    judged: Callable[[Sequence[Choice], Sequence[np.ndarray]], None] | None = None,
) -> Weights:
    """Learn weights that prefer the right candidate; print how often the first is right in parts not learned from.

    judged: called with the scores that each choice's candidates had from the parts it is not in.
    """
    place = {name: at for at, name in enumerate(names)}
    tables = [_table(choice.features, place) for choice in choices]
    spread = np.ones(len(names))
    if scaled:
        values = [dict.fromkeys(names, 0.0) | features for choice in choices for features in choice.features]
        spread = np.array([[row[name] for name in names] for row in values]).std(0) + 1e-9
    parts = [_part(choice.group) for choice in choices]
    hits = []
    apart: dict[int, np.ndarray] = {}
    for part in range(FOLDS):
        weights = _climb(tables, choices, spread, penalty, steps, [at for at, mine in enumerate(parts) if mine != part])
        for at, mine in enumerate(parts):
            if mine == part:
                apart[at] = _scores(tables[at], weights / spread)
                best = int(np.argmax(apart[at]))
                worth = choices[at].worth
                hits.append(float(choices[at].right[best] > 0) if worth is None else float(worth[best]))
    print(f"{title}: {100 * np.mean(hits):.1f} % over {len(hits)} choices that hold a right one", flush=True)
    if judged:
        judged(choices, [apart[at] for at in range(len(choices))])
    weights = _climb(tables, choices, spread, penalty, steps, range(len(choices))) / spread
    return dict(zip(names, map(float, weights), strict=True))


def logistic(title: str, cases: Sequence[Judgement], *, rounds: int = 1, penalty: float = 0.003) -> Weights:
    """Learn weights that say yes or no; print, by kind, the share said yes to at several beliefs."""
    held = [case for case in cases if case.features]
    names = sorted({name for case in held for features in case.features for name in features})
    tables = [np.array([[features.get(name, 0.0) for name in names] for features in case.features]) for case in held]
    stacked = np.concatenate(tables)
    middle, spread, constant = stacked.mean(0), stacked.std(0) + 1e-9, names.index("constant")
    middle[constant], spread[constant] = 0.0, 1.0
    tables = [(table - middle) / spread for table in tables]
    yes, weight = np.array([case.yes for case in held], float), np.array([case.weight for case in held])
    parts = np.array([_part(case.group) for case in held])
    beliefs = np.zeros(len(held))
    for part in range(FOLDS):
        found = _decide(tables, yes, weight, parts != part, names, rounds, penalty)
        for at in np.flatnonzero(parts == part):
            beliefs[at] = 1 / (1 + np.exp(-(tables[at] @ found).max()))
    totals = {kind: sum(case.kind == kind for case in cases) for kind in sorted({case.kind for case in cases})}
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.68):
        told = {
            kind: sum(b >= least for b, case in zip(beliefs, held, strict=True) if case.kind == kind) / total
            for kind, total in totals.items()
        }
        print(
            f"{title} at {least}: yes to " + ", ".join(f"{kind} {100 * share:.1f} %" for kind, share in told.items()),
            flush=True,
        )
    found = _decide(tables, yes, weight, np.ones(len(held), bool), names, rounds, penalty)
    weights = dict(zip(names, map(float, found / spread), strict=True))
    weights["constant"] = float(found[constant] - (found * middle / spread).sum())
    return weights


def _decide(
    tables: Sequence[np.ndarray],
    yes: np.ndarray,
    weight: np.ndarray,
    used: np.ndarray,
    names: Sequence[str],
    rounds: int,
    penalty: float,
) -> np.ndarray:
    """Where a case can be yes in several ways, learn from the strongest, and choose it anew in each round."""
    weights = np.array([_FIRST_GUESS.get(name, 0.0) for name in names])
    for _ in range(rounds):
        rows = np.array(
            [table[int(np.argmax(table @ weights))] for table, use in zip(tables, used, strict=True) if use]
        )
        target, worth = yes[used], weight[used]

        def slope(
            current: np.ndarray, rows: np.ndarray = rows, target: np.ndarray = target, worth: np.ndarray = worth
        ) -> np.ndarray:
            return rows.T @ (worth * (1 / (1 + np.exp(-rows @ current)) - target)) / worth.sum() + penalty * current

        weights = _descend(
            slope, weights if rounds > 1 else np.zeros(len(names)), steps=400 if rounds == 1 else 150, rate=0.05
        )
    return weights


_FIRST_GUESS = {
    "clash frame": 2.0,
    "swapped asked frame": 2.0,
    "turned near": 1.0,
    "clash belief": 1.0,
    "opposed near": 0.5,
}


def _climb(
    tables: Sequence[Any],
    choices: Sequence[Choice],
    spread: np.ndarray,
    penalty: float,
    steps: int,
    used: Iterable[int],
) -> np.ndarray:
    used = list(used)

    def slope(weights: np.ndarray) -> np.ndarray:
        total = np.zeros_like(weights)
        raw = weights / spread
        for at in used:
            rows, columns, values, count = tables[at]
            scores = np.bincount(rows, values * raw[columns], count)
            share = np.exp(scores - scores.max())
            share /= share.sum()
            wanted = choices[at].right * share if choices[at].worth is None else choices[at].right
            slopes = np.bincount(columns, values * (share - wanted / wanted.sum())[rows], len(weights))
            total += choices[at].weight * slopes / spread
        return total / len(used) + penalty * weights

    return _descend(slope, np.zeros(len(spread)), steps=steps, rate=0.1)


def _descend(slope: Callable[[np.ndarray], np.ndarray], start: np.ndarray, *, steps: int, rate: float) -> np.ndarray:
    """Follow the slope down with Adam, ever more slowly."""
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(steps):
        down = slope(weights)
        first, second = 0.9 * first + 0.1 * down, 0.999 * second + 0.001 * down**2
        pace = first / (1 - 0.9 ** (step + 1)) / (np.sqrt(second / (1 - 0.999 ** (step + 1))) + 1e-8)
        weights -= rate * (1 - step / steps) * pace
    return weights


def _table(features: Sequence[Weights], place: dict[str, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    entries = [
        (row, place[name], value)
        for row, named in enumerate(features)
        for name, value in named.items()
        if name in place and value
    ]
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return np.array(rows, int), np.array(columns, int), np.array(values, float), len(features)


def _scores(table: tuple[np.ndarray, np.ndarray, np.ndarray, int], weights: np.ndarray) -> np.ndarray:
    rows, columns, values, count = table
    return np.bincount(rows, values * weights[columns], count)


def _part(group: str) -> int:
    return random.Random(group).randrange(FOLDS)


def _write(name: str, weights: Weights, stage: str) -> None:
    kept = json.loads(LEARNED.read_text(encoding="utf-8"))
    rounded = {feature: round(weight, 4) for feature, weight in sorted(weights.items())}
    kept[name] = {"made_by": f"tests/benchmarks/train_assistant.py {stage}", "weights": rounded}
    LEARNED.write_text(json.dumps(kept, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    learned_weights._all.cache_clear()


if __name__ == "__main__":
    main()
