"""Errors of the interface, for the person who starts it or keeps the articles.

InterfaceError
├── PortTaken     another program listens at the address
├── NoSuchHost    the address to listen on is none of this machine's
├── NotKept       the articles folder could not be changed as asked
├── NoToken       others could reach the server, and none of them could be told from a stranger
├── NoSuchToken   a token that is to be revoked and is not there
├── BadTokens     the file of the tokens cannot be read or written
├── ExtraMissing  a command needs a package that is not installed
└── OutputLost    what a command prints cannot be written
"""

from __future__ import annotations


class InterfaceError(Exception):
    """Anything wrong with what was asked of the interface; its text is one line that says what to do."""


class PortTaken(InterfaceError):
    """Another program listens at the address."""


class NoSuchHost(InterfaceError):
    """The address to listen on is none of this machine's."""


class NotKept(InterfaceError):
    """A file could not be added to the articles folder, or taken out of it."""


class NoToken(InterfaceError):
    """The server is to be reached from elsewhere, and no token was made yet."""


class NoSuchToken(InterfaceError):
    """There is no token of this id."""


class BadTokens(InterfaceError):
    """The file of the tokens cannot be read or written."""


class ExtraMissing(InterfaceError):
    """A command needs a package that a plain installation lacks."""


class OutputLost(InterfaceError):
    """What a command prints cannot be written, to a full disk for instance."""

    @classmethod
    def because(cls, cause: OSError) -> OutputLost:
        """Return the error with its cause."""
        return cls(f"The output cannot be written ({cause.strerror or cause}). Make room, or send it elsewhere.")
