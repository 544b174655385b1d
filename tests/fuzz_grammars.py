"""What files of each kind are made of: strategies that build, tokens that damage, small ones to begin with."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.strategies import NASTY
from tests.test_corpus_documents import WRAPPED, pdf, word

_SENTENCE = "The minister arrived in Baku on Tuesday, his office said in a statement. "
_LINES = (
    "By Jane Doe", "By ", "Source: Reuters", "3 May 2023", "03/04/2023", "29 марта 2023 г.", "2023-05-03T10:00:00Z",
    "Updated ", "Published: ", "(Reuters) -", "BAKU, March 29, 2023 (AP) —", "Share", "Advertisement", "© 2023 ",
    "Reporting by A. B; editing by C. D", "http://a.b/c", "https://[::1", "https://user:pass@a.b/", "@handle",
    "A. B. C.",
    "- ", "* ", "1. ", "# ", "> ", "title: ", "date: ", "author: [a, b]", "url: ", "lang: en", "…", "“", "。", "؟",
    "\u202eevil", "Rеuters", "\u200b", "\ufeff", "\x00", "\x1b[31m", "e\u0301" * 20, "\U0001f600", "ﬁ", "١٢٣", "²",
    "Ⅻ", "-\n",
)  # fmt: skip
_WORDS = st.one_of(st.sampled_from((_SENTENCE, _SENTENCE * 3, *_LINES)), NASTY, st.text(max_size=30))
_TIMES = st.sampled_from((1, 1, 1, 1, 2, 30, 1000))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _joined(parts: st.SearchStrategy[str], glue: tuple[str, ...] = ("", " ", "\n", "\n\n"), most: int = 25):
    return st.builds(
        lambda glue, parts: glue.join(part * times for part, times in parts),
        st.sampled_from(glue),
        st.lists(st.tuples(parts, _TIMES), min_size=1, max_size=most),
    )


_TEXT = _joined(_WORDS)
_ENCODED = st.builds(
    lambda text, encoding: text.encode(encoding, "ignore"),
    _TEXT,
    st.sampled_from(("utf-8", "utf-8", "utf-16", "utf-32", "cp1251", "cp1252", "shift_jis", "gb18030", "iso2022_jp")),
)
_FRONT = _joined(
    st.sampled_from(
        ("---\n", "title: T\n", "title: >\n  a\n", "author:\n  name: A\n", "authors: [A, {name: B}]\n",
        "date: 2023-05-03\n",
         "&a [*a, *a]\n", "a: &x [1]\nb: *x\n", "? a\n: b\n", "!!python/object:os.system x\n", "url: ../../etc\n",
         "\t- x\n",
         "%YAML 9\n", "...\n", "lang: xx\n", "{{{{", "[[[[", "title: ../../../evil\n", "Title: T\nAuthor: A\n\n")
    ), ("",), 8,
)  # fmt: skip
_MARKDOWN = _joined(
    st.one_of(
        _WORDS,
        st.sampled_from(
            ("[", "![", "](", "](<", ")", "*", "**", "_", "~~", "`", "```\n", "\n---\n", "\n===\n",
            "|a|b|\n|-|-|\n|c|d|\n", "<!--",
             "-->", "<script>", "</script>", "<div>\n", "[a]: <b> 'c'\n", "[a][a]", "<http://a.b>", "&amp;", "&#0;",
             "&#xffffff;",
             "\\", "    code\n", "\t", "> > ", "- - ", "1) ", "$", "<?", "<![CDATA[", "<a href='")
        ),
    )
)  # fmt: skip
_TAGS = """
    p div span h1 h2 article time a b i ul li table tr td pre br img script style title meta link header
    footer main svg math template form select textarea plaintext frameset noscript iframe object base html
    head body
