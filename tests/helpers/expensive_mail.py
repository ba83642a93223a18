"""Mail that is small and costly to lay out: more than 170 documents by kind and size, the same at every call.

Each kind grows until it is larger than anything that people send; what a size means is the kind's own matter.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LATIN = "lorem ipsum dolor sit amet, consetetur sadipscing elitr sed diam nonumy eirmod "
MIXED = "abc אבג "


@dataclass(frozen=True, slots=True)
class Document:
    """A body.

    Attributes:
        name: its kind and size.
        html: it is HTML, not plain text.
    """

    name: str
    body: str
    html: bool = True


def documents() -> Iterator[Document]:
    """Yield every document."""
    for kind, (make, sizes) in _HTML.items():
        for size in sizes:
            yield Document(f"{kind} {size}", make(size))
    for script, (make, sizes) in _SCRIPTS.items():
        for size in sizes:
            yield Document(f"{script} {size}", f"<p>{make(size)}</p>")
        yield Document(f"{script} {sizes[-1]} in short paragraphs", _paragraphs(make(sizes[-1]), 60))
        yield Document(f"{script} {sizes[-1]} as text", make(sizes[-1]), html=False)
    for script in ("unassigned", "mixed words", "flags", "mathematical", "Arabic"):
        make, _ = _SCRIPTS[script]
        yield Document(f"{script} in cells", _table([make(40)] * 600, 6))
        yield Document(f"{script} in items", "<ul>" + f"<li>{make(60)}</li>" * 400 + "</ul>")
        yield Document(f"{script} in nested tables", _nested(5, make(8_000)))
        yield Document(f"{script} in formats", "".join(f"<b>{make(9)}</b><i>{make(9)}</i>" for _ in range(1_500)))


# --- tables


def _table(cells: list[str], columns: int, attributes: str = "") -> str:
    rows = (cells[start : start + columns] for start in range(0, len(cells), columns))
    return (
        "<table>" + "".join("<tr>" + "".join(f"<td{attributes}>{c}</td>" for c in row) + "</tr>" for row in rows)
    ) + "</table>"


def _spanning_rows(count: int) -> str:
    return "<table>" + "<tr><td rowspan=100 colspan=100>x</td></tr>" * count + "</table>"


def _spanning_grid(columns: int, rows: int, attributes: str) -> str:
    return _table(["x"] * (columns * rows), columns, attributes)


def _nested(depth: int, inside: str) -> str:
    return "<table><tr><td>" * depth + inside + "</td></tr></table>" * depth


def _tree(width: int, depth: int, leaf: str = "x") -> str:
    if not depth:
        return leaf
    return "<table><tr>" + f"<td>{_tree(width, depth - 1, leaf)}</td>" * width + "</tr></table>"


def _tower(count: int) -> str:
    """Nested tables, each with text of its own in front and behind."""
    text = LATIN * 4
    return f"<table><tr><td>{text}</td><td>{text}" * count + f"</td><td>{text}</td></tr></table>" * count


def _ragged(rows: int) -> str:
    return (
        "<table>" + "".join(f"<tr><td colspan={1 + row % 97}>x</td><td>y</td></tr>" for row in range(rows)) + "</table>"
    )


# --- text


def _paragraphs(text: str, length: int) -> str:
    return "".join(f"<p>{text[start : start + length]}</p>" for start in range(0, len(text), length))


def _repeated(text: str) -> Callable[[int], str]:
    return lambda size: text * (size // len(text))


def _drawn(first: int, last: int, *, space: int = 0) -> Callable[[int], str]:
    """Return a maker of letters out of a range, no two neighbours alike, with a space after every so many."""

    def make(size: int) -> str:
        chance = random.Random(first)  # noqa: S311 - repeatable, not secret
        letters = [chr(chance.randint(first, last)) for _ in range(size)]
        if space:
            letters[space::space] = " " * len(letters[space::space])
        return "".join(letters)

    return make


def _everything(size: int) -> str:
    """Return letters of one block after the other."""
    blocks = [block for block in range(0xA0, 0x32000, 0x80) if not 0xD800 <= block < 0xF900]
    return "".join(chr(blocks[n % len(blocks)] + n // len(blocks) % 0x80) for n in range(size))


def _turns(size: int) -> str:
    return "aא" * (size // 2)


def _listed(depth: int) -> str:
    return "<ul><li>x" * depth + "</li></ul>" * depth


_FEW, _MANY = (500, 2_000, 9_000), (1_000, 10_000, 60_000)

_HTML: dict[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "cells that span rows and columns": (_spanning_rows, (20, 40, 80, 300, 900)),
    "columns spanned": (lambda n: _spanning_grid(n, n, " colspan=100"), (5, 15, 40, 60)),
    "rows spanned": (lambda n: _spanning_grid(n, n, " rowspan=100"), (5, 15, 40, 60)),
    "both spanned": (lambda n: _spanning_grid(n, n, " rowspan=9 colspan=9"), (15, 40)),
    "one wide cell in a narrow table": (lambda n: "<table><tr><td colspan=100>x</td></tr>" + "<tr><td>a</td><td>b</td></tr>" * n + "</table>", (50, 900)),
    "ragged spans": (_ragged, (50, 400, 990)),
    "a plain grid": (lambda n: _spanning_grid(n, n, ""), (20, 60, 90)),
    "one row of cells": (lambda n: _table(["x"] * n, n), (500, 4_000)),
    "one column of cells": (lambda n: _table(["x y z"] * n, 1), (500, 990, 4_000)),
    "a grid of sentences": (lambda n: _table([LATIN] * n, 6), (300, 2_000)),
    "long text in columns": (lambda n: _table([LATIN * 200] * n, n), (2, 4, 8)),
    "empty cells": (lambda n: _table([""] * n, 8), (800, 7_000)),
    "nested tables": (lambda n: _nested(n, LATIN), (4, 8, 16, 60)),
    "nested tables round a long text": (lambda n: _nested(n, LATIN * 1_400), (1, 2, 4, 6, 10)),
    "nested tables round many paragraphs": (lambda n: _nested(n, _paragraphs(LATIN * 700, 80)), (2, 6)),
    "trees of tables": (lambda n: _tree(n, 5), (2, 3, 4)),
    "deep trees of tables": (lambda n: _tree(2, n), (6, 8, 11)),
    "trees with sentences": (lambda n: _tree(3, n, LATIN), (3, 5)),
    "towers of tables": (_tower, (4, 8, 20)),
    "tables one after the other": (lambda n: _table(["x", "y"], 2) * n, (100, 1_000, 1_700)),
    "tables one after the other in a cell": (lambda n: _table([_table([LATIN, "y"], 2) * n], 1), (10, 100, 600)),
    "tables in items": (lambda n: "<ul>" + f"<li>{_table(['x', 'y'], 2)}</li>" * n + "</ul>", (100, 1_000)),
    "items in tables": (lambda n: _table(["<ul>" + "<li>x</li>" * 20 + "</ul>"] * n, 5), (50, 400)),
    "items": (lambda n: "<ul>" + "<li>x</li>" * n + "</ul>", (500, 2_000, 4_400, 9_500)),
    "numbered items": (lambda n: "<ol>" + "<li>x</li>" * n + "</ol>", (500, 2_000, 8_900)),
    "items of sentences": (lambda n: "<ul>" + f"<li>{LATIN}</li>" * n + "</ul>", (500, 3_000)),
    "lists of one item": (lambda n: "<ul><li>x</li></ul>" * n, (500, 4_000)),
    "lists in lists": (_listed, (10, 45, 90)),
    "items in items": (lambda n: "<ul>" + ("<li>x<ul>" + "<li>y</li>" * 9 + "</ul></li>") * n + "</ul>", (50, 800)),
    "definitions": (lambda n: "<dl>" + "<dt>x</dt><dd>y</dd>" * n + "</dl>", _FEW[:2]),
    "paragraphs": (lambda n: "<p>x</p>" * n, _FEW),
    "paragraphs in both directions": (lambda n: '<p dir="rtl">אבג abc</p><p dir="ltr">abc אבג</p>' * n, _FEW[:2]),
    "line breaks": (lambda n: "x<br>" * n, (500, 8_900, 19_000)),
    "rules": (lambda n: "<hr>" * n, _FEW),
    "headings": (lambda n: "<h2>x</h2>y" * n, _FEW[:2]),
    "quotations in quotations": (lambda n: "<blockquote>x" * n + "</blockquote>" * n, (20, 90, 180)),
    "quotations round a long text": (lambda n: "<blockquote>" * n + LATIN * 1_000 + "</blockquote>" * n, (10, 90)),
    "divisions in divisions": (lambda n: ("<div>" * 90 + "x" + "</div>" * 90) * n, (10, 90)),
    "formats": (lambda n: "<b>x</b> y " * n, _FEW),
    "formats in formats": (lambda n: ("<b><i><u><s>x</s></u></i></b> y ") * n, (100, 2_000)),
    "formats in words": (lambda n: "<b>x</b><i>y</i>" * n, (500, 4_000)),
    "raised and lowered": (lambda n: "x<sup>2</sup><sub>3</sub>" * n, (500, 4_000)),
    "links": (lambda n: "".join(f'<a href="https://x.example/{i}">ab</a> ' for i in range(n)), (200, 1_900, 4_000)),
    "pictures": (lambda n: '<img src="https://x.example/a.png" width=8 height=8>x ' * n, (50, 400, 1_900)),
    "large pictures": (lambda n: '<img src="https://x.example/a.png" width=1900 height=1900>' * n, (90,)),
    "lines of code": (lambda n: "<pre>" + "let x = 1;\n" * n + "</pre>", (500, 5_900, 30_000)),
    "one long line of code": (lambda n: "<pre>" + "x = 1; " * n + "</pre>", (300, 20_000)),
    "long unbroken word": (lambda n: "w" * n, _MANY),
    "unbroken words in cells": (lambda n: _table(["w" * 1_900] * n, n), (3, 40)),
    "spaces that do not break": (lambda n: "&nbsp;" * n, (1_000, 60_000)),
    "soft hyphens": (lambda n: "a&shy;" * n, (1_000, 60_000)),
    "places to break": (lambda n: "a<wbr>" * n, (500, 8_000)),
    "zero-width spaces": (lambda n: "a\u200b" * n, (1_000, 60_000)),
    "tabs": (lambda n: "<pre>" + "a\t" * n + "</pre>", (1_000, 60_000)),
    "prose": (lambda n: _paragraphs(LATIN * n, 900), (300, 1_200, 5_000)),
    "prose in one paragraph": (lambda n: LATIN * n, (300, 5_000)),
    "newsletters": (lambda n: _nested(3, _table([LATIN * 2, f"<a href='https://x.example'>{LATIN}</a>"], 2) * n), (20, 150)),
}  # fmt: skip

_SCRIPTS: dict[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "mixed words": (_repeated(MIXED), (2_000, 88_000)),
    "mixed letters": (_turns, (2_000, 88_000)),
    "mixed with digits": (_repeated("אב 12 ab 34 "), (2_000, 88_000)),
    "one foreign letter in prose": (lambda size: LATIN * (size // len(LATIN)) + "א", (88_000,)),
    "Hebrew": (_repeated("אבגד הוזח "), (200_000,)),
    "Arabic": (_repeated("بسم الله الرحمن "), (2_000, 88_000)),
    "Arabic and Latin": (_repeated("بسم lorem الله ipsum "), (88_000, 200_000)),
    "unassigned": (_drawn(0x2FE0, 0x2FEF), (2_000, 26_000)),
    "unassigned planes": (_drawn(0x40000, 0x9FFFD), (2_000, 20_000)),
    "mathematical": (_drawn(0x1D400, 0x1D7FF), (2_000, 6_000, 40_000)),
    "hieroglyphs": (_drawn(0x13000, 0x1342F), (6_000, 40_000)),
    "rare Chinese": (_drawn(0x20000, 0x2A6DF), (6_000, 40_000)),
    "Chinese": (_drawn(0x4E00, 0x9FA5), (6_000, 100_000)),
    "Korean": (_drawn(0xAC00, 0xD7A3, space=5), (6_000, 100_000)),
    "Korean parts": (_repeated("\u1100\u1161\u11a8"), (40_000,)),
    "flags": (_drawn(0x1F1E6, 0x1F1FF), (2_000, 10_000)),
    "families": (_repeated("\U0001f468\u200d\U0001f469\u200d\U0001f467"), (2_000, 20_000)),
    "emoji": (_drawn(0x1F300, 0x1F6FF), (2_000, 20_000)),
    "skin tones": (_repeated("\U0001f44d\U0001f3fd"), (20_000,)),
    "Thai": (_drawn(0x0E01, 0x0E2E), (2_000, 60_000)),
    "Devanagari": (_repeated("\u0915\u094d\u0937\u093f\u0924\u094d\u0930 "), (60_000,)),
    "Khmer": (_repeated("\u1780\u17d2\u1781\u17d2\u1782"), (40_000,)),
    "Tibetan": (_drawn(0x0F40, 0x0FBC), (40_000,)),
    "marks of direction": (_repeated("א\u200ea\u200f"), (2_000, 30_000)),
    "marks on marks": (_repeated("z" + "\u0300\u0301\u0302" * 20), (2_000, 30_000)),
    "marks of another script": (_repeated("a" + "\u0483" * 10), (2_000, 30_000)),
    "marks of Arabic": (_drawn(0x0600, 0x0605), (2_000, 30_000)),
    "combining marks": (_repeated("e" + "\u0301" * 30), (2_000, 60_000)),
    "private letters": (_drawn(0xE000, 0xF8FF), (40_000,)),
    "variations": (_repeated("a\ufe0f"), (40_000,)),
    "tags": (_drawn(0xE0020, 0xE007F), (20_000,)),
    "letters of all scripts": (_everything, (2_000, 40_000)),
    "letters of two scripts": (_repeated("aя中あ"), (60_000,)),
    "replacement characters": (_repeated("\ufffd"), (60_000,)),
}
