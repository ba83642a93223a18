"""What a command is, for shortcuts, palette and key overview."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from anywhere.

    Attributes:
        keys: bound to the window: "G, I" is two keys after one another.
        obstacle: why not now, for the palette's grey line; empty = it can be done.
        also: keys that what has the keyboard answers by itself: shown, not bound.
        writes: it leads into a text of the open ticket: what is typed next is meant for that.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    obstacle: Callable[[], str] = str
    also: tuple[str, ...] = ()
    writes: bool = False
