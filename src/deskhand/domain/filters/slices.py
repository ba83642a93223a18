"""The pieces of a filter's text as they were typed: what the window marks in it, and what the rows of the builder stand for."""

from collections.abc import Sequence
from typing import NamedTuple

from .parsing import FilterError, parse
from .syntax import All, Comparison, Field, Filter, Named, Term, all_of
from .tokens import Kind, Token, tokenize


class Span(NamedTuple):
    """Characters of a text, from `begin` up to `end`."""

    begin: int
    end: int


def conditions(text: str) -> tuple[Span, ...]:
    """Return where conditions stand that are no words alone: a field with its value and the sign before it, and a word behind "-".

    A text that is still being typed is read as far as it goes.
    """
    tokens = tokenize(text, is_lenient=True)
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        begin = tokens[at].position
        is_not = tokens[at].kind is Kind.MINUS
        if is_not:
            at += 1
        end = _end_of_term(tokens, at)
        if at < len(tokens) and (tokens[at].kind is Kind.FIELD or (is_not and tokens[at].kind is not Kind.OPEN)):
            found.append(Span(begin, tokens[end - 1].end))
        at = max(end, at + 1)
    return tuple(found)


def split_groups(text: str) -> tuple[tuple[str, ...], ...] | None:
    """Return what stands side by side in a text, as it was typed: by alternative of the outermost "or" each part that has to hold.

    None where the text cannot be read. The text joined again, the parts by spaces and the alternatives by "or", reads as the same filter.
    """
    if isinstance(parse(text), FilterError):
        return None
    tokens = tokenize(text)
    groups: list[list[str]] = [[]]
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind is Kind.TEXT and token.text.casefold() in ("or", "and"):
            if token.text.casefold() == "or":
                groups.append([])
            at += 1
            continue
        end = _end_of_part(tokens, at)
        groups[-1].append(text[token.position : tokens[end - 1].end])
        at = end
    return tuple(tuple(group) for group in groups)


def split_terms(of: Filter) -> tuple[str, Filter | None]:
    """Return the words of a filter that the full-text search takes, which forgives and finds numbers, and the rest; None = no rest.

    Words are what stands beside the other conditions; one in an "or", in brackets or behind "-" is part of the rest.
    """
    parts = of.parts if isinstance(of, All) else (of,)
    said: list[str] = []
    rest: list[Filter] = []
    for part in parts:
        match part:
            case Term(Field.TEXT, Comparison.IS, Named(text, is_quoted)) if any(char.isalnum() for char in text):
                said.append('"' + text.replace('"', " ") + '"' if is_quoted else text)
            case _:
                rest.append(part)
    return " ".join(said), all_of(*rest) if rest else None


def _end_of_term(tokens: Sequence[Token], at: int) -> int:
    """Return behind which token the term ends that begins at one."""
    if at < len(tokens) and tokens[at].kind is Kind.FIELD and at + 1 < len(tokens):
        value = tokens[at + 1]
        if value.position == tokens[at].end and value.kind in (Kind.TEXT, Kind.QUOTED):
            return at + 2
    return min(at + 1, len(tokens))


def _end_of_part(tokens: Sequence[Token], at: int) -> int:
    """Return behind which token the part ends that begins at one: a term, a bracket, or either of them behind signs."""
    while tokens[at].kind is Kind.MINUS or (tokens[at].kind is Kind.TEXT and tokens[at].text.casefold() == "not"):
        at += 1
    if tokens[at].kind is not Kind.OPEN:
        return _end_of_term(tokens, at)
    depth = 0
    for end in range(at, len(tokens)):
        depth += {Kind.OPEN: 1, Kind.CLOSE: -1}.get(tokens[end].kind, 0)
        if depth == 0:
            return end + 1
    return len(tokens)
