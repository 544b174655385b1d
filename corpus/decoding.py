"""Bytes to text, in whatever encoding they came; a file that is no text is refused."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, BinaryIO, cast

from corpus.errors import Unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF, not text; rename it to .pdf"),
    (b"PK\x03\x04", "a ZIP archive or Office document, not text; rename it to .docx or unpack it"),
    (b"\x1f\x8b", "a gzip archive, not text; unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document, not text; rename it to .docx after saving it as that"),
    (b"\x89PNG", "a picture, not text; remove it"),
    (b"\xff\xd8\xff", "a picture, not text; remove it"),
    (b"GIF8", "a picture, not text; remove it"),
    (b"\x7fELF", "a program, not text; remove it"),
)
_CONTROL_BYTES = bytes({*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F})  # ESC opens ISO-2022
_LOW_BYTES = bytes(range(0x80))
_HIGH_BYTES = bytes(range(0x80, 0x100))
_SAMPLE_BYTES = 1 << 16
_DETECTION_BYTES = 1 << 19
_BINARY = "binary data, not text; remove it, or give it the suffix of what it is"
_DECLARED = {
    name: encoding
    for encoding, names in {
        "cp1252": "us-ascii ascii iso-8859-1 iso8859-1 latin1 latin-1 l1 windows-1252 cp1252 x-cp1252",
        "cp1250": "windows-1250 cp1250",
        "cp1251": "windows-1251 cp1251 win-1251",
        "cp1253": "windows-1253 cp1253",
        "cp1254": "windows-1254 cp1254 iso-8859-9 latin5",
        "cp1255": "windows-1255 cp1255",
        "cp1256": "windows-1256 cp1256",
        "cp1257": "windows-1257 cp1257",
        "cp1258": "windows-1258 cp1258",
        "cp866": "ibm866 cp866 866",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "big5hkscs": "big5 big5-hkscs x-x-big5 cn-big5",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji cp932",
        "cp949": "euc-kr ks_c_5601-1987 ksc5601 windows-949 korean cp949",
        "euc_jp": "euc-jp x-euc-jp",
        "gb18030": "gb2312 gbk gb18030 x-gbk csgb2312 gb_2312-80",
        "iso2022_jp_2": "iso-2022-jp csiso2022jp iso-2022-jp-2",
        "iso8859_2": "iso-8859-2 latin2",
        "iso8859_4": "iso-8859-4 latin4",
        "iso8859_5": "iso-8859-5",
        "iso8859_6": "iso-8859-6",
        "iso8859_7": "iso-8859-7 greek",
        "iso8859_8": "iso-8859-8 iso-8859-8-i hebrew",
        "iso8859_10": "iso-8859-10",
        "iso8859_13": "iso-8859-13",
        "iso8859_15": "iso-8859-15 latin9",
        "koi8_r": "koi8-r koi8",
        "koi8_u": "koi8-u",
        "mac_roman": "macintosh x-mac-roman",
    }.items()
    for name in names.split()
}  # the encodings of the web and what stands for them; no others, some codecs of Python's are programs
# In CP1252 as people type it: letters inside words, and typographers' signs.
_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸªº°£€§©®«»¿¡·´‘’“”„‚–—…•™‹›\xa0]")

_WESTERN_ALPHABETS = "äöüß àâæçéèêëîïôœùûüÿ áéíóúñü¿¡ áâãàçéêíóôõúü àèéìíîòóùú åäöæøé áðéíóúýþæö"
_CENTRAL_ALPHABETS = "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű čćđšž ăâîşţ"
_ALPHABETS = {
    encoding: [
        dict.fromkeys(map(ord, {*letters, *letters.upper(), *"€§°“”„‚‘’–—…«»‹›\xa0"})) for letters in alphabets.split()
    ]
    for encoding, alphabets in {
        "cp1252": _WESTERN_ALPHABETS,
        "iso8859_15": _WESTERN_ALPHABETS,
        "cp1250": _CENTRAL_ALPHABETS,
        "iso8859_2": _CENTRAL_ALPHABETS,
        "cp1254": "çğıİöşüâîû",
        "cp1257": "ąčęėįšųūž āčēģīķļņšūž äöõüšž",
    }.items()
}
_SPELT = 0.9
"""Of the high bytes; the rest are of names from elsewhere."""


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
    for magic, what_it_is in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(what_it_is)
    sample = data[:_SAMPLE_BYTES]
    if wide := _wide_encoding(sample):
        return data.decode(wide, "replace")
    if len(sample) - len(sample.translate(None, _CONTROL_BYTES)) > max(1, len(sample) // 50):
        raise Unreadable(_BINARY)
    if b"\x1b" in sample and _DECLARED.get((declared or "").strip().lower()) == "iso2022_jp_2":
        return data.decode("iso2022_jp_2", "replace")
    try:
        return data.decode("utf-8", "surrogatepass")  # cleaning joins or drops them
    except UnicodeDecodeError:
        return _decode_legacy(data, declared)


def utf8_stream(stream: BinaryIO) -> BinaryIO:
    """Return a binary stream from its start as UTF-8 without a mark, whichever UTF a mark names or its zeros tell."""
    head = stream.read(_SAMPLE_BYTES)
    mark, encoding = next(((mark, name) for mark, name in _BOMS if head.startswith(mark)), (b"", _wide_encoding(head)))
    stream.seek(len(mark) if encoding == "utf-8-sig" else 0)
    if not encoding or encoding == "utf-8-sig":
        return stream
    return cast(BinaryIO, io.BufferedReader(_Transcoded(stream, encoding)))


class _Transcoded(io.RawIOBase):
    """A stream in another encoding, read as UTF-8 block by block."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._blocks = codecs.iterencode(
            codecs.iterdecode(iter(lambda: stream.read(1 << 16), b""), encoding, "replace"), "utf-8"
        )
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = block
        taken, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def _wide_encoding(sample: bytes) -> str | None:
    """Return which UTF-16 or UTF-32 a text without a mark is in, told by where its zero bytes stand."""
    half = len(sample) // 2
    if half < 2:
        return None
    quarter = [sample[place::4].count(0) > half * 0.45 for place in range(4)]
    if quarter == [False, True, True, True]:
        return "utf-32-le"
    if quarter == [True, True, True, False]:
        return "utf-32-be"
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.02:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.02:
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes, declared: str | None) -> str:
    if _is_nearly_utf8(data):
        return data.decode("utf-8", "corpus-cp1252")
    encoding = _DECLARED.get(declared.strip().lower()) if declared else None
    if encoding:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= len(text) // 1000:  # a wrong declaration is common; then the bytes decide
            return text
    for told in (_as_western, _as_spelt):
        if (read := told(data)) is not None:
            return read
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


def _as_spelt(data: bytes) -> str | None:
    """Return data in the encoding in which nearly all its high bytes are letters of one language, else None.

    Statistics take Turkish and Czech for Baltic languages, and a euro for a sign of currency.
    """
    high = data[:_DETECTION_BYTES].translate(None, _LOW_BYTES)
    best, most = None, _SPELT * len(high)
    for encoding, alphabets in _ALPHABETS.items():
        text = high.decode(encoding, "replace")
        for letters in alphabets:
            fitting = len(text) - len(text.translate(letters))
            if fitting > most:
                best, most = encoding, fitting
    return data.decode(best, "replace") if best else None


def _is_nearly_utf8(data: bytes) -> bool:
    """Return whether this is UTF-8 with a few stray bytes: other encodings form its characters by accident, and seldom.

    Counted without a look at each byte: in a large file of another encoding nearly all are stray.
    """
    text = data.decode("utf-8", "surrogateescape")
    strays = len(data) - len(text.encode("utf-8", "ignore"))
    beyond_ascii = len(text) - len(data.translate(None, _HIGH_BYTES))
    return beyond_ascii > 2 * strays


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("corpus-cp1252", _read_as_cp1252)
