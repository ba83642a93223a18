"""A change counts where a ticket shows it: in the answer, or when looking afterwards."""

from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import TicketEdit
from deskhand.domain.problems import NotAsAsked, OutcomeUnknown, VendorDown
from deskhand.domain.tickets import Person, RemoteTicket, Ticket
from deskhand.vendors.proving import Told, same_value, says, settled

TICKET = Ticket(
    TicketKey(AccountId("acc"), "T1"),
    subject="Late parcel",
    state_id="open",
    vendor_state="Open",
    priority_id="low",
    assignee=Person("Jane", "jane@x.example", "U1"),
    tags=("vip", "old"),
    fields={"due": "2026-12-01", "seats": 3},
)
CLOSE = TicketEdit(TICKET, state_id="closed")
OPEN = RemoteTicket(TICKET)
CLOSED = RemoteTicket(replace(TICKET, state_id="closed", vendor_state="Closed"))


def now(known: frozenset[str] | None = None, **values: Any) -> RemoteTicket:
    return RemoteTicket(replace(TICKET, **values), known)


@pytest.mark.parametrize(
    ("change", "told", "verdict"),
    [
        ({"state_id": "closed"}, CLOSED, Told.DONE),
        ({"state_id": "Closed"}, now(state_id="ST9", vendor_state="closed"), Told.DONE),
        ({"state_id": "closed"}, OPEN, Told.OTHERWISE),
        ({"state_id": "closed"}, now(frozenset(("subject",)), state_id="closed"), Told.SILENT),
        ({"priority_id": "high"}, now(priority_id="High"), Told.DONE),
        ({"priority_id": "high"}, OPEN, Told.OTHERWISE),
        (
            {"assign": True, "assignee": Person(email="Lee@x.example")},
            now(assignee=Person("Lee", "lee@x.example")),
            Told.DONE,
        ),
        ({"assign": True, "assignee": Person(email="lee@x.example")}, OPEN, Told.OTHERWISE),
        ({"assign": True, "assignee": Person(email="lee@x.example")}, now(assignee=None), Told.OTHERWISE),
        ({"tags": ("vip", "new")}, now(tags=("new", "VIP")), Told.DONE),
        ({"tags": ("vip", "new")}, now(tags=("new", "vip", "a colleague's")), Told.DONE),
        ({"tags": ("vip", "new")}, now(tags=("new", "vip", "old")), Told.OTHERWISE),
        ({"tags": ()}, OPEN, Told.OTHERWISE),
        ({"fields": {"subject": "Lost parcel"}}, now(subject="Lost  parcel "), Told.DONE),
        ({"fields": {"subject": "Lost parcel"}}, OPEN, Told.OTHERWISE),
        ({"fields": {"seats": "5"}}, now(fields={"seats": 5.0}), Told.DONE),
        ({"fields": {"due": "2026-12-24"}}, now(fields={"due": "2026-12-24T00:00:00.000Z"}), Told.DONE),
        ({"fields": {"due": "24 December"}}, now(fields={"due": "2026-12-24"}), Told.DONE),
        ({"fields": {"subject": "Lost <b>parcel</b> & box"}}, now(subject="Lost parcel &amp; box"), Told.DONE),
        ({"fields": {"subject": "A lost parcel, and much more"}}, now(subject="A lost parcel, and mu…"), Told.DONE),
        ({"fields": {"subject": "Lost 📦 parcel"}}, now(subject="Lost ? parcel"), Told.DONE),
        ({"fields": {"subject": "Lost parcel"}}, now(subject="A colleague's words"), Told.OTHERWISE),
        ({"fields": {"subject": "Order 24 lost"}}, now(subject="Order 24 found"), Told.OTHERWISE),
        ({"fields": {"due": "24 December"}}, now(fields={"due": "2027-01-05"}), Told.OTHERWISE),
        ({"fields": {"seats": "5"}}, now(fields={"seats": 4}), Told.OTHERWISE),
        ({"fields": {"urgent": "yes"}}, now(fields={"urgent": True}), Told.DONE),
        ({"fields": {"urgent": "no"}}, now(fields={"urgent": True}), Told.OTHERWISE),
        ({"fields": {"due": "2026-12-24"}}, OPEN, Told.OTHERWISE),
        ({"fields": {"due": "2026-12-24"}}, now(fields={}), Told.OTHERWISE),
        ({"fields": {"due": "2026-12-24"}}, now(frozenset(("subject",)), fields={}), Told.SILENT),
        ({"state_id": "closed", "priority_id": "high"}, CLOSED, Told.OTHERWISE),
    ],
)
def test_every_field_that_was_to_change_is_held_against_what_is_told(change, told, verdict):
    assert says(TicketEdit(TICKET, **change), told) is verdict


@pytest.mark.parametrize(("one", "other"), [("a", "b"), (True, False), ("", None), (0, "zero"), (("a",), ("a", "b"))])
def test_values_that_differ_are_not_taken_for_one(one, other):
    assert same_value(one, other) == (one == "" and other is None)


async def test_an_answer_that_shows_the_change_needs_no_look():
    assert await settled(CLOSE, CLOSED, None, "Vendor") is CLOSED


@pytest.mark.parametrize("answer", [None, OPEN])
async def test_what_the_answer_does_not_show_a_look_may(answer):
    async def look() -> RemoteTicket:
        return CLOSED

    assert await settled(CLOSE, answer, look, "Vendor") is CLOSED


async def test_a_vendor_that_keeps_the_old_value_is_told_with_it():
    async def look() -> RemoteTicket:
        return OPEN

    with pytest.raises(NotAsAsked, match="its state is Open"):
        await settled(CLOSE, OPEN, look, "Vendor")


async def test_a_vendor_that_has_other_words_is_told_with_them():
    told = now(subject="A colleague's words")

    async def look() -> RemoteTicket:
        return told

    with pytest.raises(NotAsAsked, match="subject is “A colleague's words”"):
        await settled(TicketEdit(TICKET, fields={"subject": "Lost parcel"}), told, look, "Vendor")


async def test_without_an_answer_the_old_value_proves_nothing_because_the_change_may_still_come():
    async def look() -> RemoteTicket:
        return OPEN

    with pytest.raises(OutcomeUnknown):
        await settled(CLOSE, None, look, "Vendor")


async def test_a_look_that_fails_leaves_the_outcome_unknown():
    async def look() -> RemoteTicket:
        raise VendorDown("answered 502", status=502)

    with pytest.raises(OutcomeUnknown, match="502"):
        await settled(CLOSE, OPEN, look, "Vendor")
