"""Marks a ticket as read once it was on screen for a while."""

from PySide6.QtCore import QObject, QTimer

from deskhand.domain.ids import TicketKey
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope

READ_AFTER_MS = 1500
"""A ticket counts as read when it was on screen this long (U24: opening alone is not reading)."""


class ReadMark(QObject):
    """Waits and marks."""

    def __init__(self, services: Services, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._scope = scope
        self._key: TicketKey | None = None
        self._timer = QTimer(self, interval=READ_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._mark)

    def start(self, key: TicketKey | None) -> None:
        """A ticket is on screen from now on."""
        self._key = key
        self._timer.start()

    def stop(self) -> None:
        """It is not, or is to stay unread."""
        self._timer.stop()

    def _mark(self) -> None:
        if self._key is not None:
            self._scope.start(self._services.tickets.set_read([self._key]), name="read")
