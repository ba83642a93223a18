"""A filter to its canonical text."""

from deskhand.domain.tickets import State

from .fields import STATES
from .parsing import OPERATORS
from .syntax import All, AnyOf, Dates, Duration, Field, Filter, Named, Not, Term, Value
from .tokens import QUOTES, Kind, tokenize

_STATE_NAMES = {state: name for name, state in STATES.items()}


def unparse(of: Filter) -> str:
    """Return the text that `parse` reads as this filter."""
    match of:
        case All(parts):
            return " ".join(_bracketed(part) if isinstance(part, AnyOf) else unparse(part) for part in parts)
        case AnyOf(parts):
            return " or ".join(unparse(part) for part in parts)
        case Not(part):
            return f"-{unparse(part) if isinstance(part, Term) else _bracketed(part)}"
        case Term(Field.TEXT, _, Named(text, is_quoted)):
            return quoted(text) if is_quoted or _needs_quotes(text) else text
        case Term(field, comparison, value):
            return f"{field.value}{comparison.value}{_value(field, value)}"


def quoted(text: str) -> str:
    """Return a text in quotation marks, with what would end them escaped."""
    return '"' + "".join(f"\\{char}" if char in QUOTES or char == "\\" else char for char in text) + '"'


def _bracketed(of: Filter) -> str:
    return f"({unparse(of)})"


def _needs_quotes(text: str, before: str = "") -> bool:
    """Tell whether a text would be read as something else than one value without quotation marks."""
    tokens = tokenize(before + text, is_lenient=True)[1 if before else 0 :]
    if len(tokens) != 1 or tokens[0].kind is not Kind.TEXT or tokens[0].text != text:
        return True
    return not before and text.casefold() in OPERATORS


def _value(field: Field, value: Value) -> str:
    match value:
        case Named(text, is_quoted):
            return quoted(text) if is_quoted or _needs_quotes(text, f"{field.value}:") else text
        case Duration(amount, unit):
            return f"{amount}{unit.value}"
        case Dates(first, parts):
            return "-".join(first.isoformat().split("-")[:parts])
        case State():
            return _STATE_NAMES[value]
        case _:
            return value.value
