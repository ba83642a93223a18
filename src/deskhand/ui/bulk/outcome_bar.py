"""How far a change of several tickets is, in one bar: done, what needs the agent, and what was left."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from deskhand.domain.bulk_runs import BulkOutcome
from deskhand.ui.kit.theme import Tone, theme_of, tone_dot

_TONES = {
    BulkOutcome.DONE: Tone.GOOD,
    BulkOutcome.LEFT: Tone.PLAIN,
    BulkOutcome.SKIPPED: Tone.PLAIN,
    BulkOutcome.NEEDS_YOU: Tone.WRONG,
}
"""What is over, in the order of the bar."""

_RADIUS = 2


class OutcomeBar(QProgressBar):
    """A stretch for each outcome in the colour of its sign; a screen reader is told how much is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[BulkOutcome, int] = {}
        self.setTextVisible(False)
        self.setAccessibleName(self.tr("Progress"))

    def set_counts(self, counts: Mapping[BulkOutcome, int]) -> None:
        """Show how many tickets have each outcome."""
        self._counts = dict(counts)
        self.setRange(0, max(1, sum(counts.values())))
        self.setValue(sum(count for outcome, count in counts.items() if outcome.is_over))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, area = theme_of(self.palette()), QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = QPainterPath()
            shape.addRoundedRect(area, _RADIUS, _RADIUS)
            painter.fillPath(shape, QColor(theme.idle))
            painter.save()
            painter.setClipPath(shape)
            at = 0.0
            for outcome, tone in _TONES.items():
                wide = area.width() * self._counts.get(outcome, 0) / self.maximum()
                begin = area.width() - at - wide if self.isRightToLeft() else at
                painter.fillRect(QRectF(begin, 0, wide, area.height()), QColor(tone_dot(theme, tone)))
                at += wide
            painter.restore()
            if theme.is_high_contrast:
                painter.setPen(QPen(QColor(theme.text), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
