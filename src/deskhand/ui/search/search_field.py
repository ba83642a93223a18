"""The top of the left pane: the way into the search box, with the key of the palette; and the way back out of it."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.window_actions import PALETTE
from deskhand.ui.kit import icons
from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.one_line import elided, paint_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.theme import RADIUS_CHIP, fonts_for
from deskhand.ui.kit.tokens import Theme

_HEIGHT, _EDGE, _ICON = 34, 8, 14
_BACK_KEY = "Esc"


class KeyHint(PaintedButton):
    """A key's name as a key cap, and a button that does what the key does."""

    radius = RADIUS_CHIP

    def __init__(self, keys: QKeySequence, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        set_quiet_tip(self, name)
        self.setFont(fonts_for(self.font()).tiny)
        self.set_keys(keys)

    def set_keys(self, keys: QKeySequence) -> None:
        """Show another key; without one, a sign stands there."""
        text = keys.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        self.setText(text or "…")
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 10, metrics.height() + 4)

    @property
    @override
    def is_lit(self) -> bool:
        return super().is_lit or self.hasFocus()

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(rest=theme.page, lit=theme.hover, border=theme.edge)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(QColor(theme.text if self.is_lit else theme.quiet))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class _Field(PaintedButton):
    """A button that looks like a field: an icon, words that are cut where there is no room, and something at its end."""

    sign = "search"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(rest=theme.page, lit=theme.hover, border=theme.edge)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, max(_HEIGHT, QFontMetrics(self.font()).height() + 12))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @property
    def end_width(self) -> int:
        """How much room what stands at the end takes."""
        return 0

    def paint_words(self, painter: QPainter, words: str, colour: str) -> None:
        """Paint the icon and the words."""
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        begin = _EDGE + _ICON + _EDGE
        place = QRect(_EDGE, (self.height() - _ICON) // 2, _ICON, _ICON)
        room = self.rect().adjusted(begin, 0, -_EDGE - self.end_width, 0)
        if is_mirrored:
            place.moveRight(self.width() - _EDGE - 1)
            room = self.rect().adjusted(_EDGE + self.end_width, 0, -begin, 0)
        icons.paint(painter, place, self.sign, colour)
        painter.setPen(QColor(colour))
        painter.setFont(self.font())
        shown = elided(words, QFontMetrics(self.font()), room.width())
        paint_line(painter, room, shown, mirrored=is_mirrored)


class SearchField(_Field):
    """Opens the search box.

    Signals:
        palette_requested: the key hint was pressed.
        left: Down was pressed: on to the lines below.
    """

    palette_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search all tickets"))
        self._hint = KeyHint(QKeySequence(), self.tr("Open the command palette"), self)
        self._hint.clicked.connect(self.palette_requested)
        show_keys(self, self._show_keys)

    def _show_keys(self) -> None:
        keys = IN_FORCE.keymap.keys_of(PALETTE)
        self._hint.set_keys(QKeySequence(keys[0] if keys else ""))
        self._place()

    @property
    def hint(self) -> KeyHint:
        """The palette's key."""
        return self._hint

    @property
    @override
    def end_width(self) -> int:
        return self._hint.sizeHint().width() + 4

    def _place(self) -> None:
        size = self._hint.sizeHint()
        left = (
            _EDGE if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - size.width() - _EDGE
        )
        self._hint.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        self.paint_words(painter, self.text(), theme.quiet)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class BackField(_Field):
    """Leads back to the list before the search; it says which one that is."""

    sign = "arrow-left"

    def set_back_to(self, title: str) -> None:
        """Say where it leads."""
        self.setText(title)
        self.setAccessibleName(self.tr("Back to: {list}").format(list=title))
        self.setAccessibleDescription(_BACK_KEY)
        self.update()

    @property
    @override
    def end_width(self) -> int:
        return keycap_size(_BACK_KEY, fonts_for(self.font()).tiny).width() + 4

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        self.paint_words(painter, self.text(), theme.text)
        font = fonts_for(self.font()).tiny
        size = keycap_size(_BACK_KEY, font)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = _EDGE if is_mirrored else self.width() - size.width() - _EDGE
        place = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
        paint_keycap(painter, place, _BACK_KEY, font, theme)
