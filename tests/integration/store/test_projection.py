"""Whatever happens in whatever order: what is shown is the server's state with the open commands over it, and the counts are right."""

import asyncio
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.narrowing import not_none
from tests.helpers.store_fixtures import (
    ACCOUNT,
    COLLEAGUE,
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
)

from deskhand.domain.commands import Assign, ChangePriority, ChangeState, EditTags, SendReply
from deskhand.domain.ids import TicketKey
from deskhand.domain.later import LaterMark
from deskhand.domain.ports import Receipt
from deskhand.domain.projection import project
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery, Draft, Side, Visibility
from deskhand.domain.tickets import Group, Priority, State, Turn
from deskhand.store.account_rows import account_info
from deskhand.store.counts import count_key, count_names, distinct_values
from deskhand.store.local_marks import marks_of
from deskhand.store.rows import COLUMNS, project_row, summary_of
from deskhand.store.ticket_rows import load

REMOTES = ("1", "2", "3")
remotes = st.sampled_from(REMOTES)
states = st.sampled_from(list(State))
people = st.sampled_from([None, MYSELF, COLLEAGUE])
tags = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3).map(tuple)
groups = st.sampled_from([None, Group("x", "X"), Group("y", "Y")])
actions = st.one_of(
    states.map(lambda state: ChangeState("", state.value, state.value.title(), state)),
    st.sampled_from(list(Priority)).map(lambda priority: ChangePriority("", priority.value, priority.value, priority)),
    people.map(lambda person: Assign("", person)),
    st.builds(EditTags, add=tags, remove=tags),
    st.just(SendReply("hello")),
)
conversations = st.lists(
    st.tuples(
        st.sampled_from([Side.CUSTOMER, Side.CUSTOMER, Side.AGENT, Side.SYSTEM]),
        st.sampled_from([Visibility.PUBLIC, Visibility.PUBLIC, Visibility.INTERNAL]),
        st.sampled_from([False, False, True]),
    ),
    max_size=5,
).map(tuple)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("server"), remotes, st.builds(dict, state=states, assignee=people, tags=tags, group=groups, subject=st.text(max_size=5), number=st.sampled_from(["", "1", "#2"]))),
        st.tuples(st.just("submit"), remotes, actions),
        st.tuples(st.sampled_from(["fail", "ask", "send", "settle", "withdraw"]), st.integers(0, 5), st.none()),
        st.tuples(st.just("draft"), remotes, st.sampled_from(["", "text"])),
        st.tuples(st.just("read"), remotes, st.booleans()),
        st.tuples(st.just("later"), remotes, st.sampled_from([None, LaterMark(None), LaterMark(START, stays=True), LaterMark(START, back_at=START)])),
        st.tuples(st.just("gone"), remotes, st.none()),
        st.tuples(st.just("conversation"), remotes, conversations),
        st.tuples(st.just("told"), remotes, st.integers(-50, 50)),
        st.tuples(st.just("restart"), st.none(), st.none()),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_shown_is_projected_and_counted_is_recounted(plan):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_play(Path(folder), plan))


async def _play(folder, plan):
    waiting = list(plan)
    clock = ManualClock()
    first = True
    while waiting or first:
        async with a_store(folder, clock=clock) as store:
            if first:
                await store.accounts.put(an_account())
                await store.tickets.apply(ACCOUNT, a_page(*(a_ticket(remote) for remote in REMOTES)))
                first = False
            while waiting:
                what, which, how = waiting.pop(0)
                if what == "restart":
                    break
                await _step(store, clock, what, which, how)
            await _check(store)


async def _step(store, clock, what, which, how):
    clock.advance(seconds=1)
    key = TicketKey(ACCOUNT, which) if isinstance(which, str) else None
    if what == "server":
        await store.tickets.apply(ACCOUNT, a_page(a_ticket(which, updated_at=clock.now(), **how)))
    elif what == "submit":
        await store.outbox.submit(
            a_command(how, key), hold_until=None, clear_draft="reply" if isinstance(how, SendReply) else None
        )
    elif what == "draft":
        await store.drafts.put(key, Draft("reply", how))
    elif what == "read":
        await store.tickets.set_read([key], unread=how)
    elif what == "conversation":
        await store.threads.apply(key, *a_thread(*_spoken(how)))
    elif what == "told":  # by the list: when the customer last wrote
        told = START + timedelta(minutes=how)
        await store.tickets.apply(ACCOUNT, a_page(a_ticket(which, updated_at=clock.now(), customer_spoke_at=told)))
    elif what == "later":
        await store.later.put({key: how})
    elif what == "gone":
        await store.tickets.mark_gone(key)
    else:
        items = await store.outbox.open_items()
        if not items:
            return
        item = items[which % len(items)]
        if what == "settle":
            await store.outbox.complete(item, Receipt(f"r-{item.command.id}"), ())
        elif what == "withdraw":
            await store.outbox.withdraw(item.command.id, None)
        else:
            delivery = {"fail": Delivery.FAILED, "ask": Delivery.NEEDS_DECISION, "send": Delivery.SENDING}[what]
            await store.outbox.update(replace(item, delivery=delivery))


