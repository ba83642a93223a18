"""Widgets below each other, with a scroll bar only where there is no room for them."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit.scroll_bar import use_thin_bars


class _Inner(QWidget):
    """A wrapped label claims more lines than it needs at the width it gets, so the height is asked of the layout alone."""

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self.hasHeightForWidth() else least


class ScrollColumn(QScrollArea):
    """Transparent, so that it stands on any ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        use_thin_bars(self)
        self._inner = inner = _Inner()
        self._column = QVBoxLayout(inner)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setViewport(QWidget())  # made here, so that it does not fill its ground
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._decide_bar()
        super().resizeEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() is QEvent.Type.LayoutRequest:
            self._decide_bar()
        return super().eventFilter(watched, event)

    def _decide_bar(self) -> None:
        """Show no scroll bar where everything fits without one: once there, it makes the lines shorter and itself necessary."""
        room = self.maximumViewportSize()
        fits = self.height_for(room.width()) <= room.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if policy is not self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)

    @property
    def column(self) -> QVBoxLayout:
        """Where the widgets go."""
        return self._column

    @property
    def inner(self) -> QWidget:
        """What scrolls: the parent of the widgets."""
        return self._inner

    def height_for(self, width: int) -> int:
        """Return how high the content is at a width."""
        return self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height()
