"""One line of the accounts pane that shows a list: a smart view, an account, a group or a stage."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountColour
from deskhand.ui.kit import icons
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.one_line import elided, on_one_line, paint_line
from deskhand.ui.kit.painted_button import Ground, PaintedButton, paint_ground
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for, tone_text
from deskhand.ui.kit.tokens import Theme

_ICON, _PADDING, _BAR, _SQUARE, _NOTE_ICON = 16, 10, 3, 11, 12
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ViewRow(PaintedButton):
    """A name with a count; a screen reader hears the name, and the count as its description.

    Args:
        icon: file name of an icon, or empty.
        name_at: where the name begins where there is no icon, in Qt's pixels; 0 = at the edge.
        small: in the smaller font of groups.

    Signals:
        step: Up (-1) or Down (1) was pressed: the neighbour wants the focus.
        moved: Alt and Up (-1) or Down (1): it wants to change places with its neighbour.
        menu_requested: by the right button or the menu key, at a point on the screen.
        edit_requested, remove_requested: F2, Del.
    """

    step = Signal(int)
    moved = Signal(int)
    menu_requested = Signal(QPoint)
    edit_requested = Signal()
    remove_requested = Signal()

    def __init__(
        self, name: str, parent: QWidget | None = None, *, icon: str = "", name_at: int = 0, small: bool = False
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._colour = ""
        self._note, self._note_tone, self._note_spoken, self._note_icon = "", Tone.PLAIN, "", ""
        self._name_at = name_at
        self._small = small
        self._count = ""
        self._tone = Tone.PLAIN
        self._shown = self._is_broken = False
        self._keys: Callable[[], str] = str
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str, kind: str = "") -> None:
        """Call it otherwise.

        Args:
            kind: what it is ("Brand"), for the tooltip and a screen reader; the name alone is shown.
        """
        full = self.tr("{kind}: {name}").format(kind=kind, name=name) if kind else name
        if (name, full) != (self.text(), self.accessibleName()):
            self.setText(name)
            self.setAccessibleName(full)
            self._update_description()

    def set_key_source(self, keys: Callable[[], str]) -> None:
        """Tell who points at it which key leads there; it is asked for when the tooltip is, empty = none."""
        self._keys = keys

    @property
    def keys(self) -> str:
        """Which key leads there now."""
        return self._keys()

    def set_look(self, colour: str, icon: str) -> None:
        """Show an icon in a colour of the accounts, or without one a square of that colour."""
        if (colour, icon) != (self._colour, self._icon):
            self._colour, self._icon = colour, icon
            self.update()

    def set_note(self, text: str, tone: Tone, spoken: str = "", icon: str = "") -> None:
        """Say a few words below the name; empty = nothing. A screen reader hears them behind the count.

        Args:
            spoken: how a screen reader says them; empty = as they are written.
            icon: file name of an icon before them, in their colour; empty = none.
        """
        spoken = spoken or text
        if (text, tone, spoken, icon) != (self._note, self._note_tone, self._note_spoken, self._note_icon):
            is_same_height = bool(text) == bool(self._note)
            self._note, self._note_tone, self._note_spoken, self._note_icon = text, tone, spoken, icon
            self._update_description()
            self.update()
            if not is_same_height:
                self.updateGeometry()

    def set_broken(self, broken: bool) -> None:
        """Say whether only the agent can mend it; why stands in the note."""
        self._is_broken = broken

    @property
    def needs_agent(self) -> bool:
        """Whether something there waits for the agent."""
        return self._is_broken or (bool(self._count) and self._tone in (Tone.WRONG, Tone.WAITING))

    @property
    def note(self) -> str:
        """What stands below the name."""
        return self._note

    @property
    def note_tone(self) -> Tone:
        """In which tone it stands there."""
        return self._note_tone

    def set_count(self, count: int | None) -> None:
        """Show how many tickets stand there; None = not known, 0 shows nothing."""
        self._set_count_text("" if not count else figure(count), Tone.PLAIN)

    def set_text(self, text: str, tone: Tone) -> None:
        """Show words in place of the count, where a number does not say it."""
        self._set_count_text(text, tone)

    @property
    def count_text(self) -> str:
        """What stands on the right."""
        return self._count

    @property
    def count_tone(self) -> Tone:
        """In which tone it stands there."""
        return self._tone

    @property
    def is_shown(self) -> bool:
        """Whether the list shows this place now."""
        return self._shown

    @property
    def look(self) -> tuple[str, str]:
        """Its colour and its icon, each empty where it has none."""
        return self._colour, self._icon

    def set_shown(self, shown: bool) -> None:
        """Mark it as the place that the list shows."""
        if shown != self._shown:
            self._shown = shown
            self._update_description()
            self.update()

    def _set_count_text(self, text: str, tone: Tone) -> None:
        if (text, tone) != (self._count, self._tone):
            self._count, self._tone = text, tone
            self._update_description()
            self.update()

    def _update_description(self) -> None:
        said = ", ".join(filter(None, self.description_parts()))
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def description_parts(self, *, spoken_note: bool = True) -> list[str]:
        """Return what a screen reader hears behind the name."""
        count = self.counted(self._count) if self._counts else self._count
        return [count, self._note_spoken if spoken_note else "", self.tr("shown now") if self._shown else ""]

    def counted(self, count: str) -> str:
        """Return how a screen reader says the number."""
        return self.tr("1 ticket") if count == "1" else self.tr("{count} tickets").format(count=count)

    def name_at(self) -> int:
        """Return where the name begins, in Qt's pixels."""
        return _PADDING + _ICON + GAP_SMALL + 4 if self._icon or self._colour else max(_PADDING, self._name_at)

    def room_at_end(self) -> int:
        """Return how much of the line's end is somebody else's."""
        return 0

    @property
    def shows_count(self) -> bool:
        """Whether the count stands at the end."""
        return True

    @property
    def _counts(self) -> bool:
        return self._count[-1:].isdigit()

    @override
    def sizeHint(self) -> QSize:
        fonts = fonts_for(self.font())
        metrics = QFontMetrics(fonts.small if self._small else fonts.body)
        return QSize(
            self.name_at() + metrics.horizontalAdvance(on_one_line(self.text())) + 60,
            metrics.height() + (9 if self._small else 11) + self._note_height(),
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _note_height(self) -> int:
        return QFontMetrics(fonts_for(self.font()).tiny).height() if self._note else 0

    def _name_font(self) -> QFont:
        fonts = fonts_for(self.font())
        if self._small:
            return fonts.small_medium if self._shown else fonts.small
        return fonts.bold if self._shown else fonts.body

    def _count_beside_name(self) -> str:
        """Return what stands on the right; in a narrow pane words give way to their number, so that the name is seen whole."""
        small = QFontMetrics(fonts_for(self.font()).small)
        name = QFontMetrics(self._name_font()).horizontalAdvance(on_one_line(self.text()))
        room = self.width() - self.name_at() - 2 * GAP_SMALL - name
        number = self._count.partition(" ")[0]
        fits = self._counts or small.horizontalAdvance(self._count) <= room
        return self._count if fits or not number.isdecimal() else number

    @override
    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and (keys := self.keys):
            tip = self.toolTip() or literal_tip(self.accessibleName())
            QToolTip.showText(event.globalPos(), f"{tip}\n{keys}", self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_held = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in STEPS:
            (self.moved if is_held else self.step).emit(STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_F2:
            self.edit_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_requested.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().bottomLeft()))

    @property
    @override
    def is_on(self) -> bool:
        return self._shown

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(lit=theme.hover, on=theme.selected)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        colour = theme.second if self._small and not self._shown else theme.text
        if self._shown:
            at = self.width() - _BAR if self.isRightToLeft() else 0
            painter.fillRect(at, 4, _BAR, self.height() - 8, QColor(theme.accent))
        upper = self.rect().adjusted(0, 0, 0, -self._note_height())
        self.paint_mark(painter, theme, upper)
        fonts = fonts_for(self.font())
        painter.setFont(fonts.figures_bold if self._shown else fonts.figures)
        count = self._count_beside_name() if self.shows_count else ""
        room = painter.fontMetrics().horizontalAdvance(count) if count else 0
        painter.setPen(QColor(tone_text(theme, self._tone)))
        mirrored = self.isRightToLeft()
        place = self.placed(upper.adjusted(0, 0, -GAP_SMALL, 0))
        paint_line(painter, place, count, mirrored=mirrored, at_end=True)
        painter.setFont(self._name_font())
        painter.setPen(QColor(colour))
        name = upper.adjusted(self.name_at(), 0, -max(room, self.room_at_end()) - 2 * GAP_SMALL, 0)
        shown = elided(self.text(), painter.fontMetrics(), name.width())
        paint_line(painter, self.placed(name), shown, mirrored=mirrored)
        whole = shown == self.accessibleName() and count == self._count
        whole = self._paint_note(painter, theme) and whole
        if (tip := self.tip(is_whole=whole)) != self.toolTip():
            self.setToolTip(tip)

    def tip(self, *, is_whole: bool) -> str:
        """Return the tooltip.

        Args:
            is_whole: everything is seen.
        """
        return "" if is_whole else literal_tip(f"{self.accessibleName()} {self._count} {self._note}".strip())

    def placed(self, rect: QRect) -> QRect:
        """Return where a rectangle lies, which is meant from the beginning of the line."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def paint_mark(self, painter: QPainter, theme: Theme, line: QRect) -> None:
        """Paint the icon, or the square, in the line of the name."""
        ink = theme.accounts[AccountColour(self._colour)].text if self._colour else ""
        middle = line.center().y() + 1
        if self._icon:
            place = self.placed(QRect(_PADDING, middle - _ICON // 2, _ICON, _ICON))
            icons.paint(painter, place, self._icon, ink or (theme.accent if self._shown else theme.second))
        elif ink:
            place = self.placed(QRect(_PADDING + (_ICON - _SQUARE) // 2, middle - _SQUARE // 2, _SQUARE, _SQUARE))
            paint_ground(painter, place.toRectF(), ink, "", _SQUARE / 3.5)

    def _paint_note(self, painter: QPainter, theme: Theme) -> bool:
        """Paint what stands below the name, and tell whether all of it is seen."""
        if not self._note:
            return True
        fonts = fonts_for(self.font())
        font = QFont(fonts.tiny)
        font.setWeight(fonts.bold.weight() if self._note_tone is Tone.WRONG else font.weight())
        painter.setFont(font)
        painter.setPen(QColor(tone_text(theme, self._note_tone)))
        lower = self.rect().adjusted(0, self.height() - self._note_height() - 3, 0, -3)
        line = lower.adjusted(self.name_at(), 0, -GAP_SMALL - self.room_at_end(), 0)
        if self._note_icon:
            place = QRect(line.left(), line.center().y() - _NOTE_ICON // 2, _NOTE_ICON, _NOTE_ICON)
            icons.paint(painter, self.placed(place), self._note_icon, tone_text(theme, self._note_tone))
            line.setLeft(line.left() + _NOTE_ICON + 4)
        shown = elided(self._note, painter.fontMetrics(), line.width())
        paint_line(painter, self.placed(line), shown, mirrored=self.isRightToLeft())
        return shown == self._note
