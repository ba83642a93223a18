"""Lays out a row of a search: found terms are marked, and an excerpt with its place stands where else the preview does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from typing_extensions import override

from deskhand.domain.filters.hit_marks import spans
from deskhand.domain.filters.syntax import Named
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.theme import Fonts
from deskhand.ui.list import hit_text, row_text
from deskhand.ui.list.hit_text import Hits
from deskhand.ui.list.row_layout import ColumnsMaker, RowMaker
from deskhand.ui.list.row_text import Said

_GAP = 6


class HitRowMaker(RowMaker):
    """Lays one row of a search out in lines."""

    _hits: Hits
    _fonts: Fonts
    _now: datetime

    def with_hits(self, hits: Hits, fonts: Fonts, now: datetime) -> Self:
        """Mark these terms, and show their excerpts."""
        self._hits, self._fonts, self._now = hits, fonts, now
        return self

    @override
    def _person(self, x: int, end: int, font: str, ink: str, *, last: bool) -> int:
        return self._with_marks(0, x, end, row_text.who(self._row), font, ink, self._hits.terms.of_person)

    @override
    def _subject_line(self, line: int, x: int, end: int, subject: str, font: str, ink: str, *, last: bool) -> int:
        if not last and self._hits.excerpt(self._row.key) is not None:
            end = x + (end - x) * 3 // 5  # the excerpt follows on the same line
        return self._with_marks(line, x, end, subject, font, ink, self._hits.terms.of_subject)

    @override
    def _beside_subject(self, line: int, x: int, end: int) -> None:
        if self._hits.excerpt(self._row.key) is not None:
            self._preview(line, x + 2 * _GAP, end)

    @override
    def _draft_label(self) -> str:
        own_words = self._hits.excerpt(self._row.key) is None and self._hits.is_read(self._row.key)
        return row_text.draft_label(self._row) if own_words else row_text.draft_mark(self._row)

    @override
    def _preview(self, line: int, x: int, end: int) -> None:
        key, wanted = self._row.key, self._hits.terms.text
        excerpt = self._hits.excerpt(key)
        if excerpt is None:
            if self._hits.is_read(key):  # until then nothing, so that no text is replaced under the eyes
                self._with_marks(line, x, end, row_text.preview_of(self._row), "small", "quiet", wanted)
            return
        if icon := hit_text.place_icon(excerpt):
            self._end_glyph(line, x, icon)
            x += self._metrics.icon + 4
        metrics = self._font("small")
        said = elided(hit_text.place_label(excerpt, self._now, self._row.who), metrics, hit_text.tail_room(end - x))
        width = metrics.horizontalAdvance(said) + _GAP if said else 0
        shown = hit_text.fitted(excerpt, wanted, metrics, end - x - width)
        x = self._with_marks(line, x, end - width, shown, "small", "second", wanted, fits=True)
        if said:
            self._text(line, x + _GAP, end, said, "small", "quiet", last=True)

    def _end_glyph(self, line: int, x: int, icon: str) -> None:
        self._end(
            line,
            x + self._metrics.icon,
            [Said("", "note_edge" if icon == "sticky-note" else "quiet", icon, has_words=False)],
        )

    def _with_marks(
        self,
        line: int,
        x: int,
        end: int,
        text: str,
        font: str,
        ink: str,
        wanted: Sequence[Named],
        *,
        fits: bool = False,
    ) -> int:
        """Cut a text to its room, mark the terms in it, and return where it ends."""
        if end - x < self._least or not text:
            return x
        shown = text if fits else elided(text, self._font(font), end - x)
        marks = spans(shown, wanted)
        if not marks:
            return self._text(line, x, end, shown, font, ink)
        made, width = hit_text.lay_out(
            shown, marks, getattr(self._fonts, font), self._metrics.base[line], ink, lambda width: self._place(x, width)
        )
        self._marked.append(made)
        return x + width


class HitColumnsMaker(HitRowMaker, ColumnsMaker):
    """Lays one row of a search out in columns."""
