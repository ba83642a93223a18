"""The ticket that the palette's actions are for, in front of the line; pressing it takes it away."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.painted_button import paint_ground
from deskhand.ui.kit.theme import fonts_for, theme_of
from deskhand.ui.palette.entries import NO_MARK, Mark

_WIDEST, _MARK, _EDGE, _GAP = 220, 16, 6, 6


@dataclass(frozen=True, slots=True)
class Context:
    """What the palette's first section is for.

    Attributes:
        title: the ticket's subject, or "3 tickets".
        mark: of the ticket's account; none for several.
        is_several: it is more than one ticket.
    """

    title: str
    mark: Mark = NO_MARK
    is_several: bool = False


class ContextChip(QWidget):
    """Shows the context.

    Signals:
        pressed: it is to be taken away.
    """

    pressed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(self.tr("For {title}").format(title=context.title))
        self.setToolTip(literal_tip(context.title))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def _before(self) -> int:
        return _EDGE + (_MARK + _GAP if self._context.mark.account is not None else 2)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts_for(self.font()).small)
        wide = min(metrics.horizontalAdvance(elided(self._context.title, metrics, _WIDEST)), _WIDEST)
        return QSize(self._before + wide + _EDGE + 2, max(_MARK, metrics.height()) + 8)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = theme_of(self.palette()), fonts_for(self.font())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(painter, self.rect().toRectF(), theme.side, theme.tint_edge or theme.side, 6)
            account = self._context.mark.account
            if account is not None:
                made = account_pixmap(account, _MARK, theme, self.devicePixelRatioF())
                left = self.width() - _EDGE - _MARK if mirrored else _EDGE
                painter.drawPixmap(left, (self.height() - _MARK) // 2, made)
            painter.setFont(fonts.small)
            painter.setPen(QColor(theme.text))
            words = QRect(self._before, 0, self.width() - self._before - _EDGE, self.height())
            if mirrored:
                words.moveLeft(_EDGE)
            said = elided(self._context.title, painter.fontMetrics(), words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, said)
