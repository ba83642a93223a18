"""The pieces of a filter's text: joined again they mean the same, and what the window marks are conditions."""

from hypothesis import given
from tests.helpers.filter_strategies import filters

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.slices import conditions, split_groups, split_terms
from deskhand.domain.filters.syntax import All, Filter, all_of
from deskhand.domain.filters.unparsing import unparse


@given(filters())
def test_the_pieces_joined_again_mean_the_same(of: Filter) -> None:
    text = unparse(of)
    groups = split_groups(text)
    assert groups is not None
    assert parse(" or ".join(" ".join(group) for group in groups)) == parse(text)


@given(filters())
def test_words_and_rest_together_are_the_filter(of: Filter) -> None:
    words, rest = split_terms(of)
    found = parse(words)
    assert not isinstance(found, FilterError)
    terms = [part for part in (rest, found if words else None) if part is not None]
    assert sorted(map(repr, _parts(all_of(*terms)))) == sorted(map(repr, _parts(of))) or '"' in words


def _parts(of: Filter) -> tuple[Filter, ...]:
    return of.parts if isinstance(of, All) else (of,)


def read(text: str) -> Filter:
    found = parse(text)
    assert not isinstance(found, FilterError)
    return found


def test_what_was_typed_stays_as_it_was_typed() -> None:
    assert split_groups('from:chloe refund -tag:"on hold" or (a or b) and Status:open') == (
        ("from:chloe", "refund", '-tag:"on hold"'),
        ("(a or b)", "Status:open"),
    )
    assert split_groups("has:fil") is None
    assert split_groups("") == ((),)


def test_words_beside_conditions_are_looked_for_as_words() -> None:
    assert split_terms(read('refund from:chloe "exact words" -spam')) == (
        'refund "exact words"',
        parse("from:chloe -spam"),
    )
    assert split_terms(read("#123 退款")) == ("#123 退款", None)
    assert split_terms(read("refund or return")) == ("", parse("refund or return"))


def test_conditions_are_marked_and_words_are_not() -> None:
    text = 'from:chloe refund -tag:spam "a b" has: -x'
    assert [text[begin:end] for begin, end in conditions(text)] == ["from:chloe", "-tag:spam", "has:", "-x"]
    assert conditions('from:"never closed') == ((0, 18),)
