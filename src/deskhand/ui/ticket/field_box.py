"""A value of the ticket header that can be pressed, or chosen from a list."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QWidget
from typing_extensions import override

from deskhand.ui.kit.combo_list import frame_list, place_list
from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.labels import literal_tip, name_choice
from deskhand.ui.kit.one_line import on_one_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton, paint_ground
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.theme import RADIUS_CONTROL, fonts_for, theme_of
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.ticket.field_look import FieldLook, Glyph

_ICON = 16
_RADIUS = RADIUS_CONTROL - 1
_OPENING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4)


class FieldButton(PaintedButton):
    """A value that does something when it is pressed: copies, opens a picker, unfolds a line."""

    radius = _RADIUS

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(fonts_for(self.font()).body)
        self.look = FieldLook(self)
        self._title, self._name, self._tip, self._reason = title, name, "", ""
        self._key = ""
        self.setObjectName(name)
        self.set_value("")

    @property
    def value(self) -> str:
        """What it shows."""
        return self.look.value

    def set_value(self, value: str, tip: str = "", *, spoken: str = "", more: str = "") -> None:
        """Show a value.

        Args:
            tip: what pressing it does.
            spoken: the whole value, where only a part of it is shown.
            more: stands behind it, quieter.
        """
        self.look.value, self.look.more = value, more
        self._tip = tip
        self.setText(value)
        self.setAccessibleName(f"{self._name} {spoken or value}".strip())
        self._show_tip()
        self.updateGeometry()
        self.update()

    def set_glyph(self, glyph: Glyph | None) -> None:
        """Paint this before the words."""
        self.look.glyph = glyph
        self.updateGeometry()
        self.update()

    def set_worded(self, worded: bool) -> None:
        """Show the words, or the glyph alone."""
        if worded != self.look.worded:
            self.look.worded = worded
            self.updateGeometry()
            self.update()

    def set_possible(self, possible: bool, reason: str) -> None:
        """Offer it, or say why not."""
        if self.isEnabled() != possible:
            self.setEnabled(possible)
            self.updateGeometry()
        self._reason = "" if possible else reason
        self.setAccessibleDescription(self._reason or self._key)
        self._show_tip()

    def set_key(self, key: str) -> None:
        """Say which key does the same."""
        self._key = key
        self.setAccessibleDescription(self._reason or key)
        self._show_tip()

    def _show_tip(self) -> None:
        self.setToolTip(literal_tip(self._reason))
        set_quiet_tip(self, tip_of(self.accessibleName(), self._tip or self._title, self._key))

    @override
    def sizeHint(self) -> QSize:
        return self.look.size()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.look.least()

    @override
    def ground(self, theme: Theme) -> Ground:
        return self.look.ground(theme)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        self.look.paint(painter, theme)


def tip_of(value: str, does: str, key: str) -> str:
    """Return a tooltip: the value in full, then what is done with it and by which key."""
    return f"{value}\n{does} ({key})" if key else f"{value}\n{does}"


class FieldCombo(QComboBox):
    """A choice in a box. Neither the wheel nor an arrow key changes it in passing: both would send something.

    Signals:
        closed: the list was put away.
    """

    closed = Signal()

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(fonts_for(self.font()).body)
        self.look = FieldLook(self)
        self._title, self._name, self._key = title, name, ""
        self._open = False
        self._raw = ""
        self.setObjectName(name)
        name_choice(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet colours rows of this one only
        self.setIconSize(QSize(_ICON, _ICON))
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def is_open(self) -> bool:
        """Whether the agent is choosing."""
        return self._open

    def show_value(self, value: str, glyph: Glyph | None, raw: str = "") -> None:
        """Show a value behind its glyph.

        Args:
            raw: the vendor's own word, for the tooltip.
        """
        self.look.value, self.look.glyph = value, glyph
        self._raw = raw
        self._show_tip()
        self.updateGeometry()
        self.update()

    def set_worded(self, worded: bool) -> None:
        """Show the words, or the glyph alone."""
        if worded != self.look.worded:
            self.look.worded = worded
            self.updateGeometry()
            self.update()

    def set_key(self, key: str) -> None:
        """Say which key opens the list."""
        self._key = key
        self._show_tip()

    def _show_tip(self) -> None:
        said = f"{self._name} {self.look.value}"
        if self._raw and self._raw != self.look.value:
            said += f" ({self._raw})"
        set_quiet_tip(self, tip_of(said, self._title, self._key))

    def set_possible(self, possible: bool, reason: str) -> None:
        """Offer it, or say why not."""
        if self.isEnabled() != possible:
            self.setEnabled(possible)
            self.updateGeometry()
        self.setToolTip(literal_tip("" if possible else reason))
        self.setAccessibleDescription("" if possible else reason)

    @override
    def showPopup(self) -> None:
        self._open = True
        wide = max(
            (self.fontMetrics().horizontalAdvance(on_one_line(self.itemText(i))) for i in range(self.count())),
            default=0,
        )
        self.view().setMinimumWidth(max(self.width(), wide + 60))
        frame_list(self)
        super().showPopup()
        place_list(self)

    @override
    def hidePopup(self) -> None:
        super().hidePopup()
        if self._open:
            self._open = False
            self.closed.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) or event.key() in _OPENING:
            self.showPopup()
            event.accept()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def sizeHint(self) -> QSize:
        return self.look.size()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.look.least()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())
        lit = self.isEnabled() and (self.underMouse() or self._open)
        with QPainter(self) as painter:
            colours = self.look.ground(theme).colours(on=False, lit=lit)
            paint_ground(painter, self.rect().toRectF(), *colours, _RADIUS)
            self.look.paint(painter, theme)
