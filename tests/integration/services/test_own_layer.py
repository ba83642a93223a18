"""Later, reminders, pins, notes and links go to another computer in the file of the views, and nothing there is written over."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.helpers.narrowing import not_none

from deskhand.domain.filters.parsing import parse
from deskhand.domain.filters.syntax import Filter
from deskhand.domain.later import LaterMark
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.ticket_links import LinkKind, TicketLink
from deskhand.services.own_layer import LayerCounts, OwnLayer
from deskhand.services.undo_steps import import_step
from deskhand.services.views_file import ViewsFile

SOON = datetime(2030, 1, 7, 8, 30, tzinfo=UTC)


@pytest.fixture
async def desk(start_services):
    """A NexusCore account with a ticket in Later, one to be reminded of, a pinned one and a note."""
    harness, account = await start_services("nexuscore", run=False)
    await harness.services.engine.once()
    keys = await harness.ticket_keys(account)
    later = harness.store.later
    await later.put({keys[0]: LaterMark(SOON, "Ask", keep=True), keys[1]: LaterMark(SOON, stays=True)})
    await later.set_pinned([keys[2]], pinned=True)
    await harness.services.tickets.add_local_note(keys[2], "She rang.\nTwice.")
    return harness, keys


async def everything(harness):
    marks = {key: (m.until, m.reason, m.keep, m.stays) for key, m in await harness.store.later.all()}
    notes = [(key, note.text, note.created_at) for key, note in await harness.store.threads.notes()]
    return marks, await harness.store.later.pinned(), notes, await harness.store.links.all()


async def forget(harness, keys):
    await harness.store.later.put(dict.fromkeys(keys))
    await harness.store.later.set_pinned(keys, pinned=False)
    for key, note in await harness.store.threads.notes():
        await harness.store.threads.remove_note(key, note.id)
    await harness.store.links.remove(await harness.store.links.all())


async def found(harness, text):
    meant = parse(text)
    assert isinstance(meant, Filter)
    return set(await harness.services.lists.select(TicketQuery(Scope.ALL, filter=meant), 100))


async def test_it_goes_with_the_views_that_ask_for_it_comes_in_once_and_is_undone_in_one_step(desk):
    harness, keys = desk
    services, exchange = harness.services, harness.services.views_exchange
    await harness.store.links.put([TicketLink(keys[3], keys[4]), TicketLink(keys[5], keys[3], LinkKind.SUB_TICKET)])
    for name, query in (("Linked", "has:link"), ("Away", "is:in-later -has:link")):
        await services.views.create(name, query)
    assert await exchange.counts() == LayerCounts(later=2, pins=1, notes=1, links=2)
    text, before = await exchange.text(with_layer=True), await everything(harness)
    same = await exchange.take(text, beside=True)
    assert (same.layer.unchanged, same.left_out, same.views.unchanged) == (6, (), ("Linked", "Away"))
    assert not import_step(same).parts

    await forget(harness, keys)
    for view in services.views.all():
        await services.views.remove(view.id)
    taken = await exchange.take(text, beside=True)
    assert taken.layer_said == ("Taken: 2 tickets in Later.", "Taken: 1 pin.", "Taken: 1 note.", "Taken: 2 links.")
    assert await everything(harness) == before
    queries = {view.name: view.query for view in services.views.all()}
    assert await found(harness, queries["Linked"]) == set(keys[3:6])
    assert await found(harness, queries["Away"]) == {keys[0], keys[1]}

    step = services.undo.record(import_step(taken))
    assert (await services.undo.undo(step)).is_done
    assert await everything(harness) == ({}, (), [], ())
    assert services.views.all() == ()
    assert (await services.undo.redo(step)).is_done
    assert (await everything(harness))[:2] == before[:2]
    assert {link.ends for link in await harness.store.links.all()} == {
        frozenset(keys[3:5]),
        frozenset({keys[5], keys[3]}),
    }


async def test_what_a_ticket_has_here_stays_and_that_is_said(desk):
    harness, keys = desk
    text = await harness.services.views_exchange.text(with_layer=True)
    mine = LaterMark(SOON + timedelta(days=1), "Mine")
    await harness.store.later.put({keys[0]: mine})
    taken = await harness.services.views_exchange.take(text, beside=True)
    said = f"Ticket {keys[0].remote} at nexuscore stands in Later already, in another way, and stays so."
    assert taken.left_out == (said,)
    assert not_none((await harness.store.later.get([keys[0]]))[keys[0]]).reason == "Mine"


async def test_unknown_accounts_are_named_once_each_and_what_cannot_be_read_by_its_place(desk):
    harness, keys = desk
    services = harness.services
    layer = OwnLayer(harness.store, services.accounts, services.tickets)
    name = {"vendor": "nexuscore", "account": "nexuscore", "ticket": keys[5].remote}
    mark = {**name, "reason": "", "even_if_reply": False, "reminder": False}
    gone = {**name, "account": "Retail UK"}
    marks = [mark, {**mark, "until": "yesterday"}, {**mark, "until": "2026-12-01T09:00:00"}, {**mark, "reminder": True}]
    notes = [{**name, "at": "2026-12-01T09:00:00Z", "text": " "}, {**gone, "at": "2026-12-01T09:00:00Z", "text": "x"}]
    link = {
        **name,
        "other_vendor": "nexuscore",
        "other_account": "nexuscore",
        "other_ticket": keys[6].remote,
        "kind": "related",
    }
    links = [
        link,
        {**link, "kind": "odd"},
        {**link, "other_ticket": keys[5].remote},
        {**link, "other_account": "Retail UK"},
    ]
    taken = await layer.take(
        ViewsFile(
            later=(*marks, {**gone, **mark, "account": "Retail UK"}),
            pins=(gone, {}),
            notes=tuple(notes),
            links=tuple(links),
        )
    )
    assert taken.left_out == (
        *(f"Entry {n} of Later is left out: it cannot be read." for n in (2, 3, 4)),
        "Entry 2 of pins is left out: it cannot be read.",
        "Entry 1 of notes is left out: it cannot be read.",
        *(f"Entry {n} of links is left out: it cannot be read." for n in (2, 3)),
        "4 entries are left out: there is no account “Retail UK” of nexuscore here.",
    )
    assert (list(taken.later), [link.ends for link in taken.links]) == ([keys[5]], [frozenset(keys[5:7])])


async def test_a_ticket_that_is_back_comes_as_one_that_is_back(desk):
    harness, keys = desk
    await harness.store.later.put({keys[0]: LaterMark(None, back_at=SOON - timedelta(days=9))})
    text = await harness.services.views_exchange.text(with_layer=True)
    await forget(harness, keys)
    await harness.services.views_exchange.take(text, beside=False)
    assert (await harness.store.later.get([keys[0]]))[keys[0]].back_at == SOON - timedelta(days=9)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"])
async def test_a_time_that_no_calendar_has_is_left_out_and_the_rest_of_the_file_is_taken(desk, at):
    harness, keys = desk
    place = f'vendor = "nexuscore"\naccount = "nexuscore"\nticket = "{keys[5].remote}"\n'
    text = (
        f'version = 2\n[[view]]\nname = "Mine"\nquery = "is:mine"\n[[pin]]\n{place}'
        f'[[later]]\n{place}until = "{at}"\nreason = ""\neven_if_reply = true\nreminder = true\n'
        f'[[note]]\n{place}at = "{at}"\ntext = "x"\n'
    )
    taken = await harness.services.views_exchange.take(text, beside=True)
    assert taken.left_out == tuple(f"Entry 1 of {name} is left out: it cannot be read." for name in ("Later", "notes"))
    assert (taken.views.added, taken.layer.pinned) == (("Mine",), (keys[5],))
