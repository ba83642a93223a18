"""Links between tickets: both rows show them, and what they live through."""

from dataclasses import replace

import pytest
from tests.helpers.store_fixtures import ACCOUNT, a_command, a_page, a_store, a_ticket, an_account, remote_ticket

from deskhand.domain.accounts import Account
from deskhand.domain.commands import CreateTicket
from deskhand.domain.filters.parsing import parse
from deskhand.domain.filters.syntax import Filter
from deskhand.domain.ids import AccountId, TicketKey, local_ticket
from deskhand.domain.ports import Receipt
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery
from deskhand.domain.ticket_links import LinkKind, TicketLink

OTHER = AccountId("other")
ONE, TWO = TicketKey(ACCOUNT, "1"), TicketKey(ACCOUNT, "2")
FAR = TicketKey(OTHER, "9")


def account(of: AccountId = OTHER, **values: object) -> Account:
    return an_account(of, **{"label": "Maker", "base_url": "https://maker.example", **values})


@pytest.fixture
async def tickets(store):
    await store.accounts.put(account())
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")))
    await store.tickets.apply(OTHER, a_page(a_ticket("9", account=OTHER)))


def linked(store, *keys):
    rows = {row.key: row.is_linked for row in store.lists.rows(keys)}
    return [rows[key] for key in keys]


async def found(store, text="has:link"):
    meant = parse(text)
    assert isinstance(meant, Filter)
    return set(await store.lists.select(TicketQuery(Scope.ALL, filter=meant), 10))


@pytest.mark.usefixtures("tickets")
async def test_a_link_stands_in_the_rows_of_both_and_in_has_link_and_goes(store):
    await store.links.put([TicketLink(ONE, FAR)])
    assert linked(store, ONE, TWO, FAR) == [True, False, True]
    assert await found(store) == {ONE, FAR}
    assert await found(store, "-has:link") == {TWO}
    (link,) = await store.links.of([FAR])
    assert link.end_of(FAR) == ONE
    await store.links.remove([TicketLink(FAR, ONE)])
    assert linked(store, ONE, TWO, FAR) == [False, False, False]
    assert not await store.links.all()


@pytest.mark.usefixtures("tickets")
async def test_a_pair_has_one_link_whichever_is_named_first_and_none_with_itself(store):
    await store.links.put([TicketLink(ONE, FAR), TicketLink(FAR, ONE, LinkKind.AT_VENDOR), TicketLink(ONE, ONE)])
    (link,) = await store.links.all()
    assert (link.kind, link.ends) == (LinkKind.AT_VENDOR, {ONE, FAR})


@pytest.mark.usefixtures("tickets")
async def test_a_new_tickets_links_lead_to_the_id_that_its_vendor_gives_it(store):
    command = a_command(CreateTicket("New"))
    key = local_ticket(ACCOUNT, command.id)
    made = a_command(CreateTicket("New"), key, id=command.id)
    item = await store.outbox.submit(made, hold_until=None)
    await store.links.put([TicketLink(key, FAR)])
    named = a_ticket("77")
    await store.outbox.complete(replace(item, delivery=Delivery.SENT), Receipt("77", ticket=remote_ticket(named)), ())
    assert {link.ends for link in await store.links.of([key])} == {frozenset((TicketKey(ACCOUNT, "77"), FAR))}
    assert linked(store, TicketKey(ACCOUNT, "77"), FAR) == [True, True]


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.usefixtures("tickets")
async def test_links_made_before_and_after_a_ticket_gets_its_id_are_one_and_the_last_counts(store, clock, is_turned):
    command = a_command(CreateTicket("New"))
    key, named = local_ticket(ACCOUNT, command.id), TicketKey(ACCOUNT, "77")
    item = await store.outbox.submit(a_command(CreateTicket("New"), key, id=command.id), hold_until=None)
    await store.links.put([TicketLink(key, FAR), TicketLink(key, named)])
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("77")))
    clock.advance(minutes=1)
    ends = (FAR, named) if is_turned else (named, FAR)
    await store.links.put([TicketLink(*ends, LinkKind.SUB_TICKET)])
    answer = Receipt("77", ticket=remote_ticket(a_ticket("77")))
    await store.outbox.complete(replace(item, delivery=Delivery.SENT), answer, ())
    (link,) = await store.links.all()
    assert (link.one, link.other, link.kind) == (*ends, LinkKind.SUB_TICKET)
    assert linked(store, named, FAR) == [True, True]


@pytest.mark.usefixtures("tickets")
async def test_a_link_outlives_its_account_and_is_whole_once_that_comes_back(store):
    await store.links.put([TicketLink(ONE, FAR)])
    await store.accounts.remove(OTHER)
    assert linked(store, ONE) == [True]
    (lost,) = await store.links.lost_accounts()
    assert (lost.vendor, lost.label) == (account().vendor, "Maker")
    back = AccountId("back")
    await store.accounts.put(account(back))
    assert not await store.links.lost_accounts()
    await store.tickets.apply(back, a_page(a_ticket("9", account=back)))
    assert linked(store, TicketKey(back, "9")) == [True]
    (link,) = await store.links.of([ONE])
    assert link.end_of(ONE) == TicketKey(back, "9")


@pytest.mark.usefixtures("tickets")
async def test_another_account_gets_no_links_of_a_removed_one(store):
    await store.links.put([TicketLink(ONE, FAR)])
    await store.accounts.remove(OTHER)
    await store.accounts.put(account(AccountId("third"), base_url="https://elsewhere.example"))
    (link,) = await store.links.of([ONE])
    assert link.end_of(ONE) == FAR
    await store.links.remove([link])
    assert not await store.links.lost_accounts(), "nothing is kept that no link needs"


@pytest.mark.usefixtures("tickets")
async def test_what_is_linked_is_not_forgotten_when_its_vendor_lists_it_no_more(store):
    await store.links.put([TicketLink(ONE, FAR)])
    for walk in (1, 2, 3):
        await store.tickets.apply(ACCOUNT, a_page(), full_sync=walk)
        await store.tickets.sweep(ACCOUNT, walk)
    assert [row.key for row in store.lists.rows([ONE, TWO])] == [ONE]


async def test_links_are_there_after_a_restart(tmp_path):
    async with a_store(tmp_path) as first:
        await first.accounts.put(an_account())
        await first.tickets.apply(ACCOUNT, a_page(a_ticket("1"), a_ticket("2")))
        await first.links.put([TicketLink(ONE, TWO, LinkKind.SUB_TICKET)])
    async with a_store(tmp_path) as again:
        (link,) = await again.links.of([TWO])
        assert (link.one, link.other, link.kind) == (ONE, TWO, LinkKind.SUB_TICKET)
        assert linked(again, ONE, TWO) == [True, True]
