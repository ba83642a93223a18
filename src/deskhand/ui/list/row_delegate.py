"""A ticket's row: who and how long, the subject, what was said last, and glyphs for what is not the usual.

Measured: a call into Python costs 0.1 us, a text 4 us, eliding 10 us and more. So a row's strings are cut once per width and minute
and kept; what remains is drawing at fixed places.
"""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip
from typing_extensions import override

from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import TicketRow
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.avatar import mark
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.painted_button import paint_ground
from deskhand.ui.kit.priority_glyph import priority_pixmap
from deskhand.ui.kit.theme import RADIUS_CHIP, Fonts, fonts_for, theme_of
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.list.columns import TableColumn
from deskhand.ui.list.head_painter import HeadPainter
from deskhand.ui.list.hit_rows import HitColumnsMaker, HitRowMaker
from deskhand.ui.list.row_layout import ColumnsMaker, RowLayout, RowMaker
from deskhand.ui.list.row_metrics import DOT, TICK, TICK_X, Density, RowMetrics
from deskhand.ui.list.row_model import RowModel
from deskhand.ui.list.row_motion import RowMotion
from deskhand.ui.list.row_ticks import RowTicks

_MAX_LAYOUTS = 600
_BAR = 3


class RowDelegate(QAbstractItemDelegate):
    """Paints only; asks the model for rows without going through roles."""

    def __init__(self, model: RowModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._density = Density.COMFORTABLE
        self._layouts: dict[TicketKey, RowLayout] = {}
        self._layouts_for: tuple[int, int, bool] = (0, 0, False)
        self._fonts: Fonts = fonts_for(view.font())
        self._metrics = RowMetrics(self._fonts)
        self._theme: Theme | None = None
        self._colours: dict[str, QColor] = {}
        self._places: list[tuple[TableColumn, int, int]] = []
        self._heads = HeadPainter(model, view)
        self._motion: RowMotion | None = getattr(view, "motion", None)
        self._ticks: RowTicks | None = getattr(view, "ticks", None)

    @property
    def height(self) -> int:
        """A row's height."""
        return self._metrics.height

    @property
    def density(self) -> Density:
        """How much of each ticket is shown."""
        return self._density

    def set_density(self, density: Density) -> None:
        """Show more or less of each ticket."""
        self._density = density
        self.update_fonts()

    def set_places(self, places: list[tuple[TableColumn, int, int]]) -> None:
        """Paint the columns of a table here: each with where it begins and its width."""
        self._places = places
        self._layouts.clear()

    def update_fonts(self) -> None:
        """Measure again after the view's font changed."""
        self._fonts = fonts_for(self._view.font())
        self._metrics = RowMetrics(self._fonts, self._density)
        self._layouts.clear()

    def clear_layouts(self, keys: Iterable[TicketKey] | None = None) -> None:
        """Cut strings anew, after something changed that is not in a row (an account's name).

        Args:
            keys: of these tickets alone; None = of all.
        """
        if keys is None:
            self._layouts.clear()
            return
        for key in keys:
            self._layouts.pop(key, None)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, self._metrics.height)

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Say the whole of a text that is cut, and what a dash in a table means."""
        row = self._model.row(index.row())
        if row is None:
            return super().helpEvent(event, view, option, index)
        if whole := self._whole_at(row, option.rect, event.pos()):
            QToolTip.showText(event.globalPos(), literal_tip(whole), view)
            return True
        if self._density is not Density.COLUMNS:
            return super().helpEvent(event, view, option, index)
        lacks = self._model.account(row.key.account).lacks
        pointed = (column for column, x, width in self._places if x <= event.pos().x() < x + width)
        if any(column.feature in lacks for column in pointed):
            QToolTip.showText(event.globalPos(), self.tr("This vendor has no such field"), view)
            return True
        return False

    def _whole_at(self, row: TicketRow, rect: QRect, point: QPoint) -> str:
        """Return the whole of the cut text at a point; empty where none is."""
        at = point - rect.topLeft()
        for words in self._layout(row, rect.width()).words:
            if words.whole:
                metrics = QFontMetrics(getattr(self._fonts, words.font))
                place = QRect(0, 0, metrics.horizontalAdvance(words.shown), metrics.height())
                if place.translated(words.x, words.base - metrics.ascent()).contains(at):
                    return words.whole
        return ""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text has its own
        try:
            if self._motion is not None and self._motion.is_moving:
                row = self._model.cached_row(index.row()) or self._model.head(index.row())
                painter.translate(0, self._motion.offset(row.key) if row is not None else 0)
            self._paint(painter, option, index.row())
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, number: int) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        theme = theme_of(self._view.palette())
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = theme.page
        if selected:
            ground = theme.selected if self._view.hasFocus() else theme.idle
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = theme.hover
        painter.fillRect(rect, self._colour(theme, ground))
        line = rect.adjusted(self._metrics.text_x, rect.height() - 1, 0, 0)
        if self._view.isRightToLeft():
            line.moveLeft(rect.left())
        painter.fillRect(line, self._colour(theme, theme.hair))
        row = self._model.row(number)
        if row is not None:
            self._paint_row(painter, rect, row, theme)
            pointed = bool(state & QStyle.StateFlag.State_MouseOver)
            self._paint_gutter(painter, rect, row, theme, selected=selected, pointed=pointed)
        elif (head := self._model.head(number)) is not None:
            self._heads.paint(painter, rect, head, self._metrics, theme)
        if selected:
            at = rect.right() - _BAR + 1 if self._view.isRightToLeft() else rect.left()
            painter.fillRect(at, rect.top(), _BAR, rect.height(), self._colour(theme, theme.accent))
        if state & QStyle.StateFlag.State_HasFocus and not (selected and self._is_only_one(number)):
            # The row that the keyboard stands on, where the selection alone does not tell.
            painter.setPen(self._colour(theme, theme.accent))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _colour(self, theme: Theme, named: str) -> QColor:
        if theme is not self._theme:
            self._theme = theme
            self._colours.clear()
        made = self._colours.get(named)
        if made is None:
            made = self._colours[named] = QColor(named)
        return made

    def _is_only_one(self, number: int) -> bool:
        selection = self._view.selectionModel().selection()
        return selection.size() == 1 and range(selection.at(0).top(), selection.at(0).bottom() + 1) == range(
            number, number + 1
        )

    def _paint_tick(self, painter: QPainter, rect: QRect, theme: Theme, *, ticked: bool) -> None:
        """Paint a tick where the unread dot stands else, so that nothing moves for it; unread is in the letters then."""
        at = rect.right() - TICK_X - TICK + 1 if self._view.isRightToLeft() else rect.left() + TICK_X
        place = QRect(at, rect.top() + self._metrics.mid[0] - TICK // 2, TICK, TICK)
        ground, border = (theme.accent, theme.accent) if ticked else (theme.page, theme.edge)
        painter.save()
        paint_ground(painter, place.toRectF(), ground, border, RADIUS_CHIP - 1)
        painter.restore()
        if ticked:
            icons.paint(painter, place.adjusted(1, 1, -1, -1), "check", theme.on_accent)

    def _paint_row(self, painter: QPainter, rect: QRect, row: TicketRow, theme: Theme) -> None:
        layout = self._layout(row, rect.width())
        p = self._metrics
        left, top = rect.left(), rect.top()
        ratio = painter.device().devicePixelRatio()
        if layout.mark_x is not None:
            account = account_pixmap(layout.account, p.mark, theme, ratio)
            painter.drawPixmap(left + layout.mark_x, top + p.mark_y, account)
        for glyph in layout.glyphs:
            image = priority_pixmap(glyph.priority, p.icon, theme, ratio, p.font)
            if image is None:
                image = icons.pixmap(glyph.icon, p.icon, getattr(theme, glyph.ink), ratio)
            painter.drawPixmap(left + glyph.x, top + glyph.y, image)
        for words in layout.words:
            painter.setFont(getattr(self._fonts, words.font))
            painter.setPen(self._colour(theme, getattr(theme, words.ink)))
            painter.drawText(left + words.x, top + words.base, words.shown)
        for marked in layout.marked:
            marked.paint(painter, left, top, theme)

    def _paint_gutter(
        self, painter: QPainter, rect: QRect, row: TicketRow, theme: Theme, *, selected: bool, pointed: bool
    ) -> None:
        """Paint a tick, or else that a ticket is unread.

        The tick of the row under the pointer says what a press on it would begin, so it is off while nothing is picked.
        """
        is_picking = self._ticks is not None and self._ticks.are_shown
        if is_picking or (pointed and self._ticks is not None):
            self._paint_tick(painter, rect, theme, ticked=selected and is_picking)
        elif row.unread:
            dot = mark("", theme.accent, DOT, painter.device().devicePixelRatio(), "")
            at = QPoint(
                rect.left() + self._layout(row, rect.width()).dot_x, rect.top() + self._metrics.mid[0] - DOT // 2
            )
            painter.drawPixmap(at, dot)

    def _layout(self, row: TicketRow, width: int) -> RowLayout:
        now = self._model.now()
        stamp = (width, int(now.timestamp()) // 30, self._view.isRightToLeft())
        if stamp != self._layouts_for or len(self._layouts) > _MAX_LAYOUTS:
            self._layouts.clear()
            self._layouts_for = stamp
        layout = self._layouts.get(row.key)
        if layout is None or (layout.row is not row and layout.row != row):  # read again, but mostly the same
            account = self._model.account(row.key.account)
            mirrored = self._view.isRightToLeft()
            maker = self._maker(row, width, mirrored=mirrored)
            layout = self._layouts[row.key] = maker.make(account, now, self.tr("No subject"))
        return layout

    def _maker(self, row: TicketRow, width: int, *, mirrored: bool) -> RowMaker:
        is_table, hits = self._density is Density.COLUMNS, self._model.hits
        if is_table and hits:
            table = HitColumnsMaker(row, self._metrics, width, mirrored=mirrored, places=self._places)
            return table.with_hits(hits, self._fonts, self._model.now())
        if is_table:
            return ColumnsMaker(row, self._metrics, width, mirrored=mirrored, places=self._places)
        if hits:
            return HitRowMaker(row, self._metrics, width, mirrored=mirrored).with_hits(
                hits, self._fonts, self._model.now()
            )
        return RowMaker(row, self._metrics, width, mirrored=mirrored)
