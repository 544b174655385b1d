"""Whom "he" or "she" of a follow-up stands for, as far as that is plain from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asked import ANY_HELPING
from assistant.clause import clause_of
from assistant.nouns import PERSON_NOUNS
from assistant.question import analyse
from assistant.synonyms import LANDS
from assistant.values import Value, names
from assistant.words import stem, stems_of, words
from index.splitting import sentences

_SIMPLE = re.compile(r"[’'.-]|\b(?:Mc|Mac|De|Di|La|Le|Van)(?=[A-Z])")
_ROMAN = re.compile(r"[IVX]+")
_AT = re.compile(r"\b(?:at|in|of|off|from|to|for|on|into|across|around|with|against|the|an?)\s+$", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:at|in|into|near|off|across|around|outside|the)\s+$", re.IGNORECASE)
"""What stands before a place or a body, and before nobody's full name."""
_DOES = re.compile(r"\b(?:do|does|did)\s+$", re.IGNORECASE)
_SUBJECT = re.compile(rf"\b(?:{ANY_HELPING}|about|by)\s+$", re.IGNORECASE)
_CALLED = re.compile(r" (?:(?:co|vice|deputy|chief)[ -])?(?P<noun>[a-z]+)")
_ONCE = re.compile(r"(?:former|late|ex|then)\b[ -]?", re.IGNORECASE)
_BODIES = stems_of(
    "research university company times united city bank group inc corporation club party government ministry "
    "department court council committee team union board agency office institute college school press post news "
    "house cup league award prize street airport stadium island states kingdom republic commission parliament "
    "senate congress association federation foundation organisation organization force army navy police "
    "airline airway authority fund society network sea ocean river strip korea arabia zealand africa america "
    "kong york angeles francisco sachs"
)
"""Last words of names that are no person's."""
COUNTRIES = frozenset(
    "afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus "
    "bolivia bosnia brazil bulgaria cambodia cameroon canada chad chile colombia congo croatia cuba cyprus ecuador "
    "egypt eritrea estonia ethiopia europe gaza georgia ghana guatemala guinea haiti honduras hungary iceland india "
    "indonesia iran iraq israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia "
    "lebanon liberia libya lithuania luxembourg malaysia mali malta mexico moldova mongolia morocco mozambique "
    "namibia nepal nicaragua niger nigeria oman pakistan palestine panama paraguay portugal qatar romania russia "
    "rwanda senegal serbia singapore slovakia slovenia somalia sudan syria taiwan tajikistan tanzania thailand tibet "
    "tunisia turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam yemen zambia zimbabwe".split()
)
_FIRMS = frozenset(
    "adidas adobe airbnb airbus alibaba amazon apple barclays binance boeing bytedance chevron coinbase ebay "
    "facebook fedex fiat gazprom google honda huawei ibm ikea instagram intel lego lufthansa mastercard meta "
    "microsoft netflix nike nintendo nissan nokia nvidia oracle paypal pepsi pfizer qualcomm reddit reuters roku "
    "ryanair samsung shell siemens snapchat sony spotify starbucks starlink stripe telegram tencent tesla tiktok "
    "toyota twitch twitter uber unilever verizon visa volkswagen volvo walmart whatsapp yahoo youtube zoom".split()
)
"""Names that everybody knows for a firm's."""
_EMPLOYS = re.compile(
    r"\b(?:fire[ds]?|sack(?:ed|s)?|lay off|laid off|hire[ds]?|employ(?:ed|s)?|cut|dismiss(?:ed)?)\b[^?]*"
    r"\b(?:workers|staff|employees|jobs|people)\b",
    re.IGNORECASE,
)
"""What a firm does: a name alone of which it is said may be a firm's, as well as its owner's."""
_PEOPLE_OF = frozenset(country.rstrip("aeo") for country in COUNTRIES)
_OF_A_PEOPLE = ("ian", "ians", "an", "ans", "n", "i", "is", "ese")


def person_meant(earlier: Sequence[str], answer: str, inside: Sequence[Value]) -> str:
    """Return who "he" or "she" is; empty where that is not plain.

    It is whom the last question asked for, else whom it names, or one before it. inside: names of the follow-up itself.
    """
    here = [name.stems for name in inside]
    last, sentence = analyse(earlier[-1]), first_sentence(answer)
    if last.person and not last.identity:
        known = last.named.union(*here)
        acting = [one.stems for one in names(earlier[-1]) if _acts(earlier[-1], one) and not _owns(earlier[-1], one)]
        told = [one for one in _people(sentence) if not (one.stems <= known or any(map(one.stems.issuperset, acting)))]
        deed = stem(clause_of(earlier[-1]).verb)
        doing = next((name for name in told if _does(sentence, name, deed)), None)
        found = doing or next((name for name in told if " " in name.text), next(iter(told), None))
        if found:
            return found.text
    for text in reversed(earlier):
        if people := [name for name in _asked_about(text) if name.stems not in here]:
            if _EMPLOYS.search(text) and not any(" " in name.text for name in people):
                return ""
            return _plain(text, people)
    clause = clause_of(earlier[-1])
    if clause.verb and clause.subject.startswith("the ") and stem(clause.subject.split()[-1]) in PERSON_NOUNS:
        return clause.subject
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


def _does(sentence: str, name: Value, deed: str) -> bool:
    """Whether the deed follows a name at once: "Lund left the band and was replaced by Tor Kell"."""
    following = words(sentence[name.end :])[:1]
    return bool(deed and following and following[0].stem == deed and following[0].start == 1)


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
    if (
        (not full and parts[0].lower() in _FIRMS)
        or "&" in parts
        or (not {"of", "for", "and"}.isdisjoint(parts) and stem(parts[0]) not in PERSON_NOUNS)
    ):
        return False
    called = _CALLED.match(text, name.end)  # "Chilean president Sebastián Piñera"; but "Did Edda Lund coach Osk?"
    if called and stem(called["noun"]) in PERSON_NOUNS and not (full and _DOES.search(text[: name.start])):
        return False
    titled = any(stem(part) in PERSON_NOUNS for part in parts)
    before = text[: name.start]
    return not (_WITHIN.search(before) and not titled) if full else "." not in name.text and not _AT.search(before)


def is_person(name: str) -> bool:
    """Whether a name is surely a person's: one of several words that can be no body's and no place's."""
    return " " in name and any(one.start == 0 for one in _people(name))


def _spelt_as_a_person(name: str) -> bool:
    """Whether the capitals of a name are a person's: "O'Brien" and "Charles III", not "OpenAI"."""
    parts = _SIMPLE.sub(" ", name).split()
    return all(len(part) < 2 or part[1:].islower() or _ROMAN.fullmatch(part) for part in parts)


def _land(name: str) -> bool:
    """Whether a name is a country's or its people's: "Russia", "Israeli"."""
    lower = name.lower().replace("’", "'").removesuffix("'s")
    if lower in COUNTRIES or any(lower in land for land in LANDS):
        return True
    return any(lower.removesuffix(end) in _PEOPLE_OF for end in _OF_A_PEOPLE if lower.endswith(end))


def first_sentence(answer: str) -> str:
    """Return the first sentence of an answer, without its full stop."""
    text = answer.strip()
    return next((text[start:end].strip(" .") for start, end in sentences(text)), "")
