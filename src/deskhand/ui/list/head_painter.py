"""Paints the head of a group: an arrow, its name, and how many there are."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView

from deskhand.ui.kit import icons
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.list.group_heads import head_detail, head_title
from deskhand.ui.list.groups import GroupHead
from deskhand.ui.list.row_metrics import Density, RowMetrics
from deskhand.ui.list.row_model import RowModel

_GAP = 8


class HeadPainter:
    """Lays a head out in one line, or in two where a row has more."""

    def __init__(self, model: RowModel, view: QAbstractItemView) -> None:
        self._model = model
        self._view = view

    def paint(self, painter: QPainter, rect: QRect, head: GroupHead, metrics: RowMetrics, theme: Theme) -> None:
        """Paint over the whole row."""
        painter.fillRect(rect, QColor(theme.side))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.hair))
        mirrored = self._view.isRightToLeft()
        ratio = painter.device().devicePixelRatio()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        arrow = icons.pixmap("chevron-right" if head.is_folded else "chevron-down", metrics.icon, theme.second, ratio)
        fonts, now = fonts_for(self._view.font()), self._model.now()
        inner = rect.adjusted(metrics.margin, 0, -metrics.margin, 0)
        at = inner.right() - metrics.icon if mirrored else inner.left()
        painter.drawPixmap(at, rect.center().y() - metrics.icon // 2, arrow)
        room = metrics.icon + _GAP
        inner = inner.adjusted(0, 0, -room, 0) if mirrored else inner.adjusted(room, 0, 0, 0)
        title = head_title(head, self._model.grouping, self._model.accounts, now)
        detail = head_detail(head, self._model.grouping, now)
        two_lines = metrics.density is Density.COMFORTABLE
        upper = QRect(inner.left(), rect.top(), inner.width(), rect.height() // 2) if two_lines else inner
        lower = QRect(inner.left(), rect.center().y() + 1, inner.width(), rect.height() // 2) if two_lines else inner
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(fonts.bold)
        painter.setPen(QColor(theme.text))
        shown = elided(title, metrics.bold, upper.width())
        painter.drawText(
            upper, side | (Qt.AlignmentFlag.AlignBottom if two_lines else Qt.AlignmentFlag.AlignVCenter), shown
        )
        painter.setFont(fonts.small)
        painter.setPen(QColor(theme.quiet))
        if not two_lines:
            used = metrics.bold.horizontalAdvance(shown) + _GAP
            lower = lower.adjusted(0, 0, -used, 0) if mirrored else lower.adjusted(used, 0, 0, 0)
        below = Qt.AlignmentFlag.AlignTop if two_lines else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(lower, side | below, elided(detail, metrics.small, lower.width()))
