"""The line under the ticket header in which tags are added and taken off: shown while it is used, and as long as something stands in it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from shiboken6 import isValid
from typing_extensions import override

from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.theme import GAP, GAP_SMALL
from deskhand.ui.ticket.tags_box import TagsBox

_UNLIMITED = 10_000


class TagsRow(ScrollColumn):
    """As high as its tags need, up to a limit: beyond that they scroll, so that a low window has room to read and to write.

    Signals:
        shown_changed: it was unfolded (True) or folded.
        left: it was folded by Esc, and where the keyboard was before is not there any more.
    """

    shown_changed = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = TagsBox(self.inner)
        self._most = _UNLIMITED
        self._before: QWidget | None = None
        self.column.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        self.column.addWidget(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for one in (self.box.line, self.box):
            one.installEventFilter(self)
        self.box.half_typed_changed.connect(self._keep_shown)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self.hide()

    def start(self) -> None:
        """Unfold, and ask for a tag where tags can be changed; Esc leads back to where the keyboard is now."""
        if (now := QApplication.focusWidget()) is None or not self.isAncestorOf(now):
            self._before = now
        self._set_shown(shown=True)
        self.box.start_typing()

    def fold(self) -> None:
        """Put it away, unless something stands half typed in it."""
        if not self.box.half_typed.strip():
            self._set_shown(shown=False)

    def set_most(self, height: int) -> None:
        """Limit the height; one line is always shown."""
        if height != self._most:
            self._most = height
            self.updateGeometry()

    def _set_shown(self, *, shown: bool) -> None:
        if shown is self.isHidden():
            self.setVisible(shown)
            self.shown_changed.emit(shown)

    def _keep_shown(self) -> None:
        if self.box.half_typed.strip():
            self._set_shown(shown=True)

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if self.isHidden() or new is None or new.window() is not self.window():
            return  # a list of it is open, or another window has the keyboard: it comes back
        if old is not None and self.isAncestorOf(old) and not self.isAncestorOf(new):
            self.fold()

    def _show_whole(self, part: QWidget) -> None:
        # Qt leaves its last row of pixels out where no margin is asked for.
        self.ensureWidgetVisible(part, 0, 3)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what is inside changed, which no layout outside hears of
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.FocusIn)
        if moved and watched is not self.inner and self.box.line.hasFocus():
            self._show_whole(self.box.line)
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.box.half_typed.strip():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        before, self._before = self._before, None
        self._set_shown(shown=False)
        if before is not None and isValid(before) and before.isVisible() and before.window() is self.window():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        line = self.box.minimumSizeHint().height() + self.column.contentsMargins().bottom()
        return min(self.height_for(width), max(line, self._most))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 1)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.box.minimumSizeHint().height())
