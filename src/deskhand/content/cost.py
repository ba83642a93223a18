"""What it costs Qt to parse, lay out and paint a body, counted before Qt sees it, because Qt's layout cannot be interrupted.

One table of weights and one budget. The figures were taken with `ui.ticket.message_document.MessageDocument` at 620 px on the
machine of the published benchmarks (two cores, PySide6 6.11, Qt's offscreen platform); `python -m tests.benchmarks --only layout`
takes the worst of all hostile documents again.
"""

from collections.abc import Iterable
from dataclasses import field
from typing import Final, NamedTuple

from deskhand.content.safehtml import INLINE, End, Start, Text, Token
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern


class Weight(NamedTuple):
    """What one of a kind costs, and the measurement behind it."""

    micros: float
    figure: str


WEIGHTS: Final = {
    "letter": Weight(0.22, "200,000 Latin letters in paragraphs 44 ms"),
    "right-to-left letter": Weight(0.33, "88,000 Arabic letters in paragraphs 24 ms, in short paragraphs 39 ms"),
    "rare letter": Weight(0.85, "100,000 Korean letters 80 ms, 40,000 rare Chinese 43 ms, 26,000 unassigned 22 ms, 10,000 flags 8 ms"),
    "new letter": Weight(15, "the first time that 20,000 different Chinese letters are shown adds 495 ms"),
    "change of script": Weight(2.2, "88,000 letters that alternate between left and right 203 ms, 60,000 of three scripts 150 ms, 30,000 marks of direction 55 ms"),
    "mark on a mark": Weight(1.1, "20,000 letters with ten accents each 34 ms, with accents of another script 75 ms"),
    "letter in a cell": Weight(0.7, "2,000 cells of 79 letters 182 ms, eight columns of 16,000 letters 67 ms"),
    "cell": Weight(32, "a grid of 400 cells 12 ms, 800 cells with nothing in them 18 ms"),
    "block": Weight(9, "9,000 paragraphs 90 ms, 4,000 line breaks 24 ms, 2,000 headings with text 56 ms, 5,900 lines of code 57 ms"),
    "item": Weight(28, "4,000 lists of one item 115 ms; one list of 4,400 items 815 ms, so a list ends after MAX_ITEMS"),
    "format": Weight(11, "7,000 bold words 87 ms, 1,900 links 32 ms"),
    "raised": Weight(24, "8,000 raised or lowered figures 174 ms"),
    "picture": Weight(85, "100 pictures 8 ms"),
    "level": Weight(0.15, "900 divisions, 90 in each other, 13 ms: each element costs this times the levels that it lies in"),
}  # fmt: skip
"""Microseconds by kind."""

BUDGET: Final = 36.0
"""Milliseconds that a body may cost by these weights; what is shown takes at most 50 on the window's thread. Beyond: no tables, then
plain text."""
TEXT_BUDGET: Final = 22.0
"""Milliseconds of it that letters may cost (100,000 Latin ones); the rest is offered as text."""
PLAIN_BUDGET: Final = 32.0
"""The same for a plain body, which is cut instead; less than `BUDGET`, so that it stays as it is when it comes in again."""

MAX_GRID: Final = 1_000
"""Cells of all tables, each counted as often as it spans. A row of one cell with rowspan=100 colspan=100, 40 times, is 160,000 of them
and took 3.9 s, 80 times over 150 s."""
MAX_ITEMS: Final = 100
"""Items of one list: their time grows with the square (4,400 items 0.8 s, 9,500 items 3.6 s; 100 items 0.4 ms more than alone)."""
MAX_INDENT: Final = 10
"""Quotations and lists in each other: at 620 px, 90 of them left no room for one letter (617,000 px high, 156 ms)."""
MAX_DEPTH: Final = 100
"""Elements in each other."""
MAX_BLOCKS: Final = 60
"""The same where it is no format: what is deeper stands on a line of its own, with its formats."""
MAX_STARTS: Final = 9_000
"""Elements. Sanitizing them takes 35 us each, in a worker thread."""
MAX_OUTPUT: Final = 400_000
"""Bytes, below the limit, so that our own output may come in again."""
MAX_RUN: Final = 2_000
"""Characters of a paragraph: an unbroken word takes the square of its length (100,000: 640 ms; in pieces of 2,000: 18 ms a million)."""
MAX_MIXED_RUN: Final = 1_000
"""The same for a body in both reading directions, as a whole: a limit by paragraph would change when a paragraph is split."""
MAX_IMAGES: Final = 100
MAX_PRE_LINES: Final = 2_500

