"""A labelled box of the ticket header: the label quiet, the value plain or a chip, perhaps an arrow."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSizePolicy, QStyledItemDelegate, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.chip import chip_size, paint_chip, shortened
from deskhand.ui.kit.labels import literal_tip, name_choice
from deskhand.ui.kit.one_line import elided, on_one_line
from deskhand.ui.kit.theme import RADIUS_CONTROL, Tone, fonts_for, theme_of, tint

_PAD, _GAP, _ARROW = 8, 6, 12
_WIDEST = 300


class _Look:
    """Measures and paints a box for any widget."""

    def __init__(self, widget: QWidget, title: str) -> None:
        self._widget = widget
        self.title = title
        self.value = ""
        self.tone: Tone | None = None
        self.arrow = True

    def size(self) -> QSize:
        fonts = fonts_for(self._widget.font())
        metrics = self._widget.fontMetrics()
        wide = 2 * _PAD + metrics.horizontalAdvance(self.title) + _GAP + self._value_width()
        wide += _GAP + _ARROW if self.arrow and self._widget.isEnabled() else 0
        return QSize(min(wide + 2, _WIDEST), chip_size("X", fonts.tiny).height() + 8)

    def _value_width(self) -> int:
        if self.tone is not None and self.value:
            return chip_size(shortened(self.value), fonts_for(self._widget.font()).tiny).width()
        return self._widget.fontMetrics().horizontalAdvance(on_one_line(self.value))

    def paint(self) -> None:
        w = self._widget
        theme, fonts, rect = theme_of(w.window().palette()), fonts_for(w.font()), w.rect()
        on = w.isEnabled()
        with QPainter(w) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.accent if w.hasFocus() else theme.line))
            painter.setBrush(QColor(theme.raised if w.underMouse() and on else theme.background))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL - 1, RADIUS_CONTROL - 1)
            painter.setFont(w.font())
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.setPen(QColor(theme.quiet))
            inner = rect.adjusted(_PAD, 0, -_PAD, 0)
            painter.drawText(inner, middle, self.title)
            inner.setLeft(inner.left() + w.fontMetrics().horizontalAdvance(self.title) + _GAP)
            if self.arrow and on:
                place = QRect(inner.right() - _ARROW + 2, (rect.height() - _ARROW) // 2, _ARROW, _ARROW)
                icons.paint(painter, place, "chevron-down", theme.text)
                inner.setRight(inner.right() - _ARROW - _GAP + 2)
            if self.tone is not None and self.value:
                size = chip_size(shortened(self.value), fonts.tiny)
                area = QRect(inner.left(), (rect.height() - size.height()) // 2, size.width(), size.height())
                paint_chip(painter, area, shortened(self.value), fonts.tiny, tint(theme, self.tone))
            else:
                painter.setPen(QColor(theme.text if on else theme.quiet))
                painter.drawText(inner, middle, elided(self.value, w.fontMetrics(), inner.width() + 2))


class FieldButton(QAbstractButton):
    """A box that does something when it is pressed: copies, opens a picker."""

    def __init__(self, title: str, name: str, parent: QWidget, *, arrow: bool = True) -> None:
        super().__init__(parent)
        self.setFont(fonts_for(self.font()).small)
        self._look = _Look(self, title)
        self._look.arrow = arrow
        self._name = name
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_value("")

    @property
    def value(self) -> str:
        """What it shows."""
        return self._look.value

    def set_value(self, value: str, tip: str = "") -> None:
        """Show a value."""
        if (value, tip) == (self._look.value, self.property("tip")):
            return
        self._look.value = value
        self.setProperty("tip", tip)
        self.setText(value)
        self.setAccessibleName(f"{self._name} {value}".strip())
        self.setToolTip(literal_tip(tip))
        self.updateGeometry()
        self.update()

    def set_possible(self, possible: bool, reason: str) -> None:
        """Offer it, or say why not."""
        if self.isEnabled() != possible:
            self.setEnabled(possible)
            self.updateGeometry()
        self.setToolTip(literal_tip(str(self.property("tip") or "") if possible else reason))
        self.setAccessibleDescription("" if possible else reason)

    @override
    def sizeHint(self) -> QSize:
        return self._look.size()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._look.size().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._look.paint()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.update()


class FieldCombo(QComboBox):
    """A choice in a box. Neither the wheel nor an arrow key changes it in passing: both would send something.

    Signals:
        closed: the list was put away.
    """

    closed = Signal()

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(fonts_for(self.font()).small)
        self._look = _Look(self, title)
        self._open = False
        self.setObjectName(name)
        name_choice(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet colours rows of this one only
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @property
    def is_open(self) -> bool:
        """Whether the agent is choosing."""
        return self._open

    def show_value(self, value: str, tone: Tone) -> None:
        """Paint a value as a chip."""
        if (value, tone) != (self._look.value, self._look.tone):
            self._look.value, self._look.tone = value, tone
            self.updateGeometry()
            self.update()

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
        super().showPopup()

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
        opens = event.key() in (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4,
        )  # fmt: skip
        if opens:
            self.showPopup()
            event.accept()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def sizeHint(self) -> QSize:
        return self._look.size()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._look.size().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._look.paint()
