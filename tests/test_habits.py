"""What is promised to who works on the code: the make targets, the checks before a commit, one changelog."""

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import platformdirs
import pytest
import yaml

from ui.uploads import uploads_folder

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = ("assistant", "corpus", "index", "ui")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
CHECKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]


@pytest.mark.skipif(not shutil.which("make"), reason="make is not here")
@pytest.mark.parametrize("target", re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())
def test_make_knows_what_to_do(target):
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_checks_before_a_commit_fetch_nothing():
    assert [repo["repo"] for repo in CHECKS] == ["local"]
    for hook in CHECKS[0]["hooks"]:
        assert hook["language"] == "system"
        assert (ROOT / hook["entry"].split()[0]).parent == ROOT / ".venv" / "bin"
        assert (Path(sys.executable).parent / Path(hook["entry"].split()[0]).name).is_file()


def test_the_checks_before_a_commit_are_those_of_make():
    made = set(re.findall(r"\$\(BIN\)/(ruff format|ruff check|mypy|lint-imports)", MAKEFILE))
    before = {re.sub(r"^\.venv/bin/| --.*", "", hook["entry"]) for hook in CHECKS[0]["hooks"]}
    assert before == made == {"ruff format", "ruff check", "mypy", "lint-imports"}


def test_the_newest_entry_of_the_changelog_and_the_name_told_to_servers_are_of_this_version():
    version = PROJECT["project"]["version"]
    newest = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[0]
    assert newest in ("Unreleased", version)
    assert f'"Footnote/{version.rpartition(".")[0]}"' in (ROOT / "corpus" / "connection.py").read_text("utf-8")


@pytest.fixture(scope="module")
def places_of_a_fixture():
    """Where something of module scope, a server for many tests, would write."""
    return [Path(platformdirs.user_data_dir("footnote")), uploads_folder()]


def test_fixtures_of_module_scope_write_to_no_home_of_a_developer(places_of_a_fixture, tmp_path_factory):
    for place in places_of_a_fixture:
        assert place.is_relative_to(tmp_path_factory.getbasetemp())


def imported(package):
    """Return, by module, the libraries that a package imports when it runs, and not only for its types."""
    found = {}
    for path in (ROOT / package).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for_types = {
            inner
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            for inner in ast.walk(node)
        }
        names = []
        for node in set(ast.walk(tree)) - for_types:
            if isinstance(node, ast.Import):
                names += [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.append(node.module)
        libraries = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - set(PACKAGES)
        found[str(path.relative_to(ROOT))] = libraries
    return found


def test_what_is_imported_is_declared_and_comes_not_only_with_something_else():
    extras = [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
    declared = {re.match(r"[\w-]+", line)[0] for line in (*PROJECT["project"]["dependencies"], *extras)}
    distributions = importlib.metadata.packages_distributions()
    libraries = {one for package in PACKAGES for found in imported(package).values() for one in found}
    undeclared = {
        one
        for one in libraries
        if declared.isdisjoint(name.lower().replace("_", "-") for name in distributions.get(one, [one]))
    }
    assert undeclared == set()


def test_each_library_has_the_home_that_the_page_on_architecture_names():
    """What llama-index is used for has two homes; only that of whole libraries is held."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    homes = dict(re.findall(r"^\| `(\w+)` \| [^|]* \| ([^|]*) \|$", page, re.MULTILINE))
    assert set(homes) == set(PACKAGES)
    forbidden = {}
    for contract in PROJECT["tool"]["importlinter"]["contracts"]:
        for library in contract.get("forbidden_modules", []):
            forbidden.setdefault(library, set()).update(contract["source_modules"])
    as_imported = {"python-docx": "docx", "markdown-it": "markdown_it", "YAML": "yaml", "FastAPI": "fastapi"}
    for home, named in homes.items():
        libraries = [one for one in named.strip().split(", ") if not one.startswith("llama-index")]
        for library in libraries:
            assert forbidden.get(as_imported.get(library, library)) == set(PACKAGES) - {home}, library
    assert forbidden["openai"] == {"corpus", "ui"}


def test_the_modules_that_ask_servers_are_those_that_the_page_on_architecture_names():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    (told,) = re.findall(r"^openai and httpx, which ask servers, (.*?)\n\n", page, re.MULTILINE | re.DOTALL)
    asking = {path for package in PACKAGES for path, found in imported(package).items() if found & {"openai", "httpx"}}
    assert set(re.findall(r"`([\w/]+\.py)`", told)) == asking


def test_make_clean_takes_away_what_the_tools_write_and_nothing_of_the_user():
    (cleaned,) = re.findall(r"^clean:\n\trm -rf (.*)$", MAKEFILE, re.MULTILINE)
    cleaned = cleaned.replace("$(VENV)", ".venv").replace("$(TRAIN)", ".venv-train").split()
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    of_the_user = {"/articles", ".env", ".footnote", ".gradio"}
    assert ignored - of_the_user - {"*.pyc", "__pycache__"} == set(cleaned)
