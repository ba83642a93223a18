"""A passphrase that lies in a file, for programs that start without anybody to type it."""

import codecs
import re
from pathlib import Path
from typing import Final

from deskhand.domain.problems import PassphraseFileRefused

_MAX_BYTES: Final = 65_536
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")


def read_passphrase(path: Path) -> str:
    """Return the passphrase in a file, without blanks and line ends around it.

    It has to be the same text that a person would type, so an encoding is believed only where the file says it by its first bytes, or
    where it is valid UTF-8. In Latin-1 every byte is a letter: that would be a guess, and a wrong passphrase reads like a right one.

    Raises:
        PassphraseFileRefused: it cannot be read, or holds no passphrase.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as problem:
        raise _refused(path, f"cannot be read: {problem.strerror}.") from None
    except ValueError:  # a NUL in the name
        raise _refused(path, "cannot be read: this is no name of a file.") from None
    if len(data) > _MAX_BYTES:
        raise _refused(path, "is too large to be a passphrase.")
    mark, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data.removeprefix(mark).decode(encoding).strip()
    except UnicodeDecodeError:
        raise _refused(path, "is not UTF-8. Save it as UTF-8 and start again.") from None
    if not text:
        raise _refused(path, "is empty.")
    if "\0" in text:
        raise _refused(path, "holds NUL characters, as UTF-16 does without its mark. Save it as UTF-8 and start again.")
    if _CONTROL.search(text):
        raise _refused(
            path, "holds more than one line, or characters that nobody can type. One line with the passphrase is read."
        )
    return text


def _refused(path: Path, message: str) -> PassphraseFileRefused:
    shown = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return PassphraseFileRefused(f"The passphrase file {shown} {message}")
