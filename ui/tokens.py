"""Tokens for a server that is not only for its own machine: made and shown once, kept as hashes.

`tokens.json` in the user's data folder is read again when it changes, so a new token is good and a
revoked one is dead at once, also for a server that runs.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from corpus.whole_file import written_whole
from ui.errors import BadTokens, NoSuchToken

Role = Literal["reader", "keeper"]

_MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class Pass:
    """What is known of a token: not the token itself. role: a keeper may also change the articles."""

    id: str
    role: Role
    made: date
    hash: str


def tokens_file() -> Path:
    """Return where this user's tokens are kept."""
    return Path(platformdirs.user_data_dir("footnote")) / "tokens.json"


class Tokens:
    """The tokens in one file. Safe from several threads; of two processes that write, the later one wins."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reading = threading.Lock()
        self._read: tuple[tuple[int, int, int], tuple[Pass, ...]] | None = None

    def make(self, role: Role) -> tuple[str, Pass]:
        """Return a new token and what is kept of it. Raises BadTokens where it cannot be kept."""
        token = f"fn{role[0]}_{secrets.token_urlsafe(32)}"
        made = Pass(secrets.token_hex(3), role, datetime.now(UTC).date(), _hashed(token))
        self._write((*self.passes(), made))
        return token, made

    def revoke(self, pass_id: str) -> Pass:
        """Forget a token, by its id. Raises NoSuchToken."""
        passes = self.passes()
        gone = next((one for one in passes if one.id == pass_id), None)
        if gone is None:
            raise NoSuchToken(f"No token has the id {pass_id!r}. See which there are with: footnote token --list")
        self._write(tuple(one for one in passes if one is not gone))
        return gone

    def passes(self) -> tuple[Pass, ...]:
        """Return all, oldest first. Raises BadTokens where the file cannot be read."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._unreadable(error) from error
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._reading:
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, self._parsed())
            return self._read[1]

    def known(self, token: str) -> Pass | None:
        """Return what is kept of a token; None for one that was never made, or was revoked."""
        if not token or len(token) > _MOST_CHARS:
            return None
        hashed = _hashed(token)
        return next((one for one in self.passes() if hmac.compare_digest(one.hash, hashed)), None)

    def _parsed(self) -> tuple[Pass, ...]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            passes = tuple(Pass(**{**one, "made": date.fromisoformat(one["made"])}) for one in kept)
            if any(one.role not in get_args(Role) or not isinstance(one.hash, str) for one in passes):
                raise ValueError("a token is neither a reader's nor a keeper's")
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise self._unreadable(error) from error
        return passes

    def _unreadable(self, error: Exception) -> BadTokens:
        return BadTokens(f"The tokens in '{self._path}' cannot be read ({error}). Mend the file, or remove it.")

    def _write(self, passes: tuple[Pass, ...]) -> None:
        text = json.dumps([{**asdict(one), "made": one.made.isoformat()} for one in passes], indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with written_whole(self._path, mode=0o600) as file:
                file.write(text.encode())
        except OSError as error:
            raise BadTokens(
                f"The token could not be kept in '{self._path}' ({error.strerror}). Allow writing there, or make room."
            ) from error


def _hashed(token: str) -> str:
    # The token is 256 random bits: nothing slower than this makes guessing one any harder.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
