"""A vendor to choose: its mark, its name, and what it can do."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QWidget
from typing_extensions import override

from deskhand.domain.accounts import VendorInfo
from deskhand.ui.kit.avatar import mark
from deskhand.ui.kit.painted_button import PaintedButton
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import Theme

_MARK, _EDGE, _WIDTH = 28, 9, 224
_WRAP = Qt.TextFlag.TextWordWrap


class VendorChoice(PaintedButton):
    """One of several, as a radio button is: arrows choose, a screen reader hears name and summary."""

    opacity_off = 0.6
    enter_presses = False

    def __init__(self, vendor: VendorInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vendor = vendor
        self.setText(vendor.name)
        self.setAccessibleName(vendor.name)
        self.setAccessibleDescription(vendor.summary)
        self.setCheckable(True)
        self.setAutoExclusive(True)

    @property
    def vendor(self) -> VendorInfo:
        """The vendor."""
        return self._vendor

    def _text_rect(self) -> QRect:
        return QRect(_EDGE + _MARK + 12, _EDGE - 2, _WIDTH - 2 * _EDGE - _MARK - 12, 1000)

    def _placed(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    @override
    def sizeHint(self) -> QSize:
        fonts = fonts_for(self.font())
        name = QFontMetrics(fonts.bold).height()
        summary = QFontMetrics(fonts.small).boundingRect(self._text_rect(), _WRAP, self._vendor.summary).height()
        return QSize(_WIDTH, max(_MARK, name + summary + 1) + 2 * (_EDGE - 2))

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        fonts, ratio = fonts_for(self.font()), self.devicePixelRatioF()
        square = mark(self._vendor.mark, self._vendor.colour, _MARK, ratio, fonts.body.toString(), radius=6)
        at = QRect(_EDGE, (self.height() - _MARK) // 2, _MARK, _MARK)
        painter.drawPixmap(self._placed(at).topLeft(), square)
        text_rect = self._text_rect()
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        side = (right if self.isRightToLeft() else left) | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(fonts.bold)
        painter.setPen(QColor(theme.text))
        painter.drawText(self._placed(text_rect), int(Qt.TextFlag.TextSingleLine | side), self._vendor.name)
        text_rect.setTop(text_rect.top() + painter.fontMetrics().height() + 1)
        painter.setFont(fonts.small)
        painter.setPen(QColor(theme.quiet))
        painter.drawText(self._placed(text_rect), int(_WRAP | side), self._vendor.summary)
