"""The line above the list while it shows a view of one's own with other filters than the view has."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for


class ChangedLine(QFrame):
    """Says that the view was changed; or what is wrong with it.

    Signals:
        save_requested: the view shall be as it is shown.
        back_requested: show it as it is kept.
        edit_requested: open its form.
    """

    save_requested = Signal()
    back_requested = Signal()
    edit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "raised")
        self._said = ElidedLabel(role=Role.SMALL, tone=Tone.PLAIN)
        self._save = self._link(self.tr("Save"), self.tr("Save the view as it is shown"))
        self._save.clicked.connect(self.save_requested)
        self._back = self._link(self.tr("Back"), self.tr("Show the view as it is kept"))
        self._back.clicked.connect(self.back_requested)
        self._edit = self._link(self.tr("Edit"), self.tr("Edit the view"))
        self._edit.clicked.connect(self.edit_requested)
        row = QHBoxLayout(self)
        set_margins(row, GAP_SMALL, 0, 3, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._said, 1)
        for button in (self._save, self._back, self._edit):
            row.addWidget(button)
        self.hide()

    def _link(self, text: str, name: str) -> QPushButton:
        button = PushButton(text)
        button.setAccessibleName(name)
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).small_medium)
        return button

    def show_state(self, *, is_changed: bool, problem: str) -> None:
        """Say that what is shown differs from the view, or what is wrong with the view; nothing where neither is so."""
        self._said.setText(problem or self.tr("changed"))
        self._said.set_tone(Tone.WRONG if problem else Tone.PLAIN)
        self._save.setVisible(is_changed)
        self._back.setVisible(is_changed)
        self._edit.setVisible(bool(problem))
        self.setVisible(is_changed or bool(problem))

    @property
    def said(self) -> str:
        """What it says; empty while it is not shown."""
        return "" if self.isHidden() else self._said.text()
