"""What the values of the ticket header paint before their words: the state's shape, the priority's bars, who it belongs to."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.domain.tickets import Priority, State
from deskhand.ui.kit import icons
from deskhand.ui.kit.avatar import initials, mark, person_pixmap
from deskhand.ui.kit.priority_glyph import priority_pixmap
from deskhand.ui.kit.state_glyph import state_glyph
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.ticket.field_box import FieldButton
from deskhand.ui.ticket.field_look import Glyph


def icon_of(name: str) -> Glyph:
    """Return what paints an icon in the colour of icons."""
    return lambda painter, square, theme: icons.paint(painter, square, name, theme.second)


def state_mark(state: State, label: str) -> Glyph:
    """Return what paints a state's shape in its colour."""
    name, colour = state_glyph(state, label)
    return lambda painter, square, theme: icons.paint(painter, square, name, str(getattr(theme, colour)))


def priority_mark(priority: Priority, font: str) -> Glyph | None:
    """Return what paints a priority's bars; None for one that has none, whose word then stands alone."""
    if priority is not Priority.URGENT and priority not in (Priority.LOW, Priority.NORMAL, Priority.HIGH):
        return None

    def paint(painter: QPainter, square: QRect, theme: Theme) -> None:
        ratio = painter.device().devicePixelRatio()
        if (bars := priority_pixmap(priority, square.width(), theme, ratio, font)) is not None:
            painter.drawPixmap(square.topLeft(), bars)

    return paint


def person_mark(name: str, font: str, *, is_me: bool) -> Glyph:
    """Return what paints somebody's initials: grey, and the agent's own on the accent."""

    def paint(painter: QPainter, square: QRect, theme: Theme) -> None:
        side = square.width() + 2
        ratio, letters = painter.device().devicePixelRatio(), initials(name)
        made = (
            mark(letters, theme.accent, side, ratio, font)
            if is_me
            else person_pixmap(letters, side, ratio, font, theme)
        )
        painter.drawPixmap(square.topLeft().x() - 1, square.topLeft().y() - 1, made)

    return paint


class TagsWord(FieldButton):
    """The first tag and how many more there are, or their number alone."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        self._shown: tuple[str, ...] = ()
        self._counted = False
        super().__init__(title, name, parent)
        self.setObjectName("Tags in short")
        self.set_glyph(icon_of("tag"))

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show these."""
        self._shown = tuple(tags)
        self._show()

    def set_counted(self, counted: bool) -> None:
        """Show their number only."""
        if counted != self._counted:
            self._counted = counted
            self._show()

    def width_if(self, *, counted: bool) -> int:
        """Return how wide it is either way."""
        return self.look.width_of(*self._words(counted=counted))

    def _words(self, *, counted: bool) -> tuple[str, str]:
        if not self._shown:
            return "", ""
        if counted:
            return str(len(self._shown)), ""
        return self._shown[0], f"+{len(self._shown) - 1}" if len(self._shown) > 1 else ""

    def _show(self) -> None:
        first, more = self._words(counted=self._counted)
        spoken = ", ".join(self._shown[:20]) or self.tr("none")
        self.set_value(first, spoken=spoken, more=more)

    @override
    def set_worded(self, worded: bool) -> None:
        self.set_counted(not worded)
