"""Text and rows are one filter: what is read into rows and written again means the same, and nothing is lost."""

from hypothesis import given
from tests.helpers.filter_strategies import filters

from deskhand.domain.filters.builder import (
    Relation,
    Row,
    new_row,
    plain_value,
    read,
    relations,
    with_relation,
    with_text,
    with_value,
    write,
)
from deskhand.domain.filters.fields import FIELDS
from deskhand.domain.filters.parsing import parse
from deskhand.domain.filters.syntax import Comparison, Field, Filter
from deskhand.domain.filters.unparsing import unparse


@given(filters())
def test_a_filter_read_into_rows_and_written_again_means_the_same(of: Filter) -> None:
    text = unparse(of)
    assert parse(write(read(text))) == of


@given(filters())
def test_each_row_made_again_from_its_choices_means_the_same(of: Filter) -> None:
    groups = read(unparse(of))
    again = tuple(
        tuple(with_text(row.text) if row.field is None else with_value(row, row.value) for row in group)
        for group in groups
    )
    assert parse(write(again)) == of


def test_a_row_that_nobody_touched_keeps_its_words() -> None:
    text = 'from:chloe refund after:2024 Status:"Awaiting parts" (a or b)'
    ((first, words, written, state, rest),) = read(text)
    assert (first.field, first.name, first.value) == (Field.REQUESTER, "from", "chloe")
    assert (words.field, words.value) == (Field.TEXT, "refund")
    assert written.relation == Relation(Comparison.AT_LEAST)
    assert plain_value(state.value) == "Awaiting parts"
    assert rest == Row("(a or b)")
    changed = with_value(first, "Chloe Castellano")
    assert write(((changed, words, written, state, rest),)) == (
        'from:"Chloe Castellano" refund after:2024 Status:"Awaiting parts" (a or b)'
    )


def test_alternatives_are_groups_and_typed_ones_stay_together() -> None:
    groups = read("tag:refund or is:open -tag:spam")
    assert [len(group) for group in groups] == [1, 2]
    assert groups[1][1].relation == Relation(is_not=True)
    assert write(((*groups[0], with_text("a or b")), groups[1])) == "tag:refund (a or b) or is:open -tag:spam"


def test_what_cannot_be_read_is_a_row_of_text_and_not_lost() -> None:
    groups = read("has:attachmant refund")
    assert groups == ((Row("has:attachmant refund"),),)
    assert write(groups) == "has:attachmant refund"
    assert write(((*groups[0], with_value(new_row(Field.TAG), "vip")),)) == "has:attachmant refund tag:vip"


def test_every_relation_of_every_field_takes_a_value_and_a_row_without_one_says_nothing() -> None:
    values = {Field.HAS: "note", Field.IS: "unread", Field.PRIORITY: "high", Field.STATE: "open"}
    for field in FIELDS:
        for relation in relations(field):
            row = with_relation(new_row(field), relation)
            assert row.text == ""
            time = "4h" if relation.is_length else "2026-10-01"
            is_time = field in (Field.WAITING, Field.UPDATED, Field.CREATED, Field.DUE)
            full = with_value(row, values.get(field, time if is_time else "two words"))
            assert full.relation == relation
            assert full.text, (field, relation)
            assert read(full.text) == ((full,),)


def test_an_after_that_becomes_a_before_is_written_in_full() -> None:
    ((row,),) = read("after:2026-09")
    assert with_value(row, "2026-10").text == "after:2026-10"
    assert with_relation(row, Relation(Comparison.LESS)).text == "updated<2026-09"
    assert with_relation(row, Relation(Comparison.LESS, is_length=True)).text == ""
