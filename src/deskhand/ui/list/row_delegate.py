"""A ticket's row: who and when, the subject, chips, and the one urgent thing.

Measured: a call into Python costs 0.1 us, a text 4 us, eliding 10 us and more. So a row's strings are elided once per width and
minute and kept; what remains is drawing at fixed places, about 45 us a row.
"""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyle, QStyleOptionViewItem
from typing_extensions import override

from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import TicketRow
from deskhand.ui.kit import icons, times
from deskhand.ui.kit.avatar import colour_of, initials, mark
from deskhand.ui.kit.chip import PADDING, chip_pixmap, shortened
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.theme import Fonts, Tone, fonts_for, theme_of, tint, tone_of_priority, tone_of_state, tone_text
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.list import row_text
from deskhand.ui.list.row_metrics import RowMetrics
from deskhand.ui.list.row_model import RowModel

_MAX_LAYOUTS = 600
_DOT = 7


@dataclass(frozen=True, slots=True)
class _RowLayout:
    """A row's strings, cut to the width, and where they go relative to its left edge."""

    row: TicketRow
    letters: str
    colour: str
    who: str
    when: str
    when_x: int
    subject: str
    chips: tuple[tuple[int, int, str, Tone], ...]
    place: str
    place_x: int
    urgent: str
    urgent_x: int
    urgent_tone: Tone
    urgent_icon: str


class RowDelegate(QAbstractItemDelegate):
    """Paints only; asks the model for rows without going through roles."""

    def __init__(self, model: RowModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._layouts: dict[TicketKey, _RowLayout] = {}
        self._layouts_for: tuple[int, int, int] = (0, 0, 0)
        self._fonts: Fonts = fonts_for(view.font())
        self._metrics = RowMetrics(self._fonts)

    @property
    def height(self) -> int:
        """A row's height."""
        return self._metrics.height

    def update_fonts(self) -> None:
        """Measure again after the view's font changed."""
        self._fonts = fonts_for(self._view.font())
        self._metrics = RowMetrics(self._fonts)
        self._layouts.clear()

    def clear_layouts(self) -> None:
        """Cut strings anew, after something changed that is not in a row (an account's name)."""
        self._layouts.clear()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, self._metrics.height)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        try:
            self._paint(painter, option, index.row())
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, number: int) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        theme = theme_of(self._view.palette())
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = (
            theme.soft if selected else theme.raised if state & QStyle.StateFlag.State_MouseOver else theme.background
        )
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.line))
        row = self._model.row(number)
        if row is not None:
            self._paint_row(painter, rect, row, theme)
        if selected:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, QColor(theme.accent))
        if state & QStyle.StateFlag.State_HasFocus and not (selected and self._is_only_one(number)):
            # The row that the keyboard stands on, where the selection alone does not tell.
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _is_only_one(self, number: int) -> bool:
        selection = self._view.selectionModel().selection()
        return selection.size() == 1 and range(selection.at(0).top(), selection.at(0).bottom() + 1) == range(
            number, number + 1
        )

    def _paint_row(self, painter: QPainter, rect: QRect, row: TicketRow, theme: Theme) -> None:
        layout = self._layout(row, rect.width())
        p, f = self._metrics, self._fonts
        left, top = rect.left(), rect.top()
        quiet, text = QColor(theme.quiet), QColor(theme.text)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(
            left + p.avatar_x, top + p.avatar_y, mark(layout.letters, layout.colour, p.avatar, ratio, p.body_name)
        )
        painter.setFont(f.bold if row.unread else f.body)
        painter.setPen(text if row.unread else quiet)
        painter.drawText(left + p.text_x, top + p.first, layout.who)
        painter.setPen(text)
        painter.drawText(left + p.text_x, top + p.second, layout.subject)
        painter.setFont(f.small)
        painter.setPen(quiet)
        painter.drawText(left + layout.when_x, top + p.first, layout.when)
        if layout.place:
            painter.drawText(left + layout.place_x, top + p.third, layout.place)
        if layout.urgent:
            colour = tone_text(theme, layout.urgent_tone)
            painter.setPen(QColor(colour))
            painter.drawText(left + layout.urgent_x, top + p.third, layout.urgent)
            if layout.urgent_icon:
                where = QRect(
                    left + layout.urgent_x - p.icon - 4, top + p.chip_y + (p.chip - p.icon) // 2, p.icon, p.icon
                )
                icons.paint(painter, where, layout.urgent_icon, colour)
        for x, width, text_shown, tone in layout.chips:
            chip = chip_pixmap(text_shown, (width, p.chip), p.tiny_name, tint(theme, tone), ratio)
            painter.drawPixmap(left + x, top + p.chip_y, chip)
        if row.unread:
            dot = mark("", theme.accent, _DOT, ratio, "")
            painter.drawPixmap(left + layout.when_x - _DOT - 5, top + p.first - p.dot_rise, dot)

    def _layout(self, row: TicketRow, width: int) -> _RowLayout:
        now = self._model.now()
        stamp = (width, int(now.timestamp()) // 30, id(self._fonts))
        if stamp != self._layouts_for or len(self._layouts) > _MAX_LAYOUTS:
            self._layouts.clear()
            self._layouts_for = stamp
        layout = self._layouts.get(row.key)
        if layout is None or (layout.row is not row and layout.row != row):  # read again, but mostly the same
            layout = self._layouts[row.key] = self._lay_out(row, width, now)
        return layout

    def _lay_out(self, row: TicketRow, width: int, now: datetime) -> _RowLayout:
        p = self._metrics
        bold = p.bold if row.unread else p.body
        right = width - p.margin
        when = times.age(row.updated_at, now) if row.updated_at is not None else ""
        when_x = right - p.small.horizontalAdvance(when)
        first_end = when_x - 10 - (_DOT + 5 if row.unread else 0)
        thing = row_text.urgent(row, now)
        urgent = thing.label if thing is not None else ""
        urgent_x = right - p.small.horizontalAdvance(urgent)
        icon = thing.icon if thing is not None else ""
        third_end = (urgent_x - (p.icon + 4 if icon else 0) - 8) if urgent else right
        chips, x = self._chips(row, p.text_x, third_end, p.tiny)
        place = row_text.account_and_group(row, self._model.account(row.key.account))
        person = row_text.who(row)
        return _RowLayout(
            row=row,
            letters=initials(person),
            colour=colour_of(person),
            who=elided(person, bold, first_end - p.text_x),
            when=when,
            when_x=when_x,
            subject=elided(row.subject or self.tr("No subject"), bold, right - p.text_x),
            chips=chips,
            place=elided(place, p.small, third_end - x - 2) if third_end - x > 30 else "",
            place_x=x + 2,
            urgent=elided(urgent, p.small, right - p.text_x),
            urgent_x=urgent_x,
            urgent_tone=thing.tone if thing is not None else Tone.PLAIN,
            urgent_icon=icon,
        )

    def _chips(
        self, row: TicketRow, x: int, end: int, metrics: QFontMetrics
    ) -> tuple[tuple[tuple[int, int, str, Tone], ...], int]:
        chips = []
        for text_shown, tone in (
            (row_text.priority_label(row), tone_of_priority(row.priority)),
            (row_text.state_label(row), tone_of_state(row.state)),
        ):
            if not text_shown:
                continue
            short = shortened(text_shown)
            width = metrics.horizontalAdvance(short) + 2 * PADDING
            if x + width > end:
                continue
            chips.append((x, width, short, tone))
            x += width + 6
        return tuple(chips), x
