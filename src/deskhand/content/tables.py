"""Tables: those that hold data stay, those that only place things become paragraphs.

Mail is laid out with tables in tables. Qt gives a column as little as one letter's width, lays what is inside out again for each
level, and keeps a grid as large as all spans together, so such mail costs seconds and becomes a column of letters. What is left
here is flat: no table lies in another one, and no cell spans more than there is.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from deskhand.content import cost
from deskhand.content.grid import LINE, SECTIONS, Cell, Row, Table, is_data
from deskhand.content.safehtml import INLINE, VOID, End, SafeHtml, Start, Text, Token, tokens, write

_GAP: Final = "\xa0\xa0 "
"""Between short cells that are put on one line."""
_FIGURE: Final = 16
"""Characters of a cell that is put on one line with many others."""
_LONGEST_LINE: Final = 1_600
_PICTURE: Final = 10
_DEEPEST: Final = cost.MAX_BLOCKS - 10
"""Elements round a table that stays, so that there is room for its own."""


def arrange(stream: Sequence[Token], *, keep: bool = True) -> list[Token]:
    """Return the tokens with data tables made regular and all other tables as paragraphs.

    Args:
        stream: tokens of cleaned HTML.
        keep: False where no table may stay, because they cost too much.
    """
    if not any(isinstance(token, Start) and token.name == "table" for token in stream):
        return list(stream)
    arranger = _Arranger(keep=keep)
    for token in stream:
        arranger.feed(token)
    return arranger.finish()


def mirrored(html: SafeHtml) -> SafeHtml:
    """Return HTML whose right-to-left tables have their cells in the order in which they stand on screen: Qt does not turn them."""
    if 'dir="rtl"' not in html or "<table" not in html:
        return html
    out: list[str] = []
    row: list[list[str]] | None = None
    turned = False
    for token in tokens(html):
        if isinstance(token, Start) and token.name == "table":
            turned = token.attributes.get("dir") == "rtl"
        if turned and isinstance(token, Start) and token.name == "tr":
            out.append(write(token))
            row = []
            continue
        if row is not None and isinstance(token, End) and token.name == "tr":
            out.extend(part for cell in reversed(row) for part in cell)
            row = None
        if row is None:
            out.append(write(token))
        elif isinstance(token, Start) and token.name in ("td", "th"):
            row.append([write(token)])
        elif row:
            row[-1].append(write(token))
    return SafeHtml("".join(out))


class _Arranger:
    def __init__(self, *, keep: bool) -> None:
        self._keep = keep
        self._out: list[Token] = []
        self._open: list[Table] = []
        self._directions: list[tuple[str, str]] = []
        self._area = 0

    def feed(self, token: Token) -> None:
        """Take a token."""
        if isinstance(token, Start) and token.name == "table":
            self._open.append(Table(token, self._direction()))
        table = self._open[-1] if self._open else None
        if table is None or not self._part(table, token):
            self._here().append(token)
        if isinstance(token, Start) and token.name not in VOID:
            self._directions.append((token.name, token.attributes.get("dir", "").lower() or self._direction()))
        elif isinstance(token, End):
            if self._directions and self._directions[-1][0] == token.name:
                self._directions.pop()
            if token.name == "table" and self._open:
                self._close()

    def finish(self) -> list[Token]:
        """Return the result; a table that is open is closed."""
        while self._open:
            self._close()
        return self._out

    def _direction(self) -> str:
        return self._directions[-1][1] if self._directions else ""

    def _here(self) -> list[Token]:
        return self._open[-1].here() if self._open else self._out

    def _close(self) -> None:
        table = self._open.pop()
        if self._open:
            self._open[-1].holds_table = True
        here = self._here()
        here.extend(_trimmed(table.stray))
        if self._keep and not table.holds_table and len(self._directions) < _DEEPEST and is_data(table):
            area = len(table.rows) * max(cell.column + cell.columns for row in table.rows for cell in row.cells)
            if self._area + area <= cost.MAX_GRID:
                self._area += area
                here.extend(_written(table))
                return
        here.extend(_linear(table))

    def _part(self, table: Table, token: Token) -> bool:
        """Tell whether the token is a part of the innermost table, and not of what is in a cell."""
        if isinstance(token, Text):
            return False
        name = token.name
        if name in SECTIONS:
            table.section = name if isinstance(token, Start) else "tbody"
        elif name == "caption":
            table.place = "caption" if isinstance(token, Start) else ""
        elif name == "tr":
            table.place = ""
            if isinstance(token, Start):
                table.rows.append(Row(token.attributes.get("dir", "").lower(), table.section))
        elif name in ("td", "th"):
            if isinstance(token, End):
                table.place = ""
            else:
                if not table.rows:
                    table.rows.append(Row("", table.section))
                table.rows[-1].cells.append(Cell(token))
                table.place = "cell"
        elif name not in ("table", "colgroup", "col"):
            return False
        return True


def _written(table: Table) -> Iterator[Token]:
    """Yield a data table."""
    direction = table.start.attributes.get("dir", "").lower() or table.inherited
    if table.caption:
        yield from _block(table.caption, direction, "")
    yield Start("table", {"dir": direction} if direction == "rtl" else {})
    yield Start("tbody")
    columns = max(cell.column + cell.columns for row in table.rows for cell in row.cells)
    covered: dict[int, int] = {}  # row: how many of its columns cells from above take
    for number, row in enumerate(table.rows):
        yield Start("tr")
        for cell in row.cells:
            attributes = {
                key: value for key, value in cell.start.attributes.items() if key not in ("colspan", "rowspan")
            }
            if cell.columns > 1:
                attributes["colspan"] = str(cell.columns)
            if cell.rows > 1:
                attributes["rowspan"] = str(cell.rows)
                for below in range(number + 1, number + cell.rows):
                    covered[below] = covered.get(below, 0) + cell.columns
            yield Start(cell.start.name, attributes)
            yield from cell.content
            yield End(cell.start.name)
        # A row that ends early is filled up, so that it stays at its side when a table is mirrored.
        for _ in range(columns - covered.get(number, 0) - sum(cell.columns for cell in row.cells)):
            yield Start("td")
            yield End("td")
        yield End("tr")
    yield End("tbody")
    yield End("table")


def _linear(table: Table) -> Iterator[Token]:
    """Yield what a table holds as paragraphs, short cells of a row on one line."""
    own = table.start.attributes.get("dir", "").lower()
    if own:
        yield Start("div", {"dir": own})
    if table.caption:
        yield from _block(table.caption, "", "")
    for row in table.rows:
        cells = [(cell, cell.content) for cell in row.cells if _shows(cell.content)]
        short = [_inline(content) for _, content in cells]
        if _share_a_line(short):
            yield Start("div", {"dir": row.direction} if row.direction else {})
            for number, part in enumerate(short):
                if number:
                    yield Text(_GAP)
                yield from part or ()
            yield End("div")
            continue
        for (cell, content), line in zip(cells, short, strict=True):
            direction = cell.start.attributes.get("dir", "").lower() or row.direction
            align = cell.start.attributes.get("align", "").lower()
            if line is not None and _letters(line) > LINE:
                yield from _block(line, direction, align, name="p")  # a paragraph has room below it
            else:
                yield from _block(content, direction, align)
    if own:
        yield End("div")


def _block(content: Sequence[Token], direction: str, align: str, *, name: str = "div") -> Iterator[Token]:
    attributes = {key: value for key, value in (("dir", direction), ("align", align)) if value}
    if not attributes and _only_blocks(content):
        yield from content
        return
    yield Start(name, attributes)
    yield from content
    yield End(name)


def _only_blocks(content: Sequence[Token]) -> bool:
    """Tell whether nothing of this is in need of an element around it."""
    depth = 0
    for token in content:
        if isinstance(token, Text):
            if not depth and token.text.strip():
                return False
        elif isinstance(token, End):
            depth -= 1
        elif not depth and token.name in INLINE:
            return False
        elif token.name not in VOID:
            depth += 1
    return True


def _shows(content: Sequence[Token]) -> bool:
    """Tell whether there is anything to see."""
    return any(
        bool(token.text.strip()) if isinstance(token, Text) else token.name in ("img", "hr", "table")
        for token in content
    )


def _inline(content: Sequence[Token]) -> list[Token] | None:
    """Return what a cell holds where that is part of a line, without the one element around it."""
    content = _trimmed(content)
    while (
        len(content) > 1
        and isinstance(first := content[0], Start)
        and first.name in ("p", "div")
        and isinstance(last := content[-1], End)
        and last.name == first.name
        and not any(isinstance(token, Start | End) and token.name == first.name for token in content[1:-1])
    ):
        content = _trimmed(content[1:-1])
    if any(not isinstance(token, Text) and (token.name not in INLINE or token.name == "br") for token in content):
        return None
    return content


def _trimmed(content: Sequence[Token]) -> list[Token]:
    """Return tokens without the white space at both ends; what stands between words keeps them apart."""
    start, end = 0, len(content)
    while start < end and _is_space(content[start]):
        start += 1
    while end > start and _is_space(content[end - 1]):
        end -= 1
    return list(content[start:end])


def _is_space(token: Token) -> bool:
    return isinstance(token, Text) and not token.text.strip()


def _share_a_line(parts: Sequence[list[Token] | None]) -> bool:
    """Tell whether the cells of a row are parts of a line, and short enough to be read on one line or as figures on a few."""
    letters = [_letters(part) for part in parts if part is not None]
    if len(parts) < 2 or len(letters) < len(parts):
        return False
    return sum(letters) <= LINE or (max(letters) <= _FIGURE and len(letters) * _FIGURE <= _LONGEST_LINE)


def _letters(part: Sequence[Token]) -> int:
    return sum(len(token.text) if isinstance(token, Text) else _PICTURE * (token.name == "img") for token in part)
