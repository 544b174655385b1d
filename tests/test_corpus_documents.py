"""PDF and Word: the text they show, and one clear reason where they show none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from corpus import Article, Failure, read, scan
from tests.corpus_files import article, reason

WRAPPED = [
    "The foreign minister of Israel arrived in Baku on Tuesday for talks with the",
    "president about oil and gas, his office said in a statement that was pub-",
    "lished on Monday. He came late.",
    "The talks lasted for more than two hours, according to two officials who are",
    "not named because they may not speak to reporters.",
]
JOINED = (
    "The foreign minister of Israel arrived in Baku on Tuesday for talks with the president about oil and gas, "
    "his office said in a statement that was published on Monday. He came late.\n"
    "The talks lasted for more than two hours, according to two officials who are not named because they may not "
    "speak to reporters."
)


def pdf(*pages: list[str], title: str | None = None, author: str | None = None, password: str | None = None) -> bytes:
    """Return a PDF with a line of text under the other on each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line.replace('(', '[').replace(')', ']')}) Tj T* " for line in lines)
        drawing = f"BT /F1 10 Tf 12 TL 50 750 Td {shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 600 800] "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    body = "%PDF-1.4\n"
    places = []
    for number, source in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{source}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    body += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    data = (body + f"startxref\n{body.index('xref')}\n%%EOF\n").encode("latin-1")
    if title is None and author is None and password is None:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({"/Title": title or "", "/Author": author or "", "/CreationDate": "D:20200101000000Z"})
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def word(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    """Return a Word document of paragraphs."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_the_lines_of_a_pdf_become_paragraphs_and_parted_words_whole(tmp_path: Path):
    found = article(tmp_path, pdf(["Minister Visits the Capital", *WRAPPED]), "a.pdf")
    assert (found.title, found.text, found.language) == ("Minister Visits the Capital", JOINED, "en")
    assert (found.author, found.outlet, found.published) == (None, None, None)


def test_what_stands_on_every_page_of_a_pdf_goes(tmp_path: Path):
    bodies = [[f"{word} {line}" for line in WRAPPED] for word in ("One", "Two", "Three", "Four")]
    pages = [["The Daily Herald - 3 May 2023", *body, f"Page {number} of 4"] for number, body in enumerate(bodies, 1)]
    text = article(tmp_path, pdf(*pages), "a.pdf").text
    assert "Herald" not in text
    assert "Page" not in text
    assert all(text.count(line) == 1 for body in bodies for line in body[:1])


def test_a_number_at_the_edge_of_a_page_goes_only_where_it_counts_the_pages(tmp_path: Path):
    seats = ["Seats", "Centre Party", "34", "Left Alliance", "20", "Coast List", "-8"]
    assert [number in article(tmp_path, pdf(seats), "a.pdf").text for number in ("34", "20", "-8")] == [True] * 3
    assert article(tmp_path, pdf([*WRAPPED, "1"]), "a.pdf").text == JOINED
    ends = [[f"{line} {word}" for line in WRAPPED] for word in ("One", "Two", "Three")]
    pages = [
        [*lines, year, str(12 + at)] for at, (lines, year) in enumerate(zip(ends, ("2015", "1990", "3"), strict=True))
    ]
    text = article(tmp_path, pdf(*pages), "a.pdf").text
    assert [number in text for number in ("2015", "1990", "12", "13", "14")] == [True, True, False, False, False]


def test_a_pdf_whose_pages_are_all_alike_keeps_its_words(tmp_path: Path):
    assert "foreign minister" in article(tmp_path, pdf(*[WRAPPED[:3]] * 4), "a.pdf").text


def test_a_sentence_goes_on_over_the_end_of_a_page(tmp_path: Path):
    found = article(tmp_path, pdf(["Minister Visits the Capital", *WRAPPED[:1]], WRAPPED[1:]), "a.pdf")
    assert found.text == JOINED


def test_a_pdf_states_title_and_author_only_where_they_can_be_that(tmp_path: Path):
    found = article(tmp_path, pdf(WRAPPED, title="Minister in Baku", author="Jane Doe"), "a.pdf")
    assert (found.title, found.author) == ("Minister in Baku", "Jane Doe")
    found = article(tmp_path, pdf(WRAPPED, title="Microsoft Word - talks.doc", author="jdoe2"), "a.pdf")
    assert (found.title, found.author) == ("The foreign minister of Israel arrived in Baku on Tuesday for talks…", None)
    assert found.published is None  # the day the file was made is not the day of publication


def test_a_pdf_encrypted_with_an_empty_password_opens_as_in_any_viewer(tmp_path: Path):
    assert article(tmp_path, pdf(WRAPPED, password=""), "a.pdf").text == JOINED


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (pdf(WRAPPED, password="secret"), "encrypted; save a copy without a password"),
        (pdf([]), "no text layer"),
        (pdf([" ", "--"]), "no text layer"),
        (pdf(WRAPPED)[:400], "broken PDF"),
        (b"%PDF-1.4\n" + b"\x00\xff garbage" * 500, "broken PDF"),
        (b"%PDF-1.4\n%%EOF", "broken PDF"),
        (b"<html></html>", "not a PDF"),
        (b"", "empty"),
    ],
)
def test_a_pdf_without_a_text_says_why(tmp_path: Path, data: bytes, because: str):
    assert because in reason(tmp_path, data, "a.pdf")


def test_pages_that_lead_round_in_a_circle_end(tmp_path: Path):
    data = pdf(WRAPPED).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    assert isinstance(next(iter(read_all(tmp_path, data, "a.pdf"))), (Article, Failure))


def test_a_page_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patched:
        patched.setattr("corpus.readers.pdf._MOST_CHARACTERS", 100)
        assert "no article; split it" in reason(tmp_path, pdf(WRAPPED), "a.pdf")
    monkeypatch.setattr("corpus.readers.pdf._MOST_PAGE_BYTES", 100)
    assert "a page of over" in reason(tmp_path, pdf(WRAPPED), "a.pdf")
    monkeypatch.setattr("corpus.readers.pdf._MOST_PAGES", 2)
    assert "3 pages" in reason(tmp_path, pdf(["a"], ["b"], ["c"]), "a.pdf")


def test_every_cut_of_a_pdf_ends_in_an_outcome(tmp_path: Path):
    data = pdf(WRAPPED, WRAPPED)
    for length in range(0, len(data), 97):
        assert len(read_all(tmp_path, data[:length], "a.pdf")) == 1


def read_all(folder: Path, data: bytes, name: str) -> list[Article | Failure]:
    (folder / name).write_bytes(data)
    (file,) = scan(folder).files
    return list(read(file))


def test_a_word_document_keeps_paragraphs_tables_and_order(tmp_path: Path):
    document = docx.Document()
    document.add_heading("Minister Visits the Capital", 0)
    document.add_paragraph("By Jane Doe")
    document.add_paragraph("The minister arrived in Baku. He met the president.")
    document.add_heading("Why it matters", 2)
    table = document.add_table(2, 2)
    for row, cells in zip(table.rows, (("Country", "Oil"), ("Israel", "30%")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("He left on Wednesday.")
    document.save(str(tmp_path / "a.docx"))
    (file,) = scan(tmp_path).files
    (found,) = read(file)
    assert isinstance(found, Article)
    assert (found.title, found.author) == ("Minister Visits the Capital", "Jane Doe")
    assert found.text.split("\n\n") == [
        "The minister arrived in Baku. He met the president.",
        "Why it matters",
        "Country | Oil",
        "Israel | 30%",
        "He left on Wednesday.",
    ]


def test_the_properties_of_a_word_document_are_used_where_they_say_something(tmp_path: Path):
    found = article(tmp_path, word(JOINED, title="Minister in Baku", author="Jane Doe"), "a.docx")
    assert (found.title, found.author) == ("Minister in Baku", "Jane Doe")
    found = article(tmp_path, word(JOINED, title="Word Document", author="python-docx"), "a.docx")
    assert (found.author, found.published) == (None, None)
    assert found.title.endswith("…")


def repacked(data: bytes, **members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.get(name.replace("/", "_").replace(".", "_"), old.read(name)))
    return target.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def word_of(*blocks: str) -> bytes:
    """Return a Word document of blocks in Word's own XML."""
    body = f"<w:document {W}><w:body>{''.join(blocks)}</w:body></w:document>"
    return repacked(word("x"), word_document_xml=body.encode())


def paragraphs(folder: Path, data: bytes) -> list[str]:
    return article(folder, data, "a.docx").text.split("\n\n")


def saved(document: docx.document.Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_equal_and_empty_cells_of_a_row_keep_their_places_and_a_merged_one_stands_once(tmp_path: Path):
    document = docx.Document()
    table = document.add_table(3, 4)
    for row, texts in ((0, ("Centre Party", "34", "34", "0")), (2, ("Left", "", "12", ""))):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[2]).text = "Seats in all"
    table.rows[1].cells[3].text = "169"
    assert paragraphs(tmp_path, saved(document)) == [
        "Centre Party | 34 | 34 | 0",
        "Seats in all | 169",
        "Left | | 12",
    ]


def test_what_was_inserted_or_stands_in_a_control_is_read_and_what_was_deleted_is_not(tmp_path: Path):
    inserted = f'<w:ins w:id="1" w:author="x">{run("that the tunnel ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>that the ferry </w:delText></w:r></w:del>'
    place = f'<w:smartTag w:element="City">{run("Oslo")}</w:smartTag>'
    name = f"<w:sdt><w:sdtContent>{run('Ada Moss')}</w:sdtContent></w:sdt>"
    asks = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    data = word_of(
        f"<w:sdt><w:sdtContent>{paragraph(run('The bridge opened on Friday.'))}</w:sdtContent></w:sdt>",
        paragraph(name + run(" said in ") + place + run(" ") + inserted + deleted + run("would follow.") + asks),
    )
    assert paragraphs(tmp_path, data) == [
        "The bridge opened on Friday.",
        "Ada Moss said in Oslo that the tunnel would follow.",
    ]


def test_text_boxes_and_tables_in_tables_are_read_and_a_frame_round_all_keeps_its_paragraphs(tmp_path: Path):
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('Nobody believed us.'))}</w:txbxContent></w:pict></w:r>"
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("Cost", "210 million"))
    inner = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"
    framed = paragraph(run("The bridge opened on Friday.") + box) + inner + paragraph(run("Ferries end in October."))
    data = word_of(f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{framed}</w:tc></w:tr></w:tbl>")
    assert paragraphs(tmp_path, data) == [
        "The bridge opened on Friday.",
        "Nobody believed us.",
        "Cost | 210 million",
        "Ferries end in October.",
    ]


def test_a_text_box_that_is_kept_for_an_older_word_too_is_read_once(tmp_path: Path):
    box = f"<w:txbxContent>{paragraph(run('Nobody believed us.'))}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    twice = f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}">{both}</mc:AlternateContent>'
    data = word_of(paragraph(run("The bridge opened on Friday.") + f"<w:r>{twice}</w:r>"))
    assert paragraphs(tmp_path, data) == ["The bridge opened on Friday.", "Nobody believed us."]


def test_notes_stand_behind_the_text_and_a_table_of_contents_is_left_out(tmp_path: Path):
    document = docx.Document()
    document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("The cost\t3", "toc 1")
    document.add_paragraph("The bridge cost 210 million kroner.")
    notes = f'<w:footnotes {W}><w:footnote w:id="1">{paragraph(run("Without the roads."))}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package
    )
    document.part.relate_to(part, docx.opc.constants.RELATIONSHIP_TYPE.FOOTNOTES)
    assert paragraphs(tmp_path, saved(document)) == ["The bridge cost 210 million kroner.", "Without the roads."]


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (word(), "no text"),
        (b"PK\x03\x04 and no more", "broken"),
        (word(JOINED)[:2000], "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "encrypted, or an old .doc"),
        (b"just words", "not a Word document"),
        (repacked(word(JOINED), word_document_xml=b"<a><b></a>"), "broken"),
        (repacked(word(JOINED), word_document_xml=b" " * 51_000_000), "unpacks to"),
        (b"", "empty"),
    ],
)
def test_a_word_document_without_a_text_says_why(tmp_path: Path, data: bytes, because: str):
    assert because in reason(tmp_path, data, "a.docx")


def test_entities_of_a_word_document_are_not_expanded(tmp_path: Path):
    xml = zipfile.ZipFile(io.BytesIO(word("AAAA and some words.", "BBBB"))).read("word/document.xml").decode()
    head, _, rest = xml.partition("?>")
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    data = repacked(
        word("x"), word_document_xml=f"{head}?>{bomb}{rest.replace('AAAA', '&a;').replace('BBBB', '&b;')}".encode()
    )
    outcome = read_all(tmp_path, data, "a.docx")[0]
    assert "root:" not in str(outcome)


def test_real_pdfs_give_text_or_one_reason(messy: Path):
    outcomes = {file.path: list(read(file)) for file in scan(messy / "pdf").files}
    assert all(len(found) == 1 for found in outcomes.values())
    reasons = {path: found[0].reason for path, found in outcomes.items() if isinstance(found[0], Failure)}
    assert "encrypted" in reasons["005-libreoffice-writer-password__libreoffice-writer-password.pdf"]
    assert all("no text layer" in why for path, why in reasons.items() if "image" in path)
    (plain,) = outcomes["001-trivial__minimal-document.pdf"]
    assert isinstance(plain, Article)
    assert plain.text.startswith(
        "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor"
    )
