"""The bar of tabs above the conversation: account, subject, what is new or typed, and a cross to close."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import elided, paint_line
from deskhand.ui.kit.theme import RADIUS_CONTROL, fonts_for, theme_of

_MARK, _DOT, _PENCIL, _CROSS, _GAP, _EDGE = 16, 6, 12, 14, 6, 8
_WIDEST, _NARROWEST, _HEIGHT = 220, 96, 32
_CHEVRON = 14
_OFF = 36
"""So far from the bar a tab is dropped outside of it."""


@dataclass(frozen=True, slots=True)
class TabFace:
    """What a tab shows.

    Attributes:
        title: the subject, or what the list is called.
        mark: the account's; None where no ticket is open in it.
        account: whose it is, for a tooltip and a screen reader.
        unread: something in it is new.
        has_draft: something typed for it is not sent.
    """

    title: str
    mark: AccountMark | None = None
    account: str = ""
    unread: bool = False
    has_draft: bool = False


class TabBar(QTabBar):
    """Tabs of tickets; the first is the list's, stays where it is and has no cross.

    Signals:
        chosen: the agent went to the tab at this place.
        close_requested: the tab at this place is to go.
        move_requested: from a place to another one.
        menu_requested: place of a tab, and a point on the screen.
        torn_off: the tab at this place was dropped at a point on the screen, outside of the bar.

    Args:
        is_lone: it has the tab of one ticket and none of a list: it is shown all the same.
    """

    chosen = Signal(int)
    close_requested = Signal(int)
    move_requested = Signal(int, int)
    menu_requested = Signal(int, QPoint)
    torn_off = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None, *, is_lone: bool = False) -> None:
        super().__init__(parent)
        self._first = 0 if is_lone else 1
        self._faces: tuple[TabFace, ...] = ()
        self._dragged: int | None = None
        self._pressed_at = QPoint()
        self.setObjectName("tabs")
        self.setAccessibleName(self.tr("Open tickets"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        for button in self.findChildren(QToolButton):
            button.installEventFilter(self)
        self.setFont(fonts_for(self.font()).small)
        self.setMouseTracking(True)
        self.currentChanged.connect(self.chosen)
        self.hide()

    def set_tabs(self, faces: Sequence[TabFace], at: int) -> None:
        """Show these tabs, and that one in front; hidden while there is none but the list's."""
        shown, self._faces = self._faces, tuple(faces)
        self.blockSignals(True)
        while self.count() > len(faces):
            self.removeTab(self.count() - 1)
        while self.count() < len(faces):
            self.addTab("")
        for place, face in enumerate(faces):
            if place >= len(shown) or shown[place] != face:
                self._show(place, face)
        self.setCurrentIndex(at)
        self.blockSignals(False)
        self.setVisible(len(faces) > self._first)
        self.update()

    def _show(self, place: int, face: TabFace) -> None:
        said = [face.title, face.account]
        said += [self.tr("new")] if face.unread else []
        said += [self.tr("has a draft")] if face.has_draft else []
        self.setTabText(place, face.title.replace("&", "&&"))
        self.setAccessibleTabName(place, ", ".join(one for one in said if one))
        self.setTabToolTip(place, literal_tip(" · ".join(one for one in (face.title, face.account) if one)))

    @property
    def faces(self) -> tuple[TabFace, ...]:
        """What the tabs show."""
        return self._faces

    def cross_of(self, place: int) -> QRect:
        """Return where a tab is closed by a click; empty for the list's."""
        if place < self._first:
            return QRect()
        rect = self.tabRect(place)
        return QRect(self._inner(rect).right() - _CROSS, rect.center().y() - _CROSS // 2, _CROSS, _CROSS)

    def _inner(self, rect: QRect) -> QRect:
        return rect.adjusted(_EDGE, 0, -_EDGE, 0)

    @override
    def tabSizeHint(self, index: int) -> QSize:
        face = self._faces[index] if index < len(self._faces) else TabFace("")
        text = self.fontMetrics().horizontalAdvance(face.title)
        signs = _MARK + 4 * _GAP + _DOT + _PENCIL + _CROSS + 2 * _EDGE
        height = max(_HEIGHT, self.fontMetrics().height() + 12)
        return QSize(max(_NARROWEST, min(text + signs, _WIDEST)), height)

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(_NARROWEST, self.tabSizeHint(index).height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QToolButton) or event.type() is not QEvent.Type.Paint:
            return super().eventFilter(watched, event)
        self._paint_button(watched)
        return True

    def _paint_button(self, button: QToolButton) -> None:
        """Paint a button that brings tabs into view which have no room: under a style sheet Qt's own is not seen."""
        theme = theme_of(self.palette())
        others = [one.x() for one in self.findChildren(QToolButton) if one is not button]
        to_begin = (button.x() < min(others, default=0)) is not self.isRightToLeft()
        ink = theme.disabled if not button.isEnabled() else theme.text if button.underMouse() else theme.second
        place = QRect(0, 0, _CHEVRON, _CHEVRON)
        place.moveCenter(button.rect().center())
        with QPainter(button) as painter:
            painter.fillRect(button.rect(), QColor(theme.side))
            painter.fillRect(0, button.height() - 1, button.width(), 1, QColor(theme.hair))
            icons.paint(painter, place, "chevron-left" if to_begin else "chevron-right", ink)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.side))
            painter.setPen(QColor(theme.hair))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place in range(min(self.count(), len(self._faces))):
                rect = self.tabRect(place)
                if rect.intersects(event.rect()):
                    self._paint(painter, place, rect)

    def _paint(self, painter: QPainter, place: int, rect: QRect) -> None:
        theme, face, on = theme_of(self.palette()), self._faces[place], place == self.currentIndex()
        under = rect.contains(self.mapFromGlobal(self.cursor().pos())) and self.underMouse()
        if on or under:
            painter.setPen(QPen(QColor(theme.accent), 2) if on and self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.page if on else theme.hover))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 3, -2, 6), RADIUS_CONTROL, RADIUS_CONTROL)
        if on:
            painter.fillRect(QRectF(rect.left() + 2, self.height() - 2, rect.width() - 4, 2), QColor(theme.accent))
        inner, ratio, middle = self._inner(rect), self.devicePixelRatioF(), rect.center().y()
        rtl = self.isRightToLeft()

        def at(left: int, width: int, height: int) -> QRect:
            """Return a place counted from the side where reading begins."""
            x = inner.right() - (left - inner.left()) - width + 1 if rtl else left
            return QRect(x, middle - height // 2, width, height)

        x, end = inner.left(), inner.right() + 1
        if face.mark is not None:
            painter.drawPixmap(at(x, _MARK, _MARK).topLeft(), account_pixmap(face.mark, _MARK, theme, ratio))
        else:
            icons.paint(painter, at(x, _MARK, _MARK), "list", theme.quiet)
        x += _MARK + _GAP
        if face.unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(at(x, _DOT, _DOT))
            x += _DOT + _GAP
        if place >= self._first:
            end -= _CROSS
            icons.paint(painter, at(end, _CROSS, _CROSS), "x", theme.second if on or under else theme.quiet)
            end -= _GAP
        if face.has_draft:
            end -= _PENCIL
            icons.paint(painter, at(end, _PENCIL, _PENCIL), "square-pen", theme.link)
            end -= _GAP
        painter.setPen(QColor(theme.text if on or face.unread else theme.second))
        painter.setFont(fonts_for(self.font()).small_medium if on or face.unread else self.font())
        text = elided(face.title, painter.fontMetrics(), end - x)
        paint_line(painter, at(x, max(0, end - x), rect.height()), text, mirrored=rtl)

    def _is_cross(self, place: int, point: QPoint) -> bool:
        cross = self.cross_of(place)
        if self.isRightToLeft() and place >= self._first:
            rect = self.tabRect(place)
            cross.moveLeft(rect.left() + rect.right() - cross.right())
        return cross.adjusted(-4, -6, 4, 6).contains(point)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        place = self.tabAt(point)
        if place >= 0 and (
            event.button() is Qt.MouseButton.MiddleButton
            or (event.button() is Qt.MouseButton.LeftButton and self._is_cross(place, point))
        ):
            if place >= self._first:
                self.close_requested.emit(place)
            return
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged, self._pressed_at = (place if place >= self._first else None), point
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged is not None and far:
            out = self._is_outside(point)
            self.setCursor(Qt.CursorShape.DragMoveCursor if out else Qt.CursorShape.ArrowCursor)
            to = -1 if out else self.tabAt(QPoint(point.x(), self.rect().center().y()))
            if to >= self._first and to != self._dragged:
                before, self._dragged = self._dragged, to
                self.move_requested.emit(before, to)
        self.update()
        super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged = self._dragged, None
        self.unsetCursor()
        super().mouseReleaseEvent(event)
        if dragged is not None and self._is_outside(event.position().toPoint()):
            self.torn_off.emit(dragged, event.globalPosition().toPoint())

    def _is_outside(self, point: QPoint) -> bool:
        return not self.rect().adjusted(-_OFF, -_OFF, _OFF, _OFF).contains(point)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        place = self.tabAt(event.pos()) if by_mouse else self.currentIndex()
        if place >= 0:
            self.menu_requested.emit(
                place, event.globalPos() if by_mouse else self.mapToGlobal(self.tabRect(place).center())
            )
