"""The last question asked of another source: "And according to Lund?", "What about the Courier?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.matter import topic_of
from assistant.outlet_names import as_written, bare, called_in_part
from assistant.values import values

_SOURCE = re.compile(
    r"(?:(?:what|how) about )?(?P<by>(?:according to|as per) )?(?P<from>(?:in|from|by) )?(?P<name>[^?,;]{2,60}?)"
    r"(?:[’']s(?: (?:articles?|coverage|reports?|version))?)?\W*",
    re.IGNORECASE,
)
_SAYS_WHAT = re.compile(
    r"what (?:does|did|do|has|have) (?P<name>[^?,;]{2,60}?) (?:say|said|write|written|report|reported|make of)"
    r"(?: (?:about|on|of)? ?(?:it|that|this|them))?\W*",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r",?\s*\b(?:according to|as per)\s+(?:the\s+)?[^,?]+", re.IGNORECASE)
_ARTICLE = re.compile(r"\bthe $", re.IGNORECASE)


def asked_of_source(bare_question: str, last: str, outlets: Sequence[str]) -> str:
    """Return the last question, asked of the source that a follow-up names; empty where it names none.

    outlets: that exist. An outlet alone is a source after a question that was asked of one, or that names nothing whose
    place it could take.
    """
    says = _SAYS_WHAT.fullmatch(bare_question)
    if says and (outlet := _outlet(says["name"].strip(), outlets)):
        about = topic_of(last)
        swapped = next((f"{last[:start]}{outlet}{last[end:]}" for start, end in _named(last, outlets)), "")
        return swapped or (f"What does {outlet} say about {about}?" if about else "")
    asked = _SOURCE.fullmatch(bare_question)
    if asked is None:
        return ""
    name = asked["name"].strip()
    outlet = _outlet(name, outlets)
    if not (asked["by"] or outlet):
        return ""
    source = outlet or name
    stated = _ACCORDING.search(last)
    if stated:
        return f"{last[: stated.start()]}, according to {source}{last[stated.end() :]}"
    for start, end in _named(last, outlets):
        return f"{last[:start]}{source}{last[end:]}"
    others = [value for value in values(last) if value.kind == "name" and value.start]
    return f"{last.rstrip(' ?.!')}, according to {source}?" if asked["by"] or asked["from"] or not others else ""


def _outlet(name: str, outlets: Sequence[str]) -> str:
    """Return the outlet that is called so, whole or in part; empty where none is."""
    said = re.sub(r"^the ", "", name, flags=re.IGNORECASE).casefold()
    whole = next((bare(one) for one in outlets if said in (bare(one).casefold(), one.casefold())), "")
    return whole or next((one for _, end, one in called_in_part(name, outlets) if end == len(name)), "")


def _named(text: str, outlets: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where a question names an outlet behind "did", "from" or the like, with its article."""
    folded = text.casefold()
    places = [match.span() for one in outlets if bare(one).casefold() in folded for match in _written(one, text)]
    places += [(start, end) for start, end, _ in called_in_part(text, outlets)]
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        article = _ARTICLE.search(text[:start])
        begin = article.start() if article else start
        if re.search(r"\b(?:did|does|do|has|have|from|in|by)\s+$", text[:begin], re.IGNORECASE):
            yield begin, end


def _written(outlet: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<!\w){as_written(outlet)}(?!\w)", text)
