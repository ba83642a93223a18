"""The words in the sidebar's foot: how the accounts are, and how far long work is."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, literal_tip
from deskhand.ui.kit.one_line import elided, on_one_line, paint_line
from deskhand.ui.kit.painted_button import PaintedButton
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.theme import RADIUS_CONTROL, Tone, fonts_for, tone_text
from deskhand.ui.kit.tokens import Theme

_ICON = 14


class FootWords(PaintedButton):
    """How the accounts are in a word or two, behind an icon where something needs the agent; a press shows more."""

    radius = RADIUS_CONTROL - 1

    def __init__(self) -> None:
        super().__init__(focus=Qt.FocusPolicy.TabFocus)
        self.setFont(fonts_for(self.font()).small)
        self._tone = Tone.PLAIN
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, shown: str, whole: str, tone: Tone) -> None:
        """Write a few words; the whole sentence is the name and the tooltip."""
        self._tone = tone
        self.setText(shown)
        self.setAccessibleName(whole)
        set_quiet_tip(self, whole)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(on_one_line(self.text())) + 10, metrics.height() + 10)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        fonts = fonts_for(self.font())
        quiet = self._tone in (Tone.GOOD, Tone.PLAIN)
        ink = theme.second if quiet else tone_text(theme, self._tone)
        room = self.rect().adjusted(4, 0, -4, 0)
        if self._tone is Tone.WRONG:
            place = QRect(0, (self.height() - _ICON) // 2, _ICON, _ICON)
            icons.paint(painter, QStyle.visualRect(self.layoutDirection(), self.rect(), place), "circle-alert", ink)
            room = QStyle.visualRect(self.layoutDirection(), self.rect(), room.adjusted(_ICON + 2, 0, 0, 0))
        painter.setFont(fonts.figures_bold if self._tone is Tone.WRONG else self.font())
        painter.setPen(QColor(ink))
        shown = elided(self.text(), painter.fontMetrics(), room.width())
        paint_line(painter, room, shown, mirrored=self.isRightToLeft())


class ProgressWords(ElidedLabel):
    """How far long work is, in the longest form that there is room for; all of it is the tooltip."""

    def __init__(self) -> None:
        self._shorter: tuple[str, ...] = ("",)
        self._whole_text = ""
        super().__init__(role=Role.SMALL, tone=Tone.PLAIN)
        self.setFont(fonts_for(self.font()).figures)

    def say(self, whole: str, *shorter: str) -> None:
        """Write the sentence, or what is shorter where it does not fit; the shortest is cut."""
        if (whole, shorter) != (self._whole_text, self._shorter):
            self._whole_text, self._shorter = whole, shorter
            self.setAccessibleName(whole)
            self._fit()

    @property
    def whole(self) -> str:
        """The whole sentence."""
        return self._whole_text

    def _fit(self) -> None:
        advance = self.fontMetrics().horizontalAdvance
        forms = (self._whole_text, *self._shorter)
        self.setText(next((one for one in forms if advance(one) <= self.width()), forms[-1]))

    @override
    def _tip(self) -> None:
        tip = literal_tip(self._whole_text) if self.text() != self._whole_text or self.is_cut else ""
        if tip != self.toolTip():
            self.setToolTip(tip)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
