"""What a canned reply leaves to fill in."""

import pytest

from deskhand.content.placeholders import placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello {name}, {{order_id}} and {name}", ("{name}", "{{order_id}}")),
        ("a{1}b { x } {} {\n}", ()),
        ("JSON: {key name}", ("{key name}",)),
    ],
)
def test_each_place_is_named_once(text, found) -> None:
    assert placeholders(text) == found
