"""A one-line label that ends in an ellipsis where there is no room, and says all of it to a screen reader and in its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget
from typing_extensions import override

from deskhand.ui.kit.labels import Role, ToneLabel, font_of, literal_tip
from deskhand.ui.kit.one_line import elided, on_one_line
from deskhand.ui.kit.theme import Tone, fonts_for


class ElidedLabel(ToneLabel):
    """Plain text only.

    Args:
        mode: where it is cut; addresses and file names are cut in the middle.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: Role = Role.BODY,
        tone: Tone | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        self._mode = mode
        super().__init__(" ".join(text.split()), parent, tone)
        self.setFont(font_of(role, fonts_for(self.font())))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def setText(self, text: str) -> None:
        super().setText(" ".join(text.split()))
        self.updateGeometry()
        self._tip()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._laid_out()) + 2, metrics.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, self.fontMetrics().height())

    @property
    def is_cut(self) -> bool:
        """Whether some of the text is not seen."""
        line = self._laid_out()
        return line != self.text() or self.fontMetrics().horizontalAdvance(line) > self.width()

    @override
    def _laid_out(self) -> str:
        return on_one_line(self.text(), middle=self._mode is Qt.TextElideMode.ElideMiddle)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def _tip(self) -> None:
        tip = literal_tip(self.text()) if self.is_cut else ""
        if tip != self.toolTip():
            self.setToolTip(tip)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            text = elided(self.text(), self.fontMetrics(), self.width(), self._mode)
            side = QStyle.visualAlignment(self.layoutDirection(), self.alignment()) | Qt.AlignmentFlag.AlignAbsolute
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # a name ends at its own end
            painter.drawText(self.rect(), side | Qt.TextFlag.TextSingleLine, text)
