"""Where the words and glyphs of one row go: in lines one below the other, or in the columns of a table.

Everything is laid out from left to right, and mirrored where the window is read from the right.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from PySide6.QtGui import QFontMetrics
from typing_extensions import override

from deskhand.domain.accounts import AccountMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Priority, TicketRow
from deskhand.ui.kit import times
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.state_glyph import state_glyph
from deskhand.ui.list import row_text
from deskhand.ui.list.columns import ColumnName, TableColumn
from deskhand.ui.list.hit_text import MarkedWords
from deskhand.ui.list.row_metrics import DOT, Density, RowMetrics
from deskhand.ui.list.row_text import AccountTag, Said

_LEAST, _LEAST_OF_CELL = 40, 12
"""Less room than this shows nothing of a text that could be read."""

_NARROW = 330
"""In a row that is less wide a state's glyph stands without its words, which the subject needs more."""

_DASH = "–"
"""The vendor has no such field."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text, cut to its room: where it begins, its base line, and the names of its font and its colour.

    Attributes:
        whole: all of it, for who points at it; empty where all is shown, or it is only how something longer begins.
    """

    x: int
    base: int
    shown: str
    font: str
    ink: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Glyph:
    """An icon or a priority's glyph: its corner, and the name of its colour."""

    x: int
    y: int
    icon: str
    ink: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class RowLayout:
    """A row's strings and glyphs, and where they go relative to its left edge; no account's mark where its column is hidden.

    Attributes:
        marked: strings in which found terms are marked.
    """

    row: TicketRow
    account: AccountMark
    mark_x: int | None
    dot_x: int
    words: tuple[Words, ...]
    glyphs: tuple[Glyph, ...]
    marked: tuple[MarkedWords, ...] = ()


