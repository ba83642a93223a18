"""Put away, reminded of, pinned: what the lists say of it, what brings it back, and what survives."""

import asyncio
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.narrowing import not_none
from tests.helpers.store_fixtures import (
    ACCOUNT,
    KEY,
    MYSELF,
    START,
    ManualClock,
    a_command,
    a_message,
    a_page,
    a_store,
    a_thread,
    a_ticket,
    an_account,
    updated,
)

from deskhand.domain.commands import CreateTicket
from deskhand.domain.events import EventKind
from deskhand.domain.ids import TicketKey, local_ticket
from deskhand.domain.later import RETURN, LaterMark
from deskhand.domain.ports import Receipt
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Side, Visibility
from deskhand.domain.tickets import State
from deskhand.store.files import CACHE, DESK, DatabaseFiles, connect

DAY = timedelta(days=1)
TOMORROW = START + DAY
ONE, TWO, THREE = (TicketKey(ACCOUNT, remote) for remote in "123")
OPEN_SCOPES = (Scope.OPEN, Scope.MINE_OPEN, Scope.UNASSIGNED, Scope.WAITING_FOR_US)


@pytest.fixture
async def tickets(store, seen):
    """One is mine, two is nobody's, three waits for its customer."""
    one = a_ticket("1", assignee=MYSELF)
    await store.tickets.apply(ACCOUNT, a_page(one, a_ticket("2"), a_ticket("3", state=State.PENDING)))
    for key in (ONE, TWO, THREE):
        await store.threads.apply(key, *a_thread(a_message(f"m{key.remote}")))
    seen.clear()


def row(store, key=ONE):
    return store.lists.rows([key])[0]


async def listed(store, scope, **more):
    return [key.remote for key in await store.lists.select(TicketQuery(scope, **more), 99)]


async def due_events(store, at):
    return await store.timed_events.due(RETURN, at, 50, without=())


async def bring_back(store, clock, at):
    clock.time = at
    await store.later.bring_back(await due_events(store, at))


async def test_what_is_put_away_leaves_every_list_of_what_is_open_and_their_counts(store, tickets):
    before = store.lists.overview().scopes
    assert [before[scope] for scope in OPEN_SCOPES] == [3, 1, 2, 3]
    await store.later.put(dict.fromkeys((ONE, TWO, THREE), LaterMark(TOMORROW, "Ask the carrier")))
    for scope in OPEN_SCOPES:
        assert await listed(store, scope) == []
        assert await listed(store, scope, account=ACCOUNT) == []
    after = store.lists.overview()
    assert [after.scopes[scope] for scope in OPEN_SCOPES] == [0, 0, 0, 0]
    assert after.scopes[Scope.LATER] == 3
    assert after.accounts[ACCOUNT] == 0
    assert sorted(await listed(store, Scope.ALL)) == ["1", "2", "3"]
    assert sorted(await listed(store, Scope.LATER)) == ["1", "2", "3"]
    shown = row(store)
    assert (shown.is_away, shown.later_until, shown.later_reason, shown.is_back) == (
        True, TOMORROW, "Ask the carrier", False,
    )  # fmt: skip


async def test_a_filter_by_state_finds_what_is_put_away_among_all(store, tickets):
    await store.later.put({THREE: LaterMark(TOMORROW)})
    assert await listed(store, Scope.ALL, states=(State.PENDING,)) == ["3"]
    assert await listed(store, Scope.OPEN, account=ACCOUNT, states=(State.PENDING,)) == ["3"]
    assert await listed(store, Scope.LATER, states=(State.OPEN,)) == []


async def test_later_is_in_the_order_of_return_and_what_has_no_date_comes_last(store, tickets):
    await store.later.put({ONE: LaterMark(None), TWO: LaterMark(START + 3 * DAY), THREE: LaterMark(TOMORROW)})
    assert await listed(store, Scope.LATER, sorted_by="return") == ["3", "2", "1"]
    assert await listed(store, Scope.LATER, sorted_by="return", account=ACCOUNT) == ["3", "2", "1"]
    index = await store.lists.outline(TicketQuery(Scope.LATER, sorted_by="return"), 2)
    pages = [store.lists.page(TicketQuery(Scope.LATER, sorted_by="return"), at, 2) for at in index.page_cursors]
    assert [[each.key.remote for each in page] for page in pages] == [["3", "2"], ["1"]]
    assert await store.lists.position(TicketQuery(Scope.LATER, sorted_by="return"), ONE) == 2
    everything = await listed(store, Scope.ALL)
    assert await listed(store, Scope.ALL, sorted_by="return") == everything


