"""Which columns the table has, in which order, how wide and sorted by what: with the mouse, or with the keyboard alone."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QVBoxLayout
from typing_extensions import override

from deskhand.domain.queries import GroupBy
from deskhand.ui.actions.action import translate
from deskhand.ui.actions.window_actions import DENSITIES, GROUPINGS
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.popup import Popup
from deskhand.ui.kit.popup_frame import margin
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.kit.tick_delegate import TickDelegate
from deskhand.ui.list.columns import COLUMNS, ColumnName, title_of
from deskhand.ui.list.columns_header import ColumnsHeader
from deskhand.ui.list.row_metrics import Density

_ROLE = Qt.ItemDataRole.UserRole
_STEP = 16
"""By so many of Qt's pixels a key makes a column wider."""
_FEWEST = 3
"""So many columns are seen on the lowest screen; the others scroll."""


class ColumnChooser(Popup):
    """A popup over the heads.

    Signals:
        groups_chosen: a GroupBy.
        cards_requested: no table any more.
    """

    groups_chosen = Signal(object)
    cards_requested = Signal()

    def __init__(self, header: ColumnsHeader, group_by: GroupBy) -> None:
        super().__init__(header)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("column-chooser")
        self.setAccessibleName(self.tr("Columns"))
        self._header = header
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Columns"))
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.viewport().setAutoFillBackground(False)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(TickDelegate(self._list))
        self._list.installEventFilter(self)
        self._fill()
        self._list.itemChanged.connect(self._ticked)
        self._list.model().rowsMoved.connect(self._moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(self._list)
        said = self.tr(
            "Space shows or hides, Alt+Up and Alt+Down move, Alt+Left and Alt+Right set the width, S sorts, Shift+S sorts second."
        )
        self._keys = label(said, role=Role.SMALL, wrap=True)
        column.addWidget(self._keys)
        for one, record in GROUPINGS.items():
            button = TickBox(translate(record.title), one_of_several=True)
            button.setChecked(one is group_by)
            button.clicked.connect(lambda _on=False, one=one: self.groups_chosen.emit(one))
            column.addWidget(button)
        again = PushButton(self.tr("As at first"))
        again.clicked.connect(self._start_over)
        cards = PushButton(self.tr("Back to cards ({key})").format(key=DENSITIES[Density.COMFORTABLE].keys[0]))
        cards.clicked.connect(self._to_cards)
        column.addWidget(again)
        column.addWidget(cards)
        self.setFixedWidth(260 + 2 * margin())

    def open_at(self, point: QPoint) -> None:
        """Open, the right edge at a point of the screen where there is room."""
        rows = self._list.sizeHintForRow(0) * len(COLUMNS) + 2 * self._list.frameWidth()
        self._list.setFixedHeight(rows)
        self.adjustSize()
        if (over := self.height() - 2 * margin() - self.screen().availableGeometry().height()) > 0:
            self._list.setFixedHeight(max(self._list.sizeHintForRow(0) * _FEWEST, rows - over))
            self.adjustSize()
        self.move_frame(point, self.screen().availableGeometry())
        self.show()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)
        self._list.setCurrentRow(0)

    def _fill(self) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for name, is_shown in self._header.shown().items():
            item = QListWidgetItem(title_of(next(one for one in COLUMNS if one.name is name)))
            item.setData(_ROLE, name)
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            if name is ColumnName.SUBJECT:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            self._list.addItem(item)
        self._list.blockSignals(False)

    def _ticked(self, item: QListWidgetItem) -> None:
        self._header.show_column(ColumnName(item.data(_ROLE)), is_shown=item.checkState() is Qt.CheckState.Checked)

    def _moved(self) -> None:
        for place in range(self._list.count()):
            self._header.move_column(ColumnName(self._list.item(place).data(_ROLE)), place)

    def _start_over(self) -> None:
        self._header.start_over()
        self._fill()

    def _to_cards(self) -> None:
        self.cards_requested.emit()
        self.close()

    def _shift(self, by: int) -> None:
        at = self._list.currentRow()
        to = at + by
        if 0 <= to < self._list.count():
            item = self._list.takeItem(at)
            self._list.insertItem(to, item)
            self._list.setCurrentRow(to)
            self._moved()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        row = self._list.currentRow()
        if row < 0:
            return False
        item = self._list.item(row)
        name, key, alt = ColumnName(item.data(_ROLE)), event.key(), Qt.KeyboardModifier.AltModifier
        wider = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if event.modifiers() & alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift(-1 if key == Qt.Key.Key_Up else 1)
        elif event.modifiers() & alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._header.widen_column(name, _STEP if key == wider else -_STEP)
        elif key == Qt.Key.Key_S:
            self._header.choose_sort(name, second=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            return False
        return True


def open_chooser(header: ColumnsHeader, group_by: GroupBy, at: QPoint | None = None) -> ColumnChooser:
    """Let the agent choose at a point of the screen, or at the end of the heads."""
    made = ColumnChooser(header, group_by)
    end = 0 if header.isRightToLeft() else header.width() - made.width() + 2 * margin()
    made.open_at(at if at is not None else header.mapToGlobal(QPoint(end, header.height())))
    return made
