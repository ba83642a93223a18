"""A body on screen: painted text that can be marked, copied and followed, and that a screen reader reads.

It is a QLabel for its accessible role only; it paints its document itself. No scroll bar, no editing, no picture that was not given.
"""

from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from deskhand.content.shown_address import seen_as
from deskhand.domain.filters.hit_marks import spans
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.message_actions import message_menu
from deskhand.ui.kit.focus_ring import leave_ring
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.theme import theme_of
from deskhand.ui.list.hit_text import utf16
from deskhand.ui.ticket.conversation_find import Needle
from deskhand.ui.ticket.link_text import destination, shortened
from deskhand.ui.ticket.message_document import MessageDocument

_LONGEST_NAME = 6_000
_MOST_LINKS = 20
_MOST_FOUND = 500
_MENU_LINKS = 10
"""Of a menu that the keyboard opens; one that the mouse opens has the link under it."""
_KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor
_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_KEYBOARD = (*_TAB, Qt.FocusReason.ShortcutFocusReason)


class MessageBody(QLabel):
    """Shows a document at the width it was laid out for.

    Signals:
        link_activated: address and shown text of a link; it is not opened here.
        reached: the keyboard came here.

    Args:
        quiet: less strong letters, for what is only beside the point.
    """

    link_activated = Signal(str, str)
    reached = Signal()

    def __init__(self, document: MessageDocument, spoken: str, parent: QWidget, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(spoken[:_LONGEST_NAME])
        self._document = document
        self._quiet = quiet
        self._cursor = QTextCursor(document)
        self._found: list[QTextCursor] = []
        self._marks: list[QRectF] = []
        self._pressed_link = ("", "")
        self._scale = 1.0
        self._ringed = False
        leave_ring(self)
        self.setAccessibleDescription(self._where_links_lead())

    def _where_links_lead(self) -> str:
        """Return where the first links lead, for a screen reader: it reads the words of a link only."""
        found = [f"{shortened(text)} → {destination(href, text)}" for href, text in self.links()]
        return self.tr("Links: {links}").format(links="; ".join(found)) if found else ""

    @property
    def is_ringed(self) -> bool:
        """Whether the keyboard brought the focus here, so that it has to be seen."""
        return self._ringed

    @property
    def document(self) -> MessageDocument:
        """What is shown."""
        return self._document

    @property
    def selected_text(self) -> str:
        """What is marked."""
        return self._cursor.selection().toPlainText()

    def lay_out(self, width: int) -> int:
        """Lay out for a width and return the height. What is too wide all the same (a table) is shown smaller, to a half."""
        size = self._document.lay_out(width)
        self._scale = max(0.5, min(1.0, width / size.width())) if size.width() > width + 1 else 1.0
        self.resize(width, round(size.height() * self._scale))
        self._marks = self._places()
        return self.height()

    def select_all(self) -> None:
        """Mark everything."""
        self._cursor.select(QTextCursor.SelectionType.Document)
        self.update()

    def clear_selection(self) -> None:
        """Mark nothing."""
        self._cursor.clearSelection()
        self.update()

    def copy(self) -> None:
        """Put what is marked, or all of it, on the clipboard as plain text."""
        text = self.selected_text or self._document.toPlainText()
        QGuiApplication.clipboard().setText(text)

    def highlight(self, needle: Needle) -> int:
        """Mark every place where `needle` stands; return how many."""
        self._found = []
        if not isinstance(needle, str):
            text = self._document.toPlainText()
            for first, end in utf16(text, spans(text, needle)[:_MOST_FOUND]):
                cursor = QTextCursor(self._document)
                cursor.setPosition(first)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                self._found.append(cursor)
        elif needle:
            cursor = self._document.find(needle)
            while not cursor.isNull() and len(self._found) < _MOST_FOUND:
                self._found.append(cursor)
                cursor = self._document.find(needle, cursor, QTextDocument.FindFlag(0))
        self._marks = self._places()
        self.update()
        return len(self._found)

    def found_rect(self, number: int) -> QRect:
        """Return where the found place lies."""
        if not 0 <= number < len(self._found):
            return QRect()
        block = self._found[number].block()
        layout = self._document.documentLayout()
        line = block.layout().lineForTextPosition(self._found[number].selectionStart() - block.position())
        rect = layout.blockBoundingRect(block)
        top = rect.top() + (line.y() if line.isValid() else 0)
        return QRect(
            0, round(top * self._scale), self.width(), round(line.height() if line.isValid() else rect.height())
        )

    def link_at(self, where: QPointF) -> tuple[str, str]:
        """Return address and shown text of the link at a point, or two empty strings."""
        point = where / self._scale
        href = self._document.documentLayout().anchorAt(point)
        if not href:
            return "", ""
        position = self._document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        return next(
            (self._seen(link) for link in self._links() if link[0] == href and link[2] <= position <= link[3]),
            (href, ""),
        )

    def links(self, most: int = _MOST_LINKS) -> list[tuple[str, str]]:
        """Return address and shown text of the first links, in order."""
        return [self._seen(link) for link in self._links()[:most]]

    def _seen(self, link: tuple[str, str, int, int]) -> tuple[str, str]:
        """Return the address of a link, and what a reader sees as its words."""
        href, text, start, end = link
        first, last = self._document.findBlock(start), self._document.findBlock(end)
        before = _cut(first.text(), 0, start - first.position())
        return href, seen_as(before, text, _cut(last.text(), end - last.position(), None))

    def _links(self) -> list[tuple[str, str, int, int]]:
        found: list[tuple[str, str, int, int]] = []
        block = self._document.begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                if href := fragment.charFormat().anchorHref():
                    start, end = fragment.position(), fragment.position() + fragment.length()
                    gap = " " if start == block.position() else ""  # one that goes on in the next line
                    if found and found[-1][0] == href and found[-1][3] + len(gap) == start:
                        found[-1] = (href, f"{found[-1][1]}{gap}{fragment.text()}", found[-1][2], end)
                    else:
                        found.append((href, fragment.text(), start, end))
                iterator += 1
            block = block.next()
        return found

    @override
    def sizeHint(self) -> QSize:
        return self.size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        context = QAbstractTextDocumentLayout.PaintContext()
        colours = QPalette(self.palette())
        colours.setColor(QPalette.ColorRole.Text, QColor(theme.quiet if self._quiet else theme.text))
        context.palette = colours
        clip = QRectF(event.rect())
        context.clip = QRectF(clip.topLeft() / self._scale, clip.size() / self._scale)
        if self._cursor.hasSelection():
            context.selections = [_mark(self._cursor, theme.accent, theme.on_accent)]
        with QPainter(self) as painter:
            painter.scale(self._scale, self._scale)
            self._document.documentLayout().draw(painter, context)
            # Laid over the letters, which stay: 500 selections in one paragraph would take Qt 0.9 s.
            mode = QPainter.CompositionMode
            painter.setCompositionMode(mode.CompositionMode_Lighten if theme.is_dark else mode.CompositionMode_Darken)
            for place in self._marks:
                if place.intersects(context.clip):
                    painter.fillRect(place, QColor(theme.hit))

    def _places(self) -> list[QRectF]:
        """Return where the found words lie, a rectangle a line."""
        layout, places = self._document.documentLayout(), []
        for cursor in self._found:
            block = cursor.block()
            corner = layout.blockBoundingRect(block).topLeft()
            start, end = (place - block.position() for place in (cursor.selectionStart(), cursor.selectionEnd()))
            while start < end and (line := block.layout().lineForTextPosition(start)).isValid():
                stop = min(end, line.textStart() + line.textLength())
                left, right = sorted((_x(line, start), _x(line, stop)))
                places.append(QRectF(corner.x() + left, corner.y() + line.y(), right - left, line.height()))
                if stop <= start:
                    break
                start = stop
        return places

    def _hit(self, where: QPointF) -> int:
        return max(0, self._document.documentLayout().hitTest(where / self._scale, Qt.HitTestAccuracy.FuzzyHit))

    @override
    def mousePressEvent(self, ev: QMouseEvent) -> None:
        if ev.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed_link = self.link_at(ev.position())
        mode = _KEEP_ANCHOR if ev.modifiers() & Qt.KeyboardModifier.ShiftModifier else QTextCursor.MoveMode.MoveAnchor
        self._cursor.setPosition(self._hit(ev.position()), mode)
        self.update()

    @override
    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        if ev.buttons() & Qt.MouseButton.LeftButton:
            self._cursor.setPosition(self._hit(ev.position()), _KEEP_ANCHOR)
            self.update()
        else:
            href, text = self.link_at(ev.position())
            self.setCursor(Qt.CursorShape.PointingHandCursor if href else Qt.CursorShape.IBeamCursor)
            self.setToolTip(literal_tip(destination(href, text)) if href else "")

    @override
    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        if ev.button() is not Qt.MouseButton.LeftButton:
            return
        href, text = self.link_at(ev.position())
        if href and (href, text) == self._pressed_link and not self._cursor.hasSelection():
            self.link_activated.emit(href, text)
        self._pressed_link = ("", "")

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._cursor.setPosition(self._hit(event.position()))
        self._cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.update()

    @override
    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if ev.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif ev.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        else:
            ev.ignore()

    @override
    def focusInEvent(self, ev: QFocusEvent) -> None:
        super().focusInEvent(ev)
        self._ring(on=ev.reason() in _KEYBOARD)
        if ev.reason() in _TAB:
            self.reached.emit()

    @override
    def focusOutEvent(self, ev: QFocusEvent) -> None:
        super().focusOutEvent(ev)
        self._ring(on=False)

    def _ring(self, *, on: bool) -> None:
        self._ringed = on
        if (parent := self.parentWidget()) is not None:
            parent.update()

    @override
    def contextMenuEvent(self, ev: QContextMenuEvent) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        mouse = ev.reason() is QContextMenuEvent.Reason.Mouse
        links = [self.link_at(QPointF(ev.pos()))] if mouse else self.links(_MENU_LINKS)
        entries = message_menu([(href, text) for href, text in links if href])
        fill_menu(menu, entries, self, lambda chosen: chosen.run(self))
        menu.popup(ev.globalPos() if mouse else self.mapToGlobal(QPoint(8, 8)))


def _x(line: QTextLine, place: int) -> float:
    found: Any = line.cursorToX(place)  # Qt's out parameter comes back beside the result
    return float(found[0])


def _cut(line: str, start: int, end: int | None) -> str:
    """Return a part of a line between two places as Qt counts them: an emoji is two."""
    units = line.encode("utf-16-le", "surrogatepass")
    return units[2 * start : None if end is None else 2 * end].decode("utf-16-le", "replace")


def _mark(cursor: QTextCursor, ground: str, text: str) -> QAbstractTextDocumentLayout.Selection:
    selection = QAbstractTextDocumentLayout.Selection()
    look = QTextCharFormat()
    look.setBackground(QColor(ground))
    look.setForeground(QColor(text))
    selection.cursor = cursor
    selection.format = look
    return selection