async def test_it_comes_back_when_it_is_due_with_its_reason_and_says_so_once(store, tickets, clock, seen):
    await store.later.put({ONE: LaterMark(TOMORROW, "Has it moved?")})
    assert await due_events(store, TOMORROW - timedelta(seconds=1)) == ()
    events = await due_events(store, TOMORROW)
    seen.clear()
    clock.time = TOMORROW
    await store.later.bring_back(events)
    await store.later.bring_back(events)  # as after a kill in between
    assert [changes.returned for changes in seen if changes.returned] == [frozenset({ONE})]
    shown = row(store)
    assert (shown.is_back, shown.is_away, shown.later_until, shown.later_reason) == (
        True, False, TOMORROW, "Has it moved?",
    )  # fmt: skip
    assert await listed(store, Scope.MINE_OPEN) == ["1"]
    assert await listed(store, Scope.LATER) == ["1"]
    assert await due_events(store, TOMORROW + DAY) == ()


async def test_the_mark_of_return_goes_when_the_ticket_is_done_or_put_away_again(store, tickets, clock):
    await store.later.put({ONE: LaterMark(TOMORROW), TWO: LaterMark(TOMORROW)})
    await bring_back(store, clock, TOMORROW)
    await store.tickets.apply(ACCOUNT, a_page(updated(a_ticket("1", assignee=MYSELF), state=State.CLOSED)))
    await store.later.put({TWO: LaterMark(TOMORROW + DAY)})
    assert not row(store).is_back
    assert not row(store, TWO).is_back
    assert await listed(store, Scope.LATER) == ["2"]
    await store.tickets.apply(ACCOUNT, a_page(updated(updated(a_ticket("1", assignee=MYSELF)), state=State.OPEN)))
    assert not row(store).is_back


async def test_a_reply_brings_back_what_waits_for_it_and_cancels_the_time(store, tickets, clock, seen):
    await store.later.put({ONE: LaterMark(TOMORROW), TWO: LaterMark(None)})
    seen.clear()
    for key in (ONE, TWO):
        await store.threads.apply(key, *a_thread(a_message("new", "Any news?", created_at=START), complete=False))
    assert frozenset[TicketKey]().union(*(changes.returned for changes in seen)) == {ONE, TWO}
    assert row(store).is_back
    assert row(store).later_replies == 1
    assert row(store, TWO).is_back
    assert row(store, TWO).later_until == clock.now()
    assert await due_events(store, TOMORROW + DAY) == ()


async def test_a_reply_to_what_is_kept_away_is_counted_and_it_stays_away(store, tickets, clock):
    await store.later.put({ONE: LaterMark(TOMORROW, keep=True)})
    await store.threads.apply(ONE, *a_thread(a_message("new", "Thanks!", created_at=START), complete=False))
    assert (row(store).is_away, row(store).later_replies) == (True, 1)
    await bring_back(store, clock, TOMORROW)
    assert (row(store).is_back, row(store).later_replies) == (True, 1)


async def test_neither_our_own_message_nor_one_that_was_there_already_brings_it_back(store, tickets):
    await store.later.put({ONE: LaterMark(TOMORROW)})
    ours = a_message("ours", side=Side.AGENT, author=MYSELF, created_at=START)
    internal = a_message("note", visibility=Visibility.INTERNAL, created_at=START)
    await store.threads.apply(ONE, *a_thread(a_message("m1"), ours, internal))
    assert row(store).is_away


async def test_a_conversation_that_is_first_read_while_the_ticket_is_away_tells_old_from_new(store, seen):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")))
    await store.later.put(dict.fromkeys((ONE, TWO), LaterMark(TOMORROW)))
    await store.threads.apply(ONE, *a_thread(a_message("old", created_at=START - 3 * DAY)))
    await store.threads.apply(TWO, *a_thread(a_message("new", created_at=START)))
    assert row(store).is_away
    assert row(store, TWO).is_back


async def test_a_reminder_leaves_the_ticket_in_its_lists_until_it_is_due(store, tickets, clock, seen):
    await store.later.put({ONE: LaterMark(TOMORROW, "Call", stays=True)})
    assert await listed(store, Scope.MINE_OPEN) == ["1"]
    assert await listed(store, Scope.LATER) == ["1"]
    await store.threads.apply(ONE, *a_thread(a_message("new", created_at=START), complete=False))
    assert not row(store).is_back
    seen.clear()
    await bring_back(store, clock, TOMORROW)
    assert row(store).is_back
    assert ONE in seen[-1].returned


