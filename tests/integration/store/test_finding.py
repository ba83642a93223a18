"""What a search finds beside words: numbers, ids, pasted links, names of files, notes; and what was meant where nothing holds it.

Each is asked for as the palette and the command line ask (`search`) and as the search box does (`search_snapshots`).
"""

import pytest
from tests.helpers.store_fixtures import (
    ACCOUNT,
    a_message,
    a_page,
    a_thread,
    a_ticket,
    an_account,
)

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Attachment
from deskhand.domain.tickets import Person
from deskhand.store import DeskStore

OTHER = AccountId("other")

TICKETS = (
    a_ticket("tick_01h0", number="", subject="Refund of the lamp", requester=Person("Zoë Müller", "zoe@x.test")),
    a_ticket("SUP-88", number="88", subject="Straße gesperrt", web_url="https://app.helpdesk.test/inbox/SUP-88"),
    a_ticket("4711", number="#4711", subject="Nothing else", requester=Person("Dijkstra", "d@x.test")),
)


@pytest.fixture
async def filled(store: DeskStore) -> DeskStore:
    await store.accounts.put(an_account(base_url="https://api.helpdesk.test/v1"))
    await store.accounts.put(an_account(OTHER, base_url="https://10.0.0.7:8443/rest"))
    await store.tickets.apply(ACCOUNT, a_page(*TICKETS))
    await store.tickets.apply(OTHER, a_page(a_ticket("77", account=OTHER, number="", subject="Of another site")))
    file = Attachment("f1", "refund-form 0312.pdf", 10, "application/pdf")
    chinese = Attachment("f2", "发票副本.pdf", 10, "application/pdf")
    await store.threads.apply(TICKETS[2].key, *a_thread(a_message("m1", "Here it is.", attachments=(file, chinese))))
    await store.threads.add_note(TICKETS[1].key, a_message("n1", "Ask the warehouse in Venlo first."))
    return store


async def both(store: DeskStore, text: str) -> tuple[list[str], str]:
    """Return the ids that are found, and the words that were meant; both ways have to agree."""
    hits = await store.lists.search(text, 10)
    last = [found async for found in store.lists.search_snapshots(TicketQuery(Scope.ALL, text=text), 10)][-1]
    shown = [row.key for page in last.rows.values() for row in page]
    assert {hit.row.key for hit in hits} == set(shown), text
    assert {hit.meant for hit in hits} <= {last.meant}
    return sorted(key.remote for key in shown), last.meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tick_01h0", "tick_01h0"),
        ("Ref tick_01h0", "tick_01h0"),
        ("ref: SUP-88", "SUP-88"),
        ("#4711", "4711"),
        ("4711", "4711"),
        ("https://app.helpdesk.test/inbox/SUP-88", "SUP-88"),
        ("https://app.helpdesk.test/inbox/SUP-88/messages?tab=2#m4", "SUP-88"),
        ("https://web.helpdesk.test/#/tickets/4711", "4711"),
        ("https://web.helpdesk.test/show?ticket=tick_01h0&x=1", "tick_01h0"),
        ("https://10.0.0.7:8443/agent/77", "77"),
        ("refund-form", "4711"),
        ("refund-form 0312.pdf", "4711"),
        ("发票", "4711"),
        ("warehouse venlo", "SUP-88"),
    ],
)
async def test_one_ticket_is_found(filled: DeskStore, text: str, found: str) -> None:
    assert await both(filled, text) == ([found], "")


@pytest.mark.parametrize(
    "text",
    [
        "https://elsewhere.test/tickets/4711",
        "https://10.0.0.8:8443/agent/77",
        "http://",
        "https://[",
        "https://app.helpdesk.test/",
    ],
)
async def test_a_link_of_another_site_finds_nothing(filled: DeskStore, text: str) -> None:
    assert await both(filled, text) == ([], "")


@pytest.mark.parametrize(
    ("text", "meant", "found"),
    [
        ("refnud", "refund", ["4711", "tick_01h0"]),
        ("refud", "refund", ["4711", "tick_01h0"]),
        ("reffund", "refund", ["4711", "tick_01h0"]),
        ("rexund", "refund", ["4711", "tick_01h0"]),
        ("mueller", "muller", ["tick_01h0"]),
        ("strasse", "straße", ["SUP-88"]),
        ("dykstra", "dijkstra", ["4711"]),
        ("refnud lamp", "refund lamp", ["tick_01h0"]),
    ],
)
async def test_a_slip_and_another_spelling_are_forgiven_and_said(
    filled: DeskStore, text: str, meant: str, found: list[str]
) -> None:
    assert await both(filled, text) == (found, meant)


@pytest.mark.parametrize("text", ["zoe", "Zoë", "MÜLLER", "muller", "Straße", "refund"])
async def test_what_is_held_is_found_as_it_is(filled: DeskStore, text: str) -> None:
    found, meant = await both(filled, text)
    assert found
    assert not meant


@pytest.mark.parametrize("text", ["4712", "SUP-89", "xyzzyx", "ref", "refnud xyzzyx", "!!", ""])
async def test_codes_and_what_is_like_nothing_are_not_forgiven(filled: DeskStore, text: str) -> None:
    if text:
        assert (await both(filled, text))[1] == ""


async def test_a_ticket_of_one_account_is_not_found_in_another(filled: DeskStore) -> None:
    assert [hit.row.key for hit in await filled.lists.search("77", 5, OTHER)] == [TicketKey(OTHER, "77")]
    assert await filled.lists.search("77", 5, ACCOUNT) == ()
    assert await filled.lists.search("venlo", 5, OTHER) == ()
