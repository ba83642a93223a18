"""A list of any length is the same JSON as at once, and is handed over in pieces that hold nobody up."""

import json

import pytest

from deskhand.cli import json_output

ODD = {
    "subject": "a\nb\u2028c\x85d\r\x0c",
    "tags": ["x"],
    "requester": {"name": "Zoë 🧡", "email": None},
    "nothing": [],
}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_a_list_in_blocks_is_what_it_is_at_once(count: int) -> None:
    items = [{**ODD, "id": number} for number in range(count)]
    blocks = list(json_output.blocks_of_list([json_output.item_of_list(one) for one in items], 2))
    written = "".join(f"{block}\n" for block in blocks)
    assert written == json_output.dumps(items) + "\n"
    assert json.loads(written) == items
    assert max(block.count('"id"') for block in blocks) <= 2
