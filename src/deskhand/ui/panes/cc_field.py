"""Who gets a copy: addresses as chips, and a line to type another into. What differs from the last message is marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from deskhand.ui import icons
from deskhand.ui.theme import Tone
from deskhand.ui.widgets.chip import Chip
from deskhand.ui.widgets.flow_layout import FlowLayout
from deskhand.ui.widgets.labels import Role, label

_ENDS = (",", ";", " ", "\n", "\t")


class RemovableChip(QWidget):
    """A word with a button that takes it away.

    Signals:
        removed: the agent took it away.
    """

    removed = Signal(str)

    def __init__(self, word: str, parent: QWidget, tone: Tone = Tone.PLAIN) -> None:
        super().__init__(parent)
        self.word = word
        self._chip = Chip(word, tone, self)
        self._remove = QToolButton(self)
        self._remove.setIcon(icons.icon("x"))
        self._remove.setIconSize(QSize(12, 12))
        self._remove.setStyleSheet("QToolButton { padding: 1px; border-radius: 4px; }")
        self._remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._remove.setAccessibleName(self.tr("Remove {word}").format(word=word))
        self._remove.clicked.connect(lambda: self.removed.emit(self.word))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._chip)
        row.addWidget(self._remove)

    @property
    def remove_button(self) -> QWidget:
        """What takes the focus."""
        return self._remove

    def set_tone(self, tone: Tone) -> None:
        """Say it in another colour."""
        self._chip.set_word(self.word, tone)

    def set_removable(self, removable: bool) -> None:
        """Show the button or not."""
        self._remove.setVisible(removable)


class CcField(QWidget):
    """Addresses of the copy.

    Signals:
        changed: the agent added or removed one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[RemovableChip] = []
        self._before: tuple[str, ...] = ()
        self._line = QLineEdit(self)
        self._line.setObjectName("Cc")
        self._line.setAccessibleName(self.tr("Cc"))
        self._line.setPlaceholderText(self.tr("Add an address"))
        self._line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 2px 0; }")
        self._line.setMinimumWidth(140)
        self._line.textEdited.connect(self._typed)
        self._line.returnPressed.connect(self.take_typed)
        self._line.installEventFilter(self)
        self._said = label("", self, role=Role.SMALL, tone=Tone.WAITING)
        self._said.hide()
        self._flow = FlowLayout(self, gap=6, line_gap=2)
        self._flow.addWidget(self._line)
        self._flow.addWidget(self._said)
        self.setFocusProxy(self._line)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Who gets a copy."""
        return tuple(chip.word for chip in self._chips)

    def set_addresses(self, addresses: Sequence[str]) -> None:
        """Show these."""
        if tuple(addresses) != self.addresses:
            for chip in self._chips:
                self._flow.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self._chips = [self._made(address) for address in dict.fromkeys(addresses)]
            self._lay_out()

    def set_before(self, addresses: Sequence[str]) -> None:
        """Say who got the last message, so that a difference shows."""
        self._before = tuple(address.casefold() for address in addresses)
        self._mark()

    @property
    def unfinished(self) -> str:
        """What is typed and is no address yet."""
        return self._line.text().strip()

    def take_typed(self) -> bool:
        """Make what is typed an address; False where it is none."""
        word = self._line.text().strip().strip(",;").strip("<>")
        if not word:
            return True
        name, at, host = word.rpartition("@")
        good = bool(at and name and "." in host and not any(c.isspace() for c in word))
        self._say("" if good else self.tr("This is no e-mail address."))
        if not good:
            return False
        self._line.clear()
        if word.casefold() not in (known.casefold() for known in self.addresses):
            self._chips.append(self._made(word))
            self._lay_out()
            self.changed.emit()
        return True

    def _typed(self, text: str) -> None:
        self._say("")
        if text.endswith(_ENDS):
            self.take_typed()

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self._line.setAccessibleDescription(words)

    def _made(self, address: str) -> RemovableChip:
        chip = RemovableChip(address, self)
        chip.removed.connect(self._remove)
        chip.show()
        return chip

    def _remove(self, address: str) -> None:
        self.set_addresses([other for other in self.addresses if other != address])
        self._line.setFocus()
        self.changed.emit()

    def _lay_out(self) -> None:
        while self._flow.count():
            self._flow.takeAt(0)
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._flow.addWidget(self._line)
        self._flow.addWidget(self._said)
        before: QWidget = self._line
        for chip in self._chips:
            QWidget.setTabOrder(before, chip.remove_button)
            before = chip.remove_button
        self._mark()
        self.updateGeometry()

    def _mark(self) -> None:
        for chip in self._chips:
            new = bool(self._before) and chip.word.casefold() not in self._before
            chip.set_tone(Tone.ACCENT if new else Tone.PLAIN)
            chip.setAccessibleDescription(self.tr("not in the last message") if new else "")
            chip.setToolTip(self.tr("Not in the last message") if new else "")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line:
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Backspace and not self._line.text() and self._chips:
                    self._remove(self._chips[-1].word)
                    return True
            elif isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
                self.take_typed()
        return super().eventFilter(watched, event)
