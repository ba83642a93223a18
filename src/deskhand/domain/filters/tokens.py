"""A filter's text in tokens, and what can be wrong with it."""

from enum import Enum, auto

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

from .syntax import Comparison

QUOTES = '"“”„'
_FIELD = lazy_pattern(r"([^\W\d_][\w-]*)(>=|<=|:|>|<)")


@dataclass(frozen=True, slots=True)
class Fix:
    """A text in place of the characters from `begin` up to `end`, as the advice says it."""

    begin: int
    end: int
    text: str

    def apply(self, text: str) -> str:
        """Return a text with it."""
        return text[: self.begin] + self.text + text[self.end :]


@dataclass(frozen=True, slots=True)
class FilterError:
    """What is wrong in a filter's text.

    Attributes:
        position, length: the place, in characters; a length of 0 is behind the last one.
        problem: what is wrong, a sentence. `advice`: what would be right, a sentence.
        fix: what follows the advice, where that is to put one text in place of another.
    """

    position: int
    length: int
    problem: str
    advice: str
    fix: Fix | None = None

    def __str__(self) -> str:
        """Return both sentences."""
        return f"{self.problem} {self.advice}"


class Kind(Enum):
    """Of a token."""

    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()
    FIELD = auto()
    TEXT = auto()
    QUOTED = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: its kind, its value and its place. Of a field `text` is the name, `comparison` what follows."""

    kind: Kind
    text: str
    position: int
    length: int
    comparison: Comparison = Comparison.IS

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.position + self.length


class Wrong(Exception):
    """A mistake on its way out of the parser."""

    def __init__(self, position: int, length: int, problem: str, advice: str, fix: Fix | None = None) -> None:
        super().__init__(problem)
        self.error = FilterError(position, length, problem, advice, fix)


def tokenize(text: str, *, is_lenient: bool = False) -> list[Token]:
    """Return the tokens of a text.

    Args:
        is_lenient: a quotation mark that is not closed ends with the text, instead of being a mistake.
    """
    tokens: list[Token] = []
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        before = tokens[-1] if tokens else None
        is_value = before is not None and before.kind is Kind.FIELD and before.end == at
        if char.isspace():
            at += 1
        elif char in "()":
            tokens.append(Token(Kind.OPEN if char == "(" else Kind.CLOSE, char, at, 1))
            at += 1
        elif char in QUOTES:
            value, end = _quoted(text, at, is_lenient=is_lenient)
            tokens.append(Token(Kind.QUOTED, value, at, end - at))
            at = end
        elif char == "-" and not is_value and at + 1 < size and not text[at + 1].isspace() and text[at + 1] != ")":
            tokens.append(Token(Kind.MINUS, char, at, 1))
            at += 1
        elif not is_value and (found := _FIELD.match(text, at)) and not text.startswith("://", found.start(2)):
            tokens.append(Token(Kind.FIELD, found[1], at, len(found[0]), Comparison(found[2])))
            at = found.end()
        else:
            end = at
            while end < size and not text[end].isspace() and text[end] not in QUOTES and text[end] not in "()":
                end += 1
            tokens.append(Token(Kind.TEXT, text[at:end], at, end - at))
            at = end
    return tokens


def _quoted(text: str, begin: int, *, is_lenient: bool) -> tuple[str, int]:
    """Return the value of a quotation and the place behind it; a backslash takes the next character as it is."""
    value: list[str] = []
    at = begin + 1
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            value.append(text[at + 1])
            at += 2
        elif char in QUOTES:
            return "".join(value), at + 1
        else:
            value.append(char)
            at += 1
    if is_lenient:
        return "".join(value), len(text)
    fix = Fix(len(text), len(text), '"') if not text.endswith("\\") else None
    raise Wrong(begin, len(text) - begin, "A quotation mark is not closed.", 'Write " where the text ends.', fix)
