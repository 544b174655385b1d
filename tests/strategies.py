"""What the property tests draw from."""

from __future__ import annotations

from hypothesis import strategies as st

# Characters that mean something to HTML, to the eye or to a terminal, mixed into any text.
_SHARP = "<>&\"'`=/\r\n\t\0\x1b\u202e\u2066\u200b\ufeff\ud800"
NASTY = st.text(st.one_of(st.characters(), st.sampled_from(_SHARP)), max_size=60)
