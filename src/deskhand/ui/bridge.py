"""From commits to widgets: the change feed, coalesced into one Qt signal."""

from PySide6.QtCore import QObject, QTimer, Signal

from deskhand.domain.changes import ChangeBus, ChangeSet

COALESCE_MS = 50
"""A sync commits several times a second; a viewer reads again at most twenty times."""


class Bridge(QObject):
    """Collects change sets and tells them together.

    Attributes:
        changed: emits one `ChangeSet`; whoever shows something that it names reads it again.
    """

    changed = Signal(object)

    def __init__(self, change_bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = ChangeSet()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MS)
        self._timer.timeout.connect(self._emit_changes)
        self._unsubscribe = change_bus.subscribe(self._collect)

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._timer.stop()

    def _collect(self, changes: ChangeSet) -> None:
        self._waiting |= changes
        if not self._timer.isActive():
            self._timer.start()

    def _emit_changes(self) -> None:
        waiting, self._waiting = self._waiting, ChangeSet()
        self.changed.emit(waiting)
