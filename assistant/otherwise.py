"""Whether a sentence tells with a question's words of another deed: somebody else's, one not done, another's thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.amounts import AMOUNTS
from assistant.another_thing import another_stage, done_to_another, for_another, paid_to, the_other_one
from assistant.clause import clause_of
from assistant.form import formed
from assistant.leaning import leans
from assistant.not_done import not_done, only_wanted
from assistant.nouns import KIN, PERSON_NOUNS
from assistant.question import Question
from assistant.statements import SAYING, WHO_SAID
from assistant.synonyms import named_near, with_synonyms
from assistant.values import names
from assistant.words import content, stem, words
from assistant.written_dates import TIME_NAMES

NAME = r"[A-Z][\w.’'-]*\w(?: [A-Z][\w.’'-]*\w)*"
_WHO_DID = re.compile(rf"({NAME}), who (?:(?:had|has|was|were|is|also|later|then) )*([a-z]+)")
_KIN_DID = re.compile(
    rf"\W*(?:His|Her|Their) (?:[a-z-]+ )?([a-z]+)(?:,? ({NAME}),?)?"
    r" (?:(?:had|has|was|were|is|also|later|then) )*([a-z]+)"
)
_ASKED_OF = r"\b(?:did|does|do|has|have|had|was|were|is|are|will|can) (?:the )?"
_NEGATED = re.compile(r"\b(?:not|never|no|nobody)\b|n['’]t\b|\b(?:refus|fail|den[iy]|declin)", re.IGNORECASE)
_SINCE_WHEN = re.compile(r"\b(before|after|since) ((?:\w+ )?(?:\d{4}\b|the \w+))", re.IGNORECASE)
_OPPOSED = {"before": "after|since", "after": "before", "since": "before|until"}
_OWNED = re.compile(r"[’']s? ((?:[a-z-]+ )?)([a-z-]+)")
_THEIRS = r"\b(?:its|their|his|her) (?:[a-z-]+ )?"
_WITH = re.compile(rf"\b(?:of|with) ({NAME})(?![’'])")
_AGAINST = re.compile(r"\bagainst (?:the )?$", re.IGNORECASE)
_OBJECT = re.compile(r"^\W*who(?:m)? [a-z]+ (?:the )?$", re.IGNORECASE)
"""What stands before whom or what it was done to: "Who sued Lund?"."""
_EITHER_WAY = re.compile(
    rf"(?:{SAYING}|asks?|asked|c[ao]mes?|follow\w*|beg[ai]ns?|join\w*|led|leads?|meets?|met|meeting|marr\w+|wed\w*"
    r"|divorc\w+|merg\w+|fights?|fought|fighting|play\w*|fac(?:es?|ed|ing)|dat(?:es?|ed|ing)|debat\w+|border\w*|drew|draws?"
    r"|kiss\w*|resembl\w+|neighbou?r\w*|box(?:es|ed)?|partner\w*|rival\w*|equal\w*)$",
    re.IGNORECASE,
)
"""Verbs that may stand before who does them ("said Lund", "along came Lund"), or of what two do to each other."""
_DID = re.compile(r"\b(?:did|does|do|has|have|had) (?:the )?$", re.IGNORECASE)
_DIRECTLY = (" ", " has ", " had ", " also ", " later ", " then ", " had also ", " has also ")
_A_THING = re.compile(r"(?:\b(?:the|an?|its|his|her|their|of|no|this|that|for)|[’']s?) (?:[a-z]+ )?$", re.IGNORECASE)
"""What makes the word behind it a noun: "the attack"."""
_PASSIVE = re.compile(r"(?:was|were|is|are|be|been|being|got)(?: [a-z]+ly)? $")
_FOR = re.compile(rf"\b[Ff]or (?:the |its |their |his |her )?(?:[a-z-]+ ){{0,3}}({NAME})")


_FINAL = re.compile(r"(?<![\w-])finals?\b", re.IGNORECASE)
_ASKS_WON = re.compile(
    r"^\W*(?:who|what|which)\b.*\b(?:won|wins?|winner|lost|loses?|loser|beaten|defeated|beat)\b.*(?<![\w-])finals?\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:reach\w*|into|ma(?:d|k)(?:e|ing)(?: it)?(?: to)?|advanc\w+ to|through to|qualif\w+ for"
    r"|(?:place|spot|berth) in|(?:road|way|route) to|g[eo]t(?:ting)? to|before) "
    r"(?:the |an? |its |their |his |her |this )?(?:[\w’'-]+ ){0,3}finals?\b",
    re.IGNORECASE,
)
"""What tells of who came as far as a final, and of nothing that was done in it."""


@dataclass(frozen=True, slots=True)
class _Asks:
    """What a question asks for that a sentence may tell of another.

    deeds, told: the stems of its verb, as found near the asker and by the parts of the
    clause. verbs: those of what a name is asked to have done. turned: the pattern of the opposite of its "before 2016"
    or the like, and of that itself. owned: for the noun of a possessive the stems of the owner. paid_for: the stems of
    a name behind "for". with_whom: those of one behind "of" or "with". doer, done_to: those of who did it, or had it
    done to them, where the other is asked for.
    """

    of_subject: bool
    deeds: frozenset[str]
    told: frozenset[str]
    verbs: frozenset[str]
    done: bool
    turned: tuple[re.Pattern[str], re.Pattern[str]] | None
    owned: Mapping[str, frozenset[str]]
    paid_for: frozenset[str]
    with_whom: frozenset[str]
    doer: frozenset[str]
    done_to: frozenset[str]

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str) -> _Asks:
        form, bound, paid, beside = formed(text), _SINCE_WHEN.search(text), _FOR.search(text), _WITH.search(text)
        turned = None
        if bound:
            when = re.escape(bound[2])
            own, other = bound[1].lower(), _OPPOSED[bound[1].lower()]
            turned = (
                re.compile(rf"\b(?:{other}) (?:\w+ )?{when}", re.IGNORECASE),
                re.compile(rf"\b{own} (?:\w+ )?{when}", re.IGNORECASE),
            )
        asked = names(text)
        acting = next((name for name in asked if form.way == "object" and _DID.search(text, 0, name.start)), None)
        verb = next((word.stem for word in words(text) if acting and word.start > acting.end), form.deed)
        behind = {word.start - 1 for word in words(text) if word.meaningful and not word.capital}  # "the Holt company"
        suffering = next(
            (
                name
                for name in asked
                if form.way == "subject" and _OBJECT.match(text[: name.start]) and name.end not in behind
            ),
            None,
        )
        return cls(
            doer=acting.stems if acting else frozenset(),
            done_to=suffering.stems if suffering else frozenset(),
            of_subject=any(re.search(rf"{_ASKED_OF}{re.escape(name.text)}(?![’'])", text) for name in names(text)),
            deeds=with_synonyms([form.deed]),
            told=with_synonyms([stem(clause_of(text).verb)]),
            verbs=with_synonyms([verb]),
            done=form.of_a_deed and not _NEGATED.search(text) and not WHO_SAID.search(text),
            turned=turned,
            owned={noun: name for noun, name, _ in _possessions(text) if noun not in PERSON_NOUNS},
            paid_for=content(paid[1]) if paid else frozenset(),
            with_whom=content(beside[1]) if beside and "against" not in text else frozenset(),
        )


def asks_of_a_name(question: Question) -> bool:
    """Whether it asks what somebody or something named did, is or has: "When will Lund …", not "Lund's deputy"."""
    return _Asks.of(question.text).of_subject


def tells_otherwise(question: Question, sentence: str) -> bool:
    """Whether a sentence that has the words of a question tells with them of something else.

    "Anton Moss, who died in 2015" of when Edda Lund died, "will not resign" of who resigned, "before 2016" of how many
    after it, "Ostria's oil" of Norland's, "paid for Moss" of what was paid for Lund, "a partner against Ostria" of
    Ostria's.
    """
    asks = _Asks.of(question.text)
    if asks.turned and asks.turned[0].search(sentence) and not asks.turned[1].search(sentence):
        return True
    if asks.owned and _owned_by_another(asks.owned, sentence):
        return True
    if asks.paid_for and question.asked in ("money", "number") and _for_another(question, asks.paid_for, sentence):
        return True
    if asks.with_whom and _only_against(asks.with_whom, sentence):
        return True
    if asks.of_subject and question.asked != "name" and _done_by_another(question, asks.deeds, sentence):
        return True
    if turned_round(question, sentence) or only_reached(question, sentence):
        return True
    if another_stage(question, sentence) or the_other_one(question, sentence) or paid_to(question, sentence):
        return True
    named = question.asked == "name" and not leans(sentence)
    if named and asks.paid_for and for_another(asks.paid_for, asks.told, sentence):
        return True
    if not asks.done:
        return False
    if named and asks.done_to and done_to_another(asks.done_to, asks.deeds, sentence):
        return True
    if question.asked in AMOUNTS:
        return only_wanted(question.text, asks.told, sentence)
    return question.asked in ("name", "date", "place") and not_done(asks.deeds, sentence)


def turned_round(question: Question, sentence: str) -> bool:
    """Whether who is asked of as the doer is told of only as done to, or the other way round: "Moss sued Lund"."""
    asks = _Asks.of(question.text)
    return asks.done and bool(asks.doer or asks.done_to) and _turned_round(asks, sentence)


def only_reached(question: Question, sentence: str) -> bool:
    """Whether who won or lost a final is asked for, and of a final it is only told who came that far."""
    if not _ASKS_WON.search(question.text):
        return False
    finals = len(_FINAL.findall(sentence))
    return bool(finals) and len(_REACHED.findall(sentence)) == finals


def tells_of_the_deed(question: Question, sentence: str) -> bool:
    """Whether a sentence has the verb of a question, or one that may stand for it."""
    return not content(sentence).isdisjoint(_Asks.of(question.text).verbs)


def _turned_round(asks: _Asks, sentence: str) -> bool:
    wanted = asks.doer or asks.done_to
    held = [name for name in names(sentence) if not name.stems.isdisjoint(wanted)]
    told = [word for word in words(sentence) if word.stem in asks.verbs] if len(held) == 1 else []
    if (
        len(told) != 1
        or told[0].capital
        or _A_THING.search(sentence[: told[0].start])
        or _EITHER_WAY.match(told[0].text)
    ):
        return False
    name, deed = held[0], told[0]
    if asks.done_to:
        return sentence[name.end : deed.start] in _DIRECTLY and not sentence.startswith(" by ", deed.end)
    behind = sentence[deed.end : name.start] in (" ", " the ")
    between = sentence[name.end : deed.start] if name.end < deed.start else ""
    return behind or bool(_PASSIVE.fullmatch(between.lstrip()) and sentence.startswith(" by ", deed.end))


def _only_against(wanted: frozenset[str], sentence: str) -> bool:
    """Whether a name of which, or with which, something is asked stands in a sentence only behind an "against"."""
    held = [name for name in names(sentence) if not content(name.text).isdisjoint(wanted)]
    return bool(held) and all(_AGAINST.search(sentence[: name.start]) for name in held)


def _done_by_another(question: Question, deeds: Collection[str], sentence: str) -> bool:
    """Whether the deed is told only of somebody else: behind a "who", or of "her daughter"."""
    if sum(word.stem in deeds for word in words(sentence)) != 1:
        return False
    kin = _KIN_DID.match(sentence)
    if kin and stem(kin[3]) in deeds and KIN & {stem(kin[1])} - question.stems:
        return content(kin[2] or "").isdisjoint(question.named)
    return any(
        stem(match[2]) in deeds and content(match[1]).isdisjoint(question.named)
        for match in _WHO_DID.finditer(sentence)
    )


def _for_another(question: Question, wanted: frozenset[str], sentence: str) -> bool:
    """Whether something is told to be for another name than the one asked with, which stands nowhere in it."""
    if not content(sentence).isdisjoint(wanted) or leans(sentence):
        return False
    others = (match[1] for match in _FOR.finditer(sentence))
    return any(other.lower() not in TIME_NAMES and content(other).isdisjoint(question.named) for other in others)


def _owned_by_another(owned: Mapping[str, frozenset[str]], sentence: str) -> bool:
    """Whether what a name of the question owns is told of, and only as another's."""
    if "'" not in sentence and "’" not in sentence:
        return False
    told = _possessions(sentence)
    for noun, owner in owned.items():
        others = [(name, text) for one, name, text in told if one == noun]
        if not others or any(named_near(owner, name) for name, _ in others):
            continue
        text = others[0][1]
        beside = re.search(rf"\b([A-Z][\w-]+) {text}|\b{text} of (?:the )?([A-Z][\w-]+)", sentence)
        if (beside is None or not named_near(owner, content(beside[0]))) and not re.search(_THEIRS + text, sentence):
            return True
    return False


def _possessions(text: str) -> Sequence[tuple[str, frozenset[str], str]]:
    """Return the nouns behind possessive names, as stems, with the owner's stems and as they are written."""
    found = []
    for name in names(text):
        match = _OWNED.match(text, name.end)
        if match and name.text.lower() not in TIME_NAMES:
            found += [(stem(noun), name.stems, noun) for noun in (match[2], match[1].strip()) if noun]
    return found
