"""Bytes to text, in whatever encoding they came; a file that is no text is refused."""

from __future__ import annotations

import codecs
import re

from corpus.errors import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive or Office document", ".docx or unpack it"),
    (b"\x1f\x8b", "a gzip archive", "what it holds after unpacking it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ".docx after saving it as that"),
    (b"\x89PNG", "a picture", "nothing: it holds no text"),
    (b"\xff\xd8\xff", "a picture", "nothing: it holds no text"),
    (b"GIF8", "a picture", "nothing: it holds no text"),
    (b"\x7fELF", "a program", "nothing: it holds no text"),
)
_CONTROL_BYTES = bytes({*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F})  # ESC opens ISO-2022
_HIGH_BYTES = bytes(range(0x80, 0x100))
_SAMPLE_BYTES = 1 << 16
_DETECTION_BYTES = 1 << 19
_BINARY = "binary data, not text; remove it, or give it the suffix of what it is"
# In CP1252 as people type it: letters inside words, and typographers' signs.
_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸªº°£€§©®«»¿¡·´‘’“”„‚–—…•™‹›\xa0]")


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return bytes as text; raise Unreadable where they are none.

    declared: the encoding named from outside (an XML declaration, a header); used when the bytes
    are not UTF-8 and it fits them. A lone byte that is not UTF-8 in a UTF-8 text is read as CP1252.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                if encoding != "utf-8-sig":
                    return data.decode(encoding, "replace")
                data = data[len(mark) :]
    for magic, what, name in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"{what}, not text; rename it to {name}" if name.startswith(".") else f"{what}, not text")
    wide = _wide_encoding(data[:_SAMPLE_BYTES])
    if wide:
        return data.decode(wide, "replace")
    sample = data[:_SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, _CONTROL_BYTES)) > max(1, len(sample) // 50):
        raise Unreadable(_BINARY)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, declared)


def _wide_encoding(sample: bytes) -> str | None:
    """Return which UTF-16 a text without a mark is in, told by where its zero bytes stand."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.02:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.02:
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes, declared: str | None) -> str:
    patched = data.decode("utf-8", "corpus-cp1252")
    strays = len(_patches(data))
    wide_characters = len(data) - len(data.translate(None, _HIGH_BYTES)) - strays
    if wide_characters > 4 * strays:  # UTF-8 with a few stray bytes
        return patched
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration is common; the bytes decide
    western = _as_western(data)
    if western is not None:
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_DETECTION_BYTES]).best()
    if best is None:
        raise Unreadable("its encoding cannot be made out; save it as UTF-8")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        if error.start < _DETECTION_BYTES - 8:
            raise Unreadable(f"mixes {best.encoding} with another encoding; save it as UTF-8") from error
        return data.decode(best.encoding, "replace")


def _as_western(data: bytes) -> str | None:
    """Return data as CP1252 where that makes a text with few high bytes plausible, else None.

    Detection by statistics needs more than a handful of accents and quotes to go by.
    """
    high = len(data) - len(data.translate(None, _HIGH_BYTES))
    if high > len(data) * 0.08:
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if len(_WESTERN.findall(text)) == high else None


def _patches(data: bytes) -> list[int]:
    """Return the positions of the bytes that are not UTF-8."""
    text = data.decode("utf-8", "surrogateescape")
    return [match.start() for match in re.finditer("[\udc80-\udcff]", text)]


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("corpus-cp1252", _read_as_cp1252)
