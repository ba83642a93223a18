"""Asks for the sound of an account's notifications, and lets it be heard."""

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from deskhand.domain.sounds import SUFFIXES, SoundFormat
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone


class SoundSheet(Sheet):
    """A file of one's own, or the system's sound.

    Args:
        path: the file that is chosen now; empty = the system's own sound.
        why_not: returns why a file cannot be played here; empty where it can.
        formats: what can be played here.

    Signals:
        chosen: the file's path, empty = the system's own sound.
        try_requested: the same, to be heard now.
    """

    chosen = Signal(str)
    try_requested = Signal(str)

    def __init__(
        self,
        account: str,
        path: str,
        why_not: Callable[[str], str],
        formats: Collection[SoundFormat],
        parent: QWidget,
    ) -> None:
        super().__init__("", parent, width=460)
        self.set_title(self.tr("Sound of {account}").format(account=account))
        self._path = path
        self._why_not = why_not
        self._formats = tuple(one for one in SoundFormat if one in formats)
        self._name = label(role=Role.MEDIUM, wrap=True)
        self._folder = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._problem = label(tone=Tone.WRONG, wrap=True)
        self._said = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        for one in (self._name, self._folder, self._problem):
            self.body.addWidget(one)
        bar = QWidget()
        row = FlowLayout(bar)
        self._try = self._button(self.tr("Try it"), lambda: self.try_requested.emit(self._playable))
        self._own = self._button(self.tr("The system's own"), lambda: self.set_path(""))
        for button in (self._button(self.tr("Choose a file…"), self._ask), self._own, self._try):
            row.addWidget(button)
        self.body.addWidget(bar)
        self.body.addWidget(self._said)
        self.add_button(self.tr("Cancel"), self.reject)
        self._use = self.add_button(self.tr("Use this sound"), self._choose, kind="primary", default=True)
        self.set_path(path)

    def set_path(self, path: str) -> None:
        """Show a file as the choice, and whether it can be played; empty = the system's own sound."""
        self._path = path
        why = self._why_not(path)
        self._name.setText(Path(path).name if path else self.tr("The system's own sound for a message"))
        self._folder.setText(str(Path(path).parent) if path else "")
        self._folder.setVisible(bool(path))
        self._problem.setText(self.tr("{why} The system's own sound is played.").format(why=why) if why else "")
        self._problem.setVisible(bool(why))
        self._own.setEnabled(bool(path))
        self._use.setEnabled(not why)
        self._said.setText("")
        if why:
            self.announce(self._problem.text())
        self.refit()

    def say(self, text: str) -> None:
        """Say what became of the try."""
        self._said.setText(text)
        self.announce(text)
        self.refit()

    @property
    def _playable(self) -> str:
        return "" if self._why_not(self._path) else self._path

    def _button(self, text: str, run: Callable[[], object]) -> QPushButton:
        button = PushButton(text)
        set_enter_presses(button, presses=False)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Sound"))
        endings = " ".join(f"*.{ending}" for one in self._formats for ending in SUFFIXES[one])
        dialog.setNameFilters([self.tr("Sounds ({endings})").format(endings=endings), self.tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self._path:
            dialog.setDirectory(str(Path(self._path).parent))
        dialog.fileSelected.connect(self.set_path)
        dialog.open()

    def _choose(self) -> None:
        self.chosen.emit(self._path)
        self.accept()
