"""Tables that a spreadsheet wrote as text: every row is read as it was meant, or refused by its line with the reason.

Nothing is guessed from the beginning of a file. The separator is the one that a `sep=` line names, else the one with which the heading
names the most columns that are known, and among these the one with which the most rows have as many cells as it. A quoted cell has to end where its quotation mark
does; a row where it does not is refused alone, and the next line is read as a row again.
"""

import codecs
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import Invalid

SEPARATORS = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEP = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: where it begins in the file; the first line is 1.
        cells: by column.
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What was read.

    Attributes:
        separator: between cells.
        columns: as the heading names them; `column 3` where it does not.
        refused: (line, reason) of the rows that were left out.
    """

    separator: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    refused: tuple[tuple[int, str], ...]


def decode(data: bytes) -> str:
    """Return a file's text by the mark at its beginning, else as UTF-8.

    Raises:
        Invalid: it is neither. In another encoding every byte is some letter, and the wrong ones would be stored.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    if not mark and b"\0" in data[:2000]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"  # which has no NUL in UTF-8 to be mistaken for
    try:
        return data.removeprefix(mark).decode(encoding or "utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Invalid(f"The file is not UTF-8 (line {line}). Save it as “CSV UTF-8”, and import it again.") from None


def read(text: str, known: Collection[str]) -> Table:
    """Read a table with a heading.

    Args:
        known: names of columns in lower case, by which the separator is found. Others may come several times, as comments do in the
            exports of issue trackers; they are numbered then.

    Raises:
        Invalid: there is no heading, or it names a known column twice.
    """
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise Invalid("The file holds NUL characters: it is no text.")
    if (named := _SEP.match(text)) is not None:
        return _checked(_parse(text, named.end(), named[1], known))
    named_columns: dict[str, int] = {}
    problem: Invalid | None = None
    for separator in SEPARATORS:
        try:
            columns = _heading(_records(text, 0, separator), known)
        except Invalid as refused:
            problem = problem or refused
        else:
            named_columns[separator] = len({name.casefold() for name in columns} & set(known))
    if not named_columns:
        raise problem or Invalid("The file is empty.")
    # All rows are read with every separator only where the headings leave a doubt: a file may have a million of them.
    most = max(named_columns.values())
    tables = (_parse(text, 0, separator, known) for separator, names in named_columns.items() if names == most)
    return _checked(max(tables, key=_fit))


def _checked(table: Table) -> Table:
    counts = Counter(name.casefold() for name in table.columns)
    if twice := next((name for name in table.columns if counts[name.casefold()] > 1), None):
        raise Invalid(f"The column {twice} comes twice; give each a name of its own.")
    return table


def _fit(table: Table) -> tuple[int, int]:
    return len(table.rows) - len(table.refused), len(table.columns)


def _heading(records: Iterator[tuple[int, list[str] | str]], known: Collection[str]) -> tuple[str, ...]:
    heading = next((cells for _, cells in records if isinstance(cells, str) or any(map(str.strip, cells))), None)
    if heading is None:
        raise Invalid("The file is empty.")
    if isinstance(heading, str):
        raise Invalid(f"The heading cannot be read: {heading}.")
    while heading and not heading[-1].strip():
        heading.pop()
    return _told_apart([name.strip() or f"column {number}" for number, name in enumerate(heading, 1)], known)


def _told_apart(names: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Number the second and further columns of a name that means nothing here."""
    counts: Counter[str] = Counter()
    told = []
    for name in names:
        counts[name.casefold()] += 1
        count = counts[name.casefold()]
        told.append(name if count == 1 or name.casefold() in known else f"{name} ({count})")
    return tuple(told)


def _parse(text: str, start: int, separator: str, known: Collection[str]) -> Table:
    records = _records(text, start, separator)
    columns = _heading(records, known)
    rows: list[Row] = []
    refused: list[tuple[int, str]] = []
    for line, cells in records:
        if isinstance(cells, str):
            refused.append((line, cells))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(columns):
            refused.append((line, f"it has {len(cells)} cells, and the heading has {len(columns)}"))
        else:
            rows.append(Row(line, dict(zip(columns, cells, strict=True))))
    return Table(separator, columns, tuple(rows), tuple(refused))


def _records(text: str, start: int, separator: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield line and cells of each record, or why it cannot be read."""
    between = re.escape(separator)
    # What a quotation mark opens is never tried a second time: of a long cell the expression would keep every letter as a way back.
    cell = re.compile(
        rf'(?:"([^"]*+(?:""[^"]*+)*+)"[ ]*|([^"{between}\r\n][^{between}\r\n]*|))({between}|\r\n|\r|\n|\Z)'
    )
    line, at = 1 + _breaks(text[:start]), start
    while at < len(text):
        begun, cells, end = at, [], ""
        while True:
            found = cell.match(text, at)
            if found is None:
                yield line, _why(text, at)
                at = _LINE.match(text, begun).end()  # type: ignore[union-attr]  # it matches anything
                break
            quoted, plain, end = found.groups()
            cells.append(plain if quoted is None else quoted.replace('""', '"'))
            at = found.end()
            if end != separator:
                yield line, cells
                break
        line += _breaks(text[begun:at])


def _why(text: str, at: int) -> str:
    column = at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))
    return f"the quotation mark at character {column} has no end, or text stands behind its end"


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