""".split()
_ATTRIBUTES = (
    "", " class='date'", " class=article-body", " itemprop=datePublished", " datetime='2023-05-03'",
    " property='og:title' content='T'",
    " name=author content='A. B'", " rel=canonical href='https://a.b/c'", " lang=en", " type='application/ld+json'",
    " id=publish",
    " href='javascript:x'", " content='", ' a="', " property='article:published_time' content='2023-05-03'",
    " charset=utf-7",
)  # fmt: skip
_LINKED = st.sampled_from(
    ('{"@type":"NewsArticle","headline":"T","datePublished":"2023-05-03","author":{"name":"A B"}}',
    '[{"@graph":[{"@type":"Article"}]}]',
     '{"@type":["NewsArticle",1,null],"author":[[],{},"x"],"publisher":{"name":[1]}}', '{"@type":', "[" * 500)
)  # fmt: skip
_ELEMENT = st.one_of(
    st.builds(lambda tag, attribute: f"<{tag}{attribute}>", st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(_TAGS)),
    st.builds(lambda data: f"<script type='application/ld+json'>{data}</script>", _LINKED),
    _WORDS,
    st.sampled_from(("<!--", "-->", "<![CDATA[", "]]>", "&", "&#0;", "&lt;", "<", ">",
    "<?xml version='1.0' encoding='utf-16'?>", "<!doctype html>",
                     "<!-- footnote: url=https://a.b/c charset=utf-7 -->\n")),
)  # fmt: skip
_HTML = st.builds(
    lambda head, body: (
        f"<html><head><title>Talks</title>{head}</head><body><article><h1>Talks</h1><p>{_SENTENCE * 3}</p>{body}"
    ),
    _joined(_ELEMENT, ("",), 6),
    _joined(_ELEMENT, ("", "\n")),
)
_XML = _joined(
    st.one_of(
        _ELEMENT,
        st.sampled_from(
            ("<item>", "</item>", "<entry>", "</entry>", "<description>", "</description>", "<content type='xhtml'>",
            "<content:encoded>",
             "<pubDate>Wed, 03 May 2023 10:00:00 GMT</pubDate>", "<updated>2023-05-03</updated>",
             "<dc:date>9999-99-99</dc:date>",
             "<guid>1</guid>", "<link>http://a.b/c</link>", "<link href='http://[' rel='alternate'/>",
             "<author><name>A</name></author>",
             "<source url='x'>S</source>", "<language>en</language>", "<media:content url='a'/>",
             "<georss:point>1 2</georss:point>",
             "<gml:pos>x</gml:pos>", "<itunes:image href='x'/>", "<enclosure length='x'/>", "<!ENTITY a '&a;'>",
             "&a;", "<xml:base>",
             "<content type='application/octet-stream' mode='base64'>====</content>", "<rss xmlns:a='x'>", "<a:b>",
             "<cloud/>", "<georss:where><gml:Polygon>")
        ),
    ),
    ("", "\n"),
)  # fmt: skip
_FEED = st.builds(
    lambda head, inner, tail: head + inner + tail,
    st.sampled_from(
        ("<rss version='2.0'><channel><title>F</title><item><title>T</title>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
         "<?xml version='1.0' encoding='koi8-r'?><rss><channel><item>", "<rdf:RDF xmlns:rdf='x'><item>",
         "<!DOCTYPE rss [<!ENTITY a 'x'>]><rss>", "")
    ),
    _XML,
    st.sampled_from(("", "</item></channel></rss>", "</entry></feed>")),
)  # fmt: skip
_NAMES = st.sampled_from(
    """
    title headline body text content content_html description outlet author authors published_at date url id
    guid language items articles name rendered $date @value version
    """.split()
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _WORDS, st.sampled_from((10**400, 1e308,
    -(10**17), 1683100800000))),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_NAMES, inner, max_size=5)),
    max_leaves=12,
)  # fmt: skip
_RECORD = st.builds(
    lambda some, rest: {**rest, **some},
    st.fixed_dictionaries(
        {}, optional={"title": _WORDS, "body": _TEXT, "date": _VALUES, "author": _VALUES, "url": _WORDS}
    ),
    st.dictionaries(_NAMES, _VALUES, max_size=5),
)
_JSON = st.one_of(
    st.builds(lambda records: json.dumps(records[0] if len(records) == 1 else records), st.lists(_RECORD, max_size=4)),
    st.builds(json.dumps, _VALUES),
)
_JSON_LINES = st.builds("\n".join, st.lists(st.one_of(st.builds(json.dumps, _RECORD), _WORDS), max_size=8))
_OPERATORS = st.sampled_from(
    ("BT ", "ET ", "/F1 10 Tf ", "(words) Tj ", "<0041> Tj ", "[(a) -9999 (b)] TJ ", "T* ", "1 0 0 1 0 0 cm ", "q ",
    "Q ", "50 750 Td ", "1e99 0 0 1 0 0 Tm ",
     "/X Do ", "/F9 0 Tf ", "(", ")", "<", ">>", "[", "]", "BI /W 9 ID x EI ", "' ", '" ', "12 TL ", "-9 Tc ",
     "0 0 0 0 0 0 cm ", "%x\n", "\\777 ", "null Tj ")
)  # fmt: skip
_OBJECTS = st.sampled_from(
    ("<< /Type /Pages /Kids [2 0 R] /Count 1 >>", "<< /Type /Page /Parent 4 0 R /Contents [5 0 R 5 0 R 4 0 R] >>",
    "4 0 R", "<< /Length 5 0 R >>\nstream\nx\nendstream",
     "<< /Filter [/FlateDecode /LZWDecode /ASCII85Decode /RunLengthDecode] >>\nstream\nx\nendstream",
     "<< /Type /ObjStm /N 99 /First 0 >>\nstream\n1 0 2 0\nendstream",
     "<< /Type /XRef /W [1 99 1] /Size 9 >>\nstream\nxxxx\nendstream", "[" * 300, "<<" * 300, "(" * 300,
     "<< /Type /Font /Encoding 4 0 R /ToUnicode 5 0 R >>", "null", "-",
     "<< /Type /Font /Subtype /Type0 /DescendantFonts [4 0 R] /Encoding /Identity-H >>",
     "<< /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 999999999 >> >>\nstream\nx\nendstream")
)  # fmt: skip


def _with_drawing(drawing: str) -> bytes:
    head, _, rest = pdf(["x"]).partition(b"BT /F1")
    return head + _bytes(drawing) + b"\nendstream" + rest.partition(b"endstream")[2]


def _with_object(place: int, source: str) -> bytes:
    head, mark, rest = pdf(WRAPPED, ["y"]).partition(b"%d 0 obj\n" % place)
    return head + mark + _bytes(source) + b"\nendobj" + rest.partition(b"endobj")[2]


_PDF = st.one_of(
    st.builds(_with_drawing, _joined(_OPERATORS, ("",), 40)),
    st.builds(_with_object, st.integers(1, 7), _OBJECTS),
    st.builds(_with_object, st.integers(1, 7), _joined(_OBJECTS, (" ",), 3)),
)
_PARAGRAPHS = st.builds(
    lambda texts, title, author: word(*texts, title=title, author=author),
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80), max_size=6),
    st.sampled_from(("", "Minister in Baku", "Word Document")),
    st.sampled_from(("", "Jane Doe", "a" * 255)),
)
_POINTED = _joined(
    st.one_of(
        _WORDS,
        st.sampled_from(
            ("[1]", " [2, 3]", "[1-5]", "[1–999]", "【1†source】", "［3］", "[^1]", "[", "]", "[1", "[999999",
            "(see [1])", "[Passage 2]", "![a](b)", "[a](b)", "[a](",
             "<b>", "</b>", "<", "```", "**", "Mr. ", "U.S. ", "3.5 ", ". ", "! ", "? ", "\n", "\n- ", "1. ",
             "According to passage 1, ", "The passages state that ",
             "[0]", "[00]", "[1 to 3]", "[1;2]", "[-1]", "[1][2][3]", "# ", "| ", ">")
        ),
    ),
    ("", " ", "\n"),
)  # fmt: skip

GRAMMARS: dict[str, st.SearchStrategy[bytes]] = {
    "text": st.one_of(
        _ENCODED, st.builds(lambda front, text: _bytes(front + text), _FRONT, _TEXT), st.binary(max_size=500)
    ),
    "markdown": st.builds(lambda front, text: _bytes(front + text), st.one_of(st.just(""), _FRONT), _MARKDOWN),
    "json": _JSON.map(_bytes),
    "jsonl": _JSON_LINES.map(_bytes),
    "html": st.one_of(_HTML, _joined(_ELEMENT, ("", "\n"))).map(_bytes),
    "feed": _FEED.map(_bytes),
    "pdf": _PDF,
    "docx": _PARAGRAPHS,
    "fetched": st.one_of(_ENCODED, _MARKDOWN.map(_bytes), _HTML.map(_bytes), st.binary(max_size=300)),
    "markers": _POINTED.map(_bytes),
}
"""Whole files, near enough to the real thing to get past the first check."""

_PROSE = (_SENTENCE * 3).encode()
GROUNDS: dict[str, tuple[bytes, ...]] = {
    "text": (b"Talks in Baku\nBy Jane Doe\n3 May 2023\n\n" + _PROSE,),
    "markdown": (b"---\ntitle: Talks\ndate: 2023-05-03\n---\n# Talks\n\n" + _PROSE + b"\n\n|a|b|\n|-|-|\n|c|d|",),
    "json": (json.dumps([{"title": "T", "body": _SENTENCE * 3, "date": "2023-05-03"}] * 3).encode(),),
    "jsonl": (b"\n".join([json.dumps({"title": "T", "body": f"<p>{_SENTENCE}</p>"}).encode()] * 3),),
    "html": (b"<html><head><title>Talks</title></head><body><article><h1>Talks</h1><p>" + _PROSE + b"</p></article>",),
    "feed": (b"<rss><channel><item><title>T</title><description>" + _PROSE + b"</description></item></channel></rss>",),
    "pdf": (pdf(WRAPPED), pdf(WRAPPED, ["y"], title="Minister in Baku", author="Jane Doe"), pdf(WRAPPED, password="")),
    "docx": (word(_SENTENCE, _SENTENCE, title="Minister in Baku", author="Jane Doe"), word("x")),
    "fetched": (_PROSE, b"---\nurl: x\n---\n" + _PROSE),
    "markers": (b"Oil rose to 30% [1]. Mr. Smith said so [2, 3-5]. [See](http://a.b) ![x](y) **b**\n- It [6].\n" * 3,),
}  # fmt: skip

_COMMON = (
    b"\x00",
    b"\xff",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\n",
    b"\r",
    b" ",
    b"\t",
    b"\xe2\x80\xae",
    b"A",
    b"9",
    b"-",
    b"'",
    b'"',
    b"%",
    b"&",
    b"\xcc\x81",
)
_OF_XML = (
    b"<",
    b">",
    b"</",
    b"/>",
    b"<a>",
    b"&",
    b"&#0;",
    b"&#x10ffff;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<?",
    b"<p>",
    b"<div>",
    b"=",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
)
TOKENS: dict[str, tuple[bytes, ...]] = {
    ".txt": (*_COMMON, b"By ", b"---\n", b"title: ", b"3 May 2023\n", b"- ", b"\n\n", b"Source: ", b"(Reuters) - "),
    ".md": (*_COMMON, b"[", b"![", b"](", b"*", b"_", b"`", b"> ", b"- ", b"|", b"#", b"<!--", b"<", b"---\n", b"&a;"),
    ".json": (*_COMMON, b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u0000", b"\\ud800", b"1e999", b"null",
    b'{"a":', b"NaN"),
    ".jsonl": (*_COMMON, b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\ud800", b"1e999", b'{"body":"x"}\n', b"<p>"),
    ".html": (*_COMMON, *_OF_XML, b"<script>", b"<h1>", b"<time datetime=", b"<meta name=author content=",
    b"<table><tr><td>", b"<svg>"),
    ".xml": (*_COMMON, *_OF_XML, b"<item>", b"</item>", b"<entry>", b"<description>", b"<pubDate>", b"xmlns:a='b'",
    b"<rss>"),
    ".pdf": (*_COMMON, b"<<", b">>", b"[", b"]", b"(", b")", b" 0 R", b" obj", b"endobj", b"stream\n", b"endstream",
    b"/Length", b"/Kids",
             b"/Parent", b"/Filter /FlateDecode", b"/Type /ObjStm", b"xref", b"trailer", b"BT", b"ET", b" Tj", b" Tf",
             b"BI", b"ID", b"EI", b"/W"),
    ".docx": (*_COMMON, *_OF_XML, b"<w:p>", b"<w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:gridSpan w:val='9999'/>",
    b"<w:vMerge/>", b"r:id='x'", b"<w:br/>"),
    ".fetched": (*_COMMON, b"---\n", b"url: ", b"<html>", b"%PDF-", b"<rss>", b"<!--", b"<?xml"),
    ".markers": (*_COMMON, b"[", b"]", b"[1]", b"(", b")", b". ", b"\n", b"<", b"!", b"**", b"\xe3\x80\x90", b"-",
    b", ", b"Mr. "),
}  # fmt: skip
