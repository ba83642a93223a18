"""What the store finds for a filter is what a plain reading of it finds, and every way to read a list of it agrees."""

import asyncio
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.filter_strategies import TEXTS, filters
from tests.helpers.store_fixtures import (
    COLLEAGUE,
    CUSTOMER,
    ME,
    MYSELF,
    READABLE,
    START,
    ManualClock,
    a_message,
    a_page,
    a_store,
    a_thread,
    a_ticket,
    an_account,
)

from deskhand.domain.capabilities import Feature
from deskhand.domain.filters.completion import Choice
from deskhand.domain.filters.meaning import TicketFacts, matches
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import Field
from deskhand.domain.filters.unparsing import unparse
from deskhand.domain.ids import AccountId, TicketKey, VendorId
from deskhand.domain.queries import PageIndex, Scope, Sort, TicketQuery
from deskhand.domain.threads import Draft, Side, Visibility
from deskhand.domain.ticket_links import TicketLink
from deskhand.domain.tickets import Group, Person, Priority, State, Turn
from deskhand.store import filtered

ACME, GLOBEX = AccountId("acme"), AccountId("globex")
ACCOUNTS = (
    an_account(ACME, label="Acme"),
    # Its vendor has no assignees.
    an_account(
        GLOBEX,
        label="Globex Support",
        vendor=VendorId("thalamus"),
        capabilities=replace(READABLE, can=READABLE.can - {Feature.ASSIGN}),
    ),
)
texts = st.lists(st.sampled_from(TEXTS), max_size=3).map(" ".join)
moments = st.none() | st.integers(-400 * 24 * 60, 60 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
customers = st.sampled_from(
    [None, CUSTOMER, Person("Zoë O'Brien", "Zoe@Other.test"), Person("山田", ""), Person("", "x@customer.test"), Person("", "", "c9")]
)  # fmt: skip
agents = st.sampled_from([None, MYSELF, COLLEAGUE, Person("Zoë", "", "a9"), Person("", ME.upper())])
said = st.lists(
    st.tuples(
        st.sampled_from([Side.CUSTOMER, Side.AGENT]), st.sampled_from([Visibility.PUBLIC, Visibility.INTERNAL]), texts, moments,
        st.lists(st.sampled_from(["ada@customer.test", "Zoe@Other.test", "x@sub.customer.test"]), max_size=2).map(tuple),
    ),
    max_size=2,
)  # fmt: skip
tickets = st.lists(
    st.fixed_dictionaries(
        {
            "account": st.sampled_from([ACME, ACME, GLOBEX]),
            "number": st.sampled_from(["", "12", "#12", "SUP-12", "東京"]),
            "subject": texts,
            "state": st.sampled_from(list(State)),
            "vendor_state": st.sampled_from(["", "Open", "OPEN", "Awaiting parts", "Zoë", "東京"]),
            "priority": st.sampled_from(list(Priority)),
            "vendor_priority": st.sampled_from(["", "High", "P1", "Zoe"]),
            "requester": customers,
            "assignee": agents,
            "tags": st.lists(st.sampled_from(["refund", "Refund", "Zoë", "O'Brien", "-x", "東京"]), unique=True, max_size=2).map(tuple),
            "group": st.sampled_from([None, Group("1", "Open"), Group("2", "Zoe"), Group("3", "O'Brien")]),
            "updated_at": moments,
            "created_at": moments,
            "due_at": moments,
            "archived": st.booleans(),
            "messages": said,
            "mark": st.sampled_from(["", "draft", "read", "unread", "note", "link"]),
        }
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tickets, st.lists(filters(), min_size=1, max_size=12))
def test_the_store_finds_what_a_plain_reading_finds(made, asked):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_compare(Path(folder), made, asked))


async def _compare(folder, made, asked):
    clock = ManualClock()
    async with a_store(folder, clock=clock) as store:
        for account in ACCOUNTS:
            await store.accounts.put(account)
        facts = {}
        for number, values in enumerate(made):
            key = await _store_ticket(store, number, dict(values))
            facts[key] = await _facts(store, key, values)
        clock.advance(hours=1)
        for one in asked:
            query = TicketQuery(filter=one)
            expected = {key for key, each in facts.items() if matches(one, each, clock.now())}
            assert set(await store.lists.select(query, 99)) == expected, unparse(one)
            assert await store.lists.count(query) == len(expected)


async def _store_ticket(store, number, values):
    messages, mark, account = values.pop("messages"), values.pop("mark"), values.pop("account")
    ticket = a_ticket(f"r{number}", account=account, **values)
    await store.tickets.apply(account, a_page(ticket))
    if messages:
        thread = [
            a_message(f"m{n}", text, side=side, visibility=visibility, created_at=at, cc=cc)
            for n, (side, visibility, text, at, cc) in enumerate(messages)
        ]
        await store.threads.apply(ticket.key, *a_thread(*thread))
    if mark == "draft":
        await store.drafts.put(ticket.key, Draft("reply", "text"))
    elif mark in ("read", "unread"):
        await store.tickets.set_read([ticket.key], unread=mark == "unread")
    elif mark == "link":
        await store.links.put([TicketLink(ticket.key, TicketKey(ticket.key.account, "elsewhere"))])
    elif mark == "note":
        note = a_message("n1", "local", side=Side.AGENT, visibility=Visibility.LOCAL)
        await store.threads.add_note(ticket.key, note)
    return ticket.key


async def _facts(store, key, values):
    """Return what is known of a ticket, from what was put in and what the list shows of it."""
    ((row),) = store.lists.rows([key])
    account = next(one for one in ACCOUNTS if one.id == key.account)
    has_assignees = account.id == ACME
    requester, assignee = values["requester"], values["assignee"]
    state = values["state"]
    is_mine = not has_assignees or (
        assignee is not None and (assignee.email.casefold() == ME or assignee.id == MYSELF.id)
    )
    is_done = state.is_done or values["archived"]
    return TicketFacts(
        account=account.label,
        vendor=account.vendor,
        remote=key.remote,
        number=values["number"],
        subject=values["subject"],
        group=values["group"].name if values["group"] else "",
        state=None if values["archived"] and not state.is_done else state,
        is_done=is_done,
        vendor_state=values["vendor_state"],
        priority=values["priority"],
        vendor_priority=values["vendor_priority"],
        assignee=assignee.name if assignee else "",
        assignee_email=assignee.email if assignee else "",
        is_assigned=assignee is not None,
        is_mine=is_mine,
        has_assignees=has_assignees,
        requester=requester.name if requester else "",
        requester_email=requester.email if requester else "",
        people=" ".join(f"{person.name} {person.email}" for person in (requester, assignee) if person),
        tags=values["tags"],
        recipients=tuple(address for *_, cc in values["messages"] for address in cc),
        messages=tuple(text for _, _, text, *_ in values["messages"]),
        has_note=values["mark"] == "note" or any(v is Visibility.INTERNAL for _, v, *_ in values["messages"]),
        has_draft=values["mark"] == "draft",
        has_link=values["mark"] == "link",
        is_unread=row.unread,
        is_new=row.unread and not is_done and await _is_unseen(store, key),
        is_waiting=row.turn is Turn.US,
        waiting_since=row.waiting_since if row.turn is Turn.US else None,
        updated_at=row.updated_at,
        created_at=values["created_at"],
        due_at=values["due_at"],
    )


async def _is_unseen(store, key):
    return bool(
        await store._database.read(
            lambda db: (
                db.execute(
                    "SELECT t.seen_at = 0 FROM tickets t JOIN feeds f ON f.n = t.account WHERE f.id = ? AND t.remote = ?",
                    (key.account, key.remote),
                ).get
            )
        )
    )


def asked(text):
    found = parse(text)
    assert not isinstance(found, FilterError)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to:finance@halcyon.test", {"1"}),
        ("cc:FINANCE", {"1", "2"}),
        ("to:@halcyon.test", {"1", "2"}),
        ("-to:halcyon", {"3"}),
        ('to:"@"', set()),
        ('from:"@"', set()),
        ("number:#4711", {"1"}),
        ("number:sup-8", {"2"}),
        ("ref:3", {"3"}),
        ("number:471", set()),
    ],
)
async def test_a_ticket_is_found_by_who_got_a_copy_and_by_its_number(tmp_path, text, found):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACME))
        made = (("1", "4711", "Finance@halcyon.test"), ("2", "SUP-8", "finance2@halcyon.test"), ("3", "", ""))
        for remote, number, copy in made:
            ticket = a_ticket(remote, account=ACME, number=number)
            await store.tickets.apply(ACME, a_page(ticket))
            await store.threads.apply(ticket.key, *a_thread(a_message(cc=(copy,) if copy else ())))
        assert {key.remote for key in await store.lists.select(TicketQuery(filter=asked(text)), 9)} == found
        choices = await store.lists.filter_choices()
        assert list(choices.labels[Field.RECIPIENT]) == [
            Choice("finance2@halcyon.test"),
            Choice("finance@halcyon.test"),
        ], "and whoever got one is offered"


