"""How long what opens, folds or leaves takes: 120 ms, and nothing where the system or the agent wants no motion."""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QEasingCurve, QMargins, QPoint, QPropertyAnimation, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from shiboken6 import isValid

from deskhand.ui.kit.compositor import can_fade, can_move

MILLISECONDS = 120
_RISE = 4
"""So many of Qt's pixels a popup comes up while it appears."""


class MotionChoice(StrEnum):
    """The agent's setting."""

    SYSTEM = "system"
    REDUCED = "reduced"
    FULL = "full"


class Motion:
    """One for all windows of the program.

    Attributes:
        is_reduced: the agent wants none, whatever the system says.
        is_full: the agent wants it, whatever the system says.
    """

    is_reduced = False
    is_full = False

    def choose(self, choice: MotionChoice) -> None:
        """Follow the agent's setting from now on."""
        self.is_reduced = choice is MotionChoice.REDUCED
        self.is_full = choice is MotionChoice.FULL

    @property
    def is_off(self) -> bool:
        """Whether nothing moves.

        The system is asked by Qt's style: Windows and KDE tell it there. Qt 6.11 does not hand on what macOS and GNOME have.
        """
        wanted = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
        return self.is_reduced or not (wanted or self.is_full)

    def milliseconds(self) -> int:
        """Return how long a motion takes; 0 = it is there at once."""
        return 0 if self.is_off else MILLISECONDS

    def animation(self, target: QWidget, name: bytes) -> QPropertyAnimation:
        """Return an animation of a widget's property, begun fast and ended slowly."""
        made = QPropertyAnimation(target, name, target)
        made.setEasingCurve(QEasingCurve.Type.OutCubic)
        return made

    def appear(self, window: QWidget) -> None:
        """Let a window that is about to be shown fade in and rise to where it was put. Called from its `showEvent`.

        Only a popup is moved: where a window manager places a window, moves that come meanwhile leave Qt with a wrong place of it. Of
        any other framed window the frame rises, with all that is in it, in the clear margin around it.
        """
        milliseconds = self.milliseconds()
        fades, rises = can_fade(), can_move() and window.windowType() is Qt.WindowType.Popup
        lifts = not rises and window.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        if not milliseconds or not (fades or rises or lifts):
            return
        step = _Appearing(window, fades=fades, rises=rises, lifts=lifts)
        rising = QVariantAnimation(window, startValue=0.0, endValue=1.0, duration=milliseconds)
        rising.setEasingCurve(QEasingCurve.Type.OutCubic)
        rising.valueChanged.connect(partial(_Appearing.go_to, step))  # a method by itself would not keep it
        step.go_to(0.0)
        rising.start(rising.DeletionPolicy.DeleteWhenStopped)


class _Appearing:
    """Leaves a window where it is that was moved meanwhile."""

    def __init__(self, window: QWidget, *, fades: bool, rises: bool, lifts: bool) -> None:
        self._window, self._fades, self._rises = window, fades, rises
        self._around = window.contentsMargins() if lifts else None
        self._place = window.pos()
        self._last: QPoint | None = None

    def go_to(self, share: float) -> None:
        """Show as much of it, from 0 to 1."""
        if not isValid(self._window):
            return
        if self._fades:
            self._window.setWindowOpacity(share)
        if self._around is not None:
            down, around = round(_RISE * (1 - share)), self._around
            self._window.setContentsMargins(around + QMargins(0, down, 0, -down))
            self._window.update()
        if not self._rises or (self._last is not None and self._window.pos() != self._last):
            self._rises = False
            return
        self._last = self._place + QPoint(0, round(_RISE * (1 - share)))
        self._window.move(self._last)


MOTION = Motion()
