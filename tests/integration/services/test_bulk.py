"""Several tickets of several vendors at once: each by its own words, each with its own result."""

from deskhand.domain.capabilities import Feature
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import State


async def some(desk, account, count):
    found = []
    for key in await desk.keys(account):
        view = await desk.house.reading.view(key)
        if not view.ticket.state.is_done:
            found.append(key)
    return found[:count]


async def test_tickets_of_two_vendors_are_closed_each_in_its_vendors_word(begin):
    desk, nexus, klant = await begin("nexuscore", "mijnklantportaal")
    keys = await some(desk, nexus, 2) + await some(desk, klant, 2)
    result = await desk.house.bulk.set_state(keys, State.CLOSED)
    assert len(result.commands) == 4
    assert result.refused == ()
    for command in result.commands:
        await desk.delivered(command)
    words = {(await desk.confirmed(key)).vendor_state for key in keys}
    assert words == {"resolved", "closed"}


async def test_what_is_so_already_is_left_alone(begin):
    desk, nexus = await begin("nexuscore")
    keys = await some(desk, nexus, 3)
    first = await desk.house.bulk.assign_to_me(keys)
    for command in first.commands:
        await desk.delivered(command)
    again = await desk.house.bulk.assign_to_me(keys)
    assert again.commands == ()
    assert again.unchanged == 3


async def test_a_vendor_that_cannot_is_named_before_anything_is_done(begin):
    desk, nexus, klant = await begin("nexuscore", "mijnklantportaal")
    keys = await some(desk, nexus, 2) + await some(desk, klant, 1)
    words = desk.house.bulk.obstacle(keys, Feature.ASSIGN)
    assert words.startswith("1 of 3 selected")
    assert "Mijn Klantportaal" in words
    assert desk.house.bulk.obstacle(keys[:2], Feature.ASSIGN) == ""


async def test_one_undo_takes_a_bulk_change_back_while_nothing_has_left(begin):
    desk, nexus = await begin("nexuscore")
    keys = await some(desk, nexus, 3)
    await desk.house.accounts.pause(nexus.id, paused=True)
    result = await desk.house.bulk.set_state(keys, State.PENDING)
    shown = [(await desk.view(key)).ticket.state for key in keys]
    assert set(shown) == {State.PENDING}
    for command in result.commands:
        await desk.house.desk.undo(command)
    assert not [item for item in await desk.house.desk.outbox() if item.delivery is not Delivery.SENT]
    for key in keys:
        view = await desk.view(key)
        assert view.ticket.vendor_state == view.confirmed.vendor_state


async def test_a_second_change_made_while_the_first_is_on_its_way_is_no_quarrel_with_ourselves(begin):
    desk, account = await begin("thena")
    (key,) = await some(desk, account, 1)
    server = desk.server(account)
    server.faults.drop_before(times=None)
    first = await desk.house.bulk.set_state([key], State.PENDING)
    second = await desk.house.bulk.set_state([key], State.CLOSED)
    server.faults.clear()
    desk.clock.pass_time(120)
    desk.house.engine.nudge()
    for command in (*first.commands, *second.commands):
        await desk.delivered(command)
    assert (await desk.confirmed(key)).state.is_done