async def test_taken_away_again_it_is_as_if_nothing_had_been(store, tickets):
    before = row(store)
    await store.later.put({ONE: LaterMark(TOMORROW)})
    await store.later.put({ONE: None})
    assert row(store) == before
    assert await due_events(store, TOMORROW) == ()
    assert await store.later.all() == ()


async def test_a_mark_goes_over_to_the_id_that_the_vendor_gives_to_a_new_ticket(store, clock):
    command = a_command(CreateTicket("New", {}))
    local = local_ticket(ACCOUNT, command.id)
    await store.outbox.submit(replace(command, ticket=local), hold_until=None)
    await store.later.put({local: LaterMark(TOMORROW, "Check")})
    await store.later.set_pinned([local], pinned=True)
    await store.outbox.complete(not_none(await store.outbox.get(command.id)), Receipt("77"), ())
    named = TicketKey(ACCOUNT, "77")
    assert (row(store, named).is_away, row(store, named).later_reason, row(store, named).is_pinned) == (
        True, "Check", True,
    )  # fmt: skip
    assert [event.subject for event in await due_events(store, TOMORROW)] == ["77"]


async def test_everything_of_it_goes_with_the_account(store, tickets):
    await store.later.put({ONE: LaterMark(TOMORROW)})
    await store.later.set_pinned([TWO], pinned=True)
    await store.accounts.remove(ACCOUNT)
    assert await store.later.all() == ()
    assert await store.later.pinned() == ()
    assert await due_events(store, TOMORROW) == ()


async def test_a_ticket_that_is_gone_at_the_vendor_stays_while_it_is_put_away(store, tickets):
    await store.later.put({ONE: LaterMark(TOMORROW)})
    for _ in range(3):
        number = await store.tickets.begin_full_sync(ACCOUNT)
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("2")), full_sync=number)
        await store.tickets.sweep(ACCOUNT, number)
    assert sorted(await listed(store, Scope.ALL)) == ["1", "2"]


async def test_pins_and_notes_are_columns_to_filter_by(store, tickets):
    await store.later.set_pinned([ONE], pinned=True)
    await store.threads.add_note(TWO, a_message("n1", visibility=Visibility.LOCAL))
    assert await listed(store, Scope.ALL, where=(("is_pinned", True),)) == ["1"]
    assert await listed(store, Scope.OPEN, where=(("has_note", True),)) == ["2"]
    assert await listed(store, Scope.ALL, where=(("is_away", True),)) == []
    assert row(store, TWO).has_note
    await store.threads.remove_note(TWO, "n1")
    await store.later.set_pinned([ONE], pinned=False)
    assert not row(store, TWO).has_note
    assert not row(store).is_pinned


