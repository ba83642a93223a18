"""A vendor to choose: its mark, its name, and what it can do."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.accounts import VendorInfo
from deskhand.ui.kit.avatar import mark
from deskhand.ui.kit.theme import RADIUS_CONTROL, fonts_for, theme_of

_MARK, _EDGE, _WIDTH = 28, 9, 224
_WRAP = Qt.TextFlag.TextWordWrap


class VendorChoice(QAbstractButton):
    """One of several, as a radio button is: arrows choose, a screen reader hears name and summary."""

    def __init__(self, vendor: VendorInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vendor = vendor
        self.setText(vendor.name)
        self.setAccessibleName(vendor.name)
        self.setAccessibleDescription(vendor.summary)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def vendor(self) -> VendorInfo:
        """The vendor."""
        return self._vendor

    def _text_rect(self) -> QRect:
        return QRect(_EDGE + _MARK + 12, _EDGE - 2, _WIDTH - 2 * _EDGE - _MARK - 12, 1000)

    @override
    def sizeHint(self) -> QSize:
        fonts = fonts_for(self.font())
        name = QFontMetrics(fonts.bold).height()
        summary = QFontMetrics(fonts.small).boundingRect(self._text_rect(), _WRAP, self._vendor.summary).height()
        return QSize(_WIDTH, max(_MARK, name + summary + 1) + 2 * (_EDGE - 2))

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        fonts = fonts_for(self.font())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = theme.soft if self.isChecked() else theme.raised if self.underMouse() else None
            if ground or self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
                place = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
                painter.drawRoundedRect(place, RADIUS_CONTROL, RADIUS_CONTROL)
            if not self.isEnabled():
                painter.setOpacity(0.6)
            ratio = self.devicePixelRatioF()
            square = mark(self._vendor.mark, self._vendor.colour, _MARK, ratio, fonts.body.toString(), radius=6)
            painter.drawPixmap(_EDGE, (self.height() - _MARK) // 2, square)
            text_rect = self._text_rect()
            painter.setFont(fonts.bold)
            painter.setPen(QColor(theme.text))
            painter.drawText(text_rect, Qt.TextFlag.TextSingleLine, self._vendor.name)
            text_rect.setTop(text_rect.top() + painter.fontMetrics().height() + 1)
            painter.setFont(fonts.small)
            painter.setPen(QColor(theme.quiet))
            painter.drawText(text_rect, _WRAP, self._vendor.summary)
