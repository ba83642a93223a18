"""The QApplication: hears links to tickets where the system hands them over as an event, which is macOS.

Not an event filter: Qt would call that for every event of every widget, and Python with it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from deskhand.content import ticket_link


class Application(QApplication):
    """Keeps the newest link until somebody follows links: one that starts the program comes before its window."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._follow: Callable[[str], None] | None = None
        self._pending_link = ""

    def set_link_handler(self, follow: Callable[[str], None] | None) -> None:
        """Have links followed from now on, first the one that was kept; None = keep them again."""
        self._follow = follow
        if follow is not None and self._pending_link:
            link, self._pending_link = self._pending_link, ""
            follow(link)

    @override
    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        # What Qt cannot read as an address (a name with a blank behind `//`) comes as if it were a file's name.
        written = bytes(event.url().toEncoded().data()).decode(), event.file()
        link = next((text for text in written if ticket_link.is_one(text)), "")
        if not link:
            return super().event(event)
        if self._follow is not None:
            self._follow(link)
        else:
            self._pending_link = link
        return True
