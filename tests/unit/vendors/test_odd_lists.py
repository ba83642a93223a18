"""Whatever a vendor's list holds, nothing crashes and nothing is dropped in silence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.ids import AccountId
from deskhand.http.jsontext import decode
from deskhand.http.wire import read_items
from deskhand.vendors.mijnklantportaal import mapping as portal
from deskhand.vendors.mijnklantportaal import wire as portal_wire
from deskhand.vendors.nexuscore import mapping as nexuscore
from deskhand.vendors.nexuscore import wire as nexuscore_wire

ACCOUNT = AccountId("acc")
NAMES = [
    "id",
    "subject",
    "status",
    "brand_id",
    "priority",
    "created_at",
    "updated_at",
    "assigned_to",
    "customer",
    "tags",
    "origin",
    "description",
    "due_at",
    "customerId",
    "title",
    "source",
    "createdAt",
    "messages",
    "metadata",
    "x",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2025-10-04T18:32:11Z"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from((*NAMES, "email", "name")), inner, max_size=3)
    ),
    max_leaves=8,
)
LISTS = st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8) | VALUES, max_size=6)


@given(LISTS)
@pytest.mark.parametrize(
    ("model", "mapped"),
    [
        (nexuscore_wire.Ticket, lambda item: nexuscore.ticket(ACCOUNT, item, {})),
        (portal_wire.Ticket, lambda item: portal.ticket(ACCOUNT, item, None)),
    ],
    ids=["nexuscore", "mijnklantportaal"],
)
def test_every_item_is_read_or_counted(model, mapped, items):
    data = decode(json.dumps(items).encode())
    read = read_items(model, data)
    assert len(read) + read.left_out == len(items)
    for item in read:
        remote = mapped(item)
        assert remote.ticket.key.remote
        assert json.loads(remote.raw)["id"] is not None
        remote.raw.encode("utf-8")
