"""Another ticket in two lines, beside the open one: its subject, and below it what is known of it; pressed it opens."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountMark
from deskhand.domain.ids import TicketKey
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.painted_button import PaintedButton
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.theme import RADIUS_CHIP, fonts_for
from deskhand.ui.kit.tokens import Theme

_MARK, _GAP = 18, 8


class TicketLine(PaintedButton):
    """Two lines, led by its account's mark where it is given one.

    Args:
        ruled: a thin line parts it from the next one.

    Attributes:
        key: the ticket that is shown.
    """

    radius = RADIUS_CHIP

    def __init__(self, parent: QWidget, *, ruled: bool = False) -> None:
        super().__init__(parent)
        self.key: TicketKey | None = None
        self._ruled = ruled
        self._subject = self._detail = ""
        self._mark: AccountMark | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_ticket(self, key: TicketKey, subject: str, detail: str, mark: AccountMark | None = None) -> None:
        """Show a ticket; one without a subject says so."""
        self.key, self._detail, self._mark = key, detail, mark
        self._subject = " ".join(subject.split()) or self.tr("No subject")
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
        return QSize(160, self.fontMetrics().height() + round(fonts.tiny.pixelSize() * 1.3) + 12)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        fonts, is_rtl = fonts_for(self.font()), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self._ruled and not self.hasFocus():
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.hair))
        beside = 0
        if self._mark is not None:
            beside = _MARK + _GAP
            left = self.width() - _MARK if is_rtl else 0
            painter.drawPixmap(left, 7, account_pixmap(self._mark, _MARK, theme, self.devicePixelRatioF()))
        area = self.rect().adjusted(0 if is_rtl else beside, 0, -beside if is_rtl else 0, 0)
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute | side | Qt.TextFlag.TextSingleLine
        for font, text, colour, top in (
            (fonts.small, self._subject, theme.text if self.isEnabled() else theme.quiet, 5),
            (fonts.tiny, self._detail, theme.quiet, 6 + fonts.small.pixelSize() * 1.25),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = elided(text, painter.fontMetrics(), area.width())
            painter.drawText(area.adjusted(0, round(top), 0, 0), flags, shown)