async def test_marks_survive_a_restart_the_loss_of_the_cache_and_come_back_where_time_has_passed(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")))
        await store.later.put({ONE: LaterMark(TOMORROW, "Here?", keep=True)})
        await store.later.set_pinned([TWO], pinned=True)
    (tmp_path / "cache.db").unlink()
    async with a_store(tmp_path, clock=clock) as store:
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")))
        assert (row(store).is_away, row(store).later_reason) == (True, "Here?")
        assert row(store, TWO).is_pinned
        assert await listed(store, Scope.OPEN) == ["2"]
        clock.advance(days=3)
        await store.later.bring_back(await due_events(store, clock.now()))
        assert row(store).is_back


async def test_a_cache_that_missed_the_last_commit_shows_the_mark_after_the_start(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    before = (tmp_path / "cache.db").read_bytes()
    async with a_store(tmp_path, clock=clock) as store:
        await store.later.put({ONE: LaterMark(TOMORROW)})
    (tmp_path / "cache.db").write_bytes(before)
    async with a_store(tmp_path, clock=clock) as store:
        assert row(store).is_away


async def test_a_profile_from_before_has_it_after_the_upgrade(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2", state=State.PENDING)))
        await store.threads.add_note(ONE, a_message("n1", visibility=Visibility.LOCAL))
    db = connect(DatabaseFiles(tmp_path, KEY), DESK)
    for table in ("later", "pins", "ticket_links", "link_accounts", "status_quarters"):
        db.execute(f"DROP TABLE {table}")
    db.pragma("user_version", 3)
    db.close()
    db = connect(DatabaseFiles(tmp_path, KEY), CACHE)
    for (index,) in list(
        db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND (name LIKE '%later_%' OR name LIKE '%pinned_%' OR name = 'facts_at'"
            " OR name LIKE '%with_note_%')"
        )
    ):
        db.execute(f"DROP INDEX {index}")
    columns = ("in_later", "is_away", "return_at", "later_reason", "is_back", "later_replies", "is_pinned", "has_note")
    for column in columns:
        db.execute(f"ALTER TABLE tickets DROP COLUMN {column}")
    db.execute("UPDATE meta SET value = '1' WHERE key = 'projection.version'")
    db.close()
    async with a_store(tmp_path) as store:
        assert sorted(await listed(store, Scope.UNASSIGNED)) == ["1", "2"]
        assert row(store).has_note
        await store.later.put({TWO: LaterMark(TOMORROW)})
        assert await listed(store, Scope.UNASSIGNED) == ["1"]
        assert await listed(store, Scope.LATER, sorted_by="return") == ["2"]
        assert await store.tickets.reprojection() is not None
        while await store.tickets.project_next(50):
            pass
        assert row(store, TWO).is_away


moments = st.one_of(st.none(), st.integers(1, 5).map(lambda days: START + days * DAY))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("123"), st.builds(LaterMark, moments, keep=st.booleans(), stays=st.just(False))),
        st.tuples(st.just("take"), st.sampled_from("123"), st.none()),
        st.tuples(st.just("state"), st.sampled_from("123"), st.sampled_from(list(State))),
        st.tuples(st.just("mine"), st.sampled_from("123"), st.booleans()),
        st.tuples(st.just("reply"), st.sampled_from("123"), st.none()),
        st.tuples(st.just("pin"), st.sampled_from("123"), st.booleans()),
        st.tuples(st.just("wait"), st.just("1"), st.integers(1, 3)),
        st.tuples(st.just("restart"), st.just("1"), st.none()),
    ),
    max_size=16,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_the_counts_are_those_of_the_rows_whatever_is_done(done):
    """Every counter is what counting the list gives, and what is away is in no list of what is open."""

    async def run(folder: Path) -> None:
        clock = ManualClock()
        given_now: dict[str, dict[str, Any]] = {remote: {"state": State.OPEN, "assignee": None} for remote in "123"}
        n = 0
        store_of = a_store(folder, clock=clock)
        store = await store_of.__aenter__()
        try:
            await store.accounts.put(an_account())
            await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(remote) for remote in "123")))
            for what, remote, value in done:
                key, n = TicketKey(ACCOUNT, remote), n + 1
                if what == "put":
                    await store.later.put({key: value})
                elif what == "take":
                    await store.later.put({key: None})
                elif what in ("state", "mine"):
                    given_now[remote] |= (
                        {"state": value} if what == "state" else {"assignee": MYSELF if value else None}
                    )
                    changed = a_ticket(remote, updated_at=START + timedelta(minutes=n), **given_now[remote])
                    await store.tickets.apply(ACCOUNT, a_page(changed))
                elif what == "reply":
                    message = a_message(f"r{n}", created_at=START + timedelta(hours=n))
                    await store.threads.apply(key, *a_thread(message, complete=False))
                elif what == "pin":
                    await store.later.set_pinned([key], pinned=value)
                elif what == "wait":
                    clock.advance(days=value)
                    await store.later.bring_back(await due_events(store, clock.now()))
                else:
                    await store_of.__aexit__(None, None, None)
                    store_of = a_store(folder, clock=clock)
                    store = await store_of.__aenter__()
                await check(store)
        finally:
            await store_of.__aexit__(None, None, None)

    async def check(store) -> None:
        counted = store.lists.overview().scopes
        rows = store.lists.first_page(TicketQuery(Scope.ALL), 99)
        by_scope = Counter(
            {scope: len(await listed(store, scope)) for scope in (*OPEN_SCOPES, Scope.LATER, Scope.DONE)}
        )
        assert {scope: counted[scope] for scope in by_scope} == dict(by_scope)
        away = {each.key.remote for each in rows if each.is_away}
        for scope in OPEN_SCOPES:
            assert not away & set(await listed(store, scope))
        marks = dict(await store.later.all())
        assert away == {key.remote for key, mark in marks.items() if mark.back_at is None}
        assert set(await listed(store, Scope.LATER)) >= away

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder) / "profile"))


async def test_its_return_is_told_with_the_reason_as_every_other_event_is(store, tickets, clock, seen):
    await store.later.put({ONE: LaterMark(TOMORROW, "Has it moved?")})
    seen.clear()
    await bring_back(store, clock, TOMORROW)
    events = [event for changes in seen for event in changes.events]
    assert [(event.kind, event.ticket, event.detail) for event in events] == [
        (EventKind.RETURNED, ONE, "Has it moved?")
    ]
