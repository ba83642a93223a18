"""Where the parts of a row lie, worked out once per font and density."""

from enum import StrEnum

from PySide6.QtGui import QFont, QFontInfo, QFontMetrics

from deskhand.ui.kit.theme import Fonts


class Density(StrEnum):
    """How much of a ticket a row shows."""

    COMFORTABLE = "comfortable"
    """Three lines: who, the subject, what was said last."""
    COMPACT = "compact"
    """Two: who, and the subject."""
    COLUMNS = "columns"
    """One, as a row of a table whose columns are chosen."""


_BODY = 13
_LINES = {Density.COMFORTABLE: (19, 18, 17), Density.COMPACT: (18, 17), Density.COLUMNS: (18,)}
_AROUND = {Density.COMFORTABLE: 7, Density.COMPACT: 4, Density.COLUMNS: 7}
_MARK = {Density.COMFORTABLE: 28, Density.COMPACT: 18, Density.COLUMNS: 18}
_GAP = {Density.COMFORTABLE: 10, Density.COMPACT: 6, Density.COLUMNS: 6}
GUTTER, DOT = 18, 8
"""How much room is before an account's mark, and the side of the unread dot in it."""
TICK, TICK_X = 13, 4
"""The side of a tick in the same room, and where it begins: behind the bar of a selected row."""


class RowMetrics:
    """Offsets from a row's top left corner, in a layout from left to right.

    The drawn heights are those of a font of 13 px; they grow with the font, and with its own lines where these are higher.

    Attributes:
        base: the base line of each line of text.
        mid: the middle of each line, for what is painted beside the text.
        mark, mark_x, mark_y: side and place of the account's mark.
        font: the body font's name, as `QFont.toString()` gives it.
        dot_x: where the unread dot begins; it stands at the middle of the first line.
    """

    __slots__ = (
        "base", "body", "bold", "density", "dot_x", "figures", "figures_bold", "font", "height", "icon", "margin", "mark", "mark_x", "mark_y", "mid",
        "small", "text_x",
    )  # fmt: skip

    def __init__(self, fonts: Fonts, density: Density = Density.COMFORTABLE) -> None:
        self.density = density
        self.body, self.bold = QFontMetrics(fonts.body), QFontMetrics(fonts.bold)
        self.small = QFontMetrics(fonts.small)
        self.figures, self.figures_bold = QFontMetrics(fonts.figures), QFontMetrics(fonts.figures_bold)
        scale = QFontInfo(QFont(fonts.body)).pixelSize() / _BODY
        self.font = fonts.body.toString()
        self.margin = 14
        self.mark = round(_MARK[density] * scale)
        self.mark_x = GUTTER
        self.text_x = GUTTER + self.mark + _GAP[density]
        self.icon = round(14 * scale)
        self.dot_x = 5
        own = (
            max(self.body.height(), self.bold.height()),
            max(self.body.height(), self.bold.height()),
            self.small.height(),
        )
        y = around = _AROUND[density]
        base, mid = [], []
        for drawn, least, metrics in zip(_LINES[density], own, (self.bold, self.bold, self.small), strict=False):
            line = max(round(drawn * scale), least)
            base.append(y + (line - metrics.height()) // 2 + metrics.ascent())
            mid.append(y + line // 2)
            y += line
        self.base, self.mid = tuple(base), tuple(mid)
        self.height = y + around + (1 if density is Density.COMPACT else 0)
        self.mark_y = around + 2 if density is Density.COMFORTABLE else mid[0] - self.mark // 2
