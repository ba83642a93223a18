"""Which tickets a send of ours was confirmed for lately: what was asked for before that may tell the old state."""

from deskhand.domain.ids import TicketKey


class Confirmations:
    """Counts the confirmed sends of one account, for as long as the program runs."""

    def __init__(self) -> None:
        self._count = 0
        self._last: dict[TicketKey, int] = {}

    def mark(self) -> int:
        """Return what to hand to `since` later on."""
        return self._count

    def note(self, key: TicketKey) -> None:
        """A send to this ticket was confirmed."""
        self._count += 1
        self._last[key] = self._count

    def since(self, mark: int) -> frozenset[TicketKey]:
        """Return the tickets of which an answer that was asked for at `mark` may be too old."""
        return frozenset(key for key, count in self._last.items() if count > mark)
