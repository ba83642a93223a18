"""Whatever JSON a vendor puts where a field belongs: an item with an id is stored, one without is counted, and nothing raises."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices

from deskhand.domain import plain
from deskhand.domain.ids import AccountId
from deskhand.http.jsontext import decode, encode
from deskhand.http.wire import Wire, read_items
from deskhand.vendors.routera import mapping as routera
from deskhand.vendors.routera import wire as routera_wire
from deskhand.vendors.thalamus import mapping as thalamus
from deskhand.vendors.thalamus import wire as thalamus_wire
from deskhand.vendors.thena import choices as thena_choices
from deskhand.vendors.thena import mapping as thena
from deskhand.vendors.thena import wire as thena_wire

ACCOUNT = AccountId("acc")
SETTINGS = thalamus.partner_settings({}, "", "DH-")
UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["2026-11-20T12:00:00.000Z", "0001-01-01T00:00:00+23:00", "<p>x</p>", "1e999", UUID, "\ud83d"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def names_of(model: type[Wire]) -> list[str]:
    """Return the names of a model's fields as the vendor writes them."""
    names = []
    for name, info in model.model_fields.items():
        alias = info.validation_alias
        names.extend([str(each) for each in alias.choices] if isinstance(alias, AliasChoices) else [str(alias or name)])
    return names


def map_thena_ticket(data: list[Any]) -> list[object]:
    items = read_items(thena_wire.Ticket, data)
    seen = thena_choices.ObservedValues()
    for model in items.models:
        seen.add(model)
    thena_choices.extra_fields(seen, ())
    book = thena.Lookups()
    return [
        found
        for item in items
        for found in (thena.ticket(item, ACCOUNT, book), thena.from_search_hit(item, ACCOUNT, book))
    ]


def map_thena_comment(data: list[Any]) -> list[object]:
    return list(thena.thread((read_items(thena_wire.Comment, data),), None, None).messages)


def map_routera(data: list[Any]) -> list[object]:
    items = read_items(routera_wire.Record, data)
    seen = routera.ObservedValues()
    for model in items.models:
        seen.add(model)
    return [routera.ticket(item, ACCOUNT, routera.Stages(), whole=True) for item in items]


def map_thalamus_ticket(data: list[Any]) -> list[object]:
    return [thalamus.ticket(item, ACCOUNT, SETTINGS, "1") for item in read_items(thalamus_wire.Ticket, data)]


@pytest.mark.parametrize(
    ("model", "mapped", "sure"),
    [
        (thena_wire.Ticket, map_thena_ticket, {"id": "T1", "uid": "T1"}),
        (thena_wire.Comment, map_thena_comment, {"id": "C1"}),
        (routera_wire.Record, map_routera, {"id": "R1"}),
        (thalamus_wire.Ticket, map_thalamus_ticket, {"uuid": UUID}),
    ],
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_answer_is_mapped_to_values_that_can_be_stored(model, mapped, sure, data):
    wild = st.dictionaries(st.sampled_from(names_of(model)), ODD, max_size=8)
    drawn = [*data.draw(st.lists(wild | ODD, max_size=3)), data.draw(wild) | sure]
    came = decode(encode(drawn).encode("utf-8", "surrogatepass"))
    found = mapped(came)
    assert plain.dumps(found)
    assert found or model is thena_wire.Comment
