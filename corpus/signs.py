"""Signs that nobody sees, by what they do; each is the inside of a character class."""

from __future__ import annotations

TURNERS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates: they can make a text read as what it does not say."""
DIRECTION_MARKS = "\u061c\u200e\u200f"
"""Letters without a shape that lend their direction to what stands beside them."""
ZERO_WIDTH = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, blank and joiners without width, byte order mark: they part words that belong together."""
FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Hangul that are blank."""
ANNOTATIONS = "\ufff9-\ufffb"
"""What stands round the reading of an ideograph."""
