"""While a filter is typed, what may stand at the cursor is offered, and whatever is chosen reads as meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.filters.completion import MOST, Choice, FilterChoices, complete
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import Field

CHOICES = FilterChoices(
    {
        Field.ACCOUNT: [Choice("Acme Support", 12), Choice("Globex", 3)],
        Field.VENDOR: [Choice("thena", 15)],
        Field.GROUP: [Choice("Second line"), Choice("Zoë's team")],
        Field.STATE: [Choice("Awaiting parts"), Choice("Open")],
        Field.PRIORITY: [Choice("P1")],
        Field.TAG: [Choice("refund"), Choice('say "hi"'), Choice("東京")],
        Field.ASSIGNEE: [Choice("me"), Choice("Omar Sy")],
    },
    {"state:open": 7, "is:unread": 2},
)


def offered(text: str) -> list[tuple[str, int | None]]:
    """Complete at `|`; return what the text would become, and the count."""
    cursor = text.index("|")
    plain = text.replace("|", "")
    found = complete(plain, cursor, CHOICES)
    return [(plain[: one.begin] + one.replacement + plain[one.end :], one.count) for one in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("pri|", ("priority:", None)),
        ("is:open -ta|", ("is:open -tag:", None)),
        ("(wai|", ("(waiting>", None)),
        ("bef|", ("before:", None)),
        ("state:o|", ("state:open", 7)),
        ("state:aw|", ('state:"Awaiting parts"', None)),
        ("is:un| tag:x", ("is:unread tag:x", 2)),
        ("account:sup|", ('account:"Acme Support"', 12)),
        ('account:"acme s|', ('account:"Acme Support"', 12)),
        ("team:zoe|", ('team:"Zoë\'s team"', None)),
        ("tag:say|", ('tag:"say \\"hi\\""', None)),
        ("assignee:|", ("assignee:me", None)),
        ("created:last|", ("created:last-week", None)),
        ("waiting>|", ("waiting>1h", None)),
        ("priority>=u|", ("priority>=urgent", None)),
        ("vendor:th|x", ("vendor:thena", 15)),
    ],
)
def test_what_begins_so_is_offered_with_the_count_that_is_kept(text, first):
    assert offered(text)[0] == first


@pytest.mark.parametrize("text", ["nosuch:|", "tag:nowhere|", '"a phrase|'])
def test_nothing_is_offered_where_nothing_begins_so(text):
    assert offered(text) == []


def test_at_an_empty_place_the_fields_are_offered():
    assert len(offered("|")) == len(offered("is:open |")) == MOST


def test_a_person_who_is_called_me_is_told_from_me():
    assert [text for text, _ in offered("assignee:me|")] == ["assignee:me", 'assignee:"me"']


@given(st.sampled_from(list(Field)), st.integers(0, MOST - 1))
def test_every_value_that_is_offered_reads_as_a_filter(field, which):
    for sign in (":", ">"):
        found = complete(f"{field.value}{sign}", len(field.value) + 1, CHOICES)
        for one in found[which : which + 1]:
            if (
                sign == ":"
                or field is Field.PRIORITY
                or field in (Field.WAITING, Field.UPDATED, Field.CREATED, Field.DUE)
            ):
                assert not isinstance(parse(f"{field.value}{sign}{one.replacement}"), FilterError)
                assert one.begin == one.end == len(field.value) + 1


@given(st.text(alphabet='ista:o"()->= xé東', max_size=20), st.integers(-1, 30))
def test_whatever_is_typed_what_is_offered_lies_in_the_text(text, cursor):
    for one in complete(text, cursor, CHOICES):
        assert 0 <= one.begin <= one.end <= len(text)
