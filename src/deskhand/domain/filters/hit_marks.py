"""Which parts of a text are what somebody looked for, so that they can be marked. It sees texts as the full-text index does."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import lazy_pattern

from .syntax import All, AnyOf, Field, Filter, Named, Not, Term
from .text_match import is_beginning, pieces, tokens

Span = tuple[int, int]

_PART = lazy_pattern(r'"([^"]*)"|([^\s"]+)')
_ASCII_TOKEN = lazy_pattern("[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class HitTerms:
    """What was looked for in each part of a ticket.

    Attributes:
        text: in what was said, and everywhere else.
        subject, person: in that part as well.
    """

    text: tuple[Named, ...] = ()
    subject: tuple[Named, ...] = ()
    person: tuple[Named, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.subject or self.person)

    @property
    def of_subject(self) -> tuple[Named, ...]:
        """What is marked in a subject."""
        return self.text + self.subject

    @property
    def of_person(self) -> tuple[Named, ...]:
        """What is marked in a name."""
        return self.text + self.person


def hit_terms(text: str, of: Filter | None = None) -> HitTerms:
    """Return what a search looks for.

    Args:
        text: free terms, as `TicketQuery.text` has them: quotes make a phrase, the last one is a beginning.
        of: a filter whose terms count too; what it excludes does not.
    """
    found = [term for term in _said(of) if isinstance(term.value, Named)] if of is not None else []
    by_field: dict[Field, tuple[Named, ...]] = {}
    for term in found:
        assert isinstance(term.value, Named)
        by_field[term.field] = (*by_field.get(term.field, ()), term.value)
    free = typed_terms(text)
    return HitTerms(
        (*free, *by_field.get(Field.TEXT, ())), by_field.get(Field.SUBJECT, ()), by_field.get(Field.REQUESTER, ())
    )


def typed_terms(text: str) -> tuple[Named, ...]:
    """Return free terms as a search takes them: all but the last one are whole words."""
    parts = [(quoted, True) if quoted else (plain, False) for quoted, plain in _PART.findall(text)]
    last = len(parts) - 1
    return tuple(
        Named(part, is_quoted or n != last)
        for n, (part, is_quoted) in enumerate(parts)
        if any(char.isalnum() for char in part)
    )


def _said(of: Filter) -> Iterator[Term]:
    match of:
        case Term():
            yield of
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _said(part)
        case Not():
            return


def spans(text: str, wanted: Sequence[Named]) -> tuple[Span, ...]:
    """Return where the terms stand in a text: (first, behind) by place, not overlapping. Of a beginning only what was typed."""
    if not wanted or not text:
        return ()
    places: list[tuple[str, int, int]] | None = None
    found: list[Span] = []
    for named in wanted:
        runs, phrases = pieces(named)
        for run in runs:
            found += _all_of(text, run)
        for piece in phrases:
            sought = tokens(piece)
            if not sought:
                continue
            if places is None:
                places = _places(text)
            found += _phrase(text, places, sought, beginning=is_beginning(named, piece))
    return _merged(found)


def first_span(text: str, wanted: Sequence[Named]) -> Span | None:
    """Return the first of them."""
    return next(iter(spans(text, wanted)), None)


def _phrase(
    text: str, places: list[tuple[str, int, int]], sought: tuple[str, ...], *, beginning: bool
) -> Iterator[Span]:
    size = len(sought)
    if size == 1:
        wanted = sought[0]
        for there, first, end in places:
            if there == wanted:
                yield first, end
            elif beginning and there.startswith(wanted):
                yield first, _typed_end(text, first, end, len(wanted))
        return
    for at in range(len(places) - size + 1):
        part = places[at : at + size]
        if any(part[n][0] != sought[n] for n in range(size - 1)):
            continue
        last, first, end = part[-1]
        if last == sought[-1]:
            yield part[0][1], end
        elif beginning and last.startswith(sought[-1]):
            yield part[0][1], _typed_end(text, first, end, len(sought[-1]))


def _typed_end(text: str, first: int, end: int, count: int) -> int:
    """Return where so many characters of a token end, with the accents that belong to the last one."""
    at = first
    while at < end and count:
        count -= not _is_accent(text[at])
        at += 1
    while at < end and _is_accent(text[at]):
        at += 1
    return at


def _is_accent(char: str) -> bool:
    return "\u0300" <= char <= "\u036f"


def _places(text: str) -> list[tuple[str, int, int]]:
    """Return the tokens of a text with where each stands."""
    if text.isascii():
        return [(one.group().lower(), one.start(), one.end()) for one in _ASCII_TOKEN.finditer(text)]
    found: list[tuple[str, int, int]] = []
    begin = -1
    for at, char in enumerate(text + " "):
        if _is_accent(char):
            continue
        if unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co":
            begin = at if begin < 0 else begin
        elif begin >= 0:
            found.append(("".join(tokens(text[begin:at])), begin, at))
            begin = -1
    return found


def _all_of(text: str, run: str) -> Iterator[Span]:
    at = text.find(run)
    while at >= 0:
        yield at, at + len(run)
        at = text.find(run, at + len(run))


def _merged(found: Iterable[Span]) -> tuple[Span, ...]:
    made: list[Span] = []
    for first, end in sorted(found):
        if made and first <= made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], end)
        else:
            made.append((first, end))
    return tuple(made)
