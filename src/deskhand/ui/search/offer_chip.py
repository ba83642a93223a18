"""One thing that the strip under the search box offers: words, how many tickets they find, and the key that takes the marked one."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.one_line import elided, on_one_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import Theme

_EDGE, _GAP, _LONGEST = 8, 6, 260
_TAB = "Tab"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to take.

    Attributes:
        label: as it is shown. `count`: how many tickets it finds; None where that is not known.
    """

    label: str
    count: int | None = None


class OfferChip(PaintedButton):
    """A chip; its name says the count too.

    Signals:
        key_pressed: a key (QKeyEvent) that the strip decides on, while the keyboard is here.
    """

    key_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, focus=Qt.FocusPolicy.TabFocus)
        self._offer = Offer("")
        self._marked = False
        self.setFont(fonts_for(self.font()).small_medium)

    @property
    def offer(self) -> Offer:
        """What it offers."""
        return self._offer

    def set_offer(self, offer: Offer) -> None:
        """Offer something else."""
        if offer == self._offer:
            return
        self._offer = offer
        self.setText(on_one_line(offer.label))
        many = self.tr("1 ticket") if offer.count == 1 else self.tr("{count} tickets")
        self.setAccessibleName(offer.label)
        self.setAccessibleDescription("" if offer.count is None else many.format(count=figure(offer.count)))
        self.updateGeometry()
        self.update()

    def set_marked(self, marked: bool) -> None:
        """Be the one that Tab takes, or not."""
        if marked != self._marked:
            self._marked = marked
            self.updateGeometry()
            self.update()

    @property
    def is_marked(self) -> bool:
        """Whether Tab takes it."""
        return self._marked

    @property
    @override
    def is_on(self) -> bool:
        return self._marked

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(rest=theme.idle, lit=theme.hover, on=theme.selected, border_on=theme.accent)

    def _parts(self) -> tuple[str, int, int, QSize]:
        """Return the count, the widths of words and count, and the size of the key."""
        count = "" if self._offer.count is None else figure(self._offer.count)
        words = min(QFontMetrics(self.font()).horizontalAdvance(self.text()), _LONGEST)
        wide = QFontMetrics(fonts_for(self.font()).figures).horizontalAdvance(count) if count else 0
        return count, words, wide, keycap_size(_TAB, fonts_for(self.font()).tiny) if self._marked else QSize()

    @override
    def sizeHint(self) -> QSize:
        _, words, wide, key = self._parts()
        width = 2 * _EDGE + words + (wide + _GAP if wide else 0) + (key.width() + _GAP if self._marked else 0)
        return QSize(width, QFontMetrics(self.font()).height() + 8)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        count, words, wide, key = self._parts()
        parts: list[tuple[int, str]] = [(words, "words")]
        if wide:
            parts.append((wide, "count"))
        if self._marked:
            parts.append((key.width(), "key"))
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = _EDGE
        for width, kind in parts:
            left = self.width() - x - width if is_mirrored else x
            place = QRect(left, 0, width, self.height())
            if kind == "key":
                place = QRect(left, (self.height() - key.height()) // 2, key.width(), key.height())
                paint_keycap(painter, place, _TAB, fonts_for(self.font()).tiny, theme)
            else:
                is_words = kind == "words"
                font = self.font() if is_words else fonts_for(self.font()).figures
                painter.setFont(font)
                painter.setPen(
                    QColor(theme.link if is_words and self._marked else theme.text if is_words else theme.quiet)
                )
                said = elided(self.text(), QFontMetrics(font), width + 1) if is_words else count
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, said)
            x += width + _GAP

    @override
    def event(self, event: QEvent, /) -> bool:
        """Take letters before they run commands: they are meant for the text."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
            is_letter = bool(event.text()) and event.text().isprintable()
            if not held and (is_letter or event.key() == Qt.Key.Key_Delete):
                event.accept()
                return True
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            self.key_pressed.emit(event)  # here: a widget turns Tab into the next control before it is a key
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.key_pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)
