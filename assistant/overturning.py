"""Plans that newer articles take back: what was to close in June, and is now to stay open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.denial import deeds
from assistant.differing import OPPOSITES
from assistant.irregular import BASE
from assistant.polarity import denied
from assistant.question import Question
from assistant.scoring import Scored
from assistant.synonyms import untold
from assistant.words import content, words

_TO_COME = re.compile(r"\b(?:will|is|are|does|do)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:did|was|were|had|has|have)\b", re.IGNORECASE)


def overturning(question: Question, scored: Sequence[Scored]) -> Scored | None:
    """Return the sentence of a newer article that says the contrary of what is asked of the time to come, if any.

    scored: best first; it is looked for behind the first, in articles newer than that one's.
    """
    if not scored or not _TO_COME.search(question.text) or _DONE.search(question.text):
        return None
    own, since = deeds(question), scored[0].unit.article.published
    for item in scored[1:]:
        published, text = item.unit.article.published, item.unit.text
        if since is None or published is None or published <= since:
            continue
        turned = {deed for deed in own if _contrary(deed, text)}
        told, others = content(text), question.stems - turned
        if turned and 2 * sum(not untold(one, told) for one in others) >= max(len(others), 1):
            return item
    return None


def _contrary(deed: str, text: str) -> bool:
    """Whether a sentence denies a deed, or has its opposite as something that is or will be."""
    if deed in denied(text):
        return True
    against = OPPOSITES.get(deed, frozenset())
    return deed not in content(text) and any(
        word.stem in against and not word.text.endswith("ed") and word.text.lower() not in BASE for word in words(text)
    )
