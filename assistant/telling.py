"""Whether a sentence tells something: it has a verb that says so, and is no call to look elsewhere."""

from __future__ import annotations

import re

from assistant.evidence import teases

_AUXILIARY = (
    "is are was were am be been being isn aren wasn weren has have had hasn haven hadn do does did don doesn didn will "
    "would won can could cannot may might must shall should"
)
_IRREGULAR = (
    "became become becomes began begins beat beats bought brought builds built came comes chose chooses cut cuts drew "
    "drove fell falls felt fought found finds flew gave gives got gets goes went grew grows held holds hit hits kept "
    "keeps knew knows laid led leads left leaves lay lies lost loses made makes meant means met meets paid pays put "
    "puts ran runs read reads rose rises said says sat saw sees seeks sought sold sells sends sent set sets shot shows "
    "shut spent spends spoke speaks stands stood struck strikes swore taught tells told took takes thinks thought "
    "threw understood wants wins won wore wrote writes remains stays lives plays works calls includes plans hopes "
    "expects believes returns faces claims reports directs stars features serves follows"
)
_FINITE = re.compile(
    rf"\b(?:{'|'.join([*_AUXILIARY.split(), *_IRREGULAR.split()])}|[a-z]{{2,}}ed)\b"
    r"|\w['’](?:s|re|ve|ll|d|m)\b(?= [a-z])",
    re.IGNORECASE,
)


def tells(sentence: str) -> bool:
    """Whether a sentence has a finite verb, as far as a list of the common ones and "-ed" show, and is no teaser.

    "CEO, the LEGO Group." and "Check out the medal count." tell nothing.
    """
    return bool(_FINITE.search(sentence)) and not teases(sentence)
