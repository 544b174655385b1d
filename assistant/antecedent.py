"""Whom and what a pronoun of a follow-up stands for, as far as that is plain from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asked import ASKERS, HELPING
from assistant.asking_again import done_to
from assistant.nouns import PERSON_NOUNS
from assistant.question import analyse
from assistant.synonyms import LANDS
from assistant.values import Value, names
from assistant.wide import is_wide, topic
from assistant.words import stem, stems_of
from index.splitting import sentences

_HELPS = "|".join(HELPING)
_LEADING = re.compile(
    r"^(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|old|big|far))?)?\s*"
    rf"(?:{_HELPS})?\s*",
    re.IGNORECASE,
)
_TOPIC_END = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|say|said|visit|visited|open|opened|mean|come"
    r"|comes|happen|happened|take|took|begin|began|start|started|end|ended|cost|costs|win|won|lose|lost)\b.*$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"^[\w ]+ was it (?:\((?P<last>.+)\)|that (?:they|it|the) (?P<deed>.+))\?$")
"""A question asked again, see `asking_again`."""
_SIMPLE = re.compile(r"[’'.-]|\b(?:Mc|Mac|De|Di|La|Le|Van)(?=[A-Z])")
_ROMAN = re.compile(r"[IVX]+")
_AT = re.compile(r"\b(?:at|in|of|from|to|for|on|into|with|against|the)\s+$", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:at|in|into|near|the)\s+$", re.IGNORECASE)
"""What stands before a place or a body, and before nobody's full name."""
_DO = ("do", "does", "did")
_DOES = re.compile(r"\b(?:do|does|did)\s+$", re.IGNORECASE)
_SUBJECT = re.compile(rf"\b(?:{_HELPS}|about|by)\s+$", re.IGNORECASE)
_CALLED = re.compile(r" (?:(?:co|vice|deputy|chief)[ -])?(?P<noun>[a-z]+)")
_ONCE = re.compile(r"(?:former|late|ex|then)\b[ -]?", re.IGNORECASE)
_OPENING = re.compile(rf"(?:(?:{'|'.join(ASKERS)}) )?(?P<helping>{_HELPS}) (?:the )?", re.IGNORECASE)
_IS = re.compile(r"^(?:what|who|where|which) (?:is|are|was|were) ", re.IGNORECASE)
_BODIES = stems_of(
    "research university company times united city bank group inc corporation club party government ministry "
    "department court council committee team union board agency office institute college school press post news "
    "house cup league award prize street airport stadium island states kingdom republic commission parliament "
    "senate congress association federation foundation organisation organization force army navy police "
    "airline airway authority fund society network sea ocean river strip korea arabia zealand africa america "
    "kong york angeles francisco sachs"
)
"""Last words of names that are no person's."""
_COUNTRIES = frozenset(
    "afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus "
    "bolivia bosnia brazil bulgaria cambodia cameroon canada chad chile colombia congo croatia cuba cyprus ecuador "
    "egypt eritrea estonia ethiopia europe gaza georgia ghana guatemala guinea haiti honduras hungary iceland india "
    "indonesia iran iraq israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia "
    "lebanon liberia libya lithuania luxembourg malaysia mali malta mexico moldova mongolia morocco mozambique "
    "namibia nepal nicaragua niger nigeria oman pakistan palestine panama paraguay portugal qatar romania russia "
    "rwanda senegal serbia singapore slovakia slovenia somalia sudan syria taiwan tajikistan tanzania thailand tibet "
    "tunisia turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam yemen zambia zimbabwe".split()
)
_PEOPLE_OF = frozenset(country.rstrip("aeo") for country in _COUNTRIES)
_OF_A_PEOPLE = ("ian", "ians", "an", "ans", "n", "i", "is", "ese")


def person_meant(earlier: Sequence[str], answer: str, inside: Sequence[Value]) -> str:
    """Return who "he" or "she" is; empty where that is not plain.

    It is whom the last question asked for, else whom it names, or one before it. inside: names of the follow-up itself.
    """
    here = [name.stems for name in inside]
    last, sentence = analyse(earlier[-1]), first_sentence(answer)
    if last.person and not last.identity:
        known = last.named.union(*here)
        told = [name for name in _people(sentence) if not name.stems <= known]
        found = next((name for name in told if " " in name.text), next(iter(told), None))
        if found:
            return found.text
    for text in reversed(earlier):
        if people := [name for name in _asked_about(text) if name.stems not in here]:
            return _plain(text, people)
    told = [name for name in _people(sentence) if " " in name.text and name.stems not in here]
    return told[0].text if len({name.key for name in told}) == 1 else ""


def _asked_about(question: str) -> list[Value]:
    """Return the people a question may be about: not Twitter in "Who bought Twitter?"."""
    people = _people(question)
    asked = analyse(question)
    if not asked.person or asked.identity:
        return people
    return [name for name in people if " " in name.text or (_acts(question, name) and not _owns(question, name))]


def _plain(text: str, people: Sequence[Value]) -> str:
    """Return the only one with a full name, else the subject, else the only one; empty where there are several."""
    full = {name.key: name.text for name in people if " " in name.text}
    if full:
        return next(iter(full.values())) if len(full) == 1 else ""
    acting = next((name.text for name in people if _acts(text, name)), "")
    return acting or (people[0].text if len(people) == 1 else "")


def _acts(text: str, name: Value) -> bool:
    return _SUBJECT.search(text[: name.start]) is not None


