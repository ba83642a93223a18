"""A filter as rows to choose from: field, relation and value. Text and rows are one filter, each is made from the other.

Alternatives of the outermost "or" are groups, what has to hold together are rows of a group. What no row can show (brackets, a text that
cannot be read) is a row of text, so that nothing is lost. A row that nobody touched keeps the words it was typed in.
"""

from typing import NamedTuple

from deskhand.domain.lazy_dataclass import dataclass

from .fields import BOUNDS, FIELDS, TIMES
from .parsing import FilterError, parse
from .slices import split_groups
from .syntax import Comparison, Duration, Field, Not, Term
from .tokens import Kind, tokenize
from .unparsing import quoted


class Relation(NamedTuple):
    """How a row compares.

    Attributes:
        is_not: it must not hold.
        is_length: the value is a length of time, not a date.
    """

    comparison: Comparison = Comparison.IS
    is_not: bool = False
    is_length: bool = False


_IS, _IS_NOT = Relation(), Relation(is_not=True)
_ORDER = (Comparison.MORE, Comparison.AT_LEAST, Comparison.LESS, Comparison.AT_MOST)


@dataclass(frozen=True, slots=True)
class Row:
    """One condition.

    Attributes:
        text: what it says in the filter; empty while it is not complete.
        field: None where it can only be shown as text.
        name: how the field was called, one of its names.
        value: what stands behind the comparison, with its quotation marks.
    """

    text: str = ""
    field: Field | None = None
    name: str = ""
    relation: Relation = _IS
    value: str = ""


Groups = tuple[tuple[Row, ...], ...]


def relations(field: Field) -> tuple[Relation, ...]:
    """Return how a field can compare in a row, the likeliest first."""
    if field in TIMES:
        dates = (Comparison.AT_LEAST, Comparison.LESS, Comparison.IS, Comparison.MORE, Comparison.AT_MOST)
        lengths = tuple(Relation(comparison, is_length=True) for comparison in _ORDER)
        on_days = tuple(Relation(comparison) for comparison in dates)
        return (*lengths, *on_days) if field in (Field.WAITING, Field.DUE) else (*on_days, *lengths)
    if len(FIELDS[field].comparisons) > 1:
        return (_IS, _IS_NOT, *(Relation(comparison) for comparison in _ORDER))
    return (_IS, _IS_NOT)


def read(text: str) -> Groups:
    """Return the rows of a filter's text; a text that cannot be read is one row."""
    groups = split_groups(text)
    if groups is None:
        return ((Row(text.strip()),),)
    return tuple(tuple(_row(part) for part in group) for group in groups)


def write(groups: Groups) -> str:
    """Return the text of rows; a row that is not complete says nothing."""
    said = [[_part(row.text, many=len(groups) > 1 or len(group) > 1) for row in group] for group in groups]
    return " or ".join(filter(None, (" ".join(filter(None, group)) for group in said)))


def new_row(field: Field, relation: Relation | None = None) -> Row:
    """Return a row without a value."""
    return Row(field=field, name=field.value, relation=relations(field)[0] if relation is None else relation)


def with_relation(row: Row, relation: Relation) -> Row:
    """Return a row that compares otherwise; a value of another kind of time goes."""
    assert row.field is not None
    name = row.field.value if row.name in BOUNDS else row.name
    value = row.value if relation.is_length is row.relation.is_length else ""
    return with_value(Row(field=row.field, name=name, relation=relation), value)


def with_value(row: Row, value: str) -> Row:
    """Return a row with another value; one that would be read otherwise is put into quotation marks.

    What cannot be read at all makes the row incomplete.
    """
    assert row.field is not None
    value = value.strip()
    for said in (value, quoted(value)) if value else ():
        text = _said(row, said)
        found = _row(text)
        if (found.field, found.relation) == (row.field, row.relation) and found.name == row.name:
            return found
    return Row("", row.field, row.name, row.relation, value)


def with_text(text: str) -> Row:
    """Return a row of text."""
    return Row(text.strip())


def _said(row: Row, value: str) -> str:
    sign = "-" if row.relation.is_not else ""
    if row.field is Field.TEXT and row.name == Field.TEXT.value and not value.casefold().startswith("text:"):
        return f"{sign}{value}"
    comparison = Comparison.IS if row.name in BOUNDS else row.relation.comparison
    return f"{sign}{row.name}{comparison.value}{value}"


def _part(text: str, *, many: bool) -> str:
    """Return what a row says beside others: alternatives in brackets."""
    return f"({text})" if many and len(split_groups(text) or ()) > 1 else text


def _row(text: str) -> Row:
    """Return the row of a part, which can be read."""
    as_text = Row(text)
    found = parse(text)
    is_not = isinstance(found, Not)
    term = found.part if isinstance(found, Not) else found
    if isinstance(term, FilterError) or not isinstance(term, Term):
        return as_text
    tokens = tokenize(text)
    signs = 1 if is_not else 0
    name, *value = tokens[signs:]
    relation = Relation(term.comparison, is_not, isinstance(term.value, Duration))
    if relation not in relations(term.field) or len(tokens) > signs + 2:
        return as_text
    if name.kind is not Kind.FIELD:
        if term.field is not Field.TEXT or value:
            return as_text
        return Row(text, Field.TEXT, Field.TEXT.value, relation, text[name.position : name.end])
    if not value:
        return as_text
    typed = name.text.casefold()
    return Row(text, term.field, typed, relation, text[value[0].position : value[0].end])


def plain_value(value: str) -> str:
    """Return a value without its quotation marks, as a person reads it."""
    tokens = tokenize(value, is_lenient=True)
    return tokens[0].text if len(tokens) == 1 and tokens[0].kind is Kind.QUOTED else value
