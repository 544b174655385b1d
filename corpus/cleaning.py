"""Which characters a text may hold: the same words always come out as the same characters."""

from __future__ import annotations

import re
import unicodedata

from corpus.signs import ANNOTATIONS, TURNERS, ZERO_WIDTH

# Control characters, soft hyphens, zero-width blanks and marks that turn the reading direction:
# none can be read, all of them part words that belong together or hide what a text says.
_INVISIBLE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{ZERO_WIDTH}{TURNERS}{ANNOTATIONS}\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
# Control characters of the upper half are CP1252 read as Latin-1, wherever they come from.
_UPPER_CONTROLS = re.compile("[\x80-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    r"""Return text as NFC with `\n` line ends, without surrogates, control and invisible characters."""
    if _SURROGATES.search(text):
        # Joins the halves of a character that were written apart, and drops a half on its own.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    if _UPPER_CONTROLS.search(text):
        text = _UPPER_CONTROLS.sub(lambda match: match[0].encode("latin-1").decode("cp1252", "ignore"), text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))


def clean_body(text: str) -> str:
    """Return `clean(text)` with blanks at line ends and more than one empty line in a row removed."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str, *, limit: int) -> str:
    """Return cleaned text on one line; what is over limit characters is cut at a word, with "…"."""
    line = " ".join(clean(text).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head, blank, _ = cut.rpartition(" ")
    return (head if blank and len(head) > limit // 2 else cut).rstrip(" ,;:–—-") + "…"


def whole_characters(text: str) -> str:
    """Return text with a question mark for each half of a character, which neither tokenizer, JSON nor SQLite takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def reason_of(error: Exception) -> str:
    """Return what a library's error says, on one line of at most 100 characters; its name where it says nothing."""
    return one_line(str(error), limit=100) or type(error).__name__
