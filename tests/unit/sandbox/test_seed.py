"""The seeded world: the same again, as large as asked, and as odd as the real one."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from deskhand_sandbox.mail import pdf, png
from deskhand_sandbox.seed import build
from deskhand_sandbox.shares import SHARES
from deskhand_sandbox.voice import Voice
from deskhand_sandbox.world import World

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    return build(1, 1200, "nexuscore", NOW)


def test_the_same_seed_gives_the_same_world_and_another_one_does_not():
    first, second, other = (build(seed, 40, "thena", NOW) for seed in (1, 1, 2))
    assert list(first.matters) == list(second.matters)
    assert [m.utterances for m in first.matters] == [m.utterances for m in second.matters]
    assert [m.subject for m in first.matters] != [m.subject for m in other.matters]


def test_the_order_of_looking_changes_nothing():
    first, second = build(1, 40, "", NOW), build(1, 40, "", NOW)
    forwards = [m.utterances for m in first.matters]
    backwards = [second.matters[index].utterances for index in range(39, -1, -1)]
    assert forwards == backwards[::-1]


def test_the_newest_is_a_few_minutes_old_and_nothing_ordinary_is_from_the_future(world):
    assert NOW - world.matters[-1].created_at == timedelta(minutes=4)
    late = [m for m in world.matters if m.updated_at > NOW]
    assert len(late) <= len(world.matters) // 200


def test_threads_run_forwards_and_start_with_the_customer(world):
    for matter in world.matters[:300]:
        times = [said.at for said in matter.utterances]
        if matter.created_at <= matter.updated_at:
            assert times == sorted(times)
        assert matter.utterances[0].by_customer


def test_a_few_threads_are_long(world):
    lengths = sorted(m.length for m in world.matters)
    assert lengths[-3:] == [60, 60, 1000]
    longest = max(world.matters, key=lambda m: m.length)
    assert len(longest.utterances) >= 1000


def test_many_scripts_are_spoken(world):
    letters = {unicodedata.name(c, "?").split()[0] for m in world.matters for c in m.subject if c.isalpha()}
    assert {"LATIN", "ARABIC", "HEBREW", "CJK", "HIRAGANA"} <= letters


def test_bodies_come_in_every_kind_of_mail(world):
    bodies = "".join(said.html or "" for m in world.matters[:300] for said in m.utterances)
    for mark in ("gmail_quote", "divRplyFwdMsg", "<table", "cid:", "https://track.example", 'dir="rtl"', "style="):
        assert mark in bodies
    plain = [said for m in world.matters[:300] for said in m.utterances if said.html is None]
    assert plain


def test_odd_but_legal_data_is_there(world):
    matters = list(world.matters)
    assert any(m.subject == "" for m in matters)
    assert any(len(m.subject) == 300 for m in matters)
    assert any("\u202e" in m.subject for m in matters)
    assert any(m.requester is None for m in matters)
    assert any(m.state == "waiting_for_parts" for m in matters)
    assert any(m.priority.startswith("P0") for m in matters)
    assert any(m.created_at.year == 1999 for m in matters)
    names = {file.name for m in matters[:400] for said in m.utterances for file in said.files}
    assert any("\u202e" in name for name in names)
    assert "../../etc/passwd" in names
    assert any("<script>" in person.name for person in world.customers)


def test_a_customer_without_a_record_still_has_a_thread(world):
    nobodys = next(m for m in world.matters if m.requester is None)
    assert nobodys.utterances


def test_some_customers_write_to_every_vendor():
    worlds = [build(1, 60, vendor, NOW) for vendor in SHARES]
    writers = [{m.requester.email for m in world.matters if m.requester} for world in worlds]
    assert "sofie.dewit@example.org" in set.intersection(*writers)
    assert len({world.matters[-1].subject for world in worlds}) > 1


def test_a_hundred_thousand_matters_are_a_sequence_that_is_made_as_it_is_read():
    world = build(1, 100_000, "nexuscore", NOW)
    assert len(world.matters) == 100_000
    assert world.matters[-1].number == 100_000
    assert world.matters[54_321].created_at < world.matters[54_322].created_at


def test_customers_go_on_speaking():
    world = build(1, 20, "thena", NOW)
    voice = Voice(world, "thena", lambda: NOW + timedelta(hours=1))
    new = voice.anew("Help\nIt is broken")
    assert (world.matters[-1], new.number, new.subject) == (new, 21, "Help")
    said = voice.again(new, "{still} broken")
    assert new.utterances[-1] == said
    assert (said.text, new.updated_at) == ("{still} broken", NOW + timedelta(hours=1))
    assert voice.again(new).text


def test_the_little_files_are_what_they_say():
    assert png((1, 2, 3)).startswith(b"\x89PNG\r\n\x1a\n")
    assert pdf("Invoice").startswith(b"%PDF-")
    assert pdf("Invoice").endswith(b"%%EOF")
