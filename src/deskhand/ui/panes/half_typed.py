"""What stands half typed in a pane's editors, by ticket: it never shows in another one, and is there again when the agent is back."""

from collections.abc import Mapping

from deskhand.domain.ids import TicketKey

REMEMBERED = 200
"""Tickets whose half-typed values are known; the oldest go first. They live as long as the window."""


class HalfTyped:
    """Texts by ticket and editor."""

    def __init__(self) -> None:
        self._texts: dict[TicketKey, dict[str, str]] = {}

    def keep(self, ticket: TicketKey, texts: Mapping[str, str]) -> None:
        """Remember what is typed instead of what was; empty texts are none."""
        self._texts.pop(ticket, None)
        if typed := {name: text for name, text in texts.items() if text}:
            self._texts[ticket] = typed
        if len(self._texts) > REMEMBERED:
            del self._texts[next(iter(self._texts))]

    def take(self, ticket: TicketKey) -> Mapping[str, str]:
        """Return what was typed by editor, and forget it: from now on it stands in the editors."""
        return self._texts.pop(ticket, {})
