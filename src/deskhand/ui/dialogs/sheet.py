"""What every dialog has: a heading, a body, and a row of buttons with one default."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.theme import GAP, GAP_LARGE, GAP_SMALL
from deskhand.ui.widgets.labels import Role, ToneLabel, label
from deskhand.ui.widgets.tab_order import order_tabs

_EDGE = 22
_NARROWEST, _FRAME = 400, 40


class Sheet(QDialog):
    """A window in front of its parent; it is gone for good when it closes.

    Args:
        title: its heading, and its name as a window.
        width: at the start, in Qt's pixels.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 460) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(False)
        self._heading = label(role=Role.TITLE, wrap=True)
        self._body = QVBoxLayout()
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
        whole.addLayout(self._body, 1)
        whole.addLayout(self._buttons)
        self._width = width
        self._sized = False
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
        self, words: str, pressed: Callable[[], object], *, kind: str = "", default: bool = False
    ) -> QPushButton:
        """Add a button to the right end.

        Args:
            kind: the style sheet's `primary`, `danger`, `quiet` or `link`; empty = plain.
            default: Enter presses it.
        """
        button = QPushButton(words)
        if kind:
            button.setProperty("kind", kind)
        button.setAutoDefault(False)
        button.setDefault(default)
        button.clicked.connect(lambda _checked=False: pressed())
        self._buttons.addWidget(button)
        return button

    def announce(self, words: str) -> None:
        """Say something to a screen reader that did not get the focus."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def refit(self) -> None:
        """Take the height that the content needs now, after some of it was shown or hidden."""
        if self._sized:
            self._whole.activate()
            self._grow()
            self.resize(self.width(), self.wanted_height(self.width()))

    def wanted_height(self, width: int) -> int:
        """Return the height at the start, for a width."""
        return self._whole.totalHeightForWidth(width) if self._whole.hasHeightForWidth() else self.sizeHint().height()

    @override
    def setVisible(self, visible: bool, /) -> None:
        if visible and not self._sized:
            self._sized = True
            self.ensurePolished()
            screen = self.screen().availableGeometry()
            self.resize(
                min(self._width, screen.width()), min(self.wanted_height(self._width), screen.height() - _FRAME)
            )
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
        screen = self.screen().availableGeometry()
        least = self._whole.totalMinimumHeightForWidth(self.width())
        narrowest = max(self._whole.totalMinimumSize().width(), min(self._width, _NARROWEST))
        self.setMinimumSize(min(narrowest, screen.width()), min(least, screen.height() - _FRAME))
