"""Names and the initials that articles themselves give for them: "the Port Workers' Union (PWU)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = r"[A-Z][\w.’'&-]*"
_SMALL = r"(?:of|the|for|and|on|in|de|du|des|der|to)"
_GIVEN = re.compile(
    rf"(?P<name>{_WORD}(?: (?:{_SMALL} ){{0,2}}{_WORD}){{1,8}}) \((?:the )?[“\"]?(?P<mark>[A-Z][A-Za-z]{{1,6}})[”\"]?\)"
)
_GIVEN_FIRST = re.compile(
    rf"\b(?P<mark>[A-Z]{{2,7}}) \((?:the )?(?P<name>{_WORD}(?: (?:{_SMALL} ){{0,2}}{_WORD}){{1,8}})\)"
)


def spelt_out(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that a text gives initials for, with those; what stands before it in capitals is left off."""
    for text in texts:
        for pattern in (_GIVEN, _GIVEN_FIRST):
            for match in pattern.finditer(text):
                parts = match["name"].split()
                wanted = match["mark"].upper()
                for first in (at for at, part in enumerate(parts[:-1]) if part[0].isupper()):
                    rest = parts[first:]
                    short = "".join(part[0] for part in rest if part[0].isupper())
                    if wanted in (short, "".join(part[0].upper() for part in rest)):
                        yield " ".join(rest), match["mark"]
                        break


def in_other_form(question: str, texts: Iterable[str]) -> str:
    """Return a question with a name for its initials, or these for the name, as the texts give them; else unchanged."""
    for name, mark in dict.fromkeys(spelt_out(texts)):
        written = re.escape(name).replace("’", "['’]").replace("'", "['’]")
        named = re.compile(rf"(?<!\w){written}(?!\w)", re.IGNORECASE)
        marked = re.compile(rf"(?<!\w){re.escape(mark)}(?!\w)")
        if bool(named.search(question)) == bool(marked.search(question)):
            continue
        if named.search(question):
            return named.sub(mark, question, count=1)
        start, end = next(marked.finditer(question)).span()
        return f"{question[:start]}{name}{question[end:]}"
    return question
