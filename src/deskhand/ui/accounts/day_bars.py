"""An account's last 24 hours as bars: an hour each, whose height and colour say the same."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from deskhand.domain.accounts import Health
from deskhand.domain.status_quarters import Hour, Part, StatusDay
from deskhand.ui.kit import times
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.theme import fonts_for, theme_of
from deskhand.ui.kit.tokens import Theme

_HEIGHTS: dict[Health | None, float] = {
    Health.FINE: 1.0,
    Health.WAITING: 0.8,
    Health.OFFLINE: 0.65,
    Health.PAUSED: 0.5,
    Health.BLOCKED: 0.4,
    Health.SIGN_IN: 0.3,
    None: 0.12,
}
"""How much of the height a bar takes: each state another, so that the colour is never alone."""

_WIDTH, _GAP = 0.3, 0.1
"""Of a bar, and between two, as parts of the height; at least 3 and 1 pixels."""


class DayBars(QWidget):
    """Shows a day, the oldest hour where a line begins. Who points at a bar is told its hour; a screen reader is told the whole day."""

    def __init__(self, day: StatusDay, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_day(day, now)

    def set_day(self, day: StatusDay, now: datetime) -> None:
        """Show this day."""
        self._day, self._now = day, now
        self.update()
        self.setAccessibleName(
            QCoreApplication.translate("DayBars", "Last 24 hours: {what}").format(what=day_text(day))
        )

    def hour_at(self, x: float) -> Hour | None:
        """Return the hour whose bar stands there, the gap behind it included; None beside the bars."""
        if self.isRightToLeft():
            x = self.width() - x
        place = int(x // self._step) if x >= 0 else -1
        return self._day.hours[place] if 0 <= place < len(self._day.hours) else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(self._step * len(self._day.hours)), self._tall)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ToolTip:
            return super().event(event)
        assert isinstance(event, QHelpEvent)
        hour = self.hour_at(event.pos().x())
        text = day_text(self._day) if hour is None else hour_text(hour, self._now)
        QToolTip.showText(event.globalPos(), literal_tip(text), self)
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for number, hour in enumerate(self._day.hours):
                tall = max(2.0, self._tall * _HEIGHTS[hour.shown])
                begin = number * self._step
                if self.isRightToLeft():
                    begin = self.width() - begin - self._wide
                painter.setBrush(QColor(_colour(theme, hour.shown)))
                radius = min(1.5, tall / 2)
                painter.drawRoundedRect(QRectF(begin, self._tall - tall, self._wide, tall), radius, radius)

    @property
    def _tall(self) -> int:
        return round(QFontMetricsF(fonts_for(self.font()).small).ascent()) + 2

    @property
    def _wide(self) -> float:
        return max(3.0, round(self._tall * _WIDTH))

    @property
    def _step(self) -> float:
        return self._wide + max(1.0, round(self._tall * _GAP))


def day_text(day: StatusDay) -> str:
    """Return "well for 21 h, offline for 2 h, not running for 1 h"."""
    return _parts_text(day.parts)


def hour_text(hour: Hour, now: datetime) -> str:
    """Return "14:00 to 15:00: well", with the lengths where it was not one thing for all of it."""
    told = _word(hour.parts[0].health) if len(hour.parts) == 1 else _parts_text(hour.parts)
    return _tr("{begins} to {ends}: {what}").format(
        begins=times.moment(hour.begins, now), ends=times.clock_time(hour.ends), what=told
    )


def _parts_text(parts: Sequence[Part]) -> str:
    return ", ".join(
        _tr("{state} for {length}").format(state=_word(part.health), length=times.length(part.seconds))
        for part in parts
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("DayBars", text)


def _word(health: Health | None) -> str:
    return {
        Health.FINE: _tr("well"),
        Health.WAITING: _tr("waiting for the vendor"),
        Health.OFFLINE: _tr("offline"),
        Health.PAUSED: _tr("paused"),
        Health.BLOCKED: _tr("cannot sync"),
        Health.SIGN_IN: _tr("sign-in needed"),
        None: _tr("not running"),
    }[health]


def _colour(theme: Theme, health: Health | None) -> str:
    return {
        Health.FINE: theme.good,
        Health.WAITING: theme.warn_mark,
        Health.OFFLINE: theme.warn_mark,
        Health.PAUSED: theme.edge,
        Health.BLOCKED: theme.wrong,
        Health.SIGN_IN: theme.wrong,
        None: theme.edge,
    }[health]
