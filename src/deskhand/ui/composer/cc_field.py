"""Who gets a copy: addresses as chips, and a line to type another into. What differs from the last message is marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from deskhand.content.addresses import read_addresses
from deskhand.ui.composer.composition import Composition
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.focus_ring import leave_ring
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.removable_chips import RemovableChips
from deskhand.ui.kit.theme import Tone

_ENDS = (",", ";", " ", "\n", "\t")
_MAX_NAMED = 2
"""Wrong addresses that are explained at once."""


class CcField(QWidget):
    """Addresses of the copy.

    Signals:
        changed: the agent added or removed one, or typed in the line.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: frozenset[str] = frozenset()
        self._line = QLineEdit(self)
        self._line.setObjectName("Cc")
        self._line.setAccessibleName(self.tr("Cc"))
        self._line.setPlaceholderText(self.tr("Add an address"))
        self._line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 2px 0; }")
        leave_ring(self._line)
        self._line.setMinimumWidth(140)
        self._line.textEdited.connect(self._typed)
        self._line.returnPressed.connect(self.add_typed)
        self._chips = RemovableChips(self.tr("All copies"), self.tr("Find an address"), self)
        self._chips.removed.connect(self._remove)
        self._message = label("", self, role=Role.SMALL, tone=Tone.WAITING, wrap=True)
        self._message.hide()
        self._flow = FlowLayout(self, gap=6, line_gap=2)
        self._lay_out()
        self._line.installEventFilter(self)
        self._composition = Composition(
            self._line
        )  # Qt asks the newest filter first: it ends before what is typed is taken
        self.setFocusProxy(self._line)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Who gets a copy."""
        return self._chips.values

    def set_addresses(self, addresses: Sequence[str]) -> None:
        """Show these."""
        if self._chips.set_values(addresses):
            self._lay_out()

    def set_before(self, addresses: Sequence[str]) -> None:
        """Say who got the last message, so that a difference shows."""
        self._before = frozenset(address.casefold() for address in addresses)
        self._mark()

    @property
    def half_typed(self) -> str:
        """What stands in the line and is no address yet."""
        return self._line.text()

    def set_half_typed(self, text: str) -> None:
        """Put back what stood in the line, without its undo steps; nothing is said about it until the agent goes on."""
        self._chips.more.close_list()
        self._composition.drop()
        if text != self._line.text() or self._line.isUndoAvailable():
            self._line.setText(text)
        self._show_message("")

    def add_typed(self) -> bool:
        """Make what is typed addresses; False where something in it is none: that stays in the line."""
        typed = self._line.text()
        found = read_addresses(typed)
        self._show_message(" ".join(found.problems[:_MAX_NAMED]))
        left = ", ".join(found.refused)
        if left == typed and not found.addresses:
            return not left
        self._line.setText(left)
        known = {address.casefold() for address in self.addresses}
        self.set_addresses([*self.addresses, *(one for one in found.addresses if one.casefold() not in known)])
        self.changed.emit()
        return not left

    def _typed(self, text: str) -> None:
        self._show_message("")
        found = read_addresses(text) if text.endswith(_ENDS) or "," in text or ";" in text else None
        # `"Doe, ` and `Jane ` may still become an address.
        if found is not None and not found.refused and (text.endswith(_ENDS) or len(found.addresses) > 1):
            self.add_typed()
        else:
            self.changed.emit()

    def _show_message(self, message: str) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self._line.setAccessibleDescription(message)

    def _remove(self, address: str) -> None:
        self.set_addresses([other for other in self.addresses if other != address])
        self._line.setFocus()
        self.changed.emit()

    def _lay_out(self) -> None:
        while self._flow.count():
            self._flow.takeAt(0)
        for part in (*self._chips.chips, self._chips.more, self._line, self._message):
            self._flow.addWidget(part)
        self._chips.keep_tab_order(self._line)
        self._mark()
        self.updateGeometry()

    def _mark(self) -> None:
        self._chips.mark(self._describe)

    def _describe(self, address: str) -> tuple[Tone, str]:
        if not self._before or address.casefold() in self._before:
            return Tone.PLAIN, ""
        return Tone.ACCENT, self.tr("not in the last message")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line:
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Backspace and not self._line.text() and self.addresses:
                    self._remove(self.addresses[-1])
                    return True
            elif isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
                self.add_typed()
        return super().eventFilter(watched, event)