@pytest.mark.parametrize("year", [2109, 2200, 9999])
@pytest.mark.parametrize(
    "text", ["group:Returns", "assignee:grace", "state:Waiting", "updated>2026-01-01", "created>=2026-01-01", "due>2w"]
)
async def test_a_ticket_whose_times_are_far_ahead_is_found_like_any_other(tmp_path, text, year):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACME))
        far = datetime(year, 12, 31, tzinfo=UTC)
        times = {"updated_at": far, "created_at": far, "due_at": far}
        known = {"group": Group("1", "Returns", ""), "assignee": COLLEAGUE, "vendor_state": "Waiting"}
        await store.tickets.apply(ACME, a_page(*(a_ticket(str(n), account=ACME, **times, **known) for n in range(3))))
        query = TicketQuery(Scope.ALL, filter=asked(text))
        assert {key.remote for key in await store.lists.select(query, 9)} == {"0", "1", "2"}
        assert await store.lists.count(query) == 3


@pytest.mark.parametrize("field", ["updated", "created", "due", "waiting"])
@pytest.mark.parametrize("sign", [">", "<", ":"])
async def test_a_year_far_ahead_can_be_asked_for(tmp_path, field, sign):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACME))
        await store.tickets.apply(
            ACME, a_page(a_ticket("1", account=ACME, updated_at=START, created_at=START, due_at=START))
        )
        found = await store.lists.select(TicketQuery(filter=asked(f"{field}{sign}9000-01-01")), 9)
        assert len(found) == (1 if sign == "<" and field != "waiting" else 0)


