"""A question that leans on the conversation, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.about import message_kind
from assistant.answer import Turn
from assistant.asked import HELPING
from assistant.asking_again import asked_again, asked_for_others, done_to
from assistant.contractions import written_out
from assistant.question import analyse
from assistant.several import several
from assistant.values import Value, names, values
from assistant.wide import is_wide, topic
from assistant.words import stem, unowned, words

_AND = re.compile(r"^(?:and|but|so|then|ok(?:ay)?|also|now)[,\s]+", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:(?:what|how) )?about (?P<other>.+?)\W*$|^(?:for|in|with|by|to|from|of|at|on) (?P<place>[^?]+?)\W*$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"^(?:(?:what|how) about )?(?:its|his|her|their) (?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?)\W*$", re.IGNORECASE
)
_BARE = re.compile(
    r"^(?P<wh>why|when|where|who|how|how (?:many|much|long|so)|since when|which(?: ones?)?|what "
    r"else|who else|any(?:one|body) else|where else|by whom|where to)(?: (?:not|exactly|was that|is that"
    r"|did (?:that|this|it) happen))?\W*$",
    re.IGNORECASE,
)
_SAID_THAT = re.compile(
    r"^who (?:said|says|claimed|claims|reported|told|wrote|stated) (?:that|this|so|it)\W*$"
    r"|^(?:says who|according to whom)\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:tell me more|more|go on|continue|anything else|what else|more details?|can you "
    r"elaborate|elaborate)(?: about (?:it|that|this|him|her|them))?\W*$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?P<pronoun>he|she|him|his|her|hers)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?P<pronoun>it|its|they|them|their|theirs|this|that|these|those|there)\b(?! (?:is|are|was"
    r"|were) (?:a|an|any|no|the)\b)",
    re.IGNORECASE,
)
_NOT_LEANING = re.compile(
    r"\b(?:is|was|are|were) (?:it|there|that) (?:true|possible|likely|a|an|any)\b|\bthat [a-z]+s?\b (?=[a-z])",
    re.IGNORECASE,
)
_OWN = frozenset({"his", "her", "hers", "its", "their", "theirs"})
_LEADING = re.compile(
    r"^(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|old|big|far))?)?\s*"
    rf"(?:{'|'.join(HELPING)})?\s*",
    re.IGNORECASE,
)
_TOPIC_END = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|say|said|visit|visited"
    r"|open|opened|mean|come|comes|happen|happened|take|took|begin|began|start|started|end|ended"
    r"|cost|costs|win|won|lose|lost)\b.*$",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"[’'.-]|\b(?:Mc|Mac|De|Di|La|Le|Van)(?=[A-Z])")
_AGAIN = re.compile(r"^[\w ]+ was it \((?P<last>.+)\)\?$")
"""A question asked again, see `asking_again`."""
_ALONE = re.compile(
    r"(?P<thing>(?:the |an? )?(?!(?:now|later|soon|really|maybe|perhaps|here|there|today|who|what)\b)[a-z][\w-]*)\s*\?",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|in|of|from|to|for|on|into|with|against|the)\s+$", re.IGNORECASE)
_BODIES = frozenset(
    map(
        stem,
        "research university company times united city bank group inc corporation club party government ministry "
        "department court council committee team union board agency office institute college school press post news "
        "house cup league award prize street airport stadium island states kingdom republic".split(),
    )
)
"""Last words of names that are no person's."""
_HEADED = re.compile(r"(?:^|(?<=\]) )[^\[\]?]+\? ")
"""A question that stands before its part of an answer, see `joining`."""
_NOTES = re.compile(r"\[\d+\]")


def standing_alone(question: str, turns: Sequence[Turn]) -> str:
    """Return the question with what it borrows from the conversation put in; unchanged where it borrows nothing."""
    turns = [part for turn in turns for part in _apart(turn) if _asks(part.question)]
    if not turns or not _asks(question):
        return question
    return _standing_alone(question, resolved_questions(turns), turns[-1].answer)