_SCRIPT_LETTERS: Final = (
    "A-Za-z\u00aa-\u02af\u1e00-\u1eff\u200e", "\u0370-\u03e1\u03f0-\u03ff\u1f00-\u1fff", "\u0400-\u0482\u048a-\u052f\u1c80-\u1c8f", "\u03e2-\u03ef",
    "\u0531-\u058f", "\u0590-\u05ff\u200f\ufb1d-\ufb4f", "\u0606-\u065f\u066a-\u06dc\u06de-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08e1\u08e3-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "\u0600-\u0605\u0660-\u0669\u06dd\u06f0-\u06f9\u08e2", "\u0700-\u074f", "\u0780-\u07bf",
    *(f"{chr(start)}-{chr(start + 0x7f)}" for start in range(0x900, 0xf00, 0x80)), "\u0f00-\u0fff", "\u1000-\u109f", "\u10a0-\u10ff",
    "\u1100-\u11ff\uac00-\ud7ff", "\u1200-\u139f", "\u1400-\u167f", "\u1780-\u17ff", "\u1800-\u18af",
    "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff", "\u3040-\u312f\u31f0-\u31ff", "\U0001f000-\U0001faff",
)  # fmt: skip
"""Letters of one script each, as Qt tells them apart, and figures that run against their script: it shapes every run on its own."""
_RUNS: Final = lazy_pattern(
    "|".join(f"[{letters}]+" for letters in _SCRIPT_LETTERS)
    + "|[0-9]+|[\u0483-\u0489\u0800-\uffff\U00010000-\U0010ffff]"
)
_COMMON: Final = lazy_pattern("[\x00-/:-@\\[-`{-\xa9\xb7\u0300-\u036f\u2000-\u200d\u2010-\u206f\ufe0f]+")
_PLAIN: Final = lazy_pattern(
    "[\x00-\u02af\u0370-\u052f\u05be\u05d0-\u05f4\u060c\u061b\u061f-\u063a\u0640-\u064a\u0660-\u0669\u0679\u067e\u0686\u0688\u0691\u0698\u06a9"
    "\u06af\u06ba\u06be\u06c1-\u06c3\u06cc\u06d2-\u06d4\u06f0-\u06f9\u1e00-\u1fff\u2000-\u206f]+"
)
"""Letters that any font has, laid out in the straight way."""
_STACKED: Final = lazy_pattern("(?<=[\u0300-\u036f\u0483-\u0489])[\u0300-\u036f\u0483-\u0489]")
_TURNED: Final = lazy_pattern("[\u0590-\u06ff]+")
_BLOCKS: Final = frozenset(["br", "hr"])


@dataclass(slots=True)
class Cost:
    """What a body costs.

    Attributes:
        cells: of all tables, each counted as often as it spans.
        depth: how many elements lie in each other.
        text: milliseconds for letters.
        structure: milliseconds for all else.
    """

    cells: int = 0
    depth: int = 0
    text: float = 0.0
    structure: float = 0.0

    @property
    def total(self) -> float:
        """Milliseconds on the window's thread."""
        return self.text + self.structure


@dataclass(slots=True)
class Meter:
    """Counts the cost of tokens as they are written."""

    cost: Cost = field(default_factory=Cost)
    _known: set[str] = field(default_factory=set)
    _depth: int = 0
    _cells: int = 0

    def start(self, name: str, columns: int = 1, rows: int = 1) -> None:
        """Count a start tag or a void element."""
        cost = self.cost
        if name == "img":
            kind = "picture"
        elif name in ("td", "th"):
            kind = "cell"
            cost.cells += columns * rows
            self._cells += 1
        elif name == "li":
            kind = "item"
        elif name in ("sub", "sup"):
            kind = "raised"
        elif name in INLINE and name != "br":
            kind = "format"
        else:
            kind = "block"
        count = columns * rows if kind == "cell" else 1
        cost.structure += (WEIGHTS[kind].micros * count + WEIGHTS["level"].micros * self._depth) / 1_000
        if name not in ("br", "hr", "img"):
            self._depth += 1
            cost.depth = max(cost.depth, self._depth)

    def lines(self, count: int) -> None:
        """Count line ends of preformatted text."""
        self.cost.structure += count * WEIGHTS["block"].micros / 1_000

    def end(self, name: str) -> None:
        """Count an end tag."""
        self._depth = max(0, self._depth - 1)
        if name in ("td", "th"):
            self._cells = max(0, self._cells - 1)

    def text(self, text: str, millis: float) -> None:
        """Count characters that were weighed."""
        self.cost.text += millis
        if not text.isascii():
            self._known.update(text)

    def weigh(self, text: str) -> float:
        """Return the milliseconds of a text here, without counting it."""
        micros = len(text) * WEIGHTS["letter"].micros
        if self._cells:
            micros += len(text) * WEIGHTS["letter in a cell"].micros
        if not text.isascii():
            rare = _PLAIN.sub("", text)
            turned = len(text) - len(_TURNED.sub("", text))
            times = 3 if self._cells else 1
            micros += times * len(rare) * (WEIGHTS["rare letter"].micros - WEIGHTS["letter"].micros)
            micros += times * turned * (WEIGHTS["right-to-left letter"].micros - WEIGHTS["letter"].micros)
            micros += len(set(rare) - self._known) * WEIGHTS["new letter"].micros
            runs = sum(1 for _ in _RUNS.finditer(_COMMON.sub("", text)))
            micros += times * max(0, runs - 1) * WEIGHTS["change of script"].micros
            micros += times * (len(text) - len(_STACKED.sub("", text))) * WEIGHTS["mark on a mark"].micros
        return micros / 1_000


def measure(stream: Iterable[Token]) -> Cost:
    """Return what sanitized HTML costs."""
    meter = Meter()
    preformatted = 0
    for token in stream:
        match token:
            case Text(text):
                meter.text(text, meter.weigh(text))
                if preformatted:
                    meter.lines(text.count("\n"))
            case Start(name, attributes):
                preformatted += name == "pre"
                columns, rows = (int(attributes.get(key, "1")) for key in ("colspan", "rowspan"))
                meter.start(name, columns, rows)
            case End(name):
                preformatted -= name == "pre"
                meter.end(name)
    return meter.cost