COUNT = 300


async def _many(store):
    await store.accounts.put(an_account(ACME))
    await store.tickets.apply(
        ACME,
        a_page(
            *(
                a_ticket(
                    f"{n:03}",
                    account=ACME,
                    tags=("refund",) if n % 3 == 0 else (),
                    state=State.OPEN if n % 2 else State.CLOSED,
                    priority=Priority.URGENT if n % 5 == 0 else Priority.LOW,
                    updated_at=START - timedelta(minutes=n),
                )
                for n in range(COUNT)
            )
        ),
    )


@pytest.mark.parametrize(
    ("most", "slice_", "looked_through"),
    [(filtered.MOST, 20_000, (3, 40)), (20, 20_000, ()), (filtered.MOST, 7, (30,))],
)
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("tag:refund", Scope.ALL),
        ("-tag:refund", Scope.ALL),
        ("priority>=high or tag:refund", Scope.ALL),
        ("tag:refund", Scope.OPEN),
        ("is:closed", Scope.ALL),
        ("tag:nowhere", Scope.ALL),
        ("", Scope.ALL),
    ],
)
async def test_pages_positions_counts_and_snapshots_of_a_filter_agree(
    tmp_path, monkeypatch, most, slice_, looked_through, sort, text, scope
):
    monkeypatch.setattr(filtered, "MOST", most)
    monkeypatch.setattr(filtered, "SLICE", slice_)
    monkeypatch.setattr(filtered, "_FIRST_LOOKED_THROUGH", looked_through)
    async with a_store(tmp_path) as store:
        await _many(store)
        lists, query = store.lists, TicketQuery(scope, filter=asked(text), sort=sort)
        first = [row.key for row in lists.first_page(query, 16)]
        keys = list(await lists.select(query, COUNT))
        assert first == (keys[:16] if lists.is_indexed(query) else []), (
            "what is sorted when asked is not read between two frames"
        )
        index = await lists.outline(query, 16)
        assert index.count == len(keys) == await lists.count(query)
        assert [row.key for after in index.page_cursors for row in lists.page(query, after, 16)] == keys
        snapshot = await lists.snapshot(query, 16, range(20, 40), 0)
        assert snapshot.index == index
        assert [row.key for row in snapshot.rows[()]] == keys[:16]
        for number in range(0, len(keys), 37):
            assert await lists.position(query, keys[number]) == number
        everything = TicketQuery(scope, sort=sort)
        other = next((key for key in await lists.select(everything, COUNT) if key not in set(keys)), None)
        assert other is None or await lists.position(query, other) is None
        every = await lists.select(everything, COUNT)
        assert await lists.among(query, every) == frozenset(keys)


async def test_a_change_is_found_after_the_list_was_read_again(tmp_path):
    async with a_store(tmp_path) as store:
        await _many(store)
        query = TicketQuery(filter=asked("tag:later"))
        assert await store.lists.outline(query, 16) == PageIndex(0, 16, ())
        await store.tickets.apply(ACME, a_page(a_ticket("001", account=ACME, tags=("Later",))))
        assert (await store.lists.outline(query, 16)).count == 1
        assert [row.key.remote for row in store.lists.first_page(query, 16)] == ["001"]


