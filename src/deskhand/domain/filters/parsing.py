"""A text to a filter, by recursive descent.

A mistake is a value with its place, because what is typed is wrong most of the time while it is being typed.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from deskhand.domain.lazy_pattern import lazy_pattern

from .fields import BOUNDS, BY_NAME, FIELDS, HAS, IS, PRIORITIES, STATES, TIMES, UNASSIGNED
from .syntax import (
    All,
    Attribute,
    Comparison,
    Dates,
    Duration,
    Field,
    Filter,
    Named,
    Period,
    Term,
    Unit,
    Value,
    Who,
    all_of,
    any_of,
    negated,
)
from .tokens import QUOTES, FilterError, Fix, Kind, Token, Wrong, tokenize

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "OPERATORS", "FilterError", "parse"]

OPERATORS = frozenset({"or", "and", "not"})
MAX_LENGTH = 2_000
MAX_DEPTH = 30
"""Limits of what is read: characters, and brackets or negations within each other."""

_DURATION = lazy_pattern(r"(\d{1,6})(m|min|h|d|w)")
_DATES = lazy_pattern(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_UNITS = {"m": Unit.MINUTE, "min": Unit.MINUTE, "h": Unit.HOUR, "d": Unit.DAY, "w": Unit.WEEK}
_NOBODY = frozenset({"nobody", "none", "no-one", UNASSIGNED})


def parse(text: str) -> Filter | FilterError:
    """Return what a text says: the filter, or what is wrong with it. An empty text is the filter that finds everything."""
    if len(text) > MAX_LENGTH:
        problem = f"A filter has at most {MAX_LENGTH} characters."
        return FilterError(MAX_LENGTH, len(text) - MAX_LENGTH, problem, "Leave some of it out.")
    try:
        return _Parser(tokenize(text), len(text)).read()
    except Wrong as wrong:
        return wrong.error


class _Parser:
    def __init__(self, tokens: list[Token], size: int) -> None:
        self._tokens = tokens
        self._size = size
        self._at = 0
        self._depth = 0

    def read(self) -> Filter:
        found = self._either()
        if (token := self._peek()) is not None:
            raise Wrong(
                token.position,
                1,
                "This bracket closes nothing.",
                "Take it out, or open one before it.",
                Fix(token.position, token.end, ""),
            )
        return found

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next_operator(self, name: str) -> bool:
        token = self._peek()
        if token is None or token.kind is not Kind.TEXT or token.text.casefold() != name:
            return False
        self._at += 1
        return True

    def _either(self) -> Filter:
        """Filter = all { "or" all }."""
        parts = [self._all()]
        while self._next_operator("or"):
            operator = self._tokens[self._at - 1]
            if parts[-1] == All():
                raise Wrong(operator.position, operator.length, "Nothing stands before “or”.", _OR_ADVICE)
            parts.append(self._all())
            if parts[-1] == All():
                raise Wrong(operator.position, operator.length, "Nothing stands behind “or”.", _OR_ADVICE)
        return any_of(*parts)

    def _all(self) -> Filter:
        """All = { ["and"] part }."""
        parts: list[Filter] = []
        while True:
            if self._next_operator("and"):
                continue
            token = self._peek()
            if token is None or token.kind is Kind.CLOSE or (token.kind is Kind.TEXT and token.text.casefold() == "or"):
                return all_of(*parts)
            parts.append(self._part())

    def _part(self) -> Filter:
        """Part = ( "-" | "not" ) part | "(" filter ")" | term."""
        token = self._peek()
        assert token is not None
        self._at += 1
        is_not = token.kind is Kind.TEXT and token.text.casefold() == "not"
        if token.kind is not Kind.MINUS and not is_not and token.kind is not Kind.OPEN:
            return self._term(token)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Wrong(
                token.position, token.length, "Too many brackets stand within each other.", "Take some of them out."
            )
        found = self._bracket(token) if token.kind is Kind.OPEN else self._opposite(token)
        self._depth -= 1
        return found

    def _opposite(self, sign: Token) -> Filter:
        follower = self._peek()
        if follower is None or follower.kind is Kind.CLOSE or follower.text.casefold() in ("or", "and"):
            raise Wrong(
                sign.position,
                sign.length,
                f"Nothing stands behind “{sign.text}”.",
                f"Write what must not be, as in {sign.text}{'' if sign.kind is Kind.MINUS else ' '}tag:spam.",
            )
        return negated(self._part())

    def _bracket(self, opening: Token) -> Filter:
        found = self._either()
        token = self._peek()
        if token is None:
            raise Wrong(
                opening.position,
                1,
                "This bracket is not closed.",
                "Write ) where it ends.",
                Fix(self._size, self._size, ")"),
            )
        self._at += 1
        if found == All():
            raise Wrong(
                opening.position,
                token.end - opening.position,
                "Nothing stands in the brackets.",
                "Fill them, or take them out.",
                Fix(opening.position, token.end, ""),
            )
        return found

    def _term(self, token: Token) -> Filter:
        if token.kind is not Kind.FIELD:
            return Term(Field.TEXT, Comparison.IS, Named(token.text, token.kind is Kind.QUOTED))
        name = token.text.casefold()
        field = BY_NAME.get(name)
        if field is None:
            raise Wrong(token.position, len(token.text), f"There is no field “{token.text}”.", *self._of_field(token))
        value = self._peek()
        if value is None or value.position != token.end or value.kind not in (Kind.TEXT, Kind.QUOTED):
            raise Wrong(
                token.position,
                token.length,
                f"Nothing stands behind “{token.text}{token.comparison.value}”.",
                f"It takes {FIELDS[field].takes}.",
            )
        self._at += 1
        if name in BOUNDS:
            return _bound(name, token, value)
        if token.comparison not in FIELDS[field].comparisons:
            raise Wrong(
                token.position + len(token.text),
                len(token.comparison.value),
                f"“{token.text}” cannot be more or less.",
                f"Write {token.text}:{value.text}.",
                Fix(token.position + len(token.text), token.end, ":"),
            )
        if field is Field.IS and value.text.casefold() == UNASSIGNED:
            return Term(Field.ASSIGNEE, Comparison.IS, Who.NOBODY)
        return Term(field, token.comparison, _value(field, token, value))

    def _of_field(self, token: Token) -> tuple[str, Fix]:
        """Return advice for a field that there is not: what may have been meant, else the whole in quotation marks."""
        name = token.text.casefold()
        near = [known for known in BY_NAME if len(name) > 1 and known.startswith(name)]
        near += _nearest(name, BY_NAME)
        if near:
            return f"Did you mean {near[0]}?", Fix(token.position, token.position + len(token.text), near[0])
        there = ", ".join(field.value for field in FIELDS)
        follower = self._peek()
        end = token.end
        said = f"{token.text}{token.comparison.value}"
        if follower is not None and follower.position == end and follower.kind in (Kind.TEXT, Kind.QUOTED):
            end, said = follower.end, said + follower.text
        marked = '"' + "".join(f"\\{char}" if char in QUOTES or char == "\\" else char for char in said) + '"'
        return f"There are: {there}. A text with : in it goes in quotes.", Fix(token.position, end, marked)


_OR_ADVICE = "Write a condition on both sides, as in tag:refund or tag:return; in quotes “or” is a text."


def _nearest(text: str, known: Iterable[str]) -> list[str]:
    """Return what is spelled most like a text, where anything is."""
    from difflib import get_close_matches  # not before the first paint

    return get_close_matches(text, list(known), 1, 0.6)


def _bound(name: str, field: Token, value: Token) -> Term:
    """Read before: and after:."""
    if field.comparison is not Comparison.IS:
        raise Wrong(
            field.position + len(name),
            len(field.comparison.value),
            f"“{name}” is a comparison already.",
            f"Write {name}:{value.text}.",
            Fix(field.position + len(name), field.end, ":"),
        )
    found = _time(value.text.casefold())
    if not isinstance(found, Dates | Period):
        raise Wrong(
            value.position,
            value.length,
            f"“{value.text}” is no date.",
            f"Write a day, a month or a period, as in {name}:2026-10-01 or {name}:yesterday.",
        )
    return Term(Field.UPDATED, BOUNDS[name], found)


def _value(field: Field, token: Token, value: Token) -> Value:
    text, is_quoted = value.text, value.kind is Kind.QUOTED
    plain = text.casefold()
    match field:
        case Field.HAS | Field.IS:
            return _attribute(HAS if field is Field.HAS else IS, field, token, value)
        case Field.STATE if not is_quoted and plain.replace("_", "-") in STATES:
            return STATES[plain.replace("_", "-")]
        case Field.PRIORITY if not is_quoted and plain in PRIORITIES:
            return PRIORITIES[plain]
        case Field.PRIORITY if token.comparison is not Comparison.IS:
            raise Wrong(
                value.position,
                value.length,
                f"“{text}” stands in no order.",
                f"Behind {token.text}{token.comparison.value} write {', '.join(PRIORITIES)}.",
            )
        case Field.ASSIGNEE if not is_quoted and plain == "me":
            return Who.ME
        case Field.ASSIGNEE if not is_quoted and plain in _NOBODY:
            return Who.NOBODY
        case _ if field in TIMES:
            return _checked_time(token, value)
        case Field.STATE | Field.PRIORITY:
            return Named(text, is_quoted=True)  # a vendor's label, which is compared as a whole
        case Field.SUBJECT | Field.TEXT | Field.ASSIGNEE | Field.REQUESTER:
            return Named(text, is_quoted)
        case _:
            return Named(text)


def _attribute(known: Mapping[str, Attribute], field: Field, token: Token, value: Token) -> Attribute:
    found = known.get(value.text.casefold().replace("_", "-"))
    if found is not None:
        return found
    names = (*known, UNASSIGNED) if field is Field.IS else tuple(known)
    near, meant = _nearest(value.text.casefold(), names), ""
    other_name, other = (Field.IS, IS) if field is Field.HAS else (Field.HAS, HAS)
    fix: Fix | None = None
    if value.text.casefold() in other:
        meant = f"{other_name.value}:{value.text.casefold()}"
        fix = Fix(token.position, value.end, meant)
    elif near:
        meant = f"{field.value}:{near[0]}"
        fix = Fix(value.position, value.end, near[0])
    advice = f"Did you mean {meant}?" if fix is not None else f"There are: {', '.join(names)}."
    raise Wrong(value.position, value.length, f"“{field.value}:” does not know “{value.text}”.", advice, fix)


def _checked_time(token: Token, value: Token) -> Duration | Dates | Period:
    text = value.text.casefold()
    found = _time(text)
    if found is None:
        near = _nearest(text, [period.value for period in Period])
        advice = (
            f"Did you mean {near[0]}?"
            if near
            else "Write how long (30m, 4h, 2d, 3w), a date (2026-10-01) or a period (today, last-month)."
        )
        fix = Fix(value.position, value.end, near[0]) if near else None
        raise Wrong(value.position, value.length, f"“{value.text}” is no time.", advice, fix)
    if isinstance(found, Duration) and token.comparison is Comparison.IS:
        raise Wrong(
            token.end - 1,
            1,
            f"“{token.text}:{text}” would be one moment.",
            f"Say whether more or less: {token.text}>{text} or {token.text}<{text}.",
            Fix(token.end - 1, token.end, ">" if BY_NAME[token.text.casefold()] is Field.WAITING else "<"),
        )
    return found


def _time(text: str) -> Duration | Dates | Period | None:
    if found := _DURATION.fullmatch(text):
        return Duration(int(found[1]), _UNITS[found[2]])
    if found := _DATES.fullmatch(text):
        given = [int(part) for part in found.groups() if part is not None]
        try:
            return Dates(date(*[*given, 1, 1][:3]), len(given))
        except ValueError:
            return None
    try:
        return Period(text.replace("_", "-"))
    except ValueError:
        return None
