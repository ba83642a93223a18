"""The box "Why did nothing show?": a test, and every link between an event and its notification."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from deskhand.ui.kit import icons
from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.icon_label import IconLabel
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone, tone_text
from deskhand.ui.notifications.chain_text import ChainLine

_MARKS = {True: ("circle-check", Tone.GOOD), False: ("circle-alert", Tone.WRONG), None: ("info", Tone.PLAIN)}


class ChainBox(QFrame):
    """Empty until the first test.

    Signals:
        test_requested: send one, and say what became of it.
        fix_requested: the `Part` that is to be mended.
    """

    test_requested = Signal()
    fix_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._said = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._button = PushButton(self.tr("Send a test"))
        set_enter_presses(self._button, presses=False)
        self._button.clicked.connect(self.test_requested)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(label(self.tr("Why did nothing show?"), role=Role.BOLD))
        head.addWidget(self._said, 1)
        head.addWidget(self._button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._column.setSpacing(GAP_SMALL)
        self._column.addLayout(head)
        self._rows: list[QWidget] = []
        self.set_said(self.tr("A test says which link of the chain holds it up."))

    def set_said(self, text: str) -> None:
        """Say what became of the test."""
        self._said.setText(text)

    def set_lines(self, lines: Sequence[ChainLine], said: str) -> None:
        """Show every link."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(line) for line in lines]
        for row in self._rows:
            self._column.addWidget(row)
            row.show()  # now, so that its height counts
        self.set_said(said)
        announce(self, " ".join((said, *(line.text for line in lines if line.holds is False))))

    def _row(self, line: ChainLine) -> QWidget:
        name, tone = _MARKS[line.holds]
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        mark = IconLabel(icons.icon(name, ink=lambda theme: tone_text(theme, tone)))
        mark.setAccessibleName({True: self.tr("holds"), False: self.tr("broken"), None: self.tr("remark")}[line.holds])
        row.addWidget(mark)
        row.addWidget(label(line.text, role=Role.SMALL, tone=Tone.WRONG if line.holds is False else None, wrap=True), 1)
        if line.fix:
            button = PushButton(line.fix)
            button.setProperty("kind", "link")
            set_enter_presses(button, presses=False)
            button.clicked.connect(lambda _checked=False: self.fix_requested.emit(line.part))
            row.addWidget(button)
        return made
