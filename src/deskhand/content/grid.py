"""The grid of a table, and whether it holds data."""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from deskhand.content import cost
from deskhand.content.safehtml import INLINE, Start, Text, Token
from deskhand.domain.lazy_dataclass import dataclass

MAX_CELL: Final = 600
"""Characters of a cell of data; more is an article in columns."""
MAX_CELL_PARTS: Final = 24
"""Elements in a cell that are no inline ones."""
MAX_COLUMNS: Final = 24
LINE: Final = 88
"""Characters of a line in a column of 620 px, by which heights are estimated."""
SECTIONS: Final = ("thead", "tbody", "tfoot")
_PADDING: Final = 3
"""Characters that the sides of a cell take."""
_ROW_PADDING: Final = 0.6
"""Lines that top and bottom of a row take."""
_TALLER: Final = 1.5
"""How often a table may be as high as its text in paragraphs."""
_SPAN: Final = 100


@dataclass(slots=True)
class Cell:
    """A cell, and where it lies in the grid."""

    start: Start
    content: list[Token] = field(default_factory=list)
    column: int = 0
    columns: int = 1
    rows: int = 1

    def spans(self, name: str) -> int:
        """Return `colspan` or `rowspan` as it was written, within reason."""
        value = self.start.attributes.get(name, "")
        return max(1, min(int(value[:9]), _SPAN)) if value.isascii() and value.isdecimal() else 1


@dataclass(slots=True)
class Row:
    """A row, with the part of the table that it lies in."""

    direction: str
    section: str
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table that is still open.

    Attributes:
        inherited: the reading direction around it.
        stray: what stands in it and in none of its cells.
    """

    start: Start
    inherited: str
    rows: list[Row] = field(default_factory=list)
    caption: list[Token] = field(default_factory=list)
    stray: list[Token] = field(default_factory=list)
    section: str = "tbody"
    place: str = ""
    holds_table: bool = False

    def here(self) -> list[Token]:
        """Return where what comes next belongs."""
        if self.place == "cell":
            return self.rows[-1].cells[-1].content
        return self.caption if self.place == "caption" else self.stray


def _place(rows: Sequence[Row]) -> None:
    """Give every cell its place as HTML does, then leave out the columns and rows in which no cell begins."""
    taken: list[tuple[int, int, int]] = []  # first column, column behind, row behind; of cells above
    for number, row in enumerate(rows):
        taken = sorted(span for span in taken if span[2] > number)
        column = at = 0
        fresh = []
        for cell in row.cells:
            while at < len(taken) and taken[at][0] <= column:
                column, at = max(column, taken[at][1]), at + 1
            end = column + cell.spans("colspan")
            if at < len(taken):
                end = min(end, taken[at][0])
            cell.column, cell.columns, cell.rows = column, end - column, min(cell.spans("rowspan"), len(rows) - number)
            if cell.rows > 1:
                fresh.append((column, end, number + cell.rows))
            column = end
        taken += fresh
    begins = {start: index for index, start in enumerate(sorted({cell.column for row in rows for cell in row.cells}))}
    edges = sorted(begins)
    for row in rows:
        for cell in row.cells:
            end = cell.column + cell.columns
            cell.columns = max(1, _count_below(edges, end) - begins[cell.column])
            cell.column = begins[cell.column]


def _count_below(edges: Sequence[int], end: int) -> int:
    low, high = 0, len(edges)
    while low < high:
        middle = (low + high) // 2
        if edges[middle] < end:
            low = middle + 1
        else:
            high = middle
    return low


@dataclass(frozen=True, slots=True)
class _Size:
    """How much a cell holds."""

    letters: int
    longest: int  # letters of its longest line
    longest_word: int
    lines: int
    parts: int
    pictures: int


def _size(content: Sequence[Token]) -> _Size:
    lines, pictures, parts = [""], 0, 0
    for token in content:
        if isinstance(token, Text):
            lines[-1] += token.text
            continue
        if isinstance(token, Start) and token.name == "img":
            pictures += 1
        elif token.name == "br" or token.name not in INLINE:
            parts += isinstance(token, Start)
            if lines[-1].strip():
                lines.append("")
    texts = [" ".join(line.split()) for line in lines if line.strip()]
    return _Size(
        letters=sum(map(len, texts)),
        longest=max(map(len, texts), default=0),
        longest_word=max((len(word) for text in texts for word in text.split(" ")), default=0),
        lines=len(texts),
        parts=parts,
        pictures=pictures,
    )


def is_data(table: Table) -> bool:
    """Tell whether it holds data: short texts in at least two rows and two columns, no higher than the same in paragraphs.

    Its rows are put in order, and where it is one, its cells get their places.
    """
    table.rows = sorted((row for row in table.rows if row.cells), key=lambda row: SECTIONS.index(row.section))
    cells = [cell for row in table.rows for cell in row.cells]
    if len(table.rows) < 2 or not len(table.rows) < len(cells) <= cost.MAX_GRID:
        return False
    sizes = {id(cell): _size(cell.content) for cell in cells}
    if any(size.letters > MAX_CELL or size.parts > MAX_CELL_PARTS for size in sizes.values()):
        return False
    _place(table.rows)
    columns = max(cell.column + cell.columns for cell in cells)
    if columns > MAX_COLUMNS:
        return False
    told: list[set[int]] = [set() for _ in table.rows]
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            if sizes[id(cell)].letters:
                for covered in told[number : number + cell.rows]:
                    covered.add(cell.column)
    pairs = [found for found in told if len(found) > 1]
    if sum(1 for column in range(columns) if sum(column in found for found in pairs) > 1) < 2:
        return False
    return _fits(table.rows, columns, sizes)


def _fits(rows: Sequence[Row], columns: int, sizes: dict[int, _Size]) -> bool:
    """Tell whether the table would be readable in the column: no word broken, and not much higher than paragraphs."""
    least, most = [1] * columns, [1] * columns
    for row in rows:
        for cell in row.cells:
            size = sizes[id(cell)]
            for column in range(cell.column, cell.column + cell.columns):
                least[column] = max(least[column], size.longest_word // cell.columns)
                most[column] = max(most[column], size.longest // cell.columns)
    room = LINE - _PADDING * columns
    if sum(least) > room:
        return False
    spare = room - sum(least)
    wanted = sum(most) - sum(least)
    share = min(1.0, spare / wanted) if wanted > 0 else 1.0
    widths = [low + (high - low) * share for low, high in zip(least, most, strict=True)]
    height = linear = 0.0
    for row in rows:
        lines = [1.0]
        for cell in row.cells:
            size = sizes[id(cell)]
            width = sum(widths[cell.column : cell.column + cell.columns])
            more = int(size.letters / width) if size.longest > width else 0
            lines.append((size.lines + more) / cell.rows)
            linear += size.lines + size.letters // LINE
        height += max(lines) + _ROW_PADDING
    return height <= linear * _TALLER
