"""What changed from version to version, as `CHANGELOG.md` says it, and the date that everything in a package bears."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from deskdev.environment import CHECKOUT
from deskdev.steps import run_quietly

from deskpack import product

# A checkout without its history (an archive of the sources) has no commit's date.
_NO_COMMIT = 1_767_225_600


@dataclass(frozen=True, slots=True)
class Release:
    """A version and what is new in it.

    Attributes:
        version: three numbers.
        date: as 2026-11-20; of a version that is not out yet, the day of the build.
        changes: sentences for users, in order, without markup.
    """

    version: str
    date: str
    changes: tuple[str, ...]


def moment() -> int:
    """Return the second that files and headers bear: SOURCE_DATE_EPOCH, or else that of the last commit."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    code, output = run_quietly(("git", "-C", CHECKOUT, "log", "-1", "--format=%ct"))
    return int(output) if code == 0 and output.strip().isdigit() else _NO_COMMIT


def day() -> datetime:
    """Return the same as a date."""
    return datetime.fromtimestamp(moment(), UTC)


def releases(text: str | None = None) -> tuple[Release, ...]:
    """Return the versions that the changelog names, the newest first; this build's own comes first even if it is not named yet.

    Args:
        text: the changelog; None reads the checkout's.
    """
    if text is None:
        text = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = [
        Release(head[1], _date(head[2]), tuple(_changes(body)))
        for head, body in _sections(text)
        if re.fullmatch(r"\d+\.\d+\.\d+", head[1])
    ]
    if product.version() not in {release.version for release in found}:
        found.insert(0, Release(product.version(), _date(""), (f"{product.NAME} {product.version()}.",)))
    return tuple(found)


def _sections(text: str) -> list[tuple[re.Match[str], str]]:
    heads = list(re.finditer(r"^## \[(.+?)\](?: - (.+))?$", text, re.MULTILINE))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [(head, text[head.end() : end]) for head, end in zip(heads, ends, strict=True)]


def _date(said: str | None) -> str:
    return said if said and re.fullmatch(r"\d{4}-\d\d-\d\d", said) else day().strftime("%Y-%m-%d")


def _changes(body: str) -> list[str]:
    """Return the items of all lists; a line that is indented goes on with the item before."""
    items = re.findall(r"^- (.+(?:\n  .+)*)", body, re.MULTILINE)
    return [re.sub(r"\s+", " ", item).replace("`", "") for item in items]
