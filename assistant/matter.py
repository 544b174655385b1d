"""What a question is about, and what "it", "they" or "there" of a follow-up stands for, as far as that is plain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.antecedent import first_sentence, is_person
from assistant.asked import ANY_ASKER, ANY_HELPING
from assistant.asking_again import done_to
from assistant.clause import (
    BEING,
    PREPOSITIONS,
    PRONOUNS,
    SOURCE,
    Clause,
    clause_of,
    done,
    gerund,
    ordinal,
    participle,
    plural,
)
from assistant.nouns import KINDS
from assistant.question import analyse
from assistant.values import Value, names
from assistant.wide import is_wide, topic
from assistant.words import stem, stems_of

_LEADING = re.compile(
    r"^(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|old|big|far))?)?\s*"
    rf"{ANY_HELPING}?\s*",
    re.IGNORECASE,
)
_TOPIC_END = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|say|said|visit|visited|open|opened|mean|come"
    r"|comes|happen|happened|take|took|begin|began|start|started|end|ended|cost|costs|win|won|lose|lost)\b.*$",
    re.IGNORECASE,
)
_MADE_TO = re.compile(
    r"^(?P<kept>(?:what|who) (?:caused|led|forced|made|prompted|pushed|drove) .+?) to [a-z]+\b.*$", re.IGNORECASE
)
"""What somebody was brought to do is no part of who that is: "What caused the Vell ferry to sink?"."""
_AGAIN = re.compile(r"^[\w ]+ was it (?:\((?P<last>.+)\)|that (?:they|it|the) (?P<deed>.+))\?$")
"""A question asked again, see `asking_again`."""
_BESIDE = re.compile(r" \((?P<topic>[^()]+)\)\?$")
"""What a short follow-up is about, put behind it."""
_LEANS = re.compile(r"\b(?:he|she|it|they|him|her|his|its|their|them)\b", re.IGNORECASE)
_OPENING = re.compile(rf"(?:{ANY_ASKER} )?(?P<helping>{ANY_HELPING}) (?:the )?", re.IGNORECASE)
_IS = re.compile(r"^(?:what|who|where|which) (?:is|are|was|were) ", re.IGNORECASE)
_DO = ("do", "does", "did")
_WITHIN = re.compile(r"\b(?:in|at|on|during|after|near) (?:(?:the|an?) \w|[A-Z“\"]).*$")
_OF_WHAT_IS_DONE = re.compile(r"\W*(?:costs?|take|happen|last)\b", re.IGNORECASE)
"""What is said of a deed: that buying it cost much."""
_ACTING = re.compile(r"\b(?:do|does|did|will|would|can|could|has|have|had)\s+$", re.IGNORECASE)
_ACTED_ON = re.compile(r"\W*(?:be|been|being)\b", re.IGNORECASE)
_DID_WHAT = re.compile(r"what (?:did|does|do|has|have|will) ", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"what (?:does|do|did|has|have) (?P<who>[^?]+?) (?:say|said|report|reported|write|written) (?:about|on|of) "
    r"(?P<matter>(?!his\b|her\b|its\b|their\b)[^?]+?)\W*$",
    re.IGNORECASE,
)
"""What asks for what somebody says of a matter, which is what one goes on about."""
_TELLS = re.compile(r"\W*(?:say|tell|report|write|mention|quote|explain)\b", re.IGNORECASE)
_PEOPLE = frozenset("people men women children passengers drivers soldiers workers residents homes".split())
"""Several whom nobody calls "it"."""
_REACH = 3
"""Questions back to which one may come without saying so."""
_GOING_ON = stems_of(
    "buy acquire sell found own build launch make write release publish sign open close ban produce direct invent "
    "design create discover find steal lose"
)
"""Deeds after which one speaks of what they were done to."""


def topic_of(question: str) -> str:
    """Return what a question is about, in its words: "Israel's ambassador to Azerbaijan"."""
    again, beside = _AGAIN.match(question), _BESIDE.search(question)
    if again:
        return topic_of(f"{again['last'] or 'Who ' + again['deed']}?")
    if beside:
        return beside["topic"]
    if is_wide(question) and (wanted := topic(question)):
        return f"the {wanted}" if re.search(rf"\bthe {re.escape(wanted)}", question) else wanted
    question = SOURCE.sub("", question)
    question = _MADE_TO.sub(r"\g<kept>?", question)
    found = _said_of(clause_of(question)) or done_to(question) or _left_over(question)
    found = re.sub(r"\s+(?:to|from|in|on|at|of|for|by|with)$", "", found).strip()
    listed = names(question)
    if len(found) > 60 or (listed and not any(name.text in found for name in listed)):
        return listed[-1].text if listed else ""
    return found


def _left_over(question: str) -> str:
    """Return a question without what opens it, up to its verb."""
    rest = _LEADING.sub("", question.strip().rstrip("?!. "), count=1)
    return _TOPIC_END.sub("", rest) or rest


def _said_of(clause: Clause) -> str:
    """Return whom or what a question is of, without the verb; empty where that is not plain."""
    if clause.subject and clause.subject.lower() not in PRONOUNS:
        if clause.counted and plural(clause.counted) and clause.helping not in BEING:
            return _owned(clause)
        what = clause.object if clause.subject[0].isupper() and clause.helping not in BEING else ""
        return f"{clause.subject} {gerund(clause.verb)} {what}" if what and clause.verb else clause.subject
    if clause.counted:
        return f"{clause.counted} {within(clause)}".strip() if clause.verb or clause.helping else ""
    if participle(clause.verb) and clause.helping in BEING:
        return f"{clause.verb} {clause.rest}"
    return clause.object or (_certain(clause.rest) if ordinal(clause.rest.split(" ")[0]) else "")


def within(clause: Clause) -> str:
    """Return where or when it was, as a question for a number has it behind the verb: "in the earthquake"."""
    found = _WITHIN.search(clause.rest)
    return found[0] if found else ""


def _owned(clause: Clause, how: str = "") -> str:
    """Return what is counted as its owner's: Osk's soldiers, of "How many soldiers has Osk lost?". how: lost ones."""
    subject = clause.subject
    if subject.lower() in PRONOUNS:
        return clause.counted
    return f"{subject}’{'' if subject.endswith('s') else 's'} {how} {clause.counted}".replace("  ", " ")


def place_meant(last: str, answer: str) -> str:
    """Return where "there" is: the place that the last question asked for, else the last one it names."""
    asked = analyse(last)
    told = [name.text for name in names(first_sentence(answer)) if not name.stems & asked.named]
    named = [name.text for name in names(last)]
    return (told if asked.asked == "place" and told else named[::-1] or [""])[0]


def meant_by(pronoun: str, earlier: Sequence[str], before: str, behind: str) -> str:
    """Return what "it" or "they" is in a follow-up that names nothing itself; empty where nothing was spoken of.

    pronoun: "it", "they", or empty for "that" and the like. before, behind: what of the follow-up stands round it.
    """
    last, acting = earlier[-1], acts(before, behind)
    if told := _TOLD_OF.match(last) if pronoun == "it" else None:
        return told["who" if _TELLS.match(behind) else "matter"]
    if not (is_wide(last) or _AGAIN.match(last)) and pronoun:
        clause = clause_of(last)
        found = _they(clause, acting=acting, people=last[:3].lower() == "who") if pronoun == "they" else ""
        if pronoun == "it":
            found = _it(clause, acting=acting, deed=_OF_WHAT_IS_DONE.match(behind) is not None)
        if found := _not_who(found or subject_meant(last, pronoun), pronoun):
            of_them = before.endswith(" of ") and found[0].islower() and not found.startswith("the ")
            return f"the {found}" if of_them else found
    topics = [found for one in earlier[: -_REACH - 1 : -1] if (found := topic_of(one))]
    if pronoun == "it":
        topics = sorted(
            (found for found in topics if not _people(found)), key=lambda one: bool(_head(one)) and plural(one)
        )
    if pronoun == "it" and _BESIDE.search(last):  # which spoke of several, and leant on what came before
        topics.sort(key=plural)
    return topics[0] if topics else ""


def _not_who(phrase: str, pronoun: str) -> str:
    """Return Osk of "the mayor of Osk", whom nobody calls "it"."""
    of = re.search(r" (?:of|at) (?P<what>(?:the )?[A-Z].*)$", phrase) if pronoun == "it" else None
    return of["what"] if of and of_somebody(phrase) else phrase


def of_somebody(phrase: str) -> bool:
    """Whether a phrase tells who somebody is, whom nobody calls "it": "the transport minister"."""
    return KINDS.get(_head(phrase)) == "name"


def _people(phrase: str) -> bool:
    return _head(phrase) in _PEOPLE


def _head(phrase: str) -> str:
    """Return the noun of a phrase; empty where that is a name."""
    head = re.split(rf" (?:{'|'.join(PREPOSITIONS)}|of)\b", phrase, maxsplit=1)[0].split()
    return head[-1] if head and head[-1].islower() else ""


def acts(before: str, behind: str) -> bool:
    """Whether a pronoun between these does something: "What did it sell?"; not "When was it sold?", "Who sold it?"."""
    return _ACTING.search(before) is not None and _ACTED_ON.match(behind) is None


def asks_what_was_done(question: str) -> bool:
    """Whether it asks what somebody did or said, so that this, which nobody named, is what one goes on about."""
    clause = clause_of(question)
    return bool(_DID_WHAT.match(question) and clause.subject and clause.verb not in ("", "do") and not clause.rest)


def spoken_of(earlier: Sequence[str]) -> str:
    """Return what the last question is about that says so itself; empty where none does."""
    plain = [one for one in earlier[: -_REACH - 1 : -1] if not _LEANS.search(one)]
    return next((found for one in [*plain, earlier[-1]] if (found := topic_of(one))), "")


def certain_of(earlier: Sequence[str]) -> str:
    """Return the last certain thing that was asked about: what has a name, or a "the"; empty where none has."""
    topics = (topic_of(one) for one in earlier[: -_REACH - 1 : -1])
    return next((found for found in topics if found.startswith("the ") or names(found)), "")


def _they(clause: Clause, *, acting: bool, people: bool) -> str:
    """Return the several of a question: the drivers, or the coins that are counted.

    acting: as who does something. people: where it asks who they are.
    """
    several, counted = plural(clause.subject), plural(clause.counted)
    if several and (acting or not counted):
        return clause.subject
    if counted:
        named = clause.subject[:1].isupper() and not several
        how = done(clause.verb) if not clause.rest else ""
        return _owned(clause, how) if named else f"{clause.counted} {within(clause)}".strip()
    if participle(clause.verb) and not clause.subject and clause.helping in BEING:
        return f"{'people' if people else 'things'} {clause.verb} {clause.rest}".strip() if clause.rest else ""
    return clause.object if clause.verb and not clause.subject[:1].isupper() and plural(clause.object) else ""


def _it(clause: Clause, *, acting: bool, deed: bool) -> str:
    """Return the one thing of a question: what is done, its subject, or what was done to it.

    acting: as who does something. deed: as what costs so much, or lasts so long.
    """
    subject, what = clause.subject, clause.object if clause.verb else ""
    named = subject[:1].isupper()
    if not subject:
        return (_certain(clause.rest) or what) if clause.counted and plural(clause.counted) else ""
    if plural(subject) and not named:
        return _certain(clause.rest) or _certain(subject)
    if clause.helping in BEING or not what or clause.verb.lower() in PREPOSITIONS:
        return "" if named and (not clause.counted or is_person(subject)) else subject
    if named and deed:
        return f"{gerund(clause.verb)} {what}"
    if named and (is_person(subject) or stem(clause.verb) in _GOING_ON or not acting):
        return what
    return what if stem(clause.verb) in _GOING_ON and not acting else subject


def _certain(text: str) -> str:
    """Return the last "the …" of a text that is one thing: "the earthquake"; else the last name it has."""
    _, article, last = text.rpartition("the ")
    if article:
        return "" if plural(last) else f"the {last}"
    listed = names(text)
    return listed[-1].text if listed else ""


def one_meant(which: str, earlier: Sequence[str]) -> str:
    """Return what "the next one" is: the next strike, after "When did the strike begin?"; empty where that is open."""
    for last in earlier[: -_REACH - 1 : -1]:
        subject = clause_of(last).subject
        if subject.startswith("the ") and not plural(subject):
            return f"the {which} {subject.removeprefix('the ')}"
    return ""


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
    if re.match("[’']", question[name.end :]) or (article and followed):
        return ""
    return f"the {name.text}" if article else name.text
