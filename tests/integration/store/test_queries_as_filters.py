"""A query as a filter finds the same tickets as the query itself, whatever it asks for."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.filter_strategies import filters
from tests.helpers.store_fixtures import (
    COLLEAGUE,
    CUSTOMER,
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

from deskhand.domain.commands import ChangeState
from deskhand.domain.filters.of_query import QueryNames, filter_of_query
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.unparsing import unparse
from deskhand.domain.ids import AccountId
from deskhand.domain.later import LaterMark
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Draft, Side
from deskhand.domain.tickets import Group, Person, Priority, State, Turn

ACME, GLOBEX = AccountId("acme"), AccountId("globex")
ACCOUNTS = (an_account(ACME, label="Acme Support"), an_account(GLOBEX, label="or"))
GROUPS = (Group("1", "Billing"), Group("2", "Second line"), Group("3", 'say "hi"'), Group("4", "-x"))
TAGS = ("refund", "on hold", "O'Brien", "東京", "a:b", '"', "or")
LABELS = ("Open", "Awaiting parts", "東京", "P1")
STAGES = ("won", "Second contact")
WORDS = ("refund", "invoice", "order", "Zoë", "parcel")

tickets = st.lists(
    st.fixed_dictionaries(
        {
            "account": st.sampled_from([ACME, GLOBEX]),
            "subject": st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
            "state": st.sampled_from(list(State)),
            "vendor_state": st.sampled_from(LABELS),
            "priority": st.sampled_from(list(Priority)),
            "requester": st.sampled_from([CUSTOMER, Person("Zoë", "zoe@other.test"), None]),
            "assignee": st.sampled_from([None, MYSELF, COLLEAGUE]),
            "tags": st.lists(st.sampled_from(TAGS), unique=True, max_size=2).map(tuple),
            "group": st.sampled_from([None, *GROUPS]),
            "stage": st.sampled_from(["", *STAGES]),
            "archived": st.booleans(),
            "mark": st.sampled_from(
                ["", "draft", "read", "unread", "note", "unsent", "later", "remind", "back", "pin", "us", "them"]
            ),
        }
    ),
    min_size=1,
    max_size=10,
)  # fmt: skip

some = st.lists(st.sampled_from(list(State)), max_size=3, unique=True).map(tuple)
columns = st.sampled_from(
    [
        (),
        (("has_files", False),),
        (("has_note", True),),
        (("is_away", True),),
        (("is_back", True),),
        (("is_pinned", True),),
        (("turn", Turn.US),),
        (("turn", (Turn.US, Turn.THEM)),),
    ]
)
queries = st.builds(
    TicketQuery,
    scope=st.sampled_from(list(Scope)),
    account=st.sampled_from([None, None, ACME, GLOBEX]),
    group=st.sampled_from([None, None, None, *(group.id for group in GROUPS)]),
    stage=st.sampled_from([None, None, None, *STAGES]),
    states=st.just(()) | some,
    vendor_state=st.sampled_from([None, None, None, *LABELS]),
    priorities=st.lists(st.sampled_from(list(Priority)), max_size=2, unique=True).map(tuple),
    tag=st.sampled_from([None, None, None, *TAGS]),
    unread=st.sampled_from([False, False, True]),
    requester=st.sampled_from(["", "", "zoe@other.test", CUSTOMER.email]),
    where=columns,
    filter=st.none() | filters(),
)

NAMES = QueryNames(
    lambda account: next(one.label for one in ACCOUNTS if one.id == account),
    lambda _account, group: next(one.name for one in GROUPS if one.id == group),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tickets, st.lists(queries, min_size=1, max_size=20))
def test_a_view_that_is_made_from_a_query_finds_exactly_its_tickets(made, asked):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_compare(Path(folder), made, asked))


async def _compare(folder, made, asked):
    clock = ManualClock()
    async with a_store(folder, clock=clock) as store:
        for account in ACCOUNTS:
            await store.accounts.put(account)
        for number, values in enumerate(made):
            await _store_ticket(store, number, dict(values))
        for query in asked:
            said = filter_of_query(query, NAMES)
            assert said.left_out == ()
            text = unparse(said.filter)
            read = parse(text)
            assert read == said.filter, text
            view = TicketQuery(filter=said.filter)
            assert set(await store.lists.select(view, 99)) == set(await store.lists.select(query, 99)), text
            assert await store.lists.count(view) == await store.lists.count(query)


async def _store_ticket(store, number, values):
    mark, account = values.pop("mark"), values.pop("account")
    if values["group"] is None:
        values["stage"] = ""
    ticket = a_ticket(f"r{number}", account=account, **values)
    key = ticket.key
    await store.tickets.apply(account, a_page(ticket))
    match mark:
        case "draft":
            await store.drafts.put(key, Draft("reply", "text"))
        case "read" | "unread":
            await store.tickets.set_read([key], unread=mark == "unread")
        case "note":
            await store.threads.apply(key, *a_thread(a_message("n", "x", side=Side.AGENT)))
        case "unsent":
            change = ChangeState("open", "pending", "Pending", State.PENDING)
            await store.outbox.submit(a_command(change, key), hold_until=None)
        case "later" | "remind" | "back":
            back = START if mark == "back" else None
            marked = LaterMark(START + timedelta(days=1), stays=mark == "remind", back_at=back)
            await store.later.put({key: marked})
        case "pin":
            await store.later.set_pinned([key], pinned=True)
        case "us":
            await store.threads.apply(key, *a_thread(a_message("m", "hello", created_at=START)))
        case "them":
            await store.threads.apply(key, *a_thread(a_message("m", "hello", side=Side.AGENT, created_at=START)))
        case _:
            pass


def test_words_are_looked_for_each_by_itself_and_the_last_as_a_beginning():
    said = filter_of_query(TicketQuery(text='refund "where is" par'), NAMES)
    assert unparse(said.filter) == '"refund" "where is" par'


def test_what_no_filter_can_say_is_told():
    unknown = QueryNames(lambda _account: "", lambda _account, _group: "")
    said = filter_of_query(
        TicketQuery(account=ACME, group="1", requester="Ada", where=(("turn", Turn.UNKNOWN), ("unheard of", 1))),
        unknown,
    )
    assert len(said.left_out) == 5
    assert not isinstance(parse(unparse(said.filter)), FilterError)
