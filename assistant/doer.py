"""Who of those that a sentence names can have done what is asked, and who bears its title."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.candidate import Candidate, cuts
from assistant.clause import clause_of
from assistant.contest import contest, is_loser, lost_to_whom
from assistant.form import formed
from assistant.nouns import KIN, PERSON_NOUNS
from assistant.office import held_by, named_in_office, owns_office
from assistant.question import Question
from assistant.statements import SAYING, WHO_SAID, saying
from assistant.synonyms import untold, written_alike
from assistant.values import Value, values
from assistant.words import content, stem, words

_WINNING = re.compile(r"\b(?:won|wins?|winning|winner|beat|beats|defeated|defeats)\b", re.IGNORECASE)
_LOSING = re.compile(r"\b(?:lost|loses?|losing|loser|runners?-up|beaten)\b", re.IGNORECASE)
_LOSER = re.compile(
    r"\b(?:over|against|beat|beats|beating|defeated|defeats|defeating|to)"
    r"(?: (?:(?:the|a|an|her|his|their|its) )?(?:[a-z-]+ ){0,2}[a-z-]+,)? (?:the )?$",
    re.IGNORECASE,
)
_BEATEN_BY = re.compile(r"\b(?:defeats?|defeated|loss|lost|losing|beaten|fell|falls) (?:by|to|against) (?:the )?$")
OF_A_PEOPLE = ("ish", "ese", "ian", "ani", "aqi")
NEXT = re.compile(r" ([a-z]+)\b")
_NO_DOER = re.compile(
    r"\b(?:Awards?|Prize|Cup|Medal|Trophy|Festival|Championships?|Games|Olympics|Oscars?|Golden \w+|Treaty|Act|War"
    r"|Street|Road|Avenue|Bridge|Airport|River|Day|Week|January|February|March|April|June|July|August|September|October"
    r"|November|December)$"
)
"""What no name of a doer ends with: "won the Golden Lion" tells of nobody by that name."""
_OF_NATURE = re.compile("(?:Lake|Mount|Cape|Fort|Port|Col|Bay|(?:Island|Isle|Gulf|Sea|Strait|Bay|Valley) of) ")
_BY_NATURE = re.compile(rf"\b{_OF_NATURE.pattern}$")
INSIDE = re.compile(
    r"\b(?:in|at|near|off|outside|inside|across|around|throughout|beneath|under|over) (?:the )?$", re.IGNORECASE
)
_WITHIN = re.compile(r"\b(?:in|at|from|near|off|outside|inside|across|around|throughout) (?:the )?$", re.IGNORECASE)
_OF_WHOM = re.compile(r"[A-Z][\w’'-]+ of (?:the )?$")
"""What stands before where somebody is from: "Edda Lund of the University of Vell"."""
_SAID_LAST = re.compile(rf"[^,;.:“”\"]{{0,30}} (?:{SAYING})(?: (?:on|late|last|in) [^,;.]{{2,20}})?\W*$")
_PREDECESSOR = re.compile(
    r"\b(?:before (?:him|her|them)(?: was)?|(?:succeed|replac)(?:s|ed|ing|es)|(?:takes?|took|taking) over from"
    r"|predecessor,?) (?:the )?$",
    re.IGNORECASE,
)
"""What stands before who held an office earlier."""
_ASKS_BEFORE = re.compile(
    r"\b(?:before|former|previous\w*|was|were|did|had|until|succe\w+|replac\w+|predecessor|took|led|ran|headed)\b", re.I
)
_GETTING = re.compile(r"\b(?:won|wins?|got|gets?|received?|receives|awarded|winner)\b", re.IGNORECASE)
_GIVEN_BY = re.compile(
    r"\b(?:given|presented|awarded|handed)\b[^;.]* by (?:the [a-z][^,;.]{1,50}, )?(?:the )?(?:[a-z’'-]+ ){0,4}$"
)
"""What stands before who hands out a prize: "presented to her at the fair by the minister, Ane Holm"."""
_RANK = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b", re.IGNORECASE)
_BEHIND_TO = re.compile(r"\bto (?:the |an? )?(?:[a-z-]+ ){0,2}$")
_WHICH = re.compile(r"\b(?:which|whom|that) (?:the )?(?:[A-Z][\w’'-]* )*$")
_WHICH_DID = re.compile(r" (?:(?:has|had|have|later|then|also) )*([a-z]+)\b")
_OPPOSITE = {
    stem(one): stem(other)
    for pair in ("buy sell", "accept reject", "support oppose")
    for one, other in (pair.split(), pair.split()[::-1])
}
_BESIDE = re.compile(r"\b[a-z]+ (?:together |along |jointly )?with (?:the )?$")
_BESIDE_ASKED = re.compile(r"\bwith\b", re.IGNORECASE)
_FIRM = re.compile(r" [a-z]+ [A-Z]")
_NAMED_NEXT = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z]")
_WAS_DONE = re.compile(r"\b(?:was|were|is|are|been|being)(?: [a-z]+ly)? $")
_DOER = ("er", "or")
"""The endings of who does what is asked: who founded it is its founder."""


@lru_cache(maxsize=256)
def _asks(text: str) -> tuple[bool, bool, bool]:
    """Return whether a question asks who won, who lost, who said it."""
    return bool(_WINNING.search(text)), bool(_LOSING.search(text)), bool(WHO_SAID.search(text))


def no_doer(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a name does nothing here: an award, where it is done, the "Danish" of a firm, the "Navy" of its pilot."""
    if is_loser(question.text, sentence, candidate.start, candidate.end):
        return False
    if told_to := lost_to_whom(question.text, sentence):
        return told_to != (candidate.start, candidate.end)
    _, of_the_loser, of_the_speaker = _asks(question.text)
    text, before = sentence[candidate.start : candidate.end], sentence[: candidate.start]
    span = candidate.start, candidate.end
    if held_by(question, sentence, *span) is False or owns_office(question, sentence, *span):
        return True  # who has another's office, or another one, or whose it is
    if candidate.value is not None and _NO_DOER.search(text):
        return True
    follower = NEXT.match(sentence, candidate.end)
    if " " not in text and follower and (text.endswith(OF_A_PEOPLE) or stem(follower[1]) in PERSON_NOUNS):
        return True
    if of_the_loser and _BEATEN_BY.search(before):
        return True
    if " " not in text and before.endswith("the ") and _FIRM.match(sentence, candidate.end):
        return True  # "the Kutaisi firm Argo Lines"
    if _PREDECESSOR.search(before) and not _ASKS_BEFORE.search(question.text):
        return True
    form = formed(question.text)
    if form.way != "passive" and _GETTING.search(question.text) and _GIVEN_BY.search(before):
        return True
    if _of_another_rank(question, sentence, candidate.end):
        return True  # "Anne Moe came second and Lea Hofer third"
    if form.way == "subject" and _does_the_opposite(question.text, sentence, candidate.start):
        return True  # who wants to sell a ferry does not want to buy it
    does = _WHICH_DID.match(sentence, candidate.end) if form.way == "subject" and _WHICH.search(before) else None
    if does and untold(form.deed, [stem(does[1])]):
        return True  # "offered her resignation, which President Sand refused": he did not resign
    owning = text.endswith(("'s", "’s")) or sentence.startswith(("'", "’"), candidate.end)
    if form.way == "subject" and not owning and _BESIDE.search(before) and not _BESIDE_ASKED.search(question.text):
        return True  # who "Kell is conducting a drill with" is not the one who conducts it
    if form.way == "subject" and _BEHIND_TO.search(before) and not untold(form.deed, content(sentence)):
        return True  # "sold its hotel to the investor Palmgren", "the bridge to Osk has closed"
    if form.way != "being" and "," in before and _SAID_LAST.match(sentence[candidate.end :]):
        return not of_the_speaker  # who tells it did not do it
    if _OF_NATURE.match(text) or _BY_NATURE.search(before) or INSIDE.search(before):
        return True
    speaker = (
        saying(sentence)
        if form.way in ("subject", "passive subject") and untold(form.deed, content(sentence))
        else None
    )
    if speaker and text in speaker.speaker and not of_the_speaker and not bears_title(question, sentence, candidate):
        return True  # nor did who only speaks of it
    if form.way == "subject" and _only_told_of(form.deed, sentence, candidate.end):
        return True
    inside = words(sentence)[candidate.first : candidate.last + 1]
    if form.way == "subject" and inside[-1].stem in question.stems - question.named:
        return True  # the Besh refinery attacked no refinery
    deeds = [term.stem for term in question.terms if not term.capital]
    if not inside[0].start and any(not untold(deed, [inside[0].stem]) for deed in deeds if deed not in PERSON_NOUNS):
        return True  # "Defeating Vell 3-0" names Vell
    own = {word.stem for word in inside}
    if form.way != "being" and question.stems.isdisjoint(KIN) and any(own >= name for name in question.name_stems):
        return True  # "Anton Verhulst" defended no Verhulst
    if candidate.value is None:
        if inside[-1].text.isupper() and inside[-1].stem in PERSON_NOUNS and _NAMED_NEXT.match(sentence, candidate.end):
            return True  # the "CEO" of CEO Tor Kell
        if (not question.identity and any(_part_of_name(one, sentence, candidate) for one in values(sentence))) or (
            not inside[-1].capital and follower is None and _NAMED_NEXT.match(sentence, candidate.end)
        ):
            return True  # the "Dr Rania" of a full name, "the Kutaisi firm" of Argo Lines
        if not inside[0].capital and inside[0].stem not in PERSON_NOUNS:
            return True
        if any(word.text[0].isdigit() or (not word.capital and word.text.endswith("ing")) for word in inside):
            return True  # "A Cascade jet carrying 143 passengers"
    elif (
        form.way == "subject"
        and follower
        and not _RANK.fullmatch(follower[1])
        and stem(follower[1]) in question.stems - {form.deed}
    ):
        return True  # "the Besh refinery" attacked no refinery
    return form.way == "subject" and bool(_WITHIN.search(before) or _OF_WHOM.search(before))


