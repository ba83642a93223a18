"""Where in a ticket a search found something, with a few words around it."""

from datetime import datetime
from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass

LEAD = 40
"""So many letters stand before the found term, at most."""

LENGTH = 240
"""So many letters an excerpt has in all, at most: more than the widest row shows."""


class HitPlace(StrEnum):
    """What holds the found terms."""

    MESSAGE = "message"
    NOTE = "note"
    """An internal note, at the vendor or on this computer."""
    ATTACHMENT = "attachment"
    """The name of a file."""
    NUMBER = "number"
    """The ticket's number or its vendor's id."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Plain text around what was found, on one line.

    Attributes:
        text: begins at most `LEAD` letters before the first found term.
        is_cut: more stands before it.
        by: who said it; empty where that is not known. `is_mine`: the agent did.
        at: when that was said; None where no time is told.
        message: its id in the conversation; empty where it is in none.
    """

    place: HitPlace
    text: str
    is_cut: bool = False
    by: str = ""
    is_mine: bool = False
    at: datetime | None = None
    message: str = ""
