"""Where text goes and where a secret comes from."""

import errno
import getpass
import os
import re
import sys
import warnings
from dataclasses import field
from typing import TextIO

from deskhand.content.characters import repair, strip_direction
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import OutputRefused


class NobodyReads(Exception):
    """Raised by a command that has no other end: its reader has gone."""


@dataclass(slots=True)
class Terminal:
    """The real one."""

    output: TextIO = field(default_factory=lambda: sys.stdout)
    errors: TextIO = field(default_factory=lambda: sys.stderr)
    given: str | None = None
    """Standard input, where it was read before (a prompt, or another process)."""
    last_remark: str = ""
    """What was told the person last."""
    ends_unread: bool = False
    """The command goes on for as long as somebody reads it."""

    def out(self, text: str) -> None:
        """Write a line of the result."""
        if not _write(self.output, one_line(text), is_asked_for=True) and self.ends_unread:
            raise NobodyReads

    def block(self, text: str) -> None:
        """Write lines of the result."""
        _write(self.output, harmless(text), is_asked_for=True)

    def err(self, text: str) -> None:
        """Write a line for the person."""
        self.last_remark = text
        _write(self.errors, one_line(text), is_asked_for=False)

    def read(self) -> str:
        """Return all of standard input."""
        if self.given is None:
            self.given = read_input()
        return self.given


def read_input() -> str:
    """Return all of standard input as UTF-8, whatever the locale says; what is none becomes lone surrogates."""
    stream = getattr(sys.stdin, "buffer", None)
    return sys.stdin.read() if stream is None else stream.read().decode("utf-8", "surrogateescape")


def ask_hidden(prompt: str) -> str | None:
    """Ask at the terminal for what nobody may look at; None where there is no terminal, or nothing is typed any more."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)  # it would ask in a pipe, and show what is typed
        try:
            return getpass.getpass(prompt)
        except (EOFError, getpass.GetPassWarning):
            return None


def harmless(text: str) -> str:
    """Return text that cannot command a terminal or turn its reading direction: a customer may have written it."""
    return strip_direction(repair(text))


_BREAKS = re.compile("[\n\t\v\f\x1c-\x1e\x85\u2028\u2029]")


def one_line(text: str) -> str:
    """Return text as one line: a subject with a line break in it must not look like a second ticket."""
    return harmless(_BREAKS.sub(_escaped, text.replace("\r\n", "\n").replace("\r", "\n")))


def _escaped(found: "re.Match[str]") -> str:
    return " " if found[0] == "\t" else found[0].encode("unicode_escape").decode("ascii")


def indented(text: str) -> str:
    """Return a text whose lines cannot be taken for ours, which begin at the edge."""
    return "\n".join(f"  {one_line(line)}" for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


# Windows calls a pipe whose reader has gone a wrong argument.
_NOBODY_READS = {errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE}


def _write(stream: TextIO, text: str, *, is_asked_for: bool) -> bool:
    """Write a line; False where nobody reads any more (`| head -1`): the command still ends as it would have, quietly.

    Args:
        is_asked_for: it is the result, and no remark on it.

    Raises:
        OutputRefused: the result cannot be written, to a full disk for one.
    """
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError as problem:
        _send_nowhere(stream)
        if is_asked_for and problem.errno not in _NOBODY_READS:
            raise OutputRefused(f"The result could not be written: {problem.strerror}.") from problem
        return False
    return True


def let_go_of(stream: TextIO) -> None:
    """Write what a stream still holds, or drop it: what a full disk does not take would change the exit code at the very end."""
    try:
        stream.flush()
    except OSError:
        _send_nowhere(stream)


def _send_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
