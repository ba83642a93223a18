"""The one strip that says something: an icon, words, up to three buttons, and perhaps a cross that puts it away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, ToneLabel, label
from deskhand.ui.kit.theme import GAP, GAP_SMALL, RADIUS_CONTROL, Tone, fonts_for, theme_of, tint
from deskhand.ui.kit.tokens import Theme, Tint

BUTTONS = 3
_ICON = 16
_BESIDE = 0.4
"""Buttons that are wider than this part of the strip go below the words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a button of a strip says and does.

    Attributes:
        key: does the same, as people read it; empty = none.
    """

    text: str
    run: Callable[[], object]
    key: str = ""


class Strip(QFrame):
    """Hidden until it has something to say.

    Args:
        focus: of its buttons.
        foot: how high is what a subclass paints below words and icon.

    Signals:
        dismissed: it was put away by the agent.
    """

    dismissed = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, focus: Qt.FocusPolicy = Qt.FocusPolicy.StrongFocus, foot: int = 0
    ) -> None:
        super().__init__(parent)
        self._tone = Tone.PLAIN
        self._icon = "info"
        self._foot = foot
        self._offers: tuple[Offer, ...] = ()
        self._focus = focus
        self.words = label("", self, role=Role.BODY, wrap=True)
        self.buttons: list[QPushButton] = []  # made when they are offered first: most strips never have three
        self.keys: list[ToneLabel] = []
        self.close_button: IconButton | None = None
        self.beside: ToneLabel | None = None
        self._side = QHBoxLayout()
        self._side.setSpacing(GAP_SMALL)
        self._side.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._set_margins()
        self._row.setSpacing(GAP_SMALL)
        self._row.addWidget(self.words, 1)
        self._row.addLayout(self._side)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def add_button(self) -> QPushButton:
        """Make the next button, with the place for its key; hidden until it is offered."""
        place = len(self.buttons)
        button = PushButton(self)
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).medium)
        button.setFocusPolicy(self._focus)
        button.clicked.connect(lambda _checked=False: self._act(place))
        key = label("", self, role=Role.SMALL)
        key.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        at = self._side.count() - (self.close_button is not None)
        for part in (key, button):
            part.hide()
            self._side.insertWidget(at, part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)
        self.keys.append(key)
        return button

    def add_beside(self) -> ToneLabel:
        """Make a label before the buttons, and return it; hidden until it is shown."""
        self.beside = made = label("", self, role=Role.SMALL)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        made.hide()
        self._side.insertWidget(1, made, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _add_close(self) -> IconButton:
        made = IconButton("x", self.tr("Dismiss"), self, side=22)
        made.clicked.connect(self._dismiss)
        self._side.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return made

    # --- what it is told ---

    def offer(self, offers: Sequence[Offer], *, closable: bool = False) -> None:
        """Have these buttons, at most three, and the cross or not."""
        self._offers = tuple(offers[:BUTTONS])
        while len(self.buttons) < len(self._offers):
            self.add_button()
        for place, (button, key) in enumerate(zip(self.buttons, self.keys, strict=True)):
            one = self._offers[place] if place < len(self._offers) else Offer("", lambda: None)
            button.setText(one.text)
            key.setText(one.key)
            button.setVisible(bool(one.text))
            key.setVisible(bool(one.key))
        if closable and self.close_button is None:
            self.close_button = self._add_close()
        if self.close_button is not None:
            self.close_button.setVisible(closable)
        self._arrange(self.width())

    def set_look(self, tone: Tone, icon: str) -> None:
        """Take a tone and an icon (its file's name)."""
        self._tone, self._icon = tone, icon
        self.words.set_tone(tone, on_chip=True)
        self.update()

    # --- for who paints and places it ---

    def colours(self, theme: Theme) -> Tint:
        """Return ground and ink."""
        return tint(theme, self._tone)

    def room_for_words(self, width: int) -> int:
        """Return how wide a line of words is at most, and put the buttons beside or below them."""
        beside = self._arrange(width)
        return width - 2 * GAP - _ICON - GAP_SMALL - beside

    def _arrange(self, width: int) -> int:
        """Put the buttons below the words where they would take too much of a line; return what they take beside them."""
        parts = (self.beside, *self.buttons, *self.keys, self.close_button)
        shown = [part for part in parts if part is not None and not part.isHidden()]
        wide = sum(part.sizeHint().width() + GAP_SMALL for part in shown)
        is_below = wide > width * _BESIDE and bool(self._offers)
        wanted = QBoxLayout.Direction.TopToBottom if is_below else QBoxLayout.Direction.LeftToRight
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
        return 0 if is_below else wide

    def _set_margins(self) -> None:
        """Leave room for the icon where reading begins; Qt does not mirror margins."""
        begin, end = GAP + _ICON + GAP_SMALL, GAP_SMALL
        if self.isRightToLeft():
            begin, end = end, begin
        self._row.setContentsMargins(begin, 7, end, 7 + self._foot)

    def _act(self, place: int) -> None:
        if place < len(self._offers):
            self._offers[place].run()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().palette())
        colours, ground = self.colours(theme), self.rect()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(colours.border) if colours.border else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.ground))
            painter.drawRoundedRect(ground.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)
            left = self.width() - GAP - _ICON if self.isRightToLeft() else GAP
            line = self.words.geometry()
            is_below = self._row.direction() is QBoxLayout.Direction.TopToBottom
            middle = line.center().y() if is_below else (self.height() - self._foot) // 2
            icons.paint(painter, QRect(left, middle - _ICON // 2, _ICON, _ICON), self._icon, colours.text)
