"""The base of every button that paints itself: its ground, its border, and what keys and mouse do to them."""

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.theme import RADIUS_CONTROL, theme_of
from deskhand.ui.kit.tokens import Theme


@dataclass(frozen=True, slots=True)
class Ground:
    """What a button stands on, as colours of the theme; empty = nothing is painted.

    Attributes:
        rest, lit, on: the ground as it is, under the pointer or held down, and while it is on.
        border, border_on: the line around it.
    """

    rest: str = ""
    lit: str = ""
    on: str = ""
    border: str = ""
    border_on: str = ""

    def colours(self, *, on: bool, lit: bool) -> tuple[str, str]:
        """Return the colours of the ground and of its border in a state."""
        fill = self.on if on else self.lit if lit else self.rest
        return fill, self.border_on if on else self.border


def paint_ground(painter: QPainter, rect: QRectF, ground: str, border: str, radius: float) -> None:
    """Paint a rounded ground with a border of one pixel inside a rectangle; empty = nothing."""
    if not ground and not border:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(border) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class PaintedButton(QAbstractButton):
    """Reached by Tab, pressed by Space, the mouse and Enter; a subclass says its colours and paints what stands on them.

    Attributes:
        radius: of its corners; None = round ends.
        opacity_off: of what stands on the ground while it cannot be pressed.
        enter_presses: False leaves Enter to the dialog that it stands in.
    """

    radius: ClassVar[float | None] = RADIUS_CONTROL
    opacity_off: ClassVar[float] = 1.0
    enter_presses: ClassVar[bool] = True

    def __init__(self, parent: QWidget | None = None, *, focus: Qt.FocusPolicy = Qt.FocusPolicy.StrongFocus) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(focus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def is_lit(self) -> bool:
        """Whether the pointer is on it or it is held down, and it can be pressed."""
        return self.isEnabled() and (self.underMouse() or self.isDown())

    @property
    def is_on(self) -> bool:
        """Whether it stands for what is chosen or shown now."""
        return self.isChecked()

    def ground(self, theme: Theme) -> Ground:
        """Return what it stands on."""
        return Ground(lit=theme.hover, on=theme.selected)

    def ground_rect(self) -> QRectF:
        """Return where the ground is painted."""
        return self.rect().toRectF()

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint what stands on the ground."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.enter_presses and is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Of several let Tab reach the chosen one only; Qt does so not before one of them has had the keyboard."""
        super().showEvent(event)
        if self.autoExclusive() and not self.isChecked() and any(one.isChecked() for one in self._others()):
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _others(self) -> Iterator["PaintedButton"]:
        if (parent := self.parentWidget()) is not None:
            beside = parent.findChildren(PaintedButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
            yield from (one for one in beside if one.autoExclusive())

    # Qt repaints what is hovered by itself, but not where a menu opens under the pointer.

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())  # a style sheet puts its own ground into a widget's palette
        fill, border = self.ground(theme).colours(on=self.is_on, lit=self.is_lit)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = self.ground_rect()
            paint_ground(painter, rect, fill, border, (rect.height() - 1) / 2 if self.radius is None else self.radius)
            if not self.isEnabled():
                painter.setOpacity(self.opacity_off)
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text has its own
            self.paint(painter, theme)
