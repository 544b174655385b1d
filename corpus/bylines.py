"""Who wrote it and where it appeared, as lines at either end of an article say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.dates import read_date_line


@dataclass(frozen=True, slots=True)
class Byline:
    """What one line says; all None for a credit that names neither (a translator's)."""

    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    day: date | None = None

    def or_else(self, other: Byline) -> Byline:
        """Return what this one says, and of the rest what the other says."""
        return Byline(
            self.author or other.author, self.outlet or other.outlet, self.url or other.url, self.day or other.day
        )


UNSIGNED = Byline()

_WORD = r"(?:[^\W\d_]['’])?[^\W\d_]+(?:['’-][^\W\d_]+)*"
_INITIAL = r"[^\W\d_]\."
_PARTICLES = frozenset("al ap bin bint da de del della den der di dos du el ibn la le van von y zu".split())
_NAME_TOKEN = re.compile(rf"(?:{_INITIAL}){{1,3}}|{_WORD}\.?")
# Capitalised words that open headings, places and menus, never a person's name.
_NOT_NAMES = frozenset(
    """
    a about above abstract add advertisement after also american an analysis and article articles asia associated at
    background bank before breaking british bulletin business by capital central click comment comments company
    conclusion contact copyright correspondent council country court culture daily desk details discussion east
    editor editorial editors entertainment europe european events exclusive facts fact-check finance follow for foreign
    from further gallery government group health here history home how in institute international interview introduction
    is israel key latest learn life live local main market markets media members middle military minister ministry more
    most nations national new news north note notes office on opinion our page party photo photos picture pictures
    policy politics post president press previous print privacy profile publishing question read reading recent
    region related relationship report reporter reporters reports republic research results review russian save saudi
    science search
    section service share short sign skip society source sources south special sport sports staff state states stories
    story subscribe summary support team technology terms the this times to today top topics travel tribune trending
    turkish twitter union united update updates us video videos view watch weather week weekly west what when where why
    with world writer year you your
    ababa aires angeles arabia aviv britain dhabi delhi emirates janeiro kingdom kong korea lanka las los lumpur penh
    rica rico san vegas york zealand
    """.split()
)
_AGENCIES = frozenset(
    name.strip()
    for name in """
    reuters|ap|the associated press|associated press|afp|agence france-presse|bloomberg|bloomberg news|bbc|bbc news|cnn|
    upi|tass|interfax|ria novosti|xinhua|kyodo|kyodo news|yonhap|dpa|ansa|efe|anadolu|anadolu agency|pti|ani|ians|apa|
    trend|turan|al jazeera|npr|axios|politico|vox|wired|time|newsweek|the guardian|the economist|the new york times|
    the washington post|the wall street journal|financial times|the times|le monde|der spiegel|haaretz|ynet|
    israel today|the jerusalem post|the times of israel|deutsche welle|dw|rfe/rl|radio free europe/radio liberty|meduza
    """.split("|")
)
_OUTLET_WORD = re.compile(
    r"\b(?:advertiser|agency|argus|broadcasting|bulletin|chronicle|courier|daily|digest|dispatch|echo|examiner|express|gazette|"
    r"globe|guardian|herald|independent|inquirer|journal|magazine|mail|media|mirror|monitor|news|newspaper|newswire|observer|"
    r"post|press|radio|record|review|standard|star|sun|telegraph|times|today|tribune|tv|weekly|wire)\b|\.[a-z]{2,4}$",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"\b(?:adviser|advisor|agent|director|manager|minister|officer|secretary)\b", re.IGNORECASE)
_HEADING_WORD = re.compile(
    "book|film|music|theatre|release|review|television|weather|tv|radio|media|magazine", re.IGNORECASE
)
"""What stands over a text with "News" or "Review" and with no name of its own; see `_NOT_NAMES`."""
_ROLE = re.compile(
    r"\b(?:analyst|anchor|bureau chief|columnist|contributor|contributing|correspondent|critic|desk|editor|fellow|"
    r"freelance|intern|journalist|professor|reporter|staff|writer)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:written|reported|story|article|text|words|analysis|opinion|reporting)\s+)?by\s*:?\s+(?P<who>\S.{1,150})|"
    r"(?:authors?|byline|writers?)\s*:\s*(?P<named>\S.{1,150})",
    re.IGNORECASE,
)
_TITLES = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir|dame)\.?\s+", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?:the\s+)?(?:original\s+)?(?:arabic|armenian|azerbaijani|azeri|chinese|dutch|english|farsi|french|georgian|german|greek|"
    r"hebrew|hindi|italian|japanese|korean|persian|polish|portuguese|romanian|russian|spanish|turkish|ukrainian|urdu)\b.*",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:"
    r"(?:translated|adapted|reprinted|republished|reproduced|taken|abridged)(?: with permission)? from|"
    r"(?:this (?:article|story|piece|text|report|interview|commentary)\s+)?(?:was |has been |is )?"
    r"(?:originally |first )(?:published|appeared|posted|printed)(?: (?:by|in|on|at))|"
    r"(?:this (?:article|story|piece|text|report|interview|commentary)\s+)(?:was |has been |is )"
    r"(?:published|republished|reprinted)(?: (?:by|in|on|at|from))|"
    r"(?:original )?source\s*:|via\s*:|courtesy(?: of|:)|published by|©\s*\d{4}(?=\s+[^\W\d]+(?:\s+[^\W\d]+){0,2}$)"
    r")\s*(?P<outlet>\S.{0,119})",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\(?\s*(?:additional )?(?P<kind>reporting|writing) by (?P<who>[^;()]{3,120})(?:;.*)?\)?",
    re.IGNORECASE,
)
_UNNAMED_CREDIT = re.compile(
    r"\(?(?:edited|editing|translated|translation|photographs?|photos?|compiled|illustrated|additional reporting)\s*"
    r"(?:by|:)\s+\S.{1,100}",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,|•·/]|\s[–—-]\s")
