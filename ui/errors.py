"""Errors of the interface, for the person who starts it."""

from __future__ import annotations


class PortTaken(Exception):
    """Another program listens at the address; the text is one line that says what to do."""
