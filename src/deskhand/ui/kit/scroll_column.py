"""Widgets below each other, with a scroll bar only where there is no room for them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override


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
        self._inner = inner = _Inner()
        self._column = QVBoxLayout(inner)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

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
