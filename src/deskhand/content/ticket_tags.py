"""Lists of tags, as people type and paste them, and what is wrong with one that nobody could tell from another."""

import re
from collections.abc import Iterable

from deskhand.content.characters import outgoing, show_controls, shows_nothing
from deskhand.domain.lazy_dataclass import dataclass

_PARTED = re.compile("[,\n]")


@dataclass(frozen=True, slots=True)
class TagList:
    """What a text says.

    Attributes:
        tags: those that are good, each once, in their order.
        refused: the others, as they were written.
    """

    tags: tuple[str, ...]
    refused: tuple[str, ...] = ()


def read_tags(text: str) -> TagList:
    """Read tags parted by commas or line ends."""
    tags = dict.fromkeys(tag.strip() for tag in _PARTED.split(outgoing(text)))
    written = [tag for tag in tags if tag]
    return TagList(tuple(tag for tag in written if not obstacle(tag)), tuple(tag for tag in written if obstacle(tag)))


def check_tags(tags: Iterable[str]) -> str:
    """Return what is wrong with tags, one sentence for each; empty where nothing is."""
    return " ".join(f"“{show_controls(tag)}” is no tag: {why}." for tag in tags if (why := obstacle(tag)))


def obstacle(tag: str) -> str:
    """Return why a text is no tag, to be put behind "no tag: "; empty where it is one."""
    if not tag.strip():
        return "there is nothing in it"
    if outgoing(tag).strip().count("\n"):
        return "it has more than one line"
    if shows_nothing(tag) or show_controls(tag) != tag:
        return "there is an invisible character in it"
    return ""
