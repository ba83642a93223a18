"""Paints a line of the palette: mark, title, quiet detail, keys at the end; greyed with its reason where it cannot be done.

The first line of a section has the section's name above it, in the same row: nothing that is no entry can be marked.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from deskhand.domain.accounts import AccountColour
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.avatar import person_pixmap
from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.square import square_pixmap
from deskhand.ui.kit.theme import GAP, RADIUS_CONTROL, fonts_for, theme_of
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.palette.entries import Entry, Mark

ENTRY = Qt.ItemDataRole.UserRole
HEAD = Qt.ItemDataRole.UserRole + 1
WORDS = Qt.ItemDataRole.UserRole + 2
_EDGE, _MARK = 8, 18
_RIGHT_TO_LEFT = 0x590
_ABOVE, _BELOW = 8, 3
"""Around a section's name."""


class EntryDelegate(QStyledItemDelegate):
    """Only paints."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, QFontMetrics(option.font).height() + 16 + self._head_height(option, index.data(HEAD)))

    @staticmethod
    def _head_height(option: QStyleOptionViewItem, head: str) -> int:
        return QFontMetrics(fonts_for(option.font).tiny).height() + _ABOVE + _BELOW if head else 0

    def line_of(self, option: QStyleOptionViewItem, index: QModelIndex) -> QRect:
        """Return where in a row its line is: what lies above is the section's name."""
        return option.rect.adjusted(0, self._head_height(option, index.data(HEAD)), 0, 0)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(ENTRY)
        theme, fonts = theme_of(option.widget.window().palette()), fonts_for(option.font)
        head: str = index.data(HEAD)
        tall = self._head_height(option, head)
        rect: QRect = option.rect.adjusted(_EDGE, tall, -_EDGE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text has its own
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        grey = QColor(theme.quiet)
        if head:
            painter.setFont(fonts.tiny)
            painter.setPen(grey)
            above = QRect(rect.left() + GAP, option.rect.top() + _ABOVE, rect.width() - 2 * GAP, tall - _ABOVE - _BELOW)
            self._text(painter, option, above, middle, elided(head, painter.fontMetrics(), above.width()))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selected))
            painter.drawRoundedRect(QRectF(rect), RADIUS_CONTROL, RADIUS_CONTROL)
        inner = rect.adjusted(GAP, 0, -GAP, 0)
        if entry.section is not None:
            self._paint_mark(painter, option, inner, entry, theme)
            inner.setLeft(inner.left() + _MARK + GAP - 2)
        inner.setRight(self._paint_keys(painter, inner, entry, option))
        painter.setFont(fonts.bold if chosen and not entry.reason else fonts.body)
        painter.setPen(grey if entry.reason else QColor(theme.text))
        title = elided(entry.title, painter.fontMetrics(), inner.width())
        self._paint_found(painter, option, inner, title, index.data(WORDS), theme)
        self._text(painter, option, inner, middle, title)
        inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(title) + 10)
        painter.setFont(fonts.small)
        painter.setPen(grey)
        detail = entry.reason or entry.detail
        if inner.width() > 40:
            self._text(painter, option, inner, middle, elided(detail, painter.fontMetrics(), inner.width()))
        painter.restore()

    @staticmethod
    def _placed(option: QStyleOptionViewItem, rect: QRect) -> QRect:
        """Return where a part goes: at the other side where the window reads from right to left."""
        return QStyle.visualRect(option.direction, option.rect, rect)

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, flags: Qt.AlignmentFlag, text: str
    ) -> None:
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(
            self._placed(option, rect), int(side | Qt.AlignmentFlag.AlignAbsolute) | int(flags & ~side), text
        )

    def _paint_found(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        title: str,
        words: tuple[str, ...],
        theme: Theme,
    ) -> None:
        """Paint the ground of what was typed, where the title holds it."""
        small = title.casefold()
        if len(small) != len(title) or any(ord(letter) >= _RIGHT_TO_LEFT for letter in title):
            return  # letters that are joined, turned or counted otherwise have no such places
        metrics = painter.fontMetrics()
        for word in words:
            at = small.find(word)
            if at < 0:
                continue
            left = rect.left() + metrics.horizontalAdvance(title[:at])
            wide = metrics.horizontalAdvance(title[: at + len(word)]) - metrics.horizontalAdvance(title[:at])
            place = QRect(left - 1, rect.center().y() - metrics.height() // 2 - 1, wide + 2, metrics.height() + 2)
            painter.fillRect(self._placed(option, place), QColor(theme.hit))

    def _paint_mark(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, entry: Entry, theme: Theme
    ) -> None:
        place = self._placed(option, QRect(inner.left(), inner.center().y() - _MARK // 2 + 1, _MARK, _MARK))
        match entry.mark:
            case Mark(icon=str(name), colour=str(colour)) if name:
                ink = theme.accounts[AccountColour(colour)].text if colour else theme.quiet
                icons.paint(painter, place.adjusted(1, 1, -1, -1), name, ink)
            case Mark(colour=str(colour)) if colour:
                ink = theme.accounts[AccountColour(colour)].text
                painter.drawPixmap(place.topLeft(), square_pixmap(ink, painter.device().devicePixelRatio()))
            case Mark(letters=str(letters)) if letters:
                ratio = painter.device().devicePixelRatio()
                made = person_pixmap(letters, _MARK, ratio, fonts_for(option.font).body.toString(), theme)
                painter.drawPixmap(place.topLeft(), made)
            case Mark(account=account) if account is not None:
                ratio = painter.device().devicePixelRatio()
                painter.drawPixmap(place.topLeft(), account_pixmap(account, _MARK, theme, ratio))
            case _:
                pass

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
            place = self._placed(option, QRect(right - size.width(), top, size.width(), size.height()))
            paint_keycap(painter, place, key, font, theme)
            right -= size.width() + 5
        return right - GAP