class RowMaker:
    """Lays one row out in lines."""

    def __init__(self, row: TicketRow, metrics: RowMetrics, width: int, *, mirrored: bool) -> None:
        self._row = row
        self._metrics = metrics
        self._width = width
        self._mirrored = mirrored
        self._least = _LEAST
        self._words: list[Words] = []
        self._glyphs: list[Glyph] = []
        self._marked: list[MarkedWords] = []

    def make(self, account: AccountTag, now: datetime, no_subject: str) -> RowLayout:
        """Return where everything goes."""
        row, p = self._row, self._metrics
        strong, ink = ("bold", "text") if row.unread else ("body", "second")
        right = self._width - p.margin
        exceptions = [
            one for one in (row_text.state_exception(row), row_text.priority_exception(row)) if one is not None
        ]
        last = list(row_text.marks(row, account, now))
        compact = p.density is Density.COMPACT
        if compact:
            exceptions, last = [*last, *exceptions], []
        said = row_text.wait_or_age(row, account, now, short=compact)
        end = self._end(0, right, [said] if said is not None else [])
        x = self._person(p.text_x, end, strong, ink, last=not account.is_named)
        if account.is_named and account.label:
            self._text(0, x + 8, end, account.label, "small", "quiet")
        end = self._end(1, right, exceptions, bare=compact or self._width < _NARROW)
        draft = row_text.draft_mark(row) if compact else self._draft_label()
        x = p.text_x
        if compact and draft:
            x = self._text(1, x, end, draft, "small_medium", "link") + 6
        x = self._subject_line(1, x, end, row.subject or no_subject, strong, ink, last=not compact)
        if compact:
            self._beside_subject(1, x, end)
        else:
            end, x = self._end(2, right, last), p.text_x
            if draft:
                x = self._text(2, x, end, draft, "small_medium", "link") + 4
            self._preview(2, x, end)
        return RowLayout(
            row=row,
            account=account.mark,
            mark_x=self._place(p.mark_x, p.mark),
            dot_x=self._place(p.dot_x, DOT),
            words=tuple(self._words),
            glyphs=tuple(self._glyphs),
            marked=tuple(self._marked),
        )

    def _person(self, x: int, end: int, font: str, ink: str, *, last: bool) -> int:
        """Say who asks, and return where that ends."""
        return self._text(0, x, end, row_text.who(self._row), font, ink, last=last)

    def _subject_line(self, line: int, x: int, end: int, subject: str, font: str, ink: str, *, last: bool) -> int:
        """Say the subject, and return where that ends."""
        return self._text(line, x, end, subject, font, ink, last=last)

    def _beside_subject(self, line: int, x: int, end: int) -> None:
        """Say more behind the subject of a compact row: nothing."""

    def _draft_label(self) -> str:
        """Return what stands before the preview of a ticket with a draft."""
        return row_text.draft_label(self._row)

    def _preview(self, line: int, x: int, end: int) -> None:
        """Say how the draft begins, or what was said last."""
        self._text(line, x, end, row_text.preview_of(self._row), "small", "quiet", last=True)

    def _place(self, x: int, width: int) -> int:
        return self._width - x - width if self._mirrored else x

    def _text(self, line: int, x: int, end: int, text: str, font: str, ink: str, *, last: bool = False) -> int:
        """Cut a text to its room and return where it ends.

        Args:
            last: nothing follows, so that its end need not be measured.
        """
        if end - x < self._least or not text:
            return x
        metrics = self._font(font)
        shown = elided(text, metrics, end - x)
        width = 0 if last and not self._mirrored else metrics.horizontalAdvance(shown)
        whole = text if shown != text and font != "small" else ""
        self._words.append(Words(self._place(x, width), self._metrics.base[line], shown, font, ink, whole))
        return x + width

    def _end(self, line: int, right: int, shown: list[Said], *, bare: bool = False) -> int:
        """Lay words and glyphs out from the right edge, and return where the text before them must end.

        Args:
            bare: only glyphs where there are any.
        """
        p = self._metrics
        for said in reversed(shown):
            if said.has_words and not (bare and said.icon):
                font = "figures_bold" if said.ink == "wrong" else "figures"
                ink = "quiet" if said.ink.startswith("state_") else said.ink  # the glyph has the colour
                text = elided(said.label, self._font(font), (right - p.text_x) // 2)
                width = self._font(font).horizontalAdvance(text)
                self._words.append(Words(self._place(right - width, width), p.base[line], text, font, ink))
                right -= width + 5
            if said.icon or said.priority is not Priority.NONE:
                x = self._place(right - p.icon, p.icon)
                self._glyphs.append(Glyph(x, p.mid[line] - p.icon // 2, said.icon, said.ink, said.priority))
                right -= p.icon + 5
            right -= 3
        return right - 6 if shown else right

    def _font(self, name: str) -> QFontMetrics:
        p = self._metrics
        return {"bold": p.bold, "body": p.body, "figures": p.figures, "figures_bold": p.figures_bold}.get(name, p.small)


class ColumnsMaker(RowMaker):
    """Lays one row out in columns.

    Args:
        places: the columns from the left of the screen, each with where it begins and its width.
    """

    def __init__(
        self,
        row: TicketRow,
        metrics: RowMetrics,
        width: int,
        *,
        mirrored: bool,
        places: Sequence[tuple[TableColumn, int, int]],
    ) -> None:
        super().__init__(row, metrics, width, mirrored=mirrored)
        self._least = _LEAST_OF_CELL
        self._places = places
        self._mark_x: int | None = None

    @override
    def make(self, account: AccountTag, now: datetime, no_subject: str) -> RowLayout:
        for column, x, width in self._places:
            begin = self._place(x, width)  # mirrored twice is from the left again
            self._cell(column, begin, begin + width - 8, account, now, no_subject)
        return RowLayout(
            row=self._row,
            account=account.mark,
            mark_x=self._mark_x,
            dot_x=self._place(self._metrics.dot_x, DOT),
            words=tuple(self._words),
            glyphs=tuple(self._glyphs),
            marked=tuple(self._marked),
        )

    def _cell(self, column: TableColumn, x: int, end: int, account: AccountTag, now: datetime, no_subject: str) -> None:
        row, p = self._row, self._metrics
        strong, ink = ("bold", "text") if row.unread else ("body", "second")
        match column.name:
            case ColumnName.ACCOUNT:
                self._mark_x = self._place(x, p.mark)
                self._text(0, x + p.mark + 6, end, account.label, "body", "second")
            case ColumnName.CUSTOMER:
                self._person(x, end, strong, ink, last=False)
            case ColumnName.SUBJECT:
                self._subject(x, end, row.subject or no_subject, account, now)
            case ColumnName.WAITS:
                self._waits(x, end, column, account, now)
            case ColumnName.ASSIGNEE:
                lacks = _none(column, account)
                shown = lacks or row_text.assignee_of(row, all_names=True)
                self._text(0, x, end, shown, "body", "second" if not lacks and row_text.assignee_of(row) else "quiet")
            case ColumnName.STATE:
                icon, colour = state_glyph(row.state, row_text.state_label(row))
                self._glyph(x, Said("", colour, icon))
                self._text(0, x + p.icon + 5, end, row_text.state_label(row), "body", "second")
            case ColumnName.PRIORITY:
                self._priority(x, end, column, account)
            case ColumnName.GROUP:
                self._text(0, x, end, row.group, "body", "second")
            case ColumnName.TAGS:
                self._text(0, x, end, ", ".join(row.tags) or _none(column, account), "body", "second")
            case ColumnName.DUE:
                if row.due_at is not None:
                    self._text(0, x, end, times.due(row.due_at, now), "figures", "quiet")
            case ColumnName.UPDATED:
                if (said := row_text.age(row, now)) is not None:
                    self._text(0, x, end, said.label, "figures", said.ink)
            case _:
                assert_never(column.name)

    def _subject(self, x: int, end: int, subject: str, account: AccountTag, now: datetime) -> None:
        row = self._row
        strong, ink = ("bold", "text") if row.unread else ("body", "second")
        marks = [said for said in row_text.marks(row, account, now) if said.icon]
        end = self._end(0, end, marks, bare=True)
        x = self._subject_line(0, x, end, subject, strong, ink, last=False)
        if draft := self._draft_label():
            x = self._text(0, x + 8, end, draft, "small_medium", "link")
        if end - x > _LEAST:
            self._preview(0, x + 8, end)

    def _priority(self, x: int, end: int, column: TableColumn, account: AccountTag) -> None:
        row, p = self._row, self._metrics
        label = row_text.priority_word(row)
        if not label:
            self._text(0, x, end, _none(column, account), "body", "quiet")
            return
        if row.priority is not Priority.OTHER:
            self._glyph(x, Said("", priority=row.priority))
        self._text(0, x + p.icon + 5, end, label, "body", "second")

    def _waits(self, x: int, end: int, column: TableColumn, account: AccountTag, now: datetime) -> None:
        """How long the customer has waited, at the end of its column, so that the figures stand below each other."""
        said = row_text.wait_in_table(self._row, account, now)
        if said is None:
            self._text(0, x, end, _none(column, account), "body", "quiet")
            return
        font = "figures_bold" if said.ink == "wrong" else "figures"
        width = self._font(font).horizontalAdvance(said.label)
        self._text(0, max(x, end - width - 4), end + 8, said.label, font, said.ink)

    def _glyph(self, x: int, said: Said) -> None:
        p = self._metrics
        at = self._place(x, p.icon)
        self._glyphs.append(Glyph(at, p.mid[0] - p.icon // 2, said.icon, said.ink, said.priority))


def _none(column: TableColumn, account: AccountTag) -> str:
    return _DASH if column.feature in account.lacks else ""
