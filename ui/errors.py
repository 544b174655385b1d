"""Errors of the interface, for the person who starts it or keeps the articles.

InterfaceError
├── PortTaken     another program listens at the address
└── NotKept       the articles folder could not be changed as asked
"""

from __future__ import annotations


class InterfaceError(Exception):
    """Anything wrong with what was asked of the interface; its text is one line that says what to do."""


class PortTaken(InterfaceError):
    """Another program listens at the address."""


class NotKept(InterfaceError):
    """A file could not be added to the articles folder, or taken out of it."""