def _owns(text: str, name: Value) -> bool:
    return re.match("[’']", text[name.end :]) is not None


def _people(text: str) -> list[Value]:
    return [name for name in map(_bare, names(text)) if _personal(text, name)]


def _bare(name: Value) -> Value:
    """Return a name without what stands before a person's: "Former", "US", "OpenAI CEO"."""
    start = 0
    while len(parts := name.text[start:].split()) > 1:
        once = _ONCE.match(name.text, start)
        end = once.end() if once else start + len(parts[0]) + 1 if _land(parts[0]) else 0
        if not name.text[end : end + 1].isupper() or not end:
            break
        start = end
    spelt = [match for match in re.finditer(r"\S+ ", name.text[start:]) if not _spelt_as_a_person(match[0])]
    if spelt and " " in name.text[start + spelt[-1].end() :]:
        start += spelt[-1].end()
    kept = name.text[start:]
    return replace(name, text=kept, start=name.start + start, key=" ".join(map(stem, kept.split()))) if start else name


def _personal(text: str, name: Value) -> bool:
    """Whether a name can be a person's: not "AI" or "OpenAI", not "Alameda Research", nor what somebody is at or of."""
    parts = name.text.split()
    full = len(parts) > 1
    if not _spelt_as_a_person(name.text):
        return False
    if stem(parts[-1]) in _BODIES or parts[0].lower() == "the" or _land(name.text) or _ONCE.fullmatch(parts[0]):
        return False
    if "&" in parts or (not {"of", "for", "and"}.isdisjoint(parts) and stem(parts[0]) not in PERSON_NOUNS):
        return False
    called = _CALLED.match(text, name.end)  # "Chilean president Sebastián Piñera"; but "Did Edda Lund coach Osk?"
    if called and stem(called["noun"]) in PERSON_NOUNS and not (full and _DOES.search(text[: name.start])):
        return False
    titled = any(stem(part) in PERSON_NOUNS for part in parts)
    before = text[: name.start]
    return not (_WITHIN.search(before) and not titled) if full else "." not in name.text and not _AT.search(before)


def _spelt_as_a_person(name: str) -> bool:
    """Whether the capitals of a name are a person's: "O'Brien" and "Charles III", not "OpenAI"."""
    parts = _SIMPLE.sub(" ", name).split()
    return all(len(part) < 2 or part[1:].islower() or _ROMAN.fullmatch(part) for part in parts)


def _land(name: str) -> bool:
    """Whether a name is a country's or its people's: "Russia", "Israeli"."""
    lower = name.lower().replace("’", "'").removesuffix("'s")
    if lower in _COUNTRIES or any(lower in land for land in LANDS):
        return True
    return any(lower.removesuffix(end) in _PEOPLE_OF for end in _OF_A_PEOPLE if lower.endswith(end))


def place_meant(last: str, answer: str) -> str:
    """Return where "there" is: the place that the last question asked for, else the last one it names."""
    asked = analyse(last)
    told = [name.text for name in names(first_sentence(answer)) if not name.stems & asked.named]
    named = [name.text for name in names(last)]
    return (told if asked.asked == "place" and told else named[::-1] or [""])[0]


def topic_of(question: str) -> str:
    """Return what a question is about, in its words: "Israel's ambassador to Azerbaijan"."""
    rest = _LEADING.sub("", question.strip().rstrip("?!. "), count=1)
    again = _AGAIN.match(question)
    if again:
        return topic_of(f"{again['last'] or 'Who ' + again['deed']}?")
    if is_wide(question) and (wanted := topic(question)):
        return wanted
    rest = done_to(question) or rest  # "Who founded FTX?" is about FTX
    rest = _TOPIC_END.sub("", rest) or rest
    rest = re.sub(r"\s+(?:to|from|in|on|at|of|for|by|with)$", "", rest).strip()
    listed = names(question)
    if len(rest) > 60 or (listed and not any(name.text in rest for name in listed)):
        return listed[-1].text if listed else ""
    return rest


def thing_meant(last: str, pronoun: str) -> str:
    """Return what "it" or "they" is in a follow-up that names something else; empty where that is not plain."""
    if is_wide(last) or _IS.match(last) or done_to(last):
        return topic_of(last)
    listed = names(last)
    return subject_meant(last, pronoun) or (_alone(last, listed[0]) if len(listed) == 1 else "")


def subject_meant(last: str, pronoun: str) -> str:
    """Return the subject of a question where "it" or "they" is that: the Houthis in "Why did the Houthis attack?"."""
    listed, opening = names(last), _OPENING.match(last)
    if not opening or (len(listed) > 1 and pronoun == "it" and opening["helping"].lower() in _DO):
        return ""  # of "Did Lund buy Nordline?" it may be either
    named = [name for name in listed if name.start == opening.end()]
    return _alone(last, named[0]) if named else ""


def _alone(question: str, name: Value) -> str:
    """Return a name with its article; empty where a noun of its own follows: "Norland's embassy", "the Vell ferry"."""
    article = re.search(r"\bthe $", question[: name.start], re.IGNORECASE)
    followed = re.match(r" [a-z]", question[name.end :]) and not name.text.endswith("s")
    if _owns(question, name) or (article and followed):
        return ""
    return f"the {name.text}" if article else name.text


def first_sentence(answer: str) -> str:
    """Return the first sentence of an answer, without its full stop."""
    text = answer.strip()
    return next((text[start:end].strip(" .") for start, end in sentences(text)), "")
