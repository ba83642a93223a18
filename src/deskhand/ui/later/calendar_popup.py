"""A month to choose a day in: with the arrows and Enter, or by a click."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.popup import Popup
from deskhand.ui.kit.theme import GAP_SMALL, theme_of


class _Month(QCalendarWidget):
    """Days that are not of this month, or cannot be chosen, are quiet."""

    @override
    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        if date.month() == self.monthShown() and date >= self.minimumDate():
            super().paintCell(painter, rect, date)
            return
        painter.setPen(QColor(theme_of(self.window().palette()).disabled))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.locale().toString(date.day()))


class CalendarPopup(Popup):
    """Offers days.

    Signals:
        picked: the day (date).
    """

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWindowTitle(name)
        self._calendar = _Month(self)
        self._calendar.setAccessibleName(name)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setGridVisible(False)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(day, QTextCharFormat())  # Qt's are red, and red means trouble
        for way, picture in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            step = self._calendar.findChild(QToolButton, f"qt_calendar_{way}")
            if step is not None:
                step.setIcon(icons.icon(picture))  # Qt's are black on any ground
        self._calendar.activated.connect(self._pick)
        self._calendar.clicked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        column.addWidget(self._calendar)

    def open_from(self, today: date, place: QPoint) -> None:
        """Show the month of tomorrow, with the keyboard on that day; what was before cannot be chosen.

        Args:
            place: of the frame's upper left corner, on the screen.
        """
        tomorrow = QDate(today.year, today.month, today.day).addDays(1)
        self._calendar.setMinimumDate(tomorrow)
        self._calendar.setSelectedDate(tomorrow)
        self.open_at(place)

    def open_at(self, place: QPoint) -> None:
        """Show the month, with the keyboard on the day that is selected.

        Args:
            place: of the frame's upper left corner, on the screen.
        """
        self.adjustSize()
        self.move_frame(place, self.screen().availableGeometry())
        self.show()
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick(self, day: QDate) -> None:
        if self.isVisible():  # Enter tells of both
            self.close()
            self.picked.emit(date(day.year(), day.month(), day.day()))
