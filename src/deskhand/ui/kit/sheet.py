"""What every dialog has: a heading, a body, and a row of buttons with one default."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QDialog,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.compositor import can_move
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.labels import Role, ToneLabel, label
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.popup_frame import margin, outer_place, outer_size, paint_frame, use_frame
from deskhand.ui.kit.scrim import Scrim
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.tab_order import order_tabs
from deskhand.ui.kit.theme import GAP, GAP_LARGE, GAP_SMALL

_EDGE = 22
_NARROWEST, _FRAME = 400, 40
_LOWEST_ROOM = 560
"""So high a sheet may be in any window, where the screen is."""
_SCROLLING = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
_LOWEST = 72
"""What scrolls is lower only where the dialog cannot be any higher."""


class Sheet(QDialog):
    """Lies over the window of its parent, which takes no presses meanwhile; it is gone for good when it closes.

    It can be moved by whatever of it takes no press. Without a parent it is a window with the system's frame.

    Args:
        title: its heading, and its name as a window.
        width: of its frame at the start, in Qt's pixels.
        scrolls: the body scrolls as a whole where the screen is too low for it; False = a part of it does, see `add_scrolling`.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 460, scrolls: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(False)
        self._is_framed = parent is not None
        self._scrim: Scrim | None = None
        self._held_at: QPoint | None = None
        if self._is_framed:
            use_frame(self)
        self._heading = label(role=Role.TITLE, wrap=True)
        self._column = ScrollColumn() if scrolls else None
        self._body = self._column.column if self._column is not None else QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP_SMALL)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP_SMALL + 2)
        self._buttons.addStretch(1)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(_EDGE, GAP_LARGE, _EDGE, GAP_LARGE)
        whole.setSpacing(GAP)
        # A wrapped label claims more lines than it needs at this width; `_grow` keeps the true minimum instead.
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(self._heading)
        if self._column is None:
            whole.addLayout(self._body, 1)
        else:
            whole.addWidget(self._column, 1)
        whole.addLayout(self._buttons)
        self._width = outer_size(QSize(width, 0)).width() if self._is_framed else width
        self._sized = False
        self._tall: tuple[QWidget, int] | None = None
        self.set_title(title)

    @property
    def body(self) -> QVBoxLayout:
        """Where the content goes."""
        return self._body

    @property
    def footer(self) -> QHBoxLayout:
        """The row of the buttons; what is inserted at 0 stands on the left."""
        return self._buttons

    @property
    def heading(self) -> ToneLabel:
        """The title as it is read."""
        return self._heading

    def set_title(self, title: str) -> None:
        """Call it otherwise."""
        self._heading.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def add_button(
        self, text: str, pressed: Callable[[], object], *, kind: str = "", default: bool = False
    ) -> QPushButton:
        """Add a button to the right end.

        Args:
            kind: the style sheet's `primary`, `danger`, `quiet` or `link`; empty = plain.
            default: Enter presses it.
        """
        button = PushButton(text)
        if kind:
            button.setProperty("kind", kind)
        set_enter_presses(button, presses=default)
        button.clicked.connect(lambda _checked=False: self._press(pressed))
        self._buttons.addWidget(button)
        return button

    @staticmethod
    def _press(pressed: Callable[[], object]) -> None:
        finish_composition()  # Enter presses a button without taking the keyboard out of the text
        pressed()

    def add_scrolling(self, widget: QWidget, height: int) -> None:
        """Add the part of the body that takes the room that is left, and scrolls.

        Args:
            height: at the start; on a low screen it gives way, so that everything else stays in view.
        """
        widget.setMinimumHeight(min(height, _LOWEST))
        self._body.addWidget(widget, 1)
        self._tall = (widget, height)

    def announce(self, message: str) -> None:
        """Say something to a screen reader that did not get the focus."""
        announce(self, message)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll the body to a widget in it."""
        if self._column is not None:
            self._column.ensureWidgetVisible(widget, 0, GAP)

    def refit(self) -> None:
        """Take the height that the content needs now, after some of it was shown or hidden."""
        if self._sized:
            self._whole.activate()
            self._grow()
            self.resize(self.width(), min(self.wanted_height(self.width()), self._room().height()))

    def wanted_height(self, width: int) -> int:
        """Return how high the whole window is at the start, for a width of it."""
        column = self._column_height(width)
        whole = self._whole.totalHeightForWidth(width) if self._whole.hasHeightForWidth() else self.sizeHint().height()
        widget: QWidget
        if self._column is not None:
            widget, height = self._column, column
        elif self._tall is not None and not self._tall[0].isHidden():
            widget, height = self._tall
        else:
            return whole
        claimed = widget.sizeHint().expandedTo(widget.minimumSizeHint()).expandedTo(widget.minimumSize())
        return whole + height - claimed.height()

    def _column_height(self, width: int) -> int:
        """Return how high the scrolling body is at a width, and let it be lower only where that leaves something to scroll."""
        if self._column is None:
            return 0
        # A least height of 0 counts as none, and a scroll area then claims some lines.
        around = self.contentsMargins()
        height = max(1, self._column.height_for(width - 2 * _EDGE - around.left() - around.right()))
        self._column.setMinimumHeight(min(height, _LOWEST))
        return height

    def _room(self) -> QSize:
        """Return how large it may be: within the window below, where that is not low, or within the system's frame on its screen."""
        screen = self.screen().availableSize()
        parent = self.parentWidget()
        if parent is None or not self._is_framed:
            return QSize(screen.width(), screen.height() - _FRAME)
        high = max(parent.window().height() - 2 * _EDGE, _LOWEST_ROOM)
        return outer_size(QSize(screen.width(), min(high, screen.height())))

    @override
    def setVisible(self, visible: bool, /) -> None:
        if visible and not self._sized:
            self._sized = True
            self.ensurePolished()
            self.resize(QSize(self._width, self.wanted_height(self._width)).boundedTo(self._room()))
        if visible and not self.isVisible():
            self._place()
        super().setVisible(visible)
        self._cover_window(visible=visible)

    def _place(self) -> None:
        """Lie over the middle of the window below, whole on its screen."""
        parent = self.parentWidget()
        if parent is None or not self._is_framed:
            return
        window = parent.window()
        screen = window.screen().availableGeometry()
        wide, high = self.width() - 2 * margin(), self.height() - 2 * margin()
        corner = window.mapToGlobal(QPoint((window.width() - wide) // 2, (window.height() - high) // 2))
        left = max(screen.left(), min(corner.x(), screen.right() + 1 - wide))
        top = max(screen.top(), min(corner.y(), screen.bottom() + 1 - high))
        self.move(outer_place(QPoint(left, top)))

    def _stay_in_reach(self, before: int) -> None:
        """Move up where it has grown beyond the lower edge of its window or its screen, so that its buttons stay in reach.

        Args:
            before: how high it was; one that reached below its window already was moved there.
        """
        screen = self.screen().availableGeometry()
        parent = self.parentWidget()
        below = screen.bottom() + 1
        if parent is not None:
            window = parent.window()
            end = window.mapToGlobal(window.rect().bottomLeft()).y() + 1
            if self.y() + before - margin() <= end and self.height() - 2 * margin() <= window.height():
                below = min(below, end)
        over = self.y() + self.height() - margin() - below
        if over > 0 and can_move():
            self.move(self.x(), max(screen.top() - margin(), self.y() - over))

    def _cover_window(self, *, visible: bool) -> None:
        parent = self.parentWidget()
        if visible and self._scrim is None and parent is not None and self.isModal():
            self._scrim = Scrim(parent.window())
        elif not visible and self._scrim is not None:
            scrim, self._scrim = self._scrim, None
            if isValid(scrim):
                scrim.hide()
                scrim.deleteLater()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_framed:
            MOTION.appear(self)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Let keys that what has the keyboard does not take scroll the body, so that what lies below is reached without a mouse."""
        step = _SCROLLING.get(Qt.Key(event.key()))
        scrolling = self._column if self._column is not None else self._tall[0] if self._tall is not None else None
        if step is not None and isinstance(scrolling, QAbstractScrollArea):
            scrolling.verticalScrollBar().triggerAction(step)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_framed and event.button() is Qt.MouseButton.LeftButton:
            self._held_at = event.position().toPoint()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to move only once it is dragged: a click would leave it with the window manager, which then takes what is typed."""
        super().mouseMoveEvent(event)
        at, now = self._held_at, event.position().toPoint()
        if at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (now - at).manhattanLength() < QApplication.startDragDistance():
            return
        if self.windowHandle().startSystemMove():
            self._held_at = None
        else:
            self.move(self.pos() + now - at)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held_at = None
        super().mouseReleaseEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_framed:
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            paint_frame(self, painter)

    @override
    def event(self, event: QEvent, /) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and self._sized:
            self._grow()
        if isinstance(event, QResizeEvent) and self.isVisible() and self._is_framed:
            self._stay_in_reach(event.oldSize().height())
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            order_tabs(self)
        return handled

    def _grow(self) -> None:
        """Never be lower than what is shown needs."""
        column = self._column_height(self.width())
        least = self._whole.totalMinimumHeightForWidth(self.width())
        narrowest = max(self._whole.totalMinimumSize().width(), min(self._width, _NARROWEST))
        if self._column is not None:
            least += column - self._column.minimumHeight()
            around = self.contentsMargins()
            inside = self._body.totalMinimumSize().width() + 2 * _EDGE
            narrowest = max(narrowest, inside + around.left() + around.right())
        self.setMinimumSize(QSize(narrowest, least).boundedTo(self._room()))
