"""The seed data: the same again, as large as asked, and as odd as the real one."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from deskhand_sandbox.customer_writer import CustomerWriter
from deskhand_sandbox.mail import pdf, png
from deskhand_sandbox.seed import build
from deskhand_sandbox.seed_data import SeedData
from deskhand_sandbox.shares import SHARES

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def seed_data() -> SeedData:
    return build(1, 1200, "nexuscore", NOW)


def test_the_same_seed_gives_the_same_world_and_another_one_does_not():
    first, second, other = (build(seed, 40, "thena", NOW) for seed in (1, 1, 2))
    assert list(first.tickets) == list(second.tickets)
    assert [m.messages for m in first.tickets] == [m.messages for m in second.tickets]
    assert [m.subject for m in first.tickets] != [m.subject for m in other.tickets]


def test_the_order_of_looking_changes_nothing():
    first, second = build(1, 40, "", NOW), build(1, 40, "", NOW)
    forwards = [m.messages for m in first.tickets]
    backwards = [second.tickets[index].messages for index in range(39, -1, -1)]
    assert forwards == backwards[::-1]


def test_the_newest_is_a_few_minutes_old_and_nothing_ordinary_is_from_the_future(seed_data):
    assert NOW - seed_data.tickets[-1].created_at == timedelta(minutes=4)
    late = [m for m in seed_data.tickets if m.updated_at > NOW]
    assert len(late) <= len(seed_data.tickets) // 200


def test_threads_run_forwards_and_start_with_the_customer(seed_data):
    for seed_ticket in seed_data.tickets[:300]:
        times = [said.at for said in seed_ticket.messages]
        if seed_ticket.created_at <= seed_ticket.updated_at:
            assert times == sorted(times)
        assert seed_ticket.messages[0].by_customer


def test_a_few_threads_are_long(seed_data):
    lengths = sorted(m.length for m in seed_data.tickets)
    assert lengths[-3:] == [60, 60, 1000]
    longest = max(seed_data.tickets, key=lambda m: m.length)
    assert len(longest.messages) >= 1000


def test_many_scripts_are_spoken(seed_data):
    letters = {unicodedata.name(c, "?").split()[0] for m in seed_data.tickets for c in m.subject if c.isalpha()}
    assert {"LATIN", "ARABIC", "HEBREW", "CJK", "HIRAGANA"} <= letters


def test_bodies_come_in_every_kind_of_mail(seed_data):
    bodies = "".join(said.html or "" for m in seed_data.tickets[:300] for said in m.messages)
    for mark in ("gmail_quote", "divRplyFwdMsg", "<table", "cid:", "https://track.example", 'dir="rtl"', "style="):
        assert mark in bodies
    plain = [said for m in seed_data.tickets[:300] for said in m.messages if said.html is None]
    assert plain


def test_odd_but_legal_data_is_there(seed_data):
    seed_tickets = list(seed_data.tickets)
    assert any(m.subject == "" for m in seed_tickets)
    assert any(len(m.subject) == 300 for m in seed_tickets)
    assert any("\u202e" in m.subject for m in seed_tickets)
    assert any(m.requester is None for m in seed_tickets)
    assert any(m.state == "waiting_for_parts" for m in seed_tickets)
    assert any(m.priority.startswith("P0") for m in seed_tickets)
    assert any(m.created_at.year == 1999 for m in seed_tickets)
    names = {file.name for m in seed_tickets[:400] for said in m.messages for file in said.files}
    assert any("\u202e" in name for name in names)
    assert "../../etc/passwd" in names
    assert any("<script>" in person.name for person in seed_data.customers)


def test_a_customer_without_a_record_still_has_a_thread(seed_data):
    nobodys = next(m for m in seed_data.tickets if m.requester is None)
    assert nobodys.messages


def test_some_customers_write_to_every_vendor():
    worlds = [build(1, 60, vendor, NOW) for vendor in SHARES]
    writers = [{m.requester.email for m in seed_data.tickets if m.requester} for seed_data in worlds]
    assert "sofie.dewit@example.org" in set.intersection(*writers)
    assert len({seed_data.tickets[-1].subject for seed_data in worlds}) > 1


def test_a_hundred_thousand_matters_are_a_sequence_that_is_made_as_it_is_read():
    seed_data = build(1, 100_000, "nexuscore", NOW)
    assert len(seed_data.tickets) == 100_000
    assert seed_data.tickets[-1].number == 100_000
    assert seed_data.tickets[54_321].created_at < seed_data.tickets[54_322].created_at


def test_customers_go_on_speaking():
    seed_data = build(1, 20, "thena", NOW)
    writer = CustomerWriter(seed_data, "thena", lambda: NOW + timedelta(hours=1))
    new = writer.open_ticket("Help\nIt is broken")
    assert (seed_data.tickets[-1], new.number, new.subject) == (new, 21, "Help")
    said = writer.write_again(new, "{still} broken")
    assert new.messages[-1] == said
    assert (said.text, new.updated_at) == ("{still} broken", NOW + timedelta(hours=1))
    assert writer.write_again(new).text


def test_the_little_files_are_what_they_say():
    assert png((1, 2, 3)).startswith(b"\x89PNG\r\n\x1a\n")
    assert pdf("Invoice").startswith(b"%PDF-")
    assert pdf("Invoice").endswith(b"%%EOF")
