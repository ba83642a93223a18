"""A change counts where a ticket shows it: in the answer, or when looking afterwards."""

from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import TicketEdit
from deskhand.domain.problems import AppliedDifferently, OutcomeUnknown, VendorDown
from deskhand.domain.tickets import Person, RemoteTicket, Ticket
from deskhand.vendors.confirmation import EditResult, compare_edit, confirm_edit, same_value

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
        ({"state_id": "closed"}, CLOSED, EditResult.APPLIED),
        ({"state_id": "Closed"}, now(state_id="ST9", vendor_state="closed"), EditResult.APPLIED),
        ({"state_id": "closed"}, OPEN, EditResult.DIFFERENT),
        ({"state_id": "closed"}, now(frozenset(("subject",)), state_id="closed"), EditResult.NOT_SHOWN),
        ({"priority_id": "high"}, now(priority_id="High"), EditResult.APPLIED),
        ({"priority_id": "high"}, OPEN, EditResult.DIFFERENT),
        (
            {"assign": True, "assignee": Person(email="Lee@x.example")},
            now(assignee=Person("Lee", "lee@x.example")),
            EditResult.APPLIED,
        ),
        ({"assign": True, "assignee": Person(email="lee@x.example")}, OPEN, EditResult.DIFFERENT),
        ({"assign": True, "assignee": Person(email="lee@x.example")}, now(assignee=None), EditResult.DIFFERENT),
        ({"tags": ("vip", "new")}, now(tags=("new", "VIP")), EditResult.APPLIED),
        ({"tags": ("vip", "new")}, now(tags=("new", "vip", "a colleague's")), EditResult.APPLIED),
        ({"tags": ("vip", "new")}, now(tags=("new", "vip", "old")), EditResult.DIFFERENT),
        ({"tags": ()}, OPEN, EditResult.DIFFERENT),
        ({"fields": {"subject": "Lost parcel"}}, now(subject="Lost  parcel "), EditResult.APPLIED),
        ({"fields": {"subject": "Lost parcel"}}, OPEN, EditResult.DIFFERENT),
        ({"fields": {"seats": "5"}}, now(fields={"seats": 5.0}), EditResult.APPLIED),
        ({"fields": {"due": "2026-12-24"}}, now(fields={"due": "2026-12-24T00:00:00.000Z"}), EditResult.APPLIED),
        ({"fields": {"due": "24 December"}}, now(fields={"due": "2026-12-24"}), EditResult.APPLIED),
        ({"fields": {"subject": "Lost <b>parcel</b> & box"}}, now(subject="Lost parcel &amp; box"), EditResult.APPLIED),
        (
            {"fields": {"subject": "A lost parcel, and much more"}},
            now(subject="A lost parcel, and mu…"),
            EditResult.APPLIED,
        ),
        ({"fields": {"subject": "Lost 📦 parcel"}}, now(subject="Lost ? parcel"), EditResult.APPLIED),
        ({"fields": {"subject": "Lost parcel"}}, now(subject="A colleague's text"), EditResult.DIFFERENT),
        ({"fields": {"subject": "Order 24 lost"}}, now(subject="Order 24 found"), EditResult.DIFFERENT),
        ({"fields": {"due": "24 December"}}, now(fields={"due": "2027-01-05"}), EditResult.DIFFERENT),
        ({"fields": {"seats": "5"}}, now(fields={"seats": 4}), EditResult.DIFFERENT),
        ({"fields": {"urgent": "yes"}}, now(fields={"urgent": True}), EditResult.APPLIED),
        ({"fields": {"urgent": "no"}}, now(fields={"urgent": True}), EditResult.DIFFERENT),
        ({"fields": {"due": "2026-12-24"}}, OPEN, EditResult.DIFFERENT),
        ({"fields": {"due": "2026-12-24"}}, now(fields={}), EditResult.DIFFERENT),
        ({"fields": {"due": "2026-12-24"}}, now(frozenset(("subject",)), fields={}), EditResult.NOT_SHOWN),
        ({"state_id": "closed", "priority_id": "high"}, CLOSED, EditResult.DIFFERENT),
    ],
)
def test_every_field_that_was_to_change_is_held_against_what_is_told(change, told, verdict):
    assert compare_edit(TicketEdit(TICKET, **change), told) is verdict


@pytest.mark.parametrize(("one", "other"), [("a", "b"), (True, False), ("", None), (0, "zero"), (("a",), ("a", "b"))])
def test_values_that_differ_are_not_taken_for_one(one, other):
    assert same_value(one, other) == (one == "" and other is None)


async def test_an_answer_that_shows_the_change_needs_no_look():
    assert await confirm_edit(CLOSE, CLOSED, None, "Vendor") is CLOSED


@pytest.mark.parametrize("answer", [None, OPEN])
async def test_what_the_answer_does_not_show_a_look_may(answer):
    async def look() -> RemoteTicket:
        return CLOSED

    assert await confirm_edit(CLOSE, answer, look, "Vendor") is CLOSED


async def test_a_vendor_that_keeps_the_old_value_is_told_with_it():
    async def look() -> RemoteTicket:
        return OPEN

    with pytest.raises(AppliedDifferently, match="its state is Open"):
        await confirm_edit(CLOSE, OPEN, look, "Vendor")


async def test_a_vendor_that_has_another_text_is_told_with_it():
    told = now(subject="A colleague's text")

    async def look() -> RemoteTicket:
        return told

    with pytest.raises(AppliedDifferently, match="subject is “A colleague's text”"):
        await confirm_edit(TicketEdit(TICKET, fields={"subject": "Lost parcel"}), told, look, "Vendor")


async def test_without_an_answer_the_old_value_proves_nothing_because_the_change_may_still_come():
    async def look() -> RemoteTicket:
        return OPEN

    with pytest.raises(OutcomeUnknown):
        await confirm_edit(CLOSE, None, look, "Vendor")


async def test_a_look_that_fails_leaves_the_outcome_unknown():
    async def look() -> RemoteTicket:
        raise VendorDown("answered 502", status=502)

    with pytest.raises(OutcomeUnknown, match="502"):
        await confirm_edit(CLOSE, OPEN, look, "Vendor")
