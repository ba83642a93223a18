"""What a row of a search shows of its hit: names and subject with the found terms marked, and an excerpt in place of the preview."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from deskhand.domain.excerpts import Excerpt, HitPlace
from deskhand.domain.filters.hit_marks import HitTerms, Span, first_span, hit_terms
from deskhand.domain.filters.syntax import Named
from deskhand.domain.ids import TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import TicketQuery
from deskhand.ui.kit import times
from deskhand.ui.kit.one_line import elided, on_one_line
from deskhand.ui.kit.tokens import Theme

if TYPE_CHECKING:
    from deskhand.ui.list.ticket_list import TicketList

_ENDLESS = 100_000.0
_LEAST_BESIDE = 90
"""So much room an excerpt keeps beside the words that say where it is from."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("TicketRow", text)


class Hits:
    """What was looked for, and where the tickets on screen hold it, as far as that was read."""

    def __init__(self) -> None:
        self.terms = HitTerms()
        self._excerpts: dict[TicketKey, Excerpt | None] = {}

    def __bool__(self) -> bool:
        return bool(self.terms)

    def begin(self, terms: HitTerms) -> bool:
        """Look for other terms, and forget what was read; tell whether they are others."""
        if terms == self.terms:
            return False
        self.terms = terms
        self._excerpts.clear()
        return True

    def forget(self, keys: Iterable[TicketKey]) -> None:
        """Read these tickets anew."""
        for key in keys:
            self._excerpts.pop(key, None)

    def put(self, keys: Iterable[TicketKey], found: Mapping[TicketKey, Excerpt]) -> None:
        """Take what was read of tickets; one that is not among it holds the terms elsewhere."""
        for key in keys:
            self._excerpts[key] = found.get(key)

    def is_read(self, key: TicketKey) -> bool:
        """Tell whether a ticket was read."""
        return key in self._excerpts

    def excerpt(self, key: TicketKey) -> Excerpt | None:
        """Return where a ticket holds the terms; None where that is not read yet, or it does in its subject or people alone."""
        return self._excerpts.get(key)


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """A text in which found terms are marked: where it begins, its base line, the names of its font and its colour.

    Qt lays it out as one text, so that each script keeps its direction and joins its letters across the edge of a mark.
    """

    x: int
    base: int
    layout: QTextLayout
    ascent: float
    marks: tuple[Span, ...]
    ink: str

    def paint(self, painter: QPainter, left: int, top: int, theme: Theme) -> None:
        """Draw it."""
        plain, hit = _format(getattr(theme, self.ink)), _format(theme.hit_text, theme.hit)
        shown = [
            _range(0, len(self.layout.text()), plain),
            *(_range(first, end - first, hit) for first, end in self.marks),
        ]
        self.layout.draw(painter, QPointF(left + self.x, top + self.base - self.ascent), shown)


@lru_cache(64)
def _format(ink: str, ground: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(ink))
    if ground:
        made.setBackground(QColor(ground))
    return made


def _range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, form
    return made


def lay_out(
    shown: str, marks: Sequence[Span], font: QFont, base: int, ink: str, place: Callable[[int], int]
) -> tuple[MarkedWords, int]:
    """Return a text that fits its room as it is drawn, and its width.

    Args:
        place: returns where a text of a width begins.
    """
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(_ENDLESS)
    layout.endLayout()
    width = round(line.naturalTextWidth() + 0.5)
    return MarkedWords(place(width), base, layout, line.ascent(), utf16(shown, marks), ink), width


def utf16(text: str, marks: Sequence[Span]) -> tuple[Span, ...]:
    """Return places as Qt counts them, where a character beyond the first plane is two."""
    if text.isascii():
        return tuple(marks)

    def place(at: int) -> int:
        return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2

    return tuple((place(first), place(end)) for first, end in marks)


def fitted(excerpt: Excerpt, wanted: Sequence[Named], metrics: QFontMetrics, room: int) -> str:
    """Return an excerpt cut to its room at its own ends, so that the first found term is seen: of what stands before it as much as fits."""
    text = on_one_line(excerpt.text)
    span = first_span(text, wanted)
    begin, mark = 0, "…" if excerpt.is_cut else ""
    while span is not None and begin < span[0]:
        if metrics.horizontalAdvance(mark + text[begin : span[1]] + " …") <= room:
            break
        space = text.find(" ", begin, span[0])
        begin, mark = (space + 1 if space >= 0 else span[0]), "…"
    return elided(mark + text[begin:], metrics, room)


def place_label(excerpt: Excerpt, now: datetime, customer: str = "") -> str:
    """Return who said it and when, or what holds it where that is no message: "You, 20 Nov", "note, Piotr Z.", "attachment's name".

    Args:
        customer: stands in the row already, and need not be named again.
    """
    match excerpt.place:
        case HitPlace.ATTACHMENT:
            return _tr("attachment's name")
        case HitPlace.NUMBER:
            return _tr("number")
        case HitPlace.NOTE:
            by = "" if excerpt.is_mine else excerpt.by
            return ", ".join(part for part in (_tr("note"), _tr("yours") if excerpt.is_mine else by) if part)
        case HitPlace.MESSAGE:
            by = _tr("You") if excerpt.is_mine else excerpt.by if excerpt.by != customer else ""
            when = times.age(excerpt.at, now) if excerpt.at is not None else ""
            return ", ".join(part for part in (by, when) if part)


def place_icon(excerpt: Excerpt) -> str:
    """Return the icon before an excerpt that is of no message; empty for one that is."""
    return {HitPlace.ATTACHMENT: "paperclip", HitPlace.NOTE: "sticky-note"}.get(excerpt.place, "")


def tail_room(room: int) -> int:
    """Return how wide the words may be that say where an excerpt of this room is from."""
    return max(0, min(room * 2 // 5, room - _LEAST_BESIDE))


def sentence(excerpt: Excerpt, now: datetime) -> str:
    """Return the same for a screen reader: "Found in You, 20 Nov: …the refund was ordered"."""
    said = _tr("Found in {place}: {excerpt}")
    where = place_label(excerpt, now) or _tr("a message")
    return said.format(place=where, excerpt=("…" if excerpt.is_cut else "") + excerpt.text)


def mark_hits(tickets: "TicketList", query: TicketQuery, meant: str = "") -> None:
    """Mark what is looked for in the rows from now on; nothing outside a search."""
    if tickets.model.hits.begin(hit_terms(meant or query.text, query.filter)):
        tickets.draw_again()
