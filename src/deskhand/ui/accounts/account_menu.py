"""What can be done with an account: by the right button, the menu key or the three dots."""

from PySide6.QtCore import QPoint, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.kit import icons


class AccountMenu(QMenu):
    """Its words follow the account's state; what makes no sense now is greyed.

    Signals:
        pause_wanted: pause (True) or go on (False).
    """

    sync_requested = Signal()
    stop_requested = Signal()
    pause_requested = Signal(bool)
    edit_requested = Signal()
    check_requested = Signal()
    import_requested = Signal()
    push_requested = Signal()
    remove_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._paused = False
        self._sync = self._add_action("refresh-cw", self.tr("Sync now"), self.sync_requested)
        self._stop = self._add_action("x", self.tr("Stop this sync"), self.stop_requested)
        self._pause = QAction(self)
        self._pause.triggered.connect(lambda: self.pause_requested.emit(not self._paused))
        self.addAction(self._pause)
        self.addSeparator()
        self._add_action("pencil", self.tr("Edit…"), self.edit_requested)
        self._add_action("circle-check", self.tr("Check the credentials"), self.check_requested)
        self._records = self.addSeparator()
        self._import = self._add_action("download", self.tr("Import tickets…"), self.import_requested)
        self._push = self._add_action("upload", self.tr("Push a record…"), self.push_requested)
        self.addSeparator()
        self._add_action("trash-2", self.tr("Remove…"), self.remove_requested)

    def _add_action(self, icon: str, text: str, wanted: SignalInstance) -> QAction:
        action = QAction(icons.icon(icon), text, self)
        action.triggered.connect(lambda _checked=False: wanted.emit())
        self.addAction(action)
        return action

    def open_at(self, at: QPoint, shown: PaneAccount) -> None:
        """Open at a point on the screen, for an account as it is now."""
        self.prepare(shown)
        self.setAccessibleName(shown.account.label)
        self.popup(at)

    def prepare(self, shown: PaneAccount) -> None:
        """Fit words and what is possible."""
        self._paused = shown.account.paused
        self._pause.setText(self.tr("Resume") if self._paused else self.tr("Pause"))
        self._pause.setIcon(icons.icon("play" if self._paused else "pause"))
        self._sync.setEnabled(not self._paused)
        self._stop.setEnabled(shown.status.progress is not None and not self._paused)
        self._import.setVisible(shown.can_import)
        self._push.setVisible(shown.can_push)
        self._records.setVisible(shown.can_import or shown.can_push)
