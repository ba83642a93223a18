"""Chips with a button each that takes them away. Some are drawn, however many there are; the rest is a list that opens."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import ToolButton
from deskhand.ui.kit.chip import Chip, shortened
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.theme import Tone
from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.rest_list import RestButton

MOST = 12
"""Chips that are drawn. A chip is widgets to make and to lay out: 2,000 of them held the window for 5.6 s."""


class RemovableChip(QWidget):
    """A value with a button that removes it.

    Signals:
        removed: the agent took it away.
    """

    removed = Signal(str)

    def __init__(self, value: str, parent: QWidget, tone: Tone = Tone.PLAIN) -> None:
        super().__init__(parent)
        self.value = value
        self._chip = Chip(value, tone, self)
        self._chip.setToolTip(literal_tip("" if shortened(value) == value else value))
        self._remove = ToolButton(self)
        self._remove.setIcon(icons.icon("x"))
        self._remove.setIconSize(QSize(12, 12))
        self._remove.setStyleSheet("QToolButton { padding: 1px; border-radius: 4px; }")
        self._remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._remove.setAccessibleName(self.tr("Remove {text}").format(text=value))
        self._remove.clicked.connect(lambda: self.removed.emit(self.value))
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
        self._chip.set_text(self.value, tone)

    def set_removable(self, removable: bool) -> None:
        """Show the button or not."""
        self._remove.setVisible(removable)


class RemovableChips(QObject):
    """Any number of values, the first of them as chips, and a button that lists all where there are more.

    Signals:
        removed: the agent took one away; what is shown changes only when it is told so.

    Args:
        title: of the list: "All tags".
        search: what its empty line says: "Find a tag".
    """

    removed = Signal(str)

    def __init__(self, title: str, search: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._values: tuple[str, ...] = ()
        self._chips: list[RemovableChip] = []
        self._removable = True
        self.more = RestButton(title, search, self._entries, parent)

    @property
    def values(self) -> tuple[str, ...]:
        """All of them, each once."""
        return self._values

    @property
    def chips(self) -> Sequence[RemovableChip]:
        """Those that are drawn."""
        return self._chips

    @property
    def spoken(self) -> str:
        """What a screen reader says of them all: the first by name, the rest by number."""
        named = ", ".join(self._values[:MOST])
        rest = len(self._values) - MOST
        return self.tr("{named} and {count} more").format(named=named, count=rest) if rest > 0 else named

    def set_values(self, values: Sequence[str]) -> bool:
        """Show these, a chip that stays is not made anew; return whether anything is another now."""
        wanted = tuple(dict.fromkeys(values))
        if wanted == self._values:
            return False
        self._values = wanted
        old = {chip.value: chip for chip in self._chips}
        self._chips = [old.pop(value) if value in old else self._made(value) for value in wanted[:MOST]]
        for chip in old.values():
            chip.hide()
            chip.deleteLater()
        rest = len(wanted) - MOST
        self.more.set_rest(rest)
        return True

    def set_removable(self, removable: bool) -> None:
        """Let them be taken away, or not."""
        self._removable = removable
        for chip in self._chips:
            chip.set_removable(removable)

    def mark(self, describe: Callable[[str], tuple[Tone, str]]) -> None:
        """Give each drawn value the tone and the description that `describe` returns for it."""
        for chip in self._chips:
            tone, description = describe(chip.value)
            chip.set_tone(tone)
            chip.setAccessibleDescription(description)
            chip.setToolTip(literal_tip(description))

    def keep_tab_order(self, behind: QWidget) -> None:
        """Let Tab go through the chips in their order and then to the widget that stands behind them."""
        before = behind
        for after in (*(chip.remove_button for chip in self._chips), self.more, behind):
            QWidget.setTabOrder(before, after)
            before = after

    def _made(self, value: str) -> RemovableChip:
        chip = RemovableChip(value, self._parent)
        chip.set_removable(self._removable)
        chip.removed.connect(self.removed)
        chip.show()
        return chip

    def _entries(self) -> Iterator[Entry]:
        detail = self.tr("take away") if self._removable else ""
        return (Entry(value, detail, run=partial(self._emit_removed, value)) for value in self._values)

    def _emit_removed(self, value: str) -> None:
        if self._removable:
            self.removed.emit(value)