def _spoken(entries):
    """Return the messages of a conversation, a minute apart: who spoke, who reads it, whether a program wrote it."""
    return [
        a_message(f"m{n}", side=side, visibility=visible, automatic=automatic, created_at=START + timedelta(minutes=n))
        for n, (side, visible, automatic) in enumerate(entries)
    ]


async def _turn(store, server, items, row):
    """Return whose turn it is and since when, read from everything that is stored of a ticket."""
    shown = project(server, items)
    if shown.state.is_done or shown.archived or row.gone or row.is_away:
        return Turn.NOBODY, None
    replies = [item for item in items if isinstance(item.command.action, SendReply) and not item.delivery.needs_agent]
    if replies:
        return Turn.THEM, max(item.command.created_at for item in replies)
    public = [m for m in await store.threads.messages(server.key) if m.visibility is Visibility.PUBLIC]
    told = server.customer_spoke_at
    if public and not (row.stale and told is not None and told > public[-1].created_at):
        said = [message for message in public if not message.automatic and message.side is not Side.SYSTEM]
        if not said:
            return Turn.NOBODY, None
        if said[-1].side is Side.AGENT:
            return Turn.THEM, said[-1].created_at
        unanswered = list(takewhile(lambda message: message.side is Side.CUSTOMER, reversed(said)))
        return Turn.US, unanswered[-1].created_at
    if told is None:
        return Turn.UNKNOWN, None
    said = [message for message in public if not message.automatic and message.side is not Side.SYSTEM]
    unanswered = list(takewhile(lambda message: message.side is Side.CUSTOMER, reversed(said)))
    return Turn.US, unanswered[-1].created_at if unanswered else told


async def _check(store):
    db = store._own
    info = not_none(account_info(db, ACCOUNT))
    stored = load(db, info, REMOTES)
    counts: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    values: Counter[tuple[str, str]] = Counter()
    scopes: Counter[Scope] = Counter()
    for remote in REMOTES:
        key = TicketKey(ACCOUNT, remote)
        server, items = await store.tickets.get(key), await store.outbox.items(key)
        row = stored[remote].row
        draft = await store.drafts.get(key, "reply")
        words = None if draft is None else draft.text
        assert row == project_row(info, row.id, server, items, summary_of(row), draft=words, marks=marks_of(db, key))
        shown, painted = project(server, items), store.lists.rows([key])[0]
        assert (painted.state, painted.subject, painted.tags, painted.priority) == (
            shown.state,
            shown.subject,
            shown.tags,
            shown.priority,
        )
        assert (painted.turn, painted.waiting_since) == await _turn(store, server, items, row)
        counts.update(count_names(count_key(row)))
        if row.group and not row.done:
            groups[row.group] += 1
        values.update((kind, value_id) for _, kind, value_id, _ in distinct_values(info.n, server))
    assert dict(db.execute("SELECT name, n FROM counts WHERE n <> 0")) == +counts
    assert dict(db.execute("SELECT shelf, sum(n) FROM shelves WHERE n <> 0 GROUP BY 1")) == +groups
    assert {
        (kind, word): n for kind, word, n in db.execute("SELECT kind, id, sum(n) FROM words WHERE n <> 0 GROUP BY 1, 2")
    } == +values
    overview = store.lists.overview()
    for scope in Scope:
        rows = store.lists.first_page(TicketQuery(scope=scope), 10)
        assert len(rows) == overview.scopes[scope], scope
        scopes[scope] = len(rows)
    assert overview.accounts[ACCOUNT] == scopes[Scope.OPEN]
    tagged = {
        (tag, ticket)
        for tag, ticket in db.execute(
            "SELECT g.tag, t.remote FROM tagged g JOIN tickets t ON t.id = g.id AND t.at = g.at AND t.urgent = g.urgent"
        )
    }
    assert tagged == {
        (tag, remote)
        for remote in REMOTES
        for tag in project(
            await store.tickets.get(TicketKey(ACCOUNT, remote)), await store.outbox.items(TicketKey(ACCOUNT, remote))
        ).tags
    }
    assert db.execute("SELECT count(*) FROM tagged").get == len(tagged)
    await store._database.maintain(
        lambda writer: writer.execute("INSERT INTO ticket_words(ticket_words, rank) VALUES('integrity-check', 1)")
    )
    await store._database.maintain(
        lambda writer: writer.execute("INSERT INTO message_words(message_words, rank) VALUES('integrity-check', 1)")
    )


async def test_deleting_the_outbox_row_is_the_whole_roll_back(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1", tags=("a",))))
        info = not_none(account_info(store._own, ACCOUNT))
        before = load(store._own, info, ["1"])["1"]
        items = [
            await store.outbox.submit(a_command(action), hold_until=START)
            for action in (ChangeState("", "s", "Solved", State.SOLVED), EditTags(add=("b",)), Assign("", MYSELF))
        ]
        assert load(store._own, info, ["1"])["1"].row != before.row
        for item in items:
            await store.outbox.withdraw(item.command.id, None)
        assert load(store._own, info, ["1"])["1"] == before


async def test_the_columns_of_a_row_are_those_of_its_table(tmp_path):
    async with a_store(tmp_path) as store:
        stored = [row[1] for row in store._own.execute("PRAGMA table_info(tickets)")]
    assert sorted(stored) == sorted(COLUMNS)
