"""Sets of keys to begin with. A set holds only what differs from the keys that the actions carry themselves."""

import sys
from collections.abc import Mapping
from dataclasses import field

from deskhand.domain.lazy_dataclass import dataclass

_ALT = "Meta" if sys.platform == "darwin" else "Alt"
"""Alt types letters on a Mac, where Meta is the control key."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """Keys that belong together.

    Attributes:
        name: what settings and files call it.
        title: in English, as the actions' titles are.
        keys: by an action's id.
    """

    name: str
    title: str
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


DESKHAND = KeySet("deskhand", "Deskhand's set")
GMAIL = KeySet(
    "gmail",
    "Like Gmail",
    {
        "unread": ("Shift+U",),
        "tags": ("L",),
        "sync": ("Shift+N", "F5", "Ctrl+R"),
        "close": ("E", "Y"),
        "priority": ("Shift+P",),
        "link ticket": ("Shift+L",),
    },
)
"""E and Y put away, L labels, Shift+U makes unread again, Shift+N fetches. Letters that Gmail leaves free keep Deskhand's meaning."""

ZENDESK = KeySet(
    "zendesk",
    "Like Zendesk",
    {
        "reply": ("R", f"{_ALT}+C"),
        "note": ("M", "Ctrl+M", f"{_ALT}+X"),
        "close": ("E", f"{_ALT}+S"),
        "reopen": ("Shift+E", f"{_ALT}+O"),
        "new": ("C", "Ctrl+N", f"{_ALT}+N"),
        "canned reply": ("Ctrl+;", f"{_ALT}+M"),
    },
)
"""Zendesk's letters with Alt alone: Zendesk has Ctrl+Alt, by which AltGr types letters."""

SETS = (DESKHAND, GMAIL, ZENDESK)
