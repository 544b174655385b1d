"""The exit statuses of the commands."""

from __future__ import annotations

ANSWERED, FAILED, WRONG_USE, NOT_HELD = 0, 1, 2, 3
"""Answered or done; anything else; wrong use; the articles do not hold it."""
