"""The four common package names are ours, the page's files ship, and imports stay cheap and one-way."""

import importlib
import importlib.metadata
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "corpus", "index", "ui")


@pytest.mark.parametrize("name", PACKAGES)
def test_the_package_is_the_one_of_this_checkout(name):
    assert Path(importlib.import_module(name).__file__).is_relative_to(ROOT)


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_claims_the_name(name):
    assert set(importlib.metadata.packages_distributions().get(name, [])) <= {"footnote"}


@pytest.mark.slow
def test_the_wheel_holds_all_that_is_not_python_and_says_that_it_is_typed(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    assert {f"{name}/py.typed" for name in PACKAGES} <= shipped
    wanted = {
        str(path.relative_to(ROOT))
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= shipped
    assert {"ui/page.css", "ui/page.js", "assistant/learned.json"} <= wanted
    assert len([path for path in wanted if path.startswith("corpus/articles/")]) == 2


@pytest.mark.parametrize(("status", "fails"), [(0, False), (3, False), (1, True), (2, True)])
def test_make_ask_fails_where_something_is_wrong_and_not_where_the_articles_do_not_hold_it(tmp_path, status, fails):
    for name in ("bin", "installed"):
        (tmp_path / name).mkdir()
    (tmp_path / "bin" / "footnote").write_text(f'#!/bin/sh\necho "$2"\nexit {status}\n')
    (tmp_path / "bin" / "footnote").chmod(0o755)
    command = ["make", "--silent", "ask", f"VENV={tmp_path}", "Q=Who's it?"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (bool(done.returncode), bool(done.stderr)) == (fails, fails)
    assert done.stdout == "Who's it?\n"


@pytest.mark.parametrize("name", PACKAGES)
def test_every_exported_name_is_there_and_sorted(name):
    exported = list(getattr(importlib.import_module(name), "__all__", ()))
    assert exported == sorted(exported)
    assert all(hasattr(importlib.import_module(name), one) for one in exported)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import ui.cli; ui.cli._parser()", "numpy chromadb gradio llama_index trafilatura assistant index corpus"),
        (
            "import corpus, corpus.readers.web_page",
            "charset_normalizer dateparser docx feedparser htmldate httpx ijson lxml markdown_it numpy pypdf "
            "trafilatura yaml",
        ),
        (
            "import assistant, assistant.settings, assistant.updating, index, index.errors, corpus",
            "numpy tantivy portalocker index.build index.news_index corpus.reading corpus.dates",
        ),
        (
            "import ui.commands, ui.keeping_commands, ui.serving_commands, ui.batch",
            "numpy tantivy index.build index.news_index corpus.reading assistant.assistant",
        ),
        ("import index.news_index", "chromadb llama_index onnxruntime gradio trafilatura dateparser"),
        ("import assistant.assistant", "chromadb llama_index onnx onnxruntime gradio trafilatura htmldate dateparser"),
        ("import ui, ui.server, ui.render, ui.reader", "gradio fastapi pandas uvicorn chromadb"),
    ],
)
def test_heavy_libraries_wait_until_they_are_needed(statement, forbidden):
    code = f"{statement}\nimport sys\nprint([name for name in {forbidden.split()!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_requirements_are_pinned_with_hashes_and_name_no_registry():
    for name in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert "http" not in [line.split(":")[0].strip() for line in text.splitlines()]
        assert "://" not in text
        assert "torch==" not in text
        pinned = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))]
        assert pinned
        assert all(line.endswith("\\") for line in pinned)
