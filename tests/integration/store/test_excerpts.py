"""A row of a search says where the hit is: in which message, in a file's name, in a note; read for a few tickets at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.helpers.store_fixtures import ACCOUNT, a_message, a_page, a_thread, a_ticket, an_account

from deskhand.domain.excerpts import LEAD, LENGTH, Excerpt, HitPlace
from deskhand.domain.filters.hit_marks import hit_terms
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import Attachment, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.store import DeskStore

BEGAN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TICKETS = tuple(a_ticket(f"t{n}", number=str(1040 + n), subject=f"Order {n}") for n in range(6))
LONG = "The parcel came on Monday and everything in it was in order, but for what I had paid: " + "the refund " * 40


@pytest.fixture
async def filled(store: DeskStore) -> DeskStore:
    await store.accounts.put(an_account())
    await store.tickets.apply(ACCOUNT, a_page(*TICKETS))
    sanne = Person("Sanne Smeets", "sanne@x.test")
    said = [
        a_message("m1", "Where is my refund?", author=sanne, created_at=BEGAN),
        a_message("m2", "The money\nis on its way.", created_at=BEGAN + timedelta(hours=1)),
        a_message("m3", LONG, author=sanne, created_at=BEGAN + timedelta(hours=2)),
    ]
    await store.threads.apply(TICKETS[0].key, *a_thread(*said))
    file = Attachment("f1", "refund-form 0312.pdf", 10, "application/pdf")
    await store.threads.apply(TICKETS[1].key, *a_thread(a_message("m1", "Here it is.", attachments=(file,))))
    await store.threads.add_note(TICKETS[2].key, a_message("n1", "Ask about the refund first."))
    note = a_message(
        "m1", "No refund here.", author=Person("Piotr Z."), side=Side.AGENT, visibility=Visibility.INTERNAL
    )
    await store.threads.apply(TICKETS[3].key, *a_thread(note))
    await store.threads.apply(TICKETS[4].key, *a_thread(a_message("m1", "日本語のテストです。")))
    return store


async def found(store: DeskStore, text: str) -> dict[str, Excerpt]:
    keys = [ticket.key for ticket in TICKETS] + [TicketKey(AccountId("gone"), "t1"), TicketKey(ACCOUNT, "no such one")]
    return {key.remote: one for key, one in (await store.lists.excerpts(keys, hit_terms(text))).items()}


async def test_the_place_of_each_hit_is_told(filled: DeskStore) -> None:
    hits = await found(filled, "refund")
    assert set(hits) == {"t0", "t1", "t2", "t3"}
    newest = hits["t0"]
    assert (newest.place, newest.by, newest.message) == (HitPlace.MESSAGE, "Sanne Smeets", "m3")
    assert newest.at == BEGAN + timedelta(hours=2)
    assert newest.is_cut
    before = newest.text.partition("refund")[0]
    assert len(before) <= LEAD
    assert before.endswith("paid: the ")
    assert len(newest.text) <= LENGTH
    assert hits["t1"] == Excerpt(
        HitPlace.ATTACHMENT, "refund-form 0312.pdf", by=hits["t1"].by, at=hits["t1"].at, message="m1"
    )
    assert (hits["t2"].place, hits["t2"].is_mine) == (HitPlace.NOTE, True)
    assert (hits["t3"].place, hits["t3"].by, hits["t3"].text) == (HitPlace.NOTE, "Piotr Z.", "No refund here.")


async def test_a_message_with_all_of_the_terms_goes_before_a_newer_one_with_some(filled: DeskStore) -> None:
    hits = await found(filled, "where refund")
    assert hits["t0"].message == "m1"
    assert hits["t0"].text == "Where is my refund?"


async def test_lines_are_joined_and_writing_without_spaces_is_found(filled: DeskStore) -> None:
    assert (await found(filled, "money"))["t0"].text == "The money is on its way."
    assert (await found(filled, "テスト"))["t4"].text == "日本語のテストです。"


async def test_a_number_is_a_place_of_its_own(filled: DeskStore) -> None:
    for typed in ("1045", "#1045", "Ref 1045", "t5"):
        assert (await found(filled, typed))["t5"].place is HitPlace.NUMBER


async def test_what_stands_in_the_subject_alone_has_no_excerpt(filled: DeskStore) -> None:
    assert await found(filled, "order") == {"t0": (await found(filled, "order"))["t0"]}
    assert await found(filled, "“…”") == {}