def _of_another_rank(question: Question, sentence: str, end: int) -> bool:
    """Whether who came third is asked for, and the first rank that stands behind a name here is another."""
    asked = _RANK.search(question.text)
    if asked is None:
        return False
    told, wanted = [match[0].lower() for match in _RANK.finditer(sentence, end)], asked[0].lower()
    return wanted in told and told[0] != wanted


def _only_told_of(deed: str, sentence: str, end: int) -> bool:
    """Whether a "that" follows, and only behind it is the deed told, with no doer: "complained that it was cut"."""
    that = sentence.find(" that ", end)
    told = [word for word in words(sentence) if not untold(word.stem, [deed])]
    return (
        that >= 0
        and bool(told)
        and all(
            word.start > that
            and _WAS_DONE.search(sentence[that : word.start])
            and not sentence.startswith(" by ", word.end)
            for word in told
        )
    )


def _does_the_opposite(question: str, sentence: str, start: int) -> bool:
    """Whether the opposite of the deed that is asked for is told behind a name, and the deed in no words.

    start: of the name. Whom a hotel was sold to bought it, and stands behind.
    """
    deed = stem(clause_of(question).deed)
    other = _OPPOSITE.get(deed)
    return other is not None and untold(deed, content(sentence)) and not untold(other, content(sentence[start:]))


