"""Of a pasted list of addresses nobody is left out without a word."""

import pytest

from deskhand.content.addresses import read_addresses

BOTH = ("a@x.example", "b@y.example")


@pytest.mark.parametrize(
    "text",
    [
        "<a@x.example><b@y.example>",
        "Jane <a@x.example>Bob <b@y.example>",
        "Jane <a@x.example>Bob<b@y.example>",
        "Doe, Jane <a@x.example><b@y.example>",
        "<a@x.example>\t<b@y.example>",
        "a@x.example，b@y.example",
        "a@x.example、b@y.example",
        "a@x.example；b@y.example；",
        "a@x.example، b@y.example",
        "a@x.example؛ b@y.example",
        "王 <a@x.example>，李 <b@y.example>",
    ],
)
def test_both_of_two_addresses_are_read_however_they_are_parted(text):
    found = read_addresses(text)
    assert found.addresses == BOTH
    assert found.problems == ()


def test_three_in_a_row_without_a_blank_are_three():
    found = read_addresses("<a@x.example><b@y.example> <c@z.example>")
    assert found.addresses == (*BOTH, "c@z.example")


@pytest.mark.parametrize(
    "text", ["a@x.example <b@y.example>", '"a@x.example" <b@y.example>', "Doe, Jane <b@y.example>"]
)
def test_a_name_in_front_of_an_address_is_a_name(text):
    assert read_addresses(text).addresses == ("b@y.example",)
