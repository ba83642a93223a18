"""The packages that a lock names, read from its text: nothing is installed or asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?\n(?P<rest>(?:[ ].*\n?)*)"
)


@dataclass(frozen=True, slots=True)
class Package:
    """One package of a lock.

    Attributes:
        marker: on which systems it is wanted; empty means on all.
        hashes: SHA-256 of each file that may be installed as this version.
        wanted_by: the packages that asked for it; the project itself goes without its remark in brackets.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]


def packages(lock: Path) -> tuple[Package, ...]:
    """Return the packages of a lock in its order."""
    return tuple(_read(lock.read_text(encoding="utf-8")))


def plain(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(text: str) -> Iterator[Package]:
    for found in _PACKAGE.finditer(text):
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", found["rest"]))
        reasons = re.findall(r"^ +#(?: +via)? +(?!via$)([\w.-]+)", found["rest"], re.MULTILINE)
        yield Package(
            plain(found["name"]),
            found["version"],
            (found["marker"] or "").strip(),
            hashes,
            tuple(dict.fromkeys(map(plain, reasons))),
        )