def lost_to(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a name is the loser of what is asked the winner of: of "won over" and the like."""
    loses = formed(question.text).way in ("object", "passive subject")  # "Who did Vell beat?" asks for the loser
    if loses or not _asks(question.text)[0]:
        return False
    told = contest(sentence)
    if told:
        return told.loser[0] <= candidate.start < told.loser[1]
    return bool(_LOSER.search(sentence[: candidate.start]))


def _part_of_name(value: Value, sentence: str, candidate: Candidate) -> bool:
    """Whether words are cut out of a name, and not off a title before it: "Chief Executive Tor Kell"."""
    if value.kind != "name" or not cuts(value, candidate.start, candidate.end):
        return False
    title = {word.stem for word in words(sentence[value.start : candidate.start])}
    whole = candidate.end == value.end and (" " in sentence[candidate.start : candidate.end] or title & PERSON_NOUNS)
    return not whole


def bears_title(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a name has the office that is asked for as its title: "President Ilham Aliyev", "founder Gary Wang"."""
    if question.person and named_in_office(question, sentence, candidate.start, candidate.end):
        return True
    if not question.person or candidate.value is None or candidate.value.kind != "name":
        return False
    doers = [doer for term in question.terms for doer in _doers(term.stem)]
    if re.search(rf"\b(?:{'|'.join(doers)})(?: and(?: \w+){{1,3}})?,? $", sentence[: candidate.start], re.I):
        return True
    roles = question.focus & PERSON_NOUNS
    before = sentence[: candidate.start].split()[-1:]
    titled = candidate.value.key.split()
    return len(titled) > 1 and (titled[0] in roles or bool(before and stem(before[0]) in roles))


def does_it_by_title(question: Question, sentence: str) -> bool:
    """Whether somebody is named as the doer of the very thing asked for: "opposition leader Tor Kell" leads it.

    Only for things: who leads what has a name is asked as an office is.
    """
    clause = clause_of(question.text)
    thing = clause.object.split()[-1:]
    if formed(question.text).way != "subject" or not question.person or not thing or not thing[0].islower():
        return False
    doers = "|".join(map(re.escape, _doers(stem(clause.verb.split()[-1]))))
    of_it = re.escape(thing[0])
    before = rf"(?i:\b{of_it}(?:[’']s)? (?:{doers}),?) [A-Z]"
    behind = rf"(?i:\b(?:{doers}) of (?:the |its )?(?:[a-z]+ )?{of_it}\b)"
    return bool(re.search(f"{before}|{behind}", sentence))


def _doers(deed: str) -> list[str]:
    """Return what who does a deed may be called: who founded it is its founder, and who leads it its leader."""
    told = [word for word in written_alike(deed) if word.endswith(_DOER)]
    return [*told, *(f"{deed}{ending}" for ending in _DOER)]
