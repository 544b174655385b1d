"""What the README and docs say is what happens: commands, code, the answer that is printed, and the links."""

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest

from assistant.settings import starter_articles
from index import NewsIndex
from tests.benchmarks.plot import bars_of, bars_svg
from tests.reference import MODULES, modules
from ui.cli import _parser, main

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, kind: str) -> list[str]:
    return [body for found, body in BLOCK.findall(page.read_text("utf-8")) if found == kind]


def commands() -> list[tuple[str, str]]:
    lines = [
        (page.name, line.split(" #")[0].strip())
        for page in PAGES
        for body in blocks(page, "sh")
        for line in body.splitlines()
    ]
    return [(name, part.strip()) for name, line in lines for part in line.split("&&") if part.strip()]


@pytest.mark.parametrize(("page", "command"), commands())
def test_every_command_can_be_typed(page, command):
    words = shlex.split(command)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    if words[0] == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert {word for word in words[1:] if "=" not in word} <= set(targets)
    elif words[0].endswith("footnote"):
        _parser().parse_args(words[1:])
    elif "-r" in words:
        assert (ROOT / words[words.index("-r") + 1]).is_file()
    elif "-m" in words and words[words.index("-m") + 1].startswith("tests."):
        module = ROOT / words[words.index("-m") + 1].replace(".", "/")
        assert module.with_suffix(".py").is_file() or (module / "__main__.py").is_file()
    else:
        assert words[0] in (
            "python3",
            ".venv/bin/python",
            ".venv/bin/pytest",
            ".venv/bin/pre-commit",
            "git",
            "cd",
            ".venv/bin/chroma",
        )
        assert [word for word in words if word.startswith("tests/") and not (ROOT / word).is_file()] == []


@pytest.mark.slow
def test_the_answer_in_the_readme_is_the_one_that_is_printed(capsys, elsewhere):
    printed = next(body for body in blocks(ROOT / "README.md", "text") if "Sources" in body)
    assert main(["ask", "What share of Israel's oil comes from Azerbaijan?"]) == 0
    assert capsys.readouterr().out.strip() == printed.strip()
    assert (ROOT / "README.md").read_text().index("Sources") < sum(
        len(line) + 1 for line in (ROOT / "README.md").read_text().splitlines()[:30]
    )


@pytest.mark.slow
def test_the_python_in_the_readme_runs(capsys, elsewhere):
    (elsewhere / "articles").mkdir()
    for article in starter_articles().glob("*.md"):
        (elsewhere / "articles" / article.name).write_text(article.read_text())
    NewsIndex.open(elsewhere / "articles" / ".footnote").build(elsewhere / "articles")
    code = blocks(ROOT / "README.md", "python")
    assert code
    for body in code:
        exec(compile(body, "README.md", "exec"), {})
    assert "30%" in capsys.readouterr().out


def anchors(page: Path) -> set[str]:
    """Return where a link may lead in a page, as GitHub names its headings."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    named, times = set(), Counter()
    for heading in re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE):
        shown = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
        named.add(f"{anchor}-{times[anchor]}" if times[anchor] else anchor)
        times[anchor] += 1
    return named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_project_lead_somewhere(page):
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)", page.read_text("utf-8")):
        if "://" not in target:
            there = page.parent / target if target else page
            assert there.exists(), target
            assert not anchor or anchor in anchors(there), f"{target}#{anchor}"


def test_every_figure_of_the_readme_stands_on_the_page_it_names():
    table = (ROOT / "README.md").read_text("utf-8").partition("## Measured")[2].partition("\n## ")[0]
    rows = re.findall(r"^\|.*\| (.*) \| \[\w+\]\((\S+)\) \|$", table, re.MULTILINE)
    rows += re.findall(r"\((\S+ %) of RGB.*()", table)
    assert len(rows) == 8
    for figures, page in rows:
        text = (ROOT / (page or "docs/evaluation.md")).read_text("utf-8")
        text = text.partition("## Tried and dropped")[0]  # whose figures are of other days
        for figure in re.findall(r"\d+(?:\.\d+)?", figures):
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.]*\d)", text), f"{figure} is not in {page}"


def test_every_module_that_the_docs_name_is_there():
    examples = {"corpus/readers/mail.py", "tests/test_corpus_mail.py", "index/trigrams.py"}
    there = {
        str(path.relative_to(ROOT))
        for name in ("assistant", "corpus", "index", "ui", "tests")
        for path in (ROOT / name).rglob("*.py")
    }
    for page in PAGES:
        named = set(re.findall(r"`([\w/]+\.py)`", page.read_text("utf-8"))) - examples
        assert [one for one in named if not any(f"/{path}".endswith(f"/{one}") for path in there)] == [], page.name


def test_the_modules_are_what_their_docstrings_say():
    assert MODULES.read_text("utf-8") == modules(), "make commands"


def test_the_drawings_of_the_benchmarks_are_of_the_figures_that_stand_there():
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    drawn = {name: bars_svg(bars) for name, bars in bars_of(page).items()}
    assert set(drawn) | {"growth"} == set(re.findall(r"\(images/(\w+)\.svg\)", page))
    for name, drawing in drawn.items():
        kept = (ROOT / "docs" / "images" / f"{name}.svg").read_text("utf-8")
        assert kept == drawing, "python -m tests.benchmarks.plot"


def test_every_page_of_the_docs_is_reached_from_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in PAGES[1:] if f"(docs/{page.name})" not in readme] == []
