"""One line of the accounts pane that shows a list: a smart view, a group or a stage."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import elided, on_one_line
from deskhand.ui.kit.theme import GAP_SMALL, RADIUS_CONTROL, Tone, fonts_for, theme_of, tone_text

_ICON, _PADDING = 16, 10
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ViewRow(QAbstractButton):
    """A name with a count; a screen reader hears the name, and the count as its description.

    Args:
        icon: file name of an icon, or empty.
        indent: Qt's pixels before the name where there is no icon.
        small: in the smaller font of groups.

    Signals:
        step: Up (-1) or Down (1) was pressed: the neighbour wants the focus.
    """

    step = Signal(int)

    def __init__(
        self, name: str, parent: QWidget | None = None, *, icon: str = "", indent: int = 0, small: bool = False
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._indent = indent
        self._small = small
        self._count = ""
        self._tone = Tone.PLAIN
        self._shown = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Call it otherwise."""
        if name != self.text():
            self.setText(name)
            self.setAccessibleName(name)
            self._update_description()

    def set_count(self, count: int | None) -> None:
        """Show how many tickets stand there; None = not known, 0 shows nothing."""
        self._set_count_text("" if not count else figure(count), Tone.PLAIN)

    def set_text(self, text: str, tone: Tone) -> None:
        """Show words in place of the count, where a number does not say it."""
        self._set_count_text(text, tone)

    @property
    def count_text(self) -> str:
        """What stands on the right."""
        return self._count

    @property
    def count_tone(self) -> Tone:
        """In which tone it stands there."""
        return self._tone

    @property
    def is_shown(self) -> bool:
        """Whether the list shows this place now."""
        return self._shown

    def set_shown(self, shown: bool) -> None:
        """Mark it as the place that the list shows."""
        if shown != self._shown:
            self._shown = shown
            self._update_description()
            self.update()

    def _set_count_text(self, text: str, tone: Tone) -> None:
        if (text, tone) != (self._count, self._tone):
            self._count, self._tone = text, tone
            self._update_description()
            self.update()

    def _update_description(self) -> None:
        parts = []
        if self._count:
            many = self.tr("1 ticket") if self._count == "1" else self.tr("{count} tickets").format(count=self._count)
            parts.append(many if self._counts else self._count)
        if self._shown:
            parts.append(self.tr("shown now"))
        self.setAccessibleDescription(", ".join(parts))

    @property
    def _counts(self) -> bool:
        return self._count[-1:].isdigit()

    @override
    def sizeHint(self) -> QSize:
        fonts = fonts_for(self.font())
        metrics = QFontMetrics(fonts.small if self._small else fonts.body)
        return QSize(
            self._left() + metrics.horizontalAdvance(on_one_line(self.text())) + 60,
            metrics.height() + (6 if self._small else 11),
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _left(self) -> int:
        return _PADDING + (_ICON + GAP_SMALL + 4 if self._icon else self._indent)

    def _name_font(self) -> QFont:
        fonts = fonts_for(self.font())
        if self._small:
            return fonts.small_medium if self._shown else fonts.small
        return fonts.medium if self._shown else fonts.body

    def _count_beside_name(self) -> str:
        """Return what stands on the right; in a narrow pane words give way to their number, so that the name is seen whole."""
        small = QFontMetrics(fonts_for(self.font()).small)
        name = QFontMetrics(self._name_font()).horizontalAdvance(on_one_line(self.text()))
        room = self.width() - self._left() - 2 * GAP_SMALL - name
        number = self._count.partition(" ")[0]
        fits = self._counts or small.horizontalAdvance(self._count) <= room
        return self._count if fits or not number.isdecimal() else number

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.step.emit(STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        fonts = fonts_for(self.font())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = theme.soft if self._shown else theme.line if self.underMouse() else None
            focus = self.hasFocus()
            if ground or focus:
                painter.setPen(QPen(QColor(theme.accent)) if focus else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
                inset = 0.5 if focus else 0.0
                painter.drawRoundedRect(
                    self.rect().toRectF().adjusted(inset, inset, -inset, -inset), RADIUS_CONTROL, RADIUS_CONTROL
                )
            colour = theme.link if self._shown else theme.text
            if self._icon:
                place = QRect(_PADDING, (self.height() - _ICON) // 2, _ICON, _ICON)
                icons.paint(painter, place, self._icon, colour if self._shown else theme.quiet)
            painter.setFont(fonts.small)
            count = self._count_beside_name()
            room = painter.fontMetrics().horizontalAdvance(count) if count else 0
            painter.setPen(QColor(tone_text(theme, self._tone)))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.drawText(self.rect().adjusted(0, 0, -GAP_SMALL, 0), middle | Qt.AlignmentFlag.AlignRight, count)
            painter.setFont(self._name_font())
            painter.setPen(QColor(colour))
            name = self.rect().adjusted(self._left(), 0, -room - 2 * GAP_SMALL, 0)
            shown = elided(self.text(), painter.fontMetrics(), name.width())
            painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, shown)
        whole = shown == self.text() and count == self._count
        tip = "" if whole else literal_tip(f"{self.text()} {self._count}".strip())
        if tip != self.toolTip():
            self.setToolTip(tip)