# The first ends a place at an "and", behind which another writer stands; the second knows Bosnia and Herzegovina.
_PARTS = tuple(
    re.compile(rf"\s*(?:[,;|•·/]|\s[–—-]\s|\b(?:and|AND)\b|&|\bfor\b|\bin\s+[A-Z]{place}|\()\s*")
    for place in (r"[^,|]*?(?=\s+(?:and|AND)\b|[,|]|$)", r"[^,|]*")
)
_HANDLE = re.compile(r"\s*(?:\|\s*)?(?:follow\s+)?@\w{2,30}\s*$", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LONGEST = 160


def is_name(text: str) -> bool:
    """Return whether text is a person's name alone: two to five words with capitals, none a heading's."""
    words = _TITLES.sub("", text).split()
    if not 2 <= len(words) <= 5 or len(text) > 60:
        return False
    full = 0
    for position, word in enumerate(words):
        if not _NAME_TOKEN.fullmatch(word) or word.lower() in _NOT_NAMES:
            return False
        if word in _PARTICLES and 0 < position < len(words) - 1:
            continue
        if not word[0].isupper() and not re.match(r"(?:al|el|d|l)['’-][A-Z]", word):
            return False
        if word.endswith(".") and len(word) > 4:
            return False
        full += len(word.strip(".")) > 1
    return full > 0


def _is_outlet(text: str) -> bool:
    """Return whether text names an agency, a paper or a site for certain."""
    name = text.strip(" .")
    if name.lower() in _AGENCIES:
        return True
    words = name.split()
    if not 1 <= len(words) <= 6 or not (name[:1].isupper() or "." in name):
        return False
    return bool(_OUTLET_WORD.search(name)) and not _OFFICE.search(name)  # "Press Secretary"


def read_byline(line: str) -> Byline | None:
    """Return what a byline says ("By Jane Doe and John Roe, Reuters"), or None for any other line."""
    if len(line) > 2 * _LONGEST:
        return None  # before the search for a handle, whose time grows with the cube of the blanks
    line = _HANDLE.sub("", line).strip(" *_—–-|•·()[]")
    if not 3 <= len(line) <= _LONGEST:
        return None
    by = _BY.fullmatch(line)
    if by:
        return _read_who(by["who"] or by["named"])
    cut = re.search(r"[,|/–—]|\s-\s", line)
    name, rest = (line[: cut.start()].strip(), line[cut.end() :].strip()) if cut else (line, "")
    if rest and _is_outlet(name) and (dated := read_date_line(rest)):
        return Byline(outlet=name, day=dated.day)
    if rest and is_name(name):
        if _SEPARATOR.search(rest) and (several := _read_who(line)):
            return several  # "Jane Doe | Port Daily | 3 May 2024"
        if _is_outlet(rest):
            return Byline(author=name, outlet=rest.strip(" ."))
        if _ROLE.search(rest) and len(rest.split()) <= 8 and not rest.endswith("."):
            return Byline(author=name)
        if dated := read_date_line(rest):
            return Byline(author=name, day=dated.day)
    return None


def _read_who(who: str) -> Byline | None:
    """Return what follows "By": names, perhaps roles, an outlet and a date; None where no name does."""
    who, day = _trailing_date(who) or (who, None)
    return next((byline for parts in _PARTS if (byline := _read_parts(parts.split(who), day))), None)


def _read_parts(parts: list[str], day: date | None) -> Byline | None:
    authors: list[str] = []
    outlet: str | None = None
    for part in parts:
        text = part.strip(" .)*_") if not re.search(r"\b[A-Z]\.$", part) else part.strip(" )*_")
        if not text:
            continue
        if _ROLE.search(text) and not is_name(text):
            employer = re.sub(r"\s*staff.*$", "", text, flags=re.IGNORECASE)
            if _is_outlet(employer):
                outlet = outlet or employer
            continue
        if text.lower() in _AGENCIES or (not is_name(text) and _is_outlet(text)):
            outlet = outlet or text
        elif is_name(text):
            authors.append(text)
        elif dated_part := read_date_line(text):
            day = day or dated_part.day
        elif re.fullmatch(r"@\w+|\S+@\S+\.\S+", text):
            continue
        else:
            return None
    if not authors and not outlet:
        return None
    return Byline(author=", ".join(authors) or None, outlet=outlet, day=day)


def _trailing_date(who: str) -> tuple[str, date | None] | None:
    """Return a byline without the date at its end, and that date."""
    for match in re.finditer(r"\s*(?:[|•·–—-]|,|\bon\b|\bpublished\b)\s*", who, re.IGNORECASE):
        dated = read_date_line(who[match.end() :])
        if dated:
            return who[: match.start()], dated.day
    return None


def read_credit(line: str) -> Byline | None:
    """Return what a credit under a text says ("Translated from Haqqin.az"), or None for any other line."""
    line = line.strip(" *_—–-|•·[]")
    if not 5 <= len(line) <= _LONGEST:
        return None
    reporting = _REPORTING.fullmatch(line)
    if reporting:
        if reporting["kind"].lower() != "reporting" or line.lower().lstrip("( ").startswith("additional"):
            return UNSIGNED
        who = _read_who(reporting["who"])
        return Byline(author=who.author if who else None)
    unnamed = _UNNAMED_CREDIT.fullmatch(line)
    source = _SOURCE.fullmatch(line.lstrip("( "))
    if source and not unnamed:
        return _read_source(source["outlet"].strip(' .)"“”'))
    return UNSIGNED if unnamed and not line.endswith("?") else None


def _read_source(named: str) -> Byline | None:
    address = _URL.search(named)
    if address:
        outlet = named[: address.start()].strip(" ,:(–—-")
        return Byline(outlet=outlet if _may_be_outlet(outlet) else None, url=address[0].rstrip(".,;)"))
    if _LANGUAGE.fullmatch(named):
        return UNSIGNED
    named = re.split(r",?\s+(?:on|in)\s+(?=[A-Z0-9])|,\s+(?=\d|[A-Z][a-z]+ \d)", named)[0]
    named = re.sub(r"\s+(?:and (?:is|was|has)|with permission|under|here)\b.*$", "", named, flags=re.IGNORECASE)
    return Byline(outlet=named.strip(" .,:")) if _may_be_outlet(named) else None


def _may_be_outlet(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 6 and len(text) <= 60 and any(word[0].isupper() or "." in word for word in words)


def read_outlet(line: str) -> str | None:
    """Return the outlet whose name a line is; None for any other, such as "World News" or "Film Review" over a text."""
    name = line.strip(" *_|•·[]")
    if name.lower() in _AGENCIES or re.fullmatch(r"The (?:[A-Z]\w+ )?(?:Post|Tribune|Daily|Weekly|Press)", name):
        return name
    words = name.split()
    titled = all(word[:1].isupper() or word in ("of", "and", "&") for word in words)
    heading = all(word.lower() in _NOT_NAMES or _HEADING_WORD.fullmatch(word) for word in words)
    return name if titled and not heading and ":" not in name and _is_outlet(name) else None
