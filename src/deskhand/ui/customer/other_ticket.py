"""Another ticket of the same customer: two lines that open it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain import wording
from deskhand.domain.tickets import TicketRow
from deskhand.ui.kit import times
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.theme import Tone, fonts_for, theme_of, tone_of_state


class OtherTicket(QAbstractButton):
    """Pressing it opens the ticket."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row: TicketRow | None = None
        self._subject = self._detail = ""
        self._tone = Tone.PLAIN
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_row(self, row: TicketRow, account: str, vendor: str) -> None:
        """Show a ticket."""
        self.row = row
        state = wording.vendor_label(row.vendor_state) or wording.state(row.state)
        when = times.age(row.updated_at, times.now_utc()) if row.updated_at else ""
        self._subject = " ".join(row.subject.split()) or self.tr("No subject")
        self._detail = " · ".join(part for part in (vendor, account, state, when) if part)
        self._tone = tone_of_state(row.state)
        description = f"{self._subject}, {self._detail}"
        if description != self.accessibleName():
            self.setAccessibleName(description)
            set_quiet_tip(self, description)
            self.update()

    @property
    def texts(self) -> tuple[str, str]:
        """The two lines."""
        return self._subject, self._detail

    @override
    def sizeHint(self) -> QSize:
        fonts = fonts_for(self.font())
        small = self.fontMetrics().height()
        return QSize(160, small + round(fonts.tiny.pixelSize() * 1.3) + 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = theme_of(self.window().palette()), fonts_for(self.font())
        with QPainter(self) as painter:
            if self.underMouse() or self.isDown():
                painter.fillRect(self.rect(), QColor(theme.raised))
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.line))
            if self.hasFocus():
                painter.setPen(QColor(theme.accent))
                painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
            for font, text, colour, top in (
                (fonts.small, self._subject, theme.text, 5),
                (fonts.tiny, self._detail, theme.quiet, 6 + fonts.small.pixelSize() * 1.25),
            ):
                painter.setFont(font)
                painter.setPen(QColor(colour))
                area = self.rect().adjusted(0, round(top), 0, 0)
                shown = elided(text, painter.fontMetrics(), self.width())
                painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine, shown)
