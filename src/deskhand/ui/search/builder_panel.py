"""The builder: rows that say the same as the text of the search box. Which text they make is `domain.filters.builder`'s."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.filters.builder import Groups, Row, new_row, read, write
from deskhand.domain.filters.completion import Suggestion
from deskhand.domain.filters.syntax import Field
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.tab_order import order_tabs
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone, fonts_for, theme_of
from deskhand.ui.search.builder_row import BuilderRow

_EDGE = 16
_WIDTH, _HEIGHT = 560, 320


class FilterBuilder(QFrame):
    """Groups of rows; each change makes the text anew.

    Signals:
        changed: the text that the rows say now. closed: it is to go.
        operators_requested: every operator is to be shown.
        offers_wanted: as of `BuilderRow`.
    """

    changed = Signal(str)
    closed = Signal()
    operators_requested = Signal()
    offers_wanted = Signal(str, int, int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setAccessibleName(self.tr("Filter"))
        self._groups: Groups = ((),)
        self._written: str | None = None
        self._values: dict[Field, Sequence[Suggestion]] = {}
        self._rows: list[list[BuilderRow]] = []
        self._parts: list[QWidget] = []
        title = label(self.tr("Filter"), role=Role.BOLD)
        same = label(self.tr("the same words as above; change either one"), role=Role.SMALL, tone=Tone.PLAIN)
        close = IconButton("x", self.tr("Close the filter"), side=24)
        close.clicked.connect(self.closed)
        heading = QHBoxLayout()
        heading.setSpacing(GAP_SMALL)
        heading.addWidget(title)
        heading.addWidget(same, 1)
        heading.addWidget(close)
        self._scroll = ScrollColumn()
        self._column = self._scroll.column
        self._column.setSpacing(6)
        self._column.addStretch(1)
        self._or = self._link(self.tr("+ Or, a second group"), self._add_group)
        operators = self._link(self.tr("All operators"), self.operators_requested.emit)
        foot = QHBoxLayout()
        foot.addWidget(self._or)
        foot.addStretch(1)
        foot.addWidget(operators)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_EDGE, GAP, _EDGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addLayout(heading)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(foot)
        self.hide()

    def _link(self, text: str, pressed: object) -> QPushButton:
        button = PushButton(text)
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).medium)
        button.clicked.connect(lambda _checked=False: pressed())  # type: ignore[operator]
        return button

    # what it is told

    def set_values(self, values: dict[Field, Sequence[Suggestion]]) -> None:
        """Offer these values, by field."""
        if values != self._values:
            self._values = values
            for group in self._rows:
                for row in group:
                    row.set_row(row.row)

    def set_text(self, text: str) -> None:
        """Show a filter's text; what the rows just wrote changes nothing in them."""
        if text.strip() != self._written:
            self._written = text.strip()
            self._groups = read(text)
            self._show()

    def focus_first(self) -> None:
        """Give the keyboard to the first value; without a row, to a new one."""
        if not any(self._groups):
            self._add_row(0)
        elif self._rows:
            first = next(group for group in self._rows if group)
            first[0].focus_value()

    # what it tells

    @property
    def rows(self) -> tuple[tuple[BuilderRow, ...], ...]:
        """The rows, by group."""
        return tuple(tuple(group) for group in self._rows)

    # inside

    def _choices(self, field: Field) -> Sequence[Suggestion]:
        return self._values.get(field, ())

    def _show(self) -> None:
        """Lay the groups out anew where there are others, and show what each row says."""
        if [len(group) for group in self._groups] != [len(group) for group in self._rows] or not self._parts:
            self._lay_out()
        self._fill()

    def _fill(self) -> None:
        for shown, rows in zip(self._rows, self._groups, strict=True):
            for editor, row in zip(shown, rows, strict=True):
                if editor.row != row:
                    editor.set_row(row)

    def _lay_out(self) -> None:
        had_keyboard = self.isAncestorOf(self.window().focusWidget() or self.window())
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._rows = [], []
        for number, group in enumerate(self._groups):
            if number:
                self._place(label(self.tr("or"), role=Role.SMALL, tone=Tone.PLAIN))
            self._rows.append([self._make_row(number, at) for at in range(len(group))])
            for row in self._rows[-1]:
                self._place(row)
            self._place(self._link(self.tr("+ And"), lambda number=number: self._add_row(number)), is_narrow=True)
        self._fill()
        order_tabs(self)
        if had_keyboard and not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self._or.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, part: QWidget, *, is_narrow: bool = False) -> None:
        side = Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0)
        self._column.insertWidget(self._column.count() - 1, part, 0, side)
        part.show()  # now: the layout would do so later, and the keyboard is about to go there
        self._parts.append(part)

    def _make_row(self, group: int, at: int) -> BuilderRow:
        row = BuilderRow(self._choices)
        row.changed.connect(lambda changed: self._change(group, at, changed))
        row.removed.connect(lambda: self._remove(group, at))
        row.offers_wanted.connect(self.offers_wanted)
        return row

    def _change(self, group: int, at: int, row: Row) -> None:
        rows = list(self._groups[group])
        rows[at] = row
        self._put(group, rows)

    def _remove(self, group: int, at: int) -> None:
        rows = list(self._groups[group])
        del rows[at]
        groups = list(self._groups)
        groups[group] = tuple(rows)
        kept = tuple(each for each in groups if each) or ((),)
        self._groups = kept
        self._show()
        self._or.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _put(self, group: int, rows: Sequence[Row]) -> None:
        groups = list(self._groups)
        groups[group] = tuple(rows)
        self._groups = tuple(groups)
        self._tell()

    def _add_row(self, group: int) -> None:
        self._groups = tuple(
            (*rows, new_row(Field.STATE)) if number == group else rows for number, rows in enumerate(self._groups)
        )
        self._show()
        self._rows[group][-1].focus_value()

    def _add_group(self) -> None:
        self._groups = (*(group for group in self._groups if group), (new_row(Field.STATE),))
        self._show()
        self._rows[-1][-1].focus_value()

    def _tell(self) -> None:
        self._written = write(self._groups)
        self.changed.emit(self._written)

    @override
    def event(self, event: QEvent, /) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            order_tabs(self)  # rows come and go, and a value's editor with the field
        return handled

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, max(_HEIGHT, 130 + self._scroll.height_for(self.width() - 2 * _EDGE)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.side))
            painter.fillRect(0, 0, self.width(), 1, QColor(theme.hair))