def _standing_alone(question: str, earlier: Sequence[str], last_answer: str) -> str:
    """Return the question made to stand alone. earlier: the questions before it, already so."""
    earlier = [written_out(one) for one in earlier]
    last, answer = earlier[-1], _NOTES.sub("", last_answer)
    bare = _AND.sub("", question).strip()
    if _SAID_THAT.match(bare):
        sentence = _first_sentence(answer)
        named = any(name.start == 0 for name in names(sentence)) or sentence[1:2].isupper()
        return f"Who said that {sentence if named else sentence[:1].lower() + sentence[1:]}?" if sentence else question
    asked = _BARE.match(bare)
    others = asked is not None and asked["wh"].lower().endswith("else")
    if asked and others and (fitting := asked_for_others(asked["wh"], last)):
        return fitting
    if _MORE.match(bare):
        return f"Tell me about {_topic(last) or last}"
    if others:
        return question
    if asked:
        return asked_again(asked["wh"], last, denied=bare[asked.end("wh") :].strip().lower().startswith("not"))
    owned = _OWNED.match(bare)
    if owned and (counterpart := _possession(last, owned["noun"])):
        return counterpart
    about = _ABOUT.match(bare)
    if about and (about["other"] or _AND.match(question) or len(words(bare)) <= 4):
        return _swapped(last, (about["other"] or about["place"]).strip())
    if bare != question and any(value.text == bare.strip(" ?.!") for value in values(bare)):
        return _swapped(last, bare.strip(" ?.!"), first=analyse(last).told)
    alone = _ALONE.fullmatch(bare)
    if alone and bare != question and analyse(bare).terms:  # "And gas?"
        return _swapped(last, alone["thing"])
    filled = _filled(bare, earlier, answer)
    return question if filled == bare else filled[:1].upper() + filled[1:]


def _apart(turn: Turn) -> list[Turn]:
    """Return one turn for each question of a message, with its part of the answer, which it stands before."""
    questions = several(turn.question)
    if len(questions) < 2:
        return [turn]
    told = [part for part in _HEADED.split(turn.answer) if part.strip()]
    answers = told if len(told) == len(questions) else [turn.answer] * len(questions)
    return [Turn(question, answer) for question, answer in zip(questions, answers, strict=True)]


def asks_for_more(question: str) -> bool:
    """Whether a follow-up wants what was not said yet: "Who else?", "Tell me more"."""
    bare = _AND.sub("", question).strip()
    asked = _BARE.match(bare)
    return bool(_MORE.match(bare) or (asked and asked["wh"].lower().endswith("else")))


def _asks(typed: str) -> bool:
    """Whether there is anything to come back to: "ok" and "x" lead nowhere."""
    return message_kind(typed) is None and any(len(word.text) > 2 for word in words(typed))


def resolved_questions(turns: Sequence[Turn]) -> list[str]:
    """Return every earlier question as it was understood, oldest first."""
    found: list[str] = []
    for at, turn in enumerate(turns):
        found.append(_standing_alone(turn.question, found, turns[at - 1].answer) if at else turn.question)
    return found


def _filled(question: str, earlier: Sequence[str], answer: str) -> str:
    if _NOT_LEANING.search(question):
        return question
    inside = [name for name in names(question) if not (name.start == 0 and " " not in name.key)]
    person = _PERSON.search(question)
    if person:
        who = _person(earlier, answer, inside)
        return _put(question, person, who) if who else question
    thing = _THING.search(question)
    if thing and thing.start() > 0 and not inside:
        topic = _topic(earlier[-1]) or next((_topic(one) for one in reversed(earlier) if _topic(one)), "")
        if thing["pronoun"].lower() == "there":
            place = _place(earlier[-1], answer) or topic
            return _put(question, thing, f"in {place}") if place else question
        return _put(question, thing, topic) if topic else question
    telling = any(word.meaningful and len(word.text) > 2 for word in words(question))
    if telling and not inside and len(words(question)) <= 4 and not _complete(question):
        topic = _topic(earlier[-1])
        return f"{question.rstrip(' ?')} ({topic})?" if topic else question
    return question


def _place(last: str, answer: str) -> str:
    """Return where "there" is: the place that the last question asked for, else the last one it names."""
    asked = analyse(last)
    stated = {part for name in asked.names for part in name.key.split()}
    told = [name.text for name in names(_first_sentence(answer)) if not set(name.key.split()) & stated]
    named = [name.text for name in names(last)]
    return (told if asked.asked == "place" and told else named[::-1] or [""])[0]


def _complete(question: str) -> bool:
    """Whether a short question still says what it is about."""
    degrees = ("many", "much", "long")
    return sum(word.meaningful and word.text.lower() not in degrees for word in words(question)) >= 2


