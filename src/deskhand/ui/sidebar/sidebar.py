"""The sidebar: the whole pane of accounts and views with its foot, or in a narrow window a rail of icons with the pane over it on demand."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.sidebar.rail import WIDTH, Rail

WIDE, _NARROWEST, _WIDEST, _OVER = 236, 180, 320, 256


class Sidebar(QStackedWidget):
    """Places the three.

    Signals:
        changed: it is a rail now, or whole.

    Attributes:
        wide: how wide the whole pane is, or was last.
    """

    changed = Signal()

    def __init__(self, pane: AccountsPane, foot: StatusLine) -> None:
        super().__init__()
        self._pane = pane
        self._has_room = True
        self._is_narrow = self._is_over = False
        self._whole = QFrame()
        self._whole.setProperty("kind", "side")
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(pane, 1)
        column.addWidget(foot)
        self.wide = WIDE
        self.rail = Rail(pane, foot)
        self.rail.whole_requested.connect(self.show_over)
        self.rail.search_requested.connect(pane.search_requested)
        for page in (self._whole, self.rail):
            self.addWidget(page)
        self._over: QFrame | None = None
        for chosen in (pane.scope_chosen, pane.account_chosen, pane.group_chosen, pane.own_views.chosen):
            chosen.connect(self.close_over)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self._fit()

    @property
    def is_rail(self) -> bool:
        """Whether the icons are shown."""
        return self.currentWidget() is self.rail

    @property
    def is_over(self) -> bool:
        """Whether the whole pane lies over the window now."""
        return self._is_over

    @property
    def is_narrow(self) -> bool:
        """Whether the agent wants the rail where there is room for more."""
        return self._is_narrow

    def set_narrow(self, narrow: bool) -> None:
        """Take up again what the agent chose."""
        self._is_narrow = narrow
        self._fit()

    def set_room(self, has_room: bool) -> None:
        """Say whether there is room for the whole pane."""
        if has_room != self._has_room:
            self._has_room = has_room
            self._fit()

    def toggle(self) -> None:
        """Show the rail, or the whole pane; where there is no room, that lies over the window."""
        if self._has_room:
            self._is_narrow = not self._is_narrow
            self._fit()
        elif self._is_over:
            self.close_over()
        else:
            self.show_over()

    def entry(self) -> QWidget:
        """Return what the keyboard goes to when it comes here."""
        return self.rail.entry() if self.is_rail and not self._is_over else self._pane.entry()

    def show_over(self) -> None:
        """Lay the whole pane over the window's beginning, and give it the keyboard."""
        if self._is_over or not self.is_rail:
            return
        window = self.window()
        over = self._over = QFrame(window)
        over.setProperty("kind", "panel")
        row = QHBoxLayout(over)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._whole)
        self._whole.show()
        self._is_over = True
        window.installEventFilter(self)
        over.setGeometry(self._place())
        over.show()
        over.raise_()
        self._pane.entry().setFocus(Qt.FocusReason.ShortcutFocusReason)
        if milliseconds := MOTION.milliseconds():
            slide = MOTION.animation(over, b"pos")
            slide.setDuration(milliseconds)
            place = self._place()
            outside = place.width() if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else -place.width()
            slide.setStartValue(place.topLeft() + QPoint(outside, 0))
            slide.setEndValue(place.topLeft())
            slide.start(slide.DeletionPolicy.DeleteWhenStopped)

    def close_over(self) -> bool:
        """Take the pane from over the window; tell whether it lay there."""
        over = self._over
        if not self._is_over or over is None:
            return False
        focus: QWidget | None = self.window().focusWidget()
        had_keyboard = focus is not None and over.isAncestorOf(focus)
        self._is_over, self._over = False, None
        self.window().removeEventFilter(self)
        if had_keyboard:
            self.rail.entry().setFocus(Qt.FocusReason.OtherFocusReason)
        self.insertWidget(0, self._whole)
        over.hide()
        over.deleteLater()
        self._fit()
        return True

    def _fit(self) -> None:
        rail = self._is_narrow or not self._has_room
        if not rail:
            self.close_over()
        page = self.rail if rail else self._whole
        before = self.currentWidget()
        if page is before and self.maximumWidth() in (WIDTH, _WIDEST) and rail is (self.maximumWidth() == WIDTH):
            return
        focus = QApplication.focusWidget()
        had_keyboard = before is not None and focus is not None and before.isAncestorOf(focus)
        self.setCurrentWidget(page)
        self.setMinimumWidth(WIDTH if rail else _NARROWEST)
        self.setMaximumWidth(WIDTH if rail else _WIDEST)
        if had_keyboard and page is not before:
            self.entry().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _place(self) -> QRect:
        window = self.window()
        wide = min(_OVER, window.width())
        at_start = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        return QRect(0 if at_start else window.width() - wide, 0, wide, window.height())

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        over = self._over
        if over is not None and new is not None and new.window() is self.window() and not over.isAncestorOf(new):
            self.close_over()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self._over is not None:
            self._over.setGeometry(self._place())
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.close_over():
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH if self.is_rail else WIDE, super().sizeHint().height())
