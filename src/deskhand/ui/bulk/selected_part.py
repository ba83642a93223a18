"""One vendor of what is selected: its tickets, what cannot be changed there, and what to know before."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import elided, paint_line
from deskhand.ui.kit.painted_button import paint_ground
from deskhand.ui.kit.theme import GAP, GAP_LARGE, GAP_SMALL, RADIUS_CONTROL, fonts_for, theme_of

_ROW, _MARK, _WHO = 26, 18, 170


@dataclass(frozen=True, slots=True)
class PartLine:
    """One ticket.

    Attributes:
        mark: of its account.
        account: its label.
        age: since when it is as it is.
    """

    mark: AccountMark
    account: str
    who: str
    subject: str
    age: str


@dataclass(frozen=True, slots=True)
class PartText:
    """What is written of one vendor.

    Attributes:
        detail: how many tickets, of how many accounts.
        ability: what can be changed, or what cannot.
        is_whole: everything can.
        reasons: why not, for the tooltip.
        more: how many tickets are not listed; empty where all are.
        warning: what to know before; empty = nothing.
    """

    vendor: str
    detail: str
    ability: str
    is_whole: bool
    reasons: str
    lines: tuple[PartLine, ...]
    more: str = ""
    warning: str = ""


class SelectedPart(QWidget):
    """Painted as one, because it is drawn anew with each ticket that is selected; a screen reader gets it as one text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = PartText("", "", "", True, "", ())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: PartText) -> None:
        """Show this."""
        if text == self._text:
            return
        self._text = text
        rows = [f"{line.who}, {line.subject}, {line.account}, {line.age}" for line in text.lines]
        said = [f"{text.vendor}, {text.detail}", text.ability, text.warning, *rows, text.more]
        self.setAccessibleName(". ".join(part for part in said if part))
        self.setToolTip(literal_tip(text.reasons))
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        rows = len(self._text.lines) + bool(self._text.more)
        return GAP + self._head + rows * self._row + (self._warning_rect(width).height() + GAP_SMALL) + GAP

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(320, self.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(200, self.width())))

    @property
    def _row(self) -> int:
        return max(_ROW, QFontMetrics(self.font()).height() + 8)

    @property
    def _head(self) -> int:
        return self._row + 2

    def _warning_rect(self, width: int) -> QRect:
        """Return the box of the warning, from its own top; empty where there is none."""
        if not self._text.warning:
            return QRect(0, 0, 0, 0)
        room = QRect(0, 0, max(40, width - 2 * GAP_LARGE - 2 * GAP - 24), 10_000)
        metrics = QFontMetrics(fonts_for(self.font()).small)
        said = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._text.warning)
        return QRect(0, 0, width - 2 * GAP_LARGE, said.height() + 2 * GAP_SMALL)

    def _placed(self, rect: QRect) -> QRect:
        """Return where a place that is told from the left lies in this reading direction."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _write(self, painter: QPainter, rect: QRect, text: str, font: QFont, colour: str, *, end: bool = False) -> int:
        """Write a text, cut where there is no room; returns the width that it takes."""
        painter.setFont(font)
        painter.setPen(QColor(colour))
        metrics = QFontMetrics(font)
        cut = elided(text, metrics, rect.width())
        paint_line(painter, self._placed(rect), cut, mirrored=self.isRightToLeft(), at_end=end)
        return metrics.horizontalAdvance(cut)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        text, theme, fonts = self._text, theme_of(self.window().palette()), fonts_for(self.font())
        left, width, top = GAP_LARGE, self.width() - 2 * GAP_LARGE, GAP
        with QPainter(self) as painter:
            ratio = self.devicePixelRatioF()
            half = width // 2
            vendor = self._write(painter, QRect(left, top, half, self._head), text.vendor, fonts.bold, theme.text)
            beside = QRect(left + vendor + GAP_SMALL, top, max(0, half - vendor - GAP_SMALL), self._head)
            self._write(painter, beside, text.detail, fonts.body, theme.quiet)
            colour = theme.good if text.is_whole else theme.quiet
            right = QRect(left + half + GAP, top, width - half - GAP, self._head)
            taken = self._write(painter, right, text.ability, fonts.small, colour, end=True)
            if text.is_whole and text.ability:
                at = QRect(right.right() - taken - 20, top + (self._head - 14) // 2, 14, 14)
                icons.paint(painter, self._placed(at), "check", colour)
            top += self._head
            for line in text.lines:
                tile = self._placed(QRect(left, top + (self._row - _MARK) // 2, _MARK, _MARK))
                painter.drawPixmap(tile.topLeft(), account_pixmap(line.mark, _MARK, theme, ratio))
                x = left + _MARK + GAP
                who = min(_WHO, width // 3)
                age = QFontMetrics(fonts.small).horizontalAdvance(line.age)
                self._write(painter, QRect(x, top, who, self._row), line.who, fonts.body, theme.text)
                room = width - _MARK - GAP - who - GAP - age - GAP
                self._write(painter, QRect(x + who + GAP, top, room, self._row), line.subject, fonts.body, theme.text)
                self._write(painter, QRect(left, top, width, self._row), line.age, fonts.small, theme.quiet, end=True)
                top += self._row
            if text.more:
                more = QRect(left + _MARK + GAP, top, width, self._row)
                self._write(painter, more, text.more, fonts.small, theme.quiet)
                top += self._row
            if text.warning:
                self._paint_warning(painter, QPoint(left, top + 2))
            painter.setPen(QColor(theme.hair))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _paint_warning(self, painter: QPainter, at: QPoint) -> None:
        theme = theme_of(self.window().palette())
        box = self._warning_rect(self.width())
        box.moveTopLeft(at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.tint_edge or theme.sunken
        paint_ground(painter, self._placed(box).toRectF(), theme.sunken, edge, RADIUS_CONTROL)
        icon = QRect(box.left() + GAP, box.top() + GAP_SMALL, 14, 14)
        icons.paint(painter, self._placed(icon), "triangle-alert", theme.warn)
        painter.setFont(fonts_for(self.font()).small)
        painter.setPen(QColor(theme.text))
        text = box.adjusted(GAP + 24, GAP_SMALL, -GAP, -GAP_SMALL)
        painter.drawText(self._placed(text), int(Qt.TextFlag.TextWordWrap), self._text.warning)