async def test_a_search_is_narrowed_by_a_filter(tmp_path):
    async with a_store(tmp_path) as store:
        await _many(store)
        query = TicketQuery(text="ticket", filter=asked("tag:refund is:open"))
        found = [each async for each in store.lists.search_snapshots(query, 16)][-1]
        assert found.index.count == 50
        assert (await store.lists.snapshot(query, 16, range(16), 99)).index.count == 50
        every = await store.lists.select(TicketQuery(), COUNT)
        assert await store.lists.among(query, every) == frozenset(await store.lists.select(query, COUNT))


async def test_durations_are_counted_from_the_clock_that_is_handed_in(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account(ACME))
        await store.tickets.apply(ACME, a_page(a_ticket("1", account=ACME)))
        await store.threads.apply(TicketKey(ACME, "1"), *a_thread(a_message(created_at=START)))
        query = TicketQuery(filter=asked("waiting>4h"))
        clock.advance(hours=4)
        assert await store.lists.count(query) == 0
        clock.advance(seconds=1)
        assert await store.lists.count(query) == 1


async def test_a_note_of_this_computer_comes_and_goes_with_its_mark(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account(ACME))
        await store.tickets.apply(ACME, a_page(a_ticket("1", account=ACME)))
        key, query = TicketKey(ACME, "1"), TicketQuery(filter=asked("has:note"))
        await store.threads.add_note(key, a_message("n", "x", side=Side.AGENT, visibility=Visibility.LOCAL))
        assert await store.lists.count(query) == 1
        await store.threads.remove_note(key, "n")
        assert await store.lists.count(query) == 0


async def test_first_rows_of_a_rare_filter_are_those_found_in_the_time_that_a_frame_leaves(tmp_path):
    """The window's own thread gives up; the scan thread finds all of it."""

    class Ticking(ManualClock):
        def monotonic(self) -> float:
            self.ticks += 1.0
            return self.ticks

    async with a_store(tmp_path, clock=Ticking()) as store:
        await _many(store)
        query = TicketQuery(filter=asked("-tag:refund -tag:a -tag:b -state:snoozed -subject:nowhere -requester:grace"))
        assert len(store.lists.first_page(query, 200)) < 200
        assert (await store.lists.outline(query, 200)).count == 200
        assert len(store.lists.first_page(query, 200)) == 200


async def test_first_rows_are_found_among_the_newest_before_all_are_looked_through(tmp_path, monkeypatch):
    """Of what is done, nothing fits: without a bound, SQLite would look through all of it before it gave the first row."""

    class Ticking(ManualClock):
        def monotonic(self) -> float:
            self.ticks += 1.0
            return self.ticks

    monkeypatch.setattr(filtered, "_FIRST_LOOKED_THROUGH", (20,))
    done = [a_ticket(f"d{n}", state=State.CLOSED, updated_at=START - timedelta(hours=n)) for n in range(2_000)]
    urgent = [
        a_ticket(f"u{n}", priority=Priority.URGENT, updated_at=START + timedelta(hours=n, minutes=1)) for n in range(9)
    ]
    async with a_store(tmp_path, clock=Ticking()) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(an_account().id, a_page(*done, *urgent))
        query = TicketQuery(Scope.ALL, filter=asked("priority:urgent"))
        assert [row.key.remote for row in store.lists.first_page(query, 16)] == [f"u{n}" for n in reversed(range(9))]


def test_days_begin_at_midnight_of_the_zone():
    berlin = ZoneInfo("Europe/Berlin")
    late = TicketFacts(created_at=START.replace(hour=23, minute=30))  # 00:30 of 3 March in Berlin
    assert matches(asked("created:2026-03-02"), late, START, UTC)
    assert matches(asked("created:2026-03-03"), late, START, berlin)
    summer = TicketFacts(created_at=START.replace(month=7, hour=22, minute=30))  # 00:30 of 3 July, in summer time
    assert matches(asked("created:2026-07-03"), summer, START, berlin)


async def test_what_a_filter_can_name_comes_with_the_counters_that_are_kept(tmp_path):
    async with a_store(tmp_path) as store:
        await _many(store)
        choices = await store.lists.filter_choices()
        assert choices.labels[Field.ACCOUNT] == [Choice("Acme", COUNT)]
        assert [choice.label for choice in choices.labels[Field.TAG]] == ["refund"]
        assert [choice.label for choice in choices.labels[Field.STATE]] == ["Open"]
        for term, count in choices.counts.items():
            assert await store.lists.count(TicketQuery(filter=asked(term))) == count, term
