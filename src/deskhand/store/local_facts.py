"""What this computer alone knows of a ticket, as values for its row (`local_marks` reads them)."""

from typing import NamedTuple

NO_DATE = (1 << 42) - 1
"""In `Row.return_at`: until the customer replies, behind everything that has a date."""


DRAFT_LETTERS = 120
"""Of a draft so many characters are kept for its row: more than a row has room for at its usual widths."""


class LocalMarks(NamedTuple):
    """What this computer alone knows of a ticket, from `desk.db` (`local_marks`).

    Attributes:
        is_away, is_reminder, is_back: what stands in Later about it, one of them at most.
        return_at: milliseconds; `NO_DATE` = until the customer replies.
    """

    is_away: int = 0
    is_reminder: int = 0
    is_back: int = 0
    return_at: int = 0
    reason: str = ""
    replies: int = 0
    is_pinned: int = 0
    is_linked: int = 0


NO_MARKS = LocalMarks()
"""Nothing."""
