"""What servers of OpenAI's protocol have in common, whether they encode or write: the address, the key, the errors."""

from __future__ import annotations

from typing import Literal

OPENAI = "https://api.openai.com/v1"
KEY_MISSING = "OpenAI wants a key and none is set. Put OPENAI_API_KEY=… into the environment or .env."
Trouble = Literal["late", "key", "unknown", "limited", "status", "silent", "broken"]


def key_refused(where: str) -> str:
    """Return what to do about a key that a server does not take."""
    return f"{where} refused the key. Put the right OPENAI_API_KEY into the environment or .env."


def trouble(error: Exception) -> tuple[Trouble, str]:
    """Return what an error of the client means, and its detail.

    The detail is when to try again where a server limits ("in 20 s", "later"), the status where it failed, and else
    the error's name. Neither key nor text is in it.
    """
    import httpx
    import openai

    name = type(error).__name__
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return "late", name
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return "key", name
    if isinstance(error, openai.NotFoundError):
        return "unknown", name
    if isinstance(error, openai.RateLimitError):
        wait = error.response.headers.get("retry-after", "")
        return "limited", f"in {wait} s" if wait.isdigit() else "later"
    if isinstance(error, openai.APIStatusError):
        return "status", str(error.status_code)
    if isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APIResponseValidationError):
        return "silent", name
    return "broken", name
