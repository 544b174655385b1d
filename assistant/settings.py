"""Where the articles and the index are, and every other setting. The only module that reads the environment.

A setting given on the command line or to a function wins over `FOOTNOTE_<NAME>` in the environment,
that over `footnote.toml` in the current folder, that over the default.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

from assistant.errors import SettingsError
from corpus.errors import FolderMissing

CONFIG_FILE = "footnote.toml"
LEAST_WINDOW = 512
"""Tokens without which a model cannot read the instructions, one passage and the question."""
_PREFIX = "FOOTNOTE_"
_KEY = "OPENAI_API_KEY"
_HEADERS = "FOOTNOTE_VECTORS_HEADERS"
_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that is never shown: however it is printed, it is ***."""

    value: str = ""

    def __repr__(self) -> str:
        return "***" if self.value else "''"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, named as its option without dashes. None means not set."""

    articles: Path | None = None
    index: Path | None = None
    model: str | None = None
    window: int | None = None
    encoder: str = "minilm"
    vectors: str | None = None
    vectors_headers: Secret = Secret()
    host: str = "127.0.0.1"
    port: int = 7860
    name: str = ""
    log: str = "none"
    requests_a_minute: int = 300
    answers_at_once: int = 4
    answer_seconds: int = 120
    no_watch: bool = False
    no_update: bool = False

    def places(self) -> Places:
        """Return where the articles and the index are. Raises SettingsError if a named folder is not there."""
        if self.articles is not None:
            folder = _at_home(self.articles)
            if not folder.is_dir():
                raise SettingsError(str(FolderMissing.at(folder)))
        elif (_here() / "articles").is_dir():
            folder = _here() / "articles"
        else:
            folder = starter_articles()
        if self.index is not None:
            return Places(folder, _beside(_at_home(self.index), folder))
        if folder == starter_articles():
            return Places(folder, _own_place(folder), starter=True)
        if (folder / ".footnote").is_dir() or os.access(folder, os.W_OK):
            return Places(folder, folder / ".footnote")
        place = _own_place(folder)
        return Places(folder, place, note=f"'{folder}' may not be written, so its index is kept in '{place}'.")

    def headers(self) -> dict[str, str]:
        """Return what is sent along to the server with the vectors. Raises SettingsError where it is no header."""
        lines = [line.partition(":") for line in self.vectors_headers.value.splitlines() if line.strip()]
        if not all(name.strip() and colon for name, colon, _ in lines):
            raise SettingsError(f"{_HEADERS} has a line that is no header. Write one a line, as: Name: value")
        return {name.strip(): value.strip() for name, _, value in lines}


@dataclass(frozen=True, slots=True)
class Places:
    """The articles folder and its index directory. note: one line the user should see, or empty."""

    articles: Path
    index: Path
    starter: bool = False
    note: str = ""


def load(given: Mapping[str, Any] | None = None, *, environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force.

    given: what was said on the command line or to a function; None in it means not said. environ: the
    process's own if None. Raises SettingsError for an unknown name or an unusable value.
    """
    found: dict[str, tuple[Any, str]] = {}
    for name, value in _from_file(_here() / CONFIG_FILE).items():
        found[name] = (value, CONFIG_FILE)
    for variable, text in sorted((os.environ if environ is None else environ).items()):
        if variable.startswith(_PREFIX):
            found[variable.removeprefix(_PREFIX).lower()] = (text, variable)
    for name, value in (given or {}).items():
        if value is not None:
            found[name] = (value, f"--{name.replace('_', '-')}")
    known = {field.name: str(field.type) for field in fields(Settings)}
    unknown = [f"{name!r} ({source})" for name, (_, source) in found.items() if name not in known]
    if unknown:
        raise SettingsError(f"Unknown setting {', '.join(unknown)}. Known are: {', '.join(sorted(known))}.")
    return Settings(**{name: _read(name, known[name], *one) for name, one in found.items()})


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise SettingsError("The folder you are in is no longer there. Change into another, and try again.") from error


def model_key(*, environ: Mapping[str, str] | None = None, folder: Path | None = None) -> str | None:
    """Return the key for a model server: OPENAI_API_KEY of the environment, else of `.env` in the folder; None without.

    environ and folder: the process's own if None. Raises SettingsError for a .env that cannot be read.
    """
    key = (os.environ if environ is None else environ).get(_KEY, "").strip()
    if key:
        return key
    path = (folder or _here()) / ".env"
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"'{path}' cannot be read ({type(error).__name__}). Mend or remove it.") from error
    for line in lines:
        name, _, value = line.removeprefix("export ").partition("=")
        if name.strip() == _KEY and value.strip():
            return value.strip().strip("\"'")
    return None


def starter_articles() -> Path:
    """Return the folder of the articles that come with Footnote."""
    import corpus

    return Path(str(corpus.__file__)).parent / "articles"


def _own_place(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return Path(platformdirs.user_data_dir("footnote")) / name


def _at_home(path: Path) -> Path:
    """Return the path with a "~" in front of it replaced."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise SettingsError(f"'{path}' names the home of a user who is not known here. Write the path out.") from error


def _beside(index: Path, folder: Path) -> Path:
    """Return the place of an index, which may stand in the articles folder only where it is not read as articles."""
    if file := next((one for one in (index, *index.parents) if one.is_file()), None):
        raise SettingsError(f"The index cannot be kept in '{index}': '{file}' is a file. Name a folder.")
    try:
        inside = index.resolve().relative_to(folder.resolve()).parts
    except ValueError:
        return index
    if any(part.startswith(".") for part in inside):
        return index
    raise SettingsError(
        f"The index may not lie among the articles, as '{index}' would. Name a folder elsewhere, or one whose name "
        "begins with a dot."
    )


def _from_file(path: Path) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"'{path}' cannot be read as settings ({error}). Mend or remove it.") from error


def _read(name: str, kind: str, value: Any, source: str) -> Any:
    if source == CONFIG_FILE:  # all other sources name the setting
        source = f"{name} in {source}"
    if "Path" in kind:
        if not str(value).strip():
            raise SettingsError(f"{source} is empty. Name a folder, or leave it out.")
        if not isinstance(value, str | Path):
            raise SettingsError(f"{source} is {value!r}. Name a folder, in quotes.")
        return Path(value)
    if kind == "Secret":
        if not isinstance(value, str):
            raise SettingsError(f"{source} is no text. Write it in quotes.")
        return Secret(value)
    if kind == "bool" and not isinstance(value, bool):
        if str(value).lower() not in _TRUE | _FALSE:
            raise SettingsError(f"{source} is {value!r}. Say true or false.")
        return str(value).lower() in _TRUE
    if kind.startswith("int"):
        try:
            number = int(value)
            if isinstance(value, bool) or (isinstance(value, float) and number != value):
                raise ValueError(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise SettingsError(f"{source} is {value!r}. Give a whole number.") from error
        if name == "port" and not 0 <= number <= 65535:
            raise SettingsError(f"{source} is {number}. A port is a number from 0 to 65535.")
        if name == "window" and number < LEAST_WINDOW:
            raise SettingsError(f"{source} is {number}. A model's window is at least {LEAST_WINDOW} tokens.")
        return number
    return value if kind == "bool" else str(value)
