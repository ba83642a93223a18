"""The heads over the list as a table: dragged to another place or width, chosen in a menu, clicked to sort."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QStandardItemModel,
)
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.queries import Sort
from deskhand.ui.kit.one_line import elided, paint_line
from deskhand.ui.kit.theme import fonts_for, theme_of
from deskhand.ui.list.columns import COLUMNS, ColumnName, TableColumn, title_of

_HEIGHT = 30
_LEAST = 48
_NUMBER = {column.name: n for n, column in enumerate(COLUMNS)}
_SUBJECT = _NUMBER[ColumnName.SUBJECT]
_SUBJECT_LEAST = 170
"""So much room a subject keeps: in a narrow table other columns give way, in this order, and come back when there is room."""
_FIRST = 3
"""So many columns at the beginning never give way: the agent may have put one there."""
_GIVE_WAY = tuple(
    _NUMBER[name]
    for name in (
        ColumnName.ASSIGNEE, ColumnName.GROUP, ColumnName.TAGS, ColumnName.DUE, ColumnName.PRIORITY, ColumnName.UPDATED, ColumnName.STATE,
    )
)  # fmt: skip


class ColumnsHeader(QHeaderView):
    """One head for each column. The subject takes the width that the others leave.

    Signals:
        arranged: a column is wider, elsewhere, shown or hidden now.
        arranged_by_hand: the agent did that, so that it is to be kept.
        sort_chosen: the orders of the column that was clicked (tuple of Sort), and whether it is to be the second order (with Shift).
        chooser_requested: a point on the screen, at which the columns are to be chosen.
    """

    arranged = Signal()
    arranged_by_hand = Signal()
    sort_chosen = Signal(tuple, bool)
    chooser_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._busy = False
        self._sort = Sort.NEWEST
        self._then: Sort | None = None
        self._gave_way: set[int] = set()
        model = QStandardItemModel(0, len(COLUMNS), self)
        model.setHorizontalHeaderLabels([title_of(column) for column in COLUMNS])
        self.setModel(model)
        self.setAccessibleName(self.tr("Columns"))
        self.setObjectName("columns")
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(_LEAST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setHighlightSections(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        for number, column in enumerate(COLUMNS):
            what = (
                self.tr("Sort by this; with Shift, where the first order says nothing")
                if column.sorts
                else self.tr("The list cannot be sorted by this")
            )
            model.setHeaderData(number, Qt.Orientation.Horizontal, what, Qt.ItemDataRole.ToolTipRole)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSectionResizeMode(_SUBJECT, QHeaderView.ResizeMode.Stretch)
        self._start_over()
        self.sectionClicked.connect(self._clicked)
        self.sectionResized.connect(lambda number, _old, _new: self._changed(by_hand=number != _SUBJECT))
        self.sectionMoved.connect(lambda *_: self._changed(by_hand=True))

    # what it is told

    def restore(self, arrangement: str) -> None:
        """Arrange the columns as `arrangement` says, or as they are at first."""
        self._busy = True
        try:
            self._arrange(_read(arrangement))
        finally:
            self._busy = False
        self.arranged.emit()

    def _arrange(self, wanted: Sequence[tuple[int, int, bool]]) -> None:
        self._gave_way = set()
        for place, (number, width, is_shown) in enumerate(wanted):
            self.moveSection(self.visualIndex(number), place)
            self.setSectionHidden(number, not is_shown)
            if number != _SUBJECT:
                self._known[number] = width
                self.resizeSection(number, width)
        self.setSectionResizeMode(_SUBJECT, QHeaderView.ResizeMode.Stretch)
        self.setSectionHidden(_SUBJECT, False)
        if self.isVisible():
            self._give_way()

    def set_sort(self, sort: Sort, then: Sort | None = None) -> None:
        """Show by which column the list is sorted, and by which where the first are equal."""
        self._sort, self._then = sort, then
        for number, column in enumerate(COLUMNS):
            self.model().setHeaderData(
                number, Qt.Orientation.Horizontal, self._spoken(column), Qt.ItemDataRole.AccessibleTextRole
            )
        self.viewport().update()

    # what it tells

    @property
    def arrangement(self) -> str:
        """Widths, order and choice, for `restore`."""
        numbers = sorted(range(len(COLUMNS)), key=self.visualIndex)
        widths = self._widths
        return json.dumps([[COLUMNS[n].name.value, widths[n], self._is_wanted(n)] for n in numbers])

    def _is_wanted(self, number: int) -> bool:
        """Tell whether a column is shown where there is room for it."""
        return not self.isSectionHidden(number) or number in self._gave_way

    def _give_way(self) -> None:
        """Hide columns for which there is no room beside the subject, and show those again for which there is."""
        widths = self._widths
        wanted = {n for n in range(len(COLUMNS)) if self._is_wanted(n) and n != _SUBJECT}
        left = self.width() - _SUBJECT_LEAST - sum(widths[n] for n in wanted)
        gives: set[int] = set()
        for number in _GIVE_WAY:
            if left >= 0:
                break
            if number in wanted and self.visualIndex(number) >= _FIRST:
                gives.add(number)
                left += widths[number]
        if gives == self._gave_way:
            return
        before, self._busy = self._busy, True
        for number in self._gave_way - gives:
            self.setSectionHidden(number, False)
            self.resizeSection(number, widths[number])
        for number in gives:
            self.setSectionHidden(number, True)
        self._gave_way, self._busy = gives, before

    @property
    def _widths(self) -> list[int]:
        """The widths; of a hidden column, the one that it had."""
        sizes: list[int] = []
        for n, column in enumerate(COLUMNS):
            if not self.isSectionHidden(n):
                self._known[n] = self.sectionSize(n)
            sizes.append(self._known.get(n, column.width))
        return sizes

    def places(self) -> list[tuple[TableColumn, int, int]]:
        """Return the shown columns from the left, each with where it begins in this widget, and its width."""
        shown = [n for n in range(len(COLUMNS)) if not self.isSectionHidden(n)]
        shown.sort(key=self.sectionViewportPosition)
        return [(COLUMNS[n], self.sectionViewportPosition(n), self.sectionSize(n)) for n in shown]

    def shown(self) -> dict[ColumnName, bool]:
        """Return all columns in their order, and which are shown."""
        numbers = sorted(range(len(COLUMNS)), key=self.visualIndex)
        return {COLUMNS[n].name: self._is_wanted(n) for n in numbers}

    def show_column(self, name: ColumnName, *, is_shown: bool) -> None:
        """Show a column, or hide it; the subject stays."""
        number = _NUMBER[name]
        if number == _SUBJECT:
            return
        width = self._widths[number]
        self._gave_way.discard(number)
        self.setSectionHidden(number, not is_shown)
        if is_shown:
            self.resizeSection(number, width)
        self._changed(by_hand=True)

    def move_column(self, name: ColumnName, place: int) -> None:
        """Put a column elsewhere, counted from 0 over all columns, hidden ones too."""
        self.moveSection(self.visualIndex(_NUMBER[name]), max(0, min(place, len(COLUMNS) - 1)))

    def widen_column(self, name: ColumnName, by: int) -> None:
        """Make a column wider or narrower; the subject has what the others leave."""
        number = _NUMBER[name]
        if number != _SUBJECT and not self.isSectionHidden(number):
            self.resizeSection(number, max(_LEAST, self.sectionSize(number) + by))

    def start_over(self) -> None:
        """Arrange the columns as they are at first."""
        self.restore("")
        self.arranged_by_hand.emit()

    def choose_sort(self, name: ColumnName, *, second: bool = False) -> None:
        """Ask for the order of a column, or for its next one."""
        sorts = COLUMNS[_NUMBER[name]].sorts
        if sorts:
            self.sort_chosen.emit(sorts, second)

    # inside

    def _start_over(self) -> None:
        self._known: dict[int, int] = {}
        self._arrange(_read(""))

    def _clicked(self, number: int) -> None:
        second = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.choose_sort(COLUMNS[number].name, second=second)

    def _sign(self, column: TableColumn) -> str:
        """Return the arrow of a column that the list is sorted by, with its place where there are two."""
        for sort, place in ((self._sort, " 1"), (self._then, " 2")):
            if sort is not None and sort in column.sorts:
                arrow = "↓" if column.sorts.index(sort) == 0 else "↑"
                return f"{arrow}{place if self._then is not None else ''} "
        return ""

    def _spoken(self, column: TableColumn) -> str:
        if self._sort in column.sorts:
            return self.tr("{column}, sorted by this").format(column=title_of(column))
        if self._then is not None and self._then in column.sorts:
            return self.tr("{column}, second order").format(column=title_of(column))
        return title_of(column)

    def _changed(self, *, by_hand: bool) -> None:
        if self._busy:
            return
        if by_hand:
            self._give_way()
        self.arranged.emit()
        if by_hand and self.isVisible():
            self.arranged_by_hand.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()
        self.resizeSections()  # now: a row that is painted next asks where they are
        self._changed(by_hand=False)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.chooser_requested.emit(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts, mirrored = theme_of(self.palette()), fonts_for(self.font()), self.isRightToLeft()
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), QColor(theme.page))
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.hair))
            painter.setFont(fonts.small_medium)
            painter.setPen(QColor(theme.quiet))
            for column, x, width in self.places():
                is_sorted = self._sort in column.sorts or (self._then is not None and self._then in column.sorts)
                painter.setPen(QColor(theme.text if is_sorted else theme.quiet))
                text = elided(self._sign(column) + title_of(column), painter.fontMetrics(), width - 8)
                at_end = column.name is ColumnName.WAITS
                gap = 12 if at_end else 8
                place = QRect(x + (gap if mirrored else 0), 0, width - gap, self.height())
                paint_line(painter, place, text, mirrored=mirrored, at_end=at_end)


def _read(arrangement: str) -> list[tuple[int, int, bool]]:
    """Return number, width and choice of every column in the order that was kept; new ones stand where they do at first."""
    usual = [(n, column.width, column.is_usual) for n, column in enumerate(COLUMNS)]
    try:
        stored = json.loads(arrangement) if arrangement else []
        kept = [(_NUMBER[ColumnName(name)], max(_LEAST, int(width)), bool(shown)) for name, width, shown in stored]
    except (ValueError, TypeError, RecursionError):
        return usual
    known = {number for number, _, _ in kept}
    if len(known) != len(kept):
        return usual
    for number, width, is_shown in usual:
        if number not in known:
            kept.insert(min(number, len(kept)), (number, width, is_shown))
    return kept
