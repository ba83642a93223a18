"""Filters of the filter language, in the form that parsing gives, for property tests."""

from datetime import date

from hypothesis import strategies as st

from deskhand.domain.filters.fields import HAS, IS
from deskhand.domain.filters.parsing import OPERATORS
from deskhand.domain.filters.syntax import (
    Comparison,
    Dates,
    Duration,
    Field,
    Filter,
    Named,
    Period,
    Term,
    Unit,
    Who,
    all_of,
    any_of,
    negated,
)
from deskhand.domain.filters.tokens import QUOTES
from deskhand.domain.tickets import Priority, State

TEXTS = (
    "refund", "Refunds", "ref", "invoice", "order number", "Zoë", "zoe", "Müller", "MULLER", "ß", "straße", "مرحبا",
    "مرحبا بك", "東京", "京都", "東京 refund", "O'Brien", 'say "hi"', "'; DROP TABLE tickets; --", "100%", "a_b", "*", "-x",
    "#12", "12", "or", "not", "", "🙂", "\\", "(x)", "a:b", "état", "@", "NULL",
)  # fmt: skip
LABELS = (
    "Open",
    "open",
    "Awaiting parts",
    "Zoë",
    "Waiting on customer",
    "P1",
    "high",
    "東京",
    "O'Brien",
    "Brand é",
    "",
)
PEOPLE = (
    "ada", "Ada Byron", "ada@customer.test", "ADA@Customer.test", "@customer.test", "@CUSTOMER.TEST", "@test", "grace", "Zoë",
    "zoe", "山田", "O'Brien", "me@example.test", "@", "nobody", "me", "customer",
)  # fmt: skip


_texts = st.sampled_from(TEXTS)


def named(texts: st.SearchStrategy[str], *, may_be_quoted: bool = True) -> st.SearchStrategy[Named]:
    """Return values as parsing gives them: a text that needs quotation marks is quoted."""

    if not may_be_quoted:
        return texts.map(Named)
    return st.tuples(texts, st.booleans()).map(lambda pair: Named(pair[0], pair[1] or needs_quotes(pair[0])))


def needs_quotes(text: str) -> bool:
    """Tell whether a text can only be typed in quotation marks; rather too often than too seldom."""
    is_free = text.replace("@", "").replace(".", "").replace("#", "").isalnum() and not set(text) & set(QUOTES)
    return not is_free or text.casefold() in OPERATORS | {"me", "nobody", "none"}


def of(field: Field, value: st.SearchStrategy[object], *comparisons: Comparison) -> st.SearchStrategy[Term]:
    return st.builds(Term, st.just(field), st.sampled_from(comparisons or (Comparison.IS,)), value)


ORDERED = tuple(Comparison)
labels = st.sampled_from(LABELS)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
dates = st.one_of(
    days.map(lambda day: Dates(day, 3)),
    days.map(lambda day: Dates(day.replace(day=1), 2)),
    days.map(lambda day: Dates(day.replace(day=1, month=1), 1)),
    st.sampled_from(list(Period)),
)
durations = st.builds(Duration, st.integers(0, 400), st.sampled_from(list(Unit)))
times = [
    strategy
    for field in (Field.WAITING, Field.UPDATED, Field.CREATED, Field.DUE)
    for strategy in (of(field, dates, *ORDERED), of(field, durations, *[c for c in ORDERED if c is not Comparison.IS]))
]


def terms(texts: st.SearchStrategy[str] = _texts) -> st.SearchStrategy[Term]:
    """Return conditions of every field."""
    return st.one_of(
        of(Field.ACCOUNT, named(st.sampled_from(["Acme", "acme", "Globex Support", "none"]), may_be_quoted=False)),
        of(
            Field.VENDOR,
            named(st.sampled_from(["nexuscore", "Nexus Core", "Nerds Thalamus", "x"]), may_be_quoted=False),
        ),
        of(Field.GROUP, named(labels, may_be_quoted=False)),
        of(Field.STATE, st.sampled_from(list(State)) | labels.map(lambda label: Named(label, is_quoted=True))),
        of(Field.PRIORITY, st.sampled_from(list(Priority)), *ORDERED),
        of(Field.PRIORITY, labels.map(lambda label: Named(label, is_quoted=True))),
        of(Field.ASSIGNEE, st.sampled_from(list(Who)) | named(st.sampled_from(PEOPLE))),
        of(Field.TAG, named(texts, may_be_quoted=False)),
        of(Field.REQUESTER, named(st.sampled_from(PEOPLE))),
        of(Field.RECIPIENT, named(st.sampled_from(PEOPLE), may_be_quoted=False)),
        of(
            Field.NUMBER,
            named(st.sampled_from(["12", "#12", " 12", "sup-12", "r0", "R0", "#", "", "東京"]), may_be_quoted=False),
        ),
        of(Field.SUBJECT, named(texts)),
        of(Field.TEXT, named(texts)),
        of(Field.HAS, st.sampled_from(sorted(set(HAS.values())))),
        of(Field.IS, st.sampled_from(sorted(set(IS.values())))),
        *times,
    )


def filters(texts: st.SearchStrategy[str] = _texts) -> st.SearchStrategy[Filter]:
    """Return whole filters."""
    leaves: st.SearchStrategy[Filter] = terms(texts)
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            st.lists(parts, min_size=2, max_size=3).map(lambda found: all_of(*found)),
            st.lists(parts, min_size=2, max_size=3).map(lambda found: any_of(*found)),
            parts.map(negated),
        ),
        max_leaves=6,
    )
