"""What every dialog has: a heading, a body, and a row of buttons with one default."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.kit.labels import Role, ToneLabel, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.tab_order import order_tabs
from deskhand.ui.kit.theme import GAP, GAP_LARGE, GAP_SMALL

_EDGE = 22
_NARROWEST, _FRAME = 400, 40
_LOWEST = 72
"""What scrolls is lower only where the dialog cannot be any higher."""


class Sheet(QDialog):
    """A window in front of its parent; it is gone for good when it closes.

    Args:
        title: its heading, and its name as a window.
        width: at the start, in Qt's pixels.
        scrolls: the body scrolls as a whole where the screen is too low for it; False = a part of it does, see `add_scrolling`.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 460, scrolls: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(False)
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
        self._width = width
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
        button = QPushButton(text)
        if kind:
            button.setProperty("kind", kind)
        button.setAutoDefault(False)
        button.setDefault(default)
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
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message))

    def refit(self) -> None:
        """Take the height that the content needs now, after some of it was shown or hidden."""
        if self._sized:
            self._whole.activate()
            self._grow()
            self.resize(self.width(), min(self.wanted_height(self.width()), self._room().height()))

    def wanted_height(self, width: int) -> int:
        """Return the height at the start, for a width."""
        column = self._column_height(width)
        whole = self._whole.totalHeightForWidth(width) if self._whole.hasHeightForWidth() else self.sizeHint().height()
        widget: QWidget
        if self._column is not None:
            widget, height = self._column, column
        elif self._tall is not None:
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
        height = max(1, self._column.height_for(width - 2 * _EDGE))
        self._column.setMinimumHeight(min(height, _LOWEST))
        return height

    def _room(self) -> QSize:
        """Return how large it may be on its screen, within the frame that is drawn around it."""
        screen = self.screen().availableSize()
        return QSize(screen.width(), screen.height() - _FRAME)

    @override
    def setVisible(self, visible: bool, /) -> None:
        if visible and not self._sized:
            self._sized = True
            self.ensurePolished()
            self.resize(QSize(self._width, self.wanted_height(self._width)).boundedTo(self._room()))
        super().setVisible(visible)

    @override
    def event(self, event: QEvent, /) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and self._sized:
            self._grow()
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
            narrowest = max(narrowest, self._body.totalMinimumSize().width() + 2 * _EDGE)
        self.setMinimumSize(QSize(narrowest, least).boundedTo(self._room()))