def _person(earlier: Sequence[str], answer: str, inside: Sequence[Value]) -> str:
    """Return who "he" or "she" is: the person the last question asked for, else the last one named."""
    here = {name.key for name in inside}
    last = analyse(earlier[-1])
    stated = {name.key for name in last.names}
    if last.person and not last.identity:
        sentence = _first_sentence(answer)
        known = {part for key in stated | here for part in key.split()}
        others = [name for name in names(sentence) if not set(name.key.split()) <= known]
        people = [name.text for name in others if _personal(sentence, name)]
        found = next((text for text in people if " " in text), next(iter(people), ""))
        if found:
            return found
    for text in reversed(earlier):
        others = [name for name in analyse(text).names if name.key not in here]
        listed = [name for name in others if " " in name.text or not _AT.search(text[: name.start])]
        subject = re.search(r"\b(?:did|does|has|is|was|about|of|by)\s+((?:[A-Z][\w.’'-]*\s?)+)", text)
        if subject and any(subject[1].strip().startswith(name.text.split()[0]) for name in listed):
            return unowned(subject[1].strip(" ?"))
        if listed:
            return listed[0].text
    named = [value for value in values(_first_sentence(answer)) if value.kind == "name" and value.key not in here]
    return named[0].text if named else ""


def _personal(sentence: str, name: Value) -> bool:
    """Whether a name can be a person's: not "AI" or "OpenAI", not "Alameda Research", nor what somebody is at or of."""
    parts = name.text.split()
    spelt = _SIMPLE.sub("", name.text).split()
    if any(len(part) > 1 and not part[1:].islower() for part in spelt):
        return False
    if stem(parts[-1]) in _BODIES or parts[0].lower() == "the":
        return False
    return len(parts) > 1 or not _AT.search(sentence[: name.start])


def _put(question: str, match: re.Match[str], meant: str) -> str:
    pronoun = match["pronoun"].lower()
    following = question[match.end() :]
    owns = pronoun in _OWN and not (
        pronoun == "her" and re.match(r"\W*$|\s+(?:to|in|at|on|for|with|about)\b", following)
    )
    word = f"{meant}'s" if owns and not meant.endswith("s") else f"{meant}'" if owns else meant
    return f"{question[: match.start('pronoun')]}{word}{question[match.end('pronoun') :]}"


def _topic(question: str) -> str:
    """Return what a question is about, in its words: "Israel's ambassador to Azerbaijan"."""
    rest = _LEADING.sub("", question.strip().rstrip("?!. "), count=1)
    again = _AGAIN.match(question)
    if again:
        return _topic(f"{again['last']}?")
    if is_wide(question) and (wanted := topic(question)):
        return wanted
    rest = done_to(question) or rest  # "Who founded FTX?" is about FTX
    rest = _TOPIC_END.sub("", rest) or rest
    rest = re.sub(r"\s+(?:to|from|in|on|at|of|for|by|with)$", "", rest).strip()
    listed = names(question)
    if len(rest) > 60 or (listed and not any(name.text in rest for name in listed)):
        return listed[-1].text if listed else ""
    return rest


def _swapped(last: str, other: str, *, first: bool = False) -> str:
    """Return the last question with its counterpart of `other` in its place; first: the first one, else the last."""
    mine = values(other)
    kinds = {value.kind for value in mine}
    same = [value for value in values(last) if value.kind in kinds and not (value.start == 0 and value.kind == "name")]
    if same and mine:
        old = same[0] if first else same[-1]
        return f"{last[: old.start]}{other}{last[old.end :]}"
    told = re.search(r"\babout (?P<what>[^?]+)", last, re.IGNORECASE)
    if told and not mine:
        return f"{last[: told.start('what')]}{other}{last[told.end('what') :]}"
    asked = analyse(last)
    if not mine and len(words(other)) <= 2 and (counterpart := _possession(last, other)):
        return counterpart
    # In "What share of the oil comes from Baku?" it is the oil that "What about gas?" means, not the share.
    counted = asked.focus - asked.measures or asked.focus
    old_word = next((word for word in words(last) if word.stem in counted and not word.capital), None)
    if old_word and not mine and len(words(other)) <= 3:
        return f"{last[: old_word.start]}{other}{last[old_word.end :]}"
    return f"{last.rstrip(' ?')} ({other})?"


def _possession(last: str, noun: str) -> str:
    """Return the last question asked of another thing of the same owner: "Israel's oil", "its gas"."""
    held = re.search(r"[’']s? (?P<noun>[a-z][\w-]*)", last)
    return f"{last[: held.start('noun')]}{noun}{last[held.end('noun') :]}" if held else ""


def _first_sentence(answer: str) -> str:
    from index.splitting import sentences

    text = answer.strip()
    for start, end in sentences(text)[:1]:
        return text[start:end].strip(" .")
    return ""
