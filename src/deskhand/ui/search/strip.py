"""The line under the search box: what may stand at the cursor, what was looked for last, or what is wrong. It never lies over a hit."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QStyle, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for, theme_of
from deskhand.ui.search.offer_chip import Offer, OfferChip

MOST = 20
_EDGE, _GAP, _ICON = 14, 6, 14
_HINT_FROM = 620
"""Width from which there is room for the hint."""

_LEFT, _RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right


class SuggestionStrip(QFrame):
    """Chips of which one is marked; left of them what they are, right of them the ways on.

    Signals:
        taken: the place of what was chosen. removed: of what is to be forgotten. cleared: all of it is.
        fix_taken: the advice beside a mistake is to be followed.
        down: on to the hits. back: the keyboard goes back to the text. typed: a key (QKeyEvent) that is meant for the text.
        operators_requested: every operator is to be shown.
    """

    taken = Signal(int)
    removed = Signal(int)
    cleared = Signal()
    fix_taken = Signal()
    down = Signal()
    back = Signal()
    typed = Signal(object)
    operators_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setAccessibleName(self.tr("Suggestions"))
        self._offers: tuple[Offer, ...] = ()
        self._marked = self._first = 0
        self._may_remove = False
        self._is_wrong = False
        self._prompt = ElidedLabel("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._sentence = ElidedLabel("", self, role=Role.SMALL)
        self._fix = self._link("", self.fix_taken)
        self._clear = self._link(self.tr("Clear all"), self.cleared)
        self._clear.setAccessibleName(self.tr("Forget all recent searches"))
        self._hint = ElidedLabel(self.tr("Arrow down: to the hits"), self, role=Role.SMALL, tone=Tone.PLAIN)
        self._operators = self._link(self.tr("All operators"), self.operators_requested)
        self._chips = [OfferChip(self) for _ in range(MOST)]
        for place, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _checked=False, place=place: self.taken.emit(place))
            chip.key_pressed.connect(self._decide)
        self.set_offers("", ())

    def _link(self, text: str, pressed: object) -> QPushButton:
        button = PushButton(text, self)
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).small_medium)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(pressed)
        return button

    # what it is told

    def set_offers(self, prompt: str, offers: Sequence[Offer], *, may_remove: bool = False) -> None:
        """Offer these, the first one marked.

        Args:
            prompt: what they are, in front of them.
            may_remove: each can be forgotten, and all of them.
        """
        offers = tuple(offers[:MOST])
        same = offers == self._offers and not self._is_wrong
        self._leave_from(len(offers))
        self._offers, self._may_remove, self._is_wrong = offers, may_remove, False
        self._prompt.setText(prompt)
        if not same:
            self._marked = self._first = 0
        for chip, offer in zip(self._chips, self._offers, strict=False):
            chip.set_offer(offer)
        self._place()

    def set_mistake(self, sentence: str, fix: str) -> None:
        """Say what is wrong and what would be right.

        Args:
            fix: what the advice would put there; empty where it is no text to put anywhere.
        """
        self._leave_from(0)
        self._offers, self._is_wrong, self._may_remove = (), True, False
        self._sentence.setText(sentence)
        self._fix.setText(self.tr("Put: {fix}").format(fix=fix) if fix else "")
        self._place()

    # what it tells

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What it offers."""
        return self._offers

    @property
    def marked(self) -> int:
        """Which of them Tab takes; -1 where there is none."""
        return self._marked if self._offers else -1

    @property
    def mistake(self) -> tuple[str, str]:
        """The sentence that it shows, and what its button puts; both empty where nothing is wrong."""
        return (self._sentence.text(), self._fix.text()) if self._is_wrong else ("", "")

    @property
    def fix_button(self) -> QPushButton:
        """Follows the advice."""
        return self._fix

    def chip(self, place: int) -> OfferChip:
        """Return what offers the one at a place."""
        return self._chips[place]

    def enter(self) -> bool:
        """Take the keyboard to the marked one; tell whether there is one."""
        if not self._offers:
            return False
        self._chips[self._marked].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    # inside

    def mark(self, place: int) -> None:
        """Mark another one."""
        if not self._offers:
            return
        has_keyboard = QApplication.focusWidget() in self._chips
        self._marked = place % len(self._offers)
        self._place()
        if has_keyboard:
            self._chips[self._marked].setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_from(self, count: int) -> None:
        """Give the keyboard back before the chip that has it goes: Qt would hand it to whatever comes next."""
        if any(chip.hasFocus() for chip in self._chips[count:]):
            self.back.emit()

    def _decide(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        forward, backward = (
            (_LEFT, _RIGHT) if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else (_RIGHT, _LEFT)
        )
        is_alt = bool(held & Qt.KeyboardModifier.AltModifier)
        event.accept()
        if (not is_alt and key == forward) or (is_alt and key == Qt.Key.Key_Down):
            self.mark(self._marked + 1)
        elif (not is_alt and key == backward) or (is_alt and key == Qt.Key.Key_Up):
            self.mark(self._marked - 1)
        elif key == Qt.Key.Key_Tab:
            self.taken.emit(self._marked)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_Backtab):
            self.back.emit()
        elif key == Qt.Key.Key_Down:
            self.down.emit()
        elif key == Qt.Key.Key_Delete and self._may_remove:
            self.removed.emit(self._marked)
        elif event.text().strip() and event.text().isprintable() and not is_alt:
            self.typed.emit(event)
        else:
            event.ignore()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self._chips[0].sizeHint().height() + 10)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = theme_of(self.window().palette())
        with QPainter(self) as painter:
            painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(theme.hair))
            if self._is_wrong:
                place = QRect(_EDGE, (self.height() - _ICON) // 2, _ICON, _ICON)
                place = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
                icons.paint(painter, place, "circle-alert", theme.wrong)

    def _place(self) -> None:
        """Lay everything out in one line; chips that do not fit are reached by the arrow keys."""
        right = self.width() - _EDGE
        for part, wanted in (
            (self._operators, self.width() >= 360),
            (self._hint, self.width() >= _HINT_FROM and bool(self._offers) and not self._may_remove),
            (self._clear, self._may_remove and bool(self._offers)),
        ):
            part.setVisible(wanted)
            if wanted:
                right = self._put(part, right - part.sizeHint().width(), part.sizeHint().width()) - 2 * GAP_SMALL
        left = _EDGE
        self._sentence.setVisible(self._is_wrong)
        self._fix.setVisible(self._is_wrong and bool(self._fix.text()))
        self._prompt.setVisible(bool(self._prompt.text()) and not self._is_wrong)
        if self._is_wrong:
            left += _ICON + GAP_SMALL
            button = self._fix.sizeHint().width() + GAP_SMALL if self._fix.text() else 0
            wide = min(self._sentence.sizeHint().width(), max(0, right - left - button))
            self._put(self._sentence, left, wide)
            self._put(self._fix, left + wide + GAP_SMALL, max(0, button - GAP_SMALL))
        elif self._prompt.text():
            wide = min(self._prompt.sizeHint().width(), max(0, (right - left) // 3))
            self._put(self._prompt, left, wide)
            left += wide + GAP_SMALL
        self._place_chips(left, right)

    def _place_chips(self, left: int, right: int) -> None:
        for place, chip in enumerate(self._chips):
            chip.set_marked(place == self._marked and place < len(self._offers))
        sizes = [chip.sizeHint().width() for chip in self._chips[: len(self._offers)]]
        self._first = min(self._first, self._marked)
        while self._first < self._marked and sum(sizes[self._first : self._marked + 1]) + _GAP * (
            self._marked - self._first
        ) > (right - left):
            self._first += 1
        at = left
        for place, chip in enumerate(self._chips):
            is_offered = self._first <= place < len(self._offers)
            fits = is_offered and (place == self._first or at + sizes[place] <= right)
            if fits:
                self._put(chip, at, min(sizes[place], max(0, right - at)))
                at += sizes[place] + _GAP
            elif is_offered:
                at = right + 1  # the ones behind it do not fit either
            chip.setVisible(fits)

    def _put(self, part: QWidget, left: int, width: int) -> int:
        """Put a part there, centred in its height, and return where it begins."""
        height = min(part.sizeHint().height(), self.height())
        place = QRect(left, (self.height() - 1 - height) // 2, width, height)
        part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        return left
