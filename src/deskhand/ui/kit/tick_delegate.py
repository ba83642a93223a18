"""Rows of a list that can be ticked, with the marks and grounds that everything else has: Fusion's are not seen on a dark ground."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from deskhand.ui.kit.one_line import elided, paint_line
from deskhand.ui.kit.painted_button import paint_ground
from deskhand.ui.kit.theme import RADIUS_CONTROL, theme_of
from deskhand.ui.kit.tick_box import SIDE, paint_mark

_EDGE, _GAP, _HEIGHT = 6, 8, 24


class TickDelegate(QStyledItemDelegate):
    """Paints a mark and a text; a press on the mark changes it, Space does too."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = option.fontMetrics.horizontalAdvance(str(index.data())) + 2 * _EDGE + SIDE + _GAP
        return QSize(width, max(_HEIGHT, option.fontMetrics.height() + 6))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect, state = theme_of(option.widget.window().palette()), option.rect, option.state
        is_on = bool(state & QStyle.StateFlag.State_Selected)
        ground = theme.selected if is_on else theme.hover if state & QStyle.StateFlag.State_MouseOver else ""
        painter.save()
        paint_ground(painter, rect.toRectF(), ground, "", RADIUS_CONTROL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self._mark_rect(option)
        can = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        paint_mark(painter, place.toRectF(), theme, ticked=ticked, enabled=can)
        words = rect.adjusted(_EDGE + SIDE + _GAP, 0, -_EDGE, 0)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.text))
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        words = QStyle.visualRect(option.direction, rect, words)
        paint_line(painter, words, elided(str(index.data()), option.fontMetrics, words.width()), mirrored=mirrored)
        painter.restore()

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        is_on_mark = self._mark_rect(option).adjusted(-_EDGE, -_EDGE, _GAP, _EDGE).contains(event.position().toPoint())
        if not (is_on_mark and index.flags() & Qt.ItemFlag.ItemIsUserCheckable):
            return False
        if event.type() is QEvent.Type.MouseButtonRelease and event.button() is Qt.MouseButton.LeftButton:
            was = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
            now = Qt.CheckState.Unchecked if was is Qt.CheckState.Checked else Qt.CheckState.Checked
            return model.setData(index, now, Qt.ItemDataRole.CheckStateRole)
        return event.type() is QEvent.Type.MouseButtonDblClick

    @staticmethod
    def _mark_rect(option: QStyleOptionViewItem) -> QRect:
        rect = option.rect
        mark = QRect(rect.left() + _EDGE, rect.top() + (rect.height() - SIDE) // 2, SIDE, SIDE)
        return QStyle.visualRect(option.direction, rect, mark)
