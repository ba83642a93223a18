"""Paints a line of the palette: title, quiet detail, keys at the right end; greyed with its reason where it cannot be done."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.theme import GAP, RADIUS_CONTROL, fonts_for, theme_of
from deskhand.ui.palette.entries import Entry

ENTRY = Qt.ItemDataRole.UserRole
_EDGE = 8


class EntryDelegate(QStyledItemDelegate):
    """Only paints."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, QFontMetrics(option.font).height() + 16)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(ENTRY)
        rect: QRect = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        palette = option.widget.window().palette()
        theme, fonts = theme_of(palette), fonts_for(option.font)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.soft))
            painter.drawRoundedRect(QRectF(rect), RADIUS_CONTROL, RADIUS_CONTROL)
        inner = rect.adjusted(GAP, 0, -GAP, 0)
        inner.setRight(self._paint_keys(painter, inner, entry, option))
        grey = QColor(theme.quiet)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(fonts.bold if chosen and not entry.reason else fonts.body)
        painter.setPen(grey if entry.reason else QColor(theme.text))
        title = elided(entry.title, painter.fontMetrics(), inner.width())
        painter.drawText(inner, middle, title)
        inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(title) + 10)
        painter.setFont(fonts.small)
        painter.setPen(grey)
        detail = entry.reason or entry.detail
        if inner.width() > 40:
            painter.drawText(inner, middle, elided(detail, painter.fontMetrics(), inner.width()))
        painter.restore()

    def _paint_keys(self, painter: QPainter, inner: QRect, entry: Entry, option: QStyleOptionViewItem) -> int:
        """Paint the first way to press it, and return where the words must end."""
        right = inner.right()
        if not entry.keys or entry.reason:
            return right
        theme = theme_of(option.widget.window().palette())
        font = fonts_for(option.font).tiny
        for key in reversed(entry.keys.split(" / ")[0].split(", ")):
            size = keycap_size(key, font)
            top = inner.top() + (inner.height() - size.height()) // 2
            paint_keycap(painter, QRect(right - size.width(), top, size.width(), size.height()), key, font, theme)
            right -= size.width() + 5
        return right - GAP
