"""What an action is, for shortcuts, palette and key overview."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done from anywhere.

    Attributes:
        keys: bound to the window: "G, I" is two keys after one another.
        reason: why not now, for the palette's grey line; empty = it can be done.
        widget_keys: keys that the focused widget handles by itself: shown, not bound.
        enters_text: it leads into a text of the open ticket: what is typed next is meant for that.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    reason: Callable[[], str] = str
    widget_keys: tuple[str, ...] = ()
    enters_text: bool = False
