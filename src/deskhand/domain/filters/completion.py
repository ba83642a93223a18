"""What may stand at the cursor while a filter is typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from deskhand.domain.lazy_dataclass import dataclass

from .fields import BOUNDS, BY_NAME, FIELDS, HAS, IS, PRIORITIES, STATES, TIMES, UNASSIGNED
from .syntax import Attribute, Comparison, Field, Named, Period, Term, Who
from .text_match import fold
from .tokens import Kind, Token, tokenize
from .unparsing import unparse

MOST = 12
_LENGTHS = ("1h", "4h", "1d", "2d", "1w")


@dataclass(frozen=True, slots=True)
class Choice:
    """A label that a filter can name, and how many tickets have it; None where that is not kept.

    Attributes:
        value: what a filter says for it; None = the label. `detail`: what tells it from another one of the same label.
    """

    label: str
    count: int | None = None
    value: Named | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What there is in the tickets.

    Attributes:
        labels: by field the labels in the order to offer them: accounts, vendors, groups, vendors' states and priorities, tags, people.
        counts: by the canonical text of a term how many tickets it finds, as far as such counters are kept.
    """

    labels: Mapping[Field, Sequence[Choice]]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may stand at the cursor.

    Attributes:
        label: what is offered. `replacement`: what is put in place of the characters from `begin` up to `end`.
        count: how many tickets the term finds; None where that is not kept.
        detail: what tells it from another one of the same label: an address beside a name.
    """

    label: str
    begin: int
    end: int
    replacement: str
    count: int | None = None
    detail: str = ""


class ValueAtCursor(NamedTuple):
    """The value that is being typed: of which field, as far as the cursor, and where it stands."""

    field: Token
    typed: str
    begin: int
    end: int

    @property
    def is_person(self) -> bool:
        """Whether it names a customer: there are too many to know them all before they are typed."""
        return BY_NAME.get(self.field.text.casefold()) is Field.REQUESTER


def value_at(text: str, cursor: int) -> ValueAtCursor | None:
    """Return the value that is being typed at the cursor; None where none is."""
    cursor = max(0, min(cursor, len(text)))
    tokens = tokenize(text, is_lenient=True)
    at = next((n for n, token in enumerate(tokens) if token.position < cursor <= token.end), None)
    return None if at is None else _value_at(text, cursor, tokens, at)


def _value_at(text: str, cursor: int, tokens: Sequence[Token], at: int) -> ValueAtCursor | None:
    token = tokens[at]
    before = tokens[at - 1] if at and tokens[at - 1].end == token.position else None
    if token.kind is Kind.FIELD and cursor == token.end:
        follower = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].position == token.end else None
        return ValueAtCursor(token, "", cursor, follower.end if follower else cursor)
    if token.kind in (Kind.TEXT, Kind.QUOTED) and before is not None and before.kind is Kind.FIELD:
        typed = text[token.position : cursor].lstrip('"“”„')
        return ValueAtCursor(before, typed, token.position, token.end)
    return None


def complete(text: str, cursor: int, choices: FilterChoices) -> tuple[Suggestion, ...]:
    """Return what may stand at the cursor, the likeliest first, at most `MOST`; () where nothing is known that begins so.

    Args:
        cursor: the place in `text`, in characters.
    """
    cursor = max(0, min(cursor, len(text)))
    tokens = tokenize(text, is_lenient=True)
    at = next((n for n, token in enumerate(tokens) if token.position < cursor <= token.end), None)
    if at is None:
        return _cut(_fields("", cursor, cursor))
    token = tokens[at]
    if (found := _value_at(text, cursor, tokens, at)) is not None:
        return _cut(_values(found, choices))
    if token.kind in (Kind.MINUS, Kind.OPEN):
        return _cut(_fields("", cursor, cursor))
    if token.kind in (Kind.TEXT, Kind.FIELD):
        return _cut(_fields(text[token.position : cursor], token.position, token.end))
    return ()


def values_of(field: Field, choices: FilterChoices) -> tuple[Suggestion, ...]:
    """Return every value that is known of a field, in the order to offer them; their places in a text say nothing."""
    if field in TIMES:
        return ()
    return tuple(_terms(field, field.value, Comparison.IS, choices))


def _cut(found: Iterator[Suggestion]) -> tuple[Suggestion, ...]:
    return tuple(suggestion for suggestion, _ in zip(found, range(MOST), strict=False))


def _fields(typed: str, begin: int, end: int) -> Iterator[Suggestion]:
    """Yield the fields that begin so, with what stands behind each."""
    names = [name for name, field in BY_NAME.items() if field is not Field.TEXT]
    for name in names:
        if name.startswith(typed.casefold()):
            sign = ":"
            if name not in BOUNDS and BY_NAME[name] in TIMES:
                sign = ">" if BY_NAME[name] is Field.WAITING else "<"
            yield Suggestion(name, begin, end, f"{name}{sign}")


def _values(at: ValueAtCursor, choices: FilterChoices) -> Iterator[Suggestion]:
    """Yield the values of a field that begin as typed, then those of which a later part does."""
    name = at.field.text.casefold()
    known = BY_NAME.get(name)
    if known is None:
        return
    wanted = fold(at.typed)
    terms = list(_terms(known, name, at.field.comparison, choices))
    found = [each for each in terms if fold(each.label).startswith(wanted)]
    found += [
        each for each in terms if each not in found and f" {wanted}" in f" {fold(each.label)} {fold(each.detail)}"
    ]
    for each in found:
        yield replace(each, begin=at.begin, end=at.end)


def _terms(field: Field, name: str, comparison: Comparison, choices: FilterChoices) -> Iterator[Suggestion]:
    """Yield each value that may stand behind a field; their places say nothing."""

    def counted(value: str) -> int | None:
        return choices.counts.get(f"{field.value}:{value}") if comparison is Comparison.IS else None

    if name in BOUNDS or (field in TIMES and comparison is Comparison.IS):
        for period in Period:
            yield Suggestion(period.value, 0, 0, period.value)
        return
    if field in TIMES:
        for length in _LENGTHS:
            yield Suggestion(length, 0, 0, length)
        return
    values: Mapping[Field, Sequence[str]] = {
        Field.STATE: tuple(STATES),
        Field.PRIORITY: tuple(PRIORITIES),
        Field.ASSIGNEE: tuple(Who),
        Field.HAS: _canonical(HAS),
        Field.IS: (*_canonical(IS), UNASSIGNED),
    }
    for value in values.get(field, ()):
        yield Suggestion(value, 0, 0, value, counted(value))
    if comparison is not Comparison.IS or field not in FIELDS:
        return
    for choice in choices.labels.get(field, ()):
        is_quoted = field in (Field.STATE, Field.PRIORITY, Field.ASSIGNEE)
        said = choice.value or Named(choice.label, is_quoted)
        term = unparse(Term(field, Comparison.IS, said))
        yield Suggestion(choice.label, 0, 0, term.partition(":")[2], choice.count, choice.detail)


def _canonical(names: Mapping[str, Attribute]) -> tuple[str, ...]:
    """Return the names, those that the language itself uses first."""
    return tuple(sorted(names, key=lambda name: name != names[name].value))
