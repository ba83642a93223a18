"""What is selected, in the place of the conversation: by vendor, with what can be done to it below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from deskhand.ui.actions.ticket_menus import BULK_BAR
from deskhand.ui.bulk.bulk_bar import BulkBar
from deskhand.ui.bulk.selected_part import PartText, SelectedPart
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.theme import GAP, GAP_LARGE, Tone


class BulkPanel(QWidget):
    """A title, a part for each vendor, and the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is selected"))
        self._title = ElidedLabel(role=Role.TITLE)
        self._keys = label(role=Role.SMALL, tone=Tone.PLAIN)
        self._keys.setText(self.tr("X in or out · Shift+J, K a range · Esc none"))
        head = QFrame()
        line = QHBoxLayout(head)
        line.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        line.addWidget(self._title, 1)
        line.addWidget(self._keys)
        self._limit = label(tone=Tone.WAITING, wrap=True)
        self._limit.setContentsMargins(GAP_LARGE, 0, GAP_LARGE, GAP)
        self._limit.hide()
        self._parts: list[SelectedPart] = []
        self._column = ScrollColumn()
        self._column.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column.setAccessibleName(self.tr("Selected tickets by vendor"))
        self._column.column.setContentsMargins(0, 0, 0, 0)
        self._column.column.setSpacing(0)
        self._column.column.addStretch(1)
        self.bar = BulkBar(BULK_BAR)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._limit)
        whole.addWidget(self._column, 1)
        whole.addWidget(self.bar)

    def set_title(self, title: str, limit: str) -> None:
        """Say how much is selected.

        Args:
            limit: that it is more than can be changed at once; empty where it is not.
        """
        self._title.setText(title)
        self._limit.setText(limit)
        self._limit.setVisible(bool(limit))

    def set_parts(self, parts: Sequence[PartText]) -> None:
        """Show the vendors of what is selected."""
        while len(self._parts) < len(parts):
            part = SelectedPart()
            self._column.column.insertWidget(len(self._parts), part)
            self._parts.append(part)
        for part, text in zip(self._parts, parts, strict=False):
            part.set_text(text)
        for number, part in enumerate(self._parts):
            part.setVisible(number < len(parts))

    @property
    def title(self) -> str:
        """How much it says is selected."""
        return self._title.text()

    @property
    def parts(self) -> tuple[str, ...]:
        """What is said of each vendor, as a screen reader reads it."""
        return tuple(part.accessibleName() for part in self._parts if not part.isHidden())
