"""Several tickets of several vendors at once: each by its own words, each with its own result."""

from deskhand.domain.capabilities import Feature
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import Person, State
from deskhand.services.bulk import assign_to, into_state


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


async def test_taking_tickets_that_only_the_list_told_of_asks_nothing(begin):
    desk, nexus = await begin("nexuscore", run=False)
    server = desk.server(nexus)
    server.faults.status(503, times=None, path="/v1/tickets/")  # the list comes, but no ticket of its own yet
    await desk.house.engine.start()

    async def untold():
        views = [await desk.view(key) for key in await desk.keys(nexus)]
        found = [view.ticket.key for view in views if not view.confirmed.assignee_told]
        return found[:8] if len(found) >= 8 else None

    keys = await desk.until(untold)
    result = await desk.house.bulk.assign_to_me(keys)
    server.faults.clear()
    for command in result.commands:
        await desk.delivered(command)


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


async def test_a_plan_says_what_happens_at_every_vendor_and_changes_nothing(begin):
    desk, nexus, klant = await begin("nexuscore", "mijnklantportaal")
    keys = await some(desk, nexus, 2) + await some(desk, klant, 1)
    plan = await desk.house.bulk.plan(keys, into_state(State.CLOSED))
    assert plan.lines == (
        "NexusCore: 2 tickets, set to “resolved”.",
        "Mijn Klantportaal: 1 ticket, set to “closed”. There is no way back but a reply to the customer.",
    )
    assert (plan.changing, plan.final, plan.asks) == (3, 1, True)
    assert await desk.house.desk.outbox() == ()
    few = await desk.house.bulk.plan(keys[:2], into_state(State.CLOSED))
    assert not few.asks


async def test_a_plan_counts_what_is_so_already_and_what_cannot_be_done(begin):
    desk, nexus, klant = await begin("nexuscore", "mijnklantportaal")
    (mine,) = await some(desk, klant, 1)
    done = await desk.house.bulk.carry_out(await desk.house.bulk.plan([mine], into_state(State.CLOSED)))
    assert not done.changes[0].has_way_back
    await desk.delivered(done.commands[0])
    keys = [*await some(desk, nexus, 6), mine]
    plan = await desk.house.bulk.plan(keys, into_state(State.CLOSED))
    assert plan.lines == ("NexusCore: 6 tickets, set to “resolved”.", "1 ticket, nothing to change.")
    assert plan.asks
    again = await desk.house.bulk.plan([mine], into_state(State.OPEN))
    assert again.lines == (
        "1 ticket, not changed: Mijn Klantportaal reopens a closed ticket only when you reply to it.",
    )
    assert not again.asks


async def test_an_agent_of_one_account_is_not_given_tickets_of_another_that_does_not_know_her(begin):
    desk, thena = await begin("thena")
    keys = await some(desk, thena, 2)
    view = await desk.house.reading.view(keys[0])
    known = next(one for one in view.capabilities.agents if one.email and one.email != view.account.me)
    given = await desk.house.bulk.plan(keys, assign_to(known))
    assert given.changing == 2
    stranger = await desk.house.bulk.plan(keys, assign_to(Person("Nobody Here", "nobody.here@elsewhere.example")))
    assert stranger.changing == 0
    assert "does not know Nobody Here" in stranger.lines[0]
