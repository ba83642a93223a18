"""Found terms are marked where the full-text index finds them, and nowhere else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.filters.hit_marks import hit_terms, spans, typed_terms
from deskhand.domain.filters.parsing import parse
from deskhand.domain.filters.syntax import All, Named


def marked(text: str, looked_for: str) -> list[str]:
    return [text[first:end] for first, end in spans(text, hit_terms(looked_for).text)]


@pytest.mark.parametrize(
    ("looked_for", "text", "found"),
    [
        ("refund", "Refund of € 418", ["Refund"]),
        ("refund", "refunded twice", ["refund"]),
        ("refund twice", "refunded, refund twice", ["refund", "twice"]),
        ('"two parts"', "Two  parts, two and parts", ["Two  parts"]),
        ("creme", "Crème brûlée", ["Crème"]),
        ("cre", "Cre\u0301me", ["Cre\u0301"]),
        ("テスト", "日本語のテスト", ["テスト"]),
        ("مرحبا", "قالت مرحبا بكم", ["مرحبا"]),
        ("re", "re: refund", ["re"]),
        ("418,11", "€ 418,11 paid", ["418,11"]),
        ("", "anything", []),
        ("refund", "nothing", []),
    ],
)
def test_terms_are_marked(looked_for: str, text: str, found: list[str]) -> None:
    assert marked(text, looked_for) == found


def test_a_filters_terms_are_marked_in_their_own_part_only() -> None:
    parsed = parse("subject:invoice from:chloe refund -text:spam")
    assert isinstance(parsed, All)
    terms = hit_terms("late", parsed)
    assert [one.text for one in terms.of_subject] == ["late", "refund", "invoice"]
    assert [one.text for one in terms.of_person] == ["late", "refund", "chloe"]
    assert [one.text for one in terms.text] == ["late", "refund"]


@given(st.text(max_size=60), st.text(max_size=12))
def test_marks_lie_in_the_text_in_order_and_apart(text: str, looked_for: str) -> None:
    places = spans(text, (*typed_terms(looked_for), Named(looked_for)))
    assert all(0 <= first < end <= len(text) for first, end in places)
    assert all(one[1] < other[0] for one, other in pairwise(places))
