"""Several tickets of several vendors at once: each by its own words, each with its own result."""

from deskhand.domain.capabilities import Feature
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import Person, State
from deskhand.services.ticket_actions import Irreversible, assign_to, change_to_state


async def some(harness, account, count):
    found = []
    for key in await harness.ticket_keys(account):
        view = await harness.services.tickets.view(key)
        if not view.ticket.state.is_done:
            found.append(key)
    return found[:count]


async def test_tickets_of_two_vendors_are_closed_each_in_its_vendors_word(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    keys = await some(harness, nexus, 2) + await some(harness, klant, 2)
    result = await harness.services.bulk.set_state(keys, State.CLOSED)
    assert len(result.commands) == 4
    assert result.refused == ()
    for command in result.commands:
        await harness.wait_delivery(command)
    words = {(await harness.stored_ticket(key)).vendor_state for key in keys}
    assert words == {"resolved", "closed"}


async def test_what_is_so_already_is_left_alone(start_services):
    harness, nexus = await start_services("nexuscore")
    keys = await some(harness, nexus, 3)
    first = await harness.services.bulk.assign_to_me(keys)
    for command in first.commands:
        await harness.wait_delivery(command)
    again = await harness.services.bulk.assign_to_me(keys)
    assert again.commands == ()
    assert again.unchanged == 3


async def test_taking_tickets_that_only_the_list_told_of_asks_nothing(start_services):
    harness, nexus = await start_services("nexuscore", run=False)
    server = harness.server(nexus)
    server.faults.status(503, times=None, path="/v1/tickets/")  # the list comes, but no ticket of its own yet
    await harness.services.engine.start()

    async def untold():
        views = [await harness.view(key) for key in await harness.ticket_keys(nexus)]
        found = [view.ticket.key for view in views if not view.confirmed.assignee_told]
        return found[:8] if len(found) >= 8 else None

    keys = await harness.wait_until(untold)
    result = await harness.services.bulk.assign_to_me(keys)
    server.faults.clear()
    for command in result.commands:
        await harness.wait_delivery(command)


async def test_a_vendor_that_cannot_is_named_before_anything_is_done(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    keys = await some(harness, nexus, 2) + await some(harness, klant, 1)
    words = harness.services.bulk.obstacle(keys, Feature.ASSIGN)
    assert words.startswith("1 of 3 selected")
    assert "Mijn Klantportaal" in words
    assert harness.services.bulk.obstacle(keys[:2], Feature.ASSIGN) == ""


async def test_one_undo_takes_a_bulk_change_back_while_nothing_has_left(start_services):
    harness, nexus = await start_services("nexuscore")
    keys = await some(harness, nexus, 3)
    await harness.services.accounts.pause(nexus.id, paused=True)
    result = await harness.services.bulk.set_state(keys, State.PENDING)
    shown = [(await harness.view(key)).ticket.state for key in keys]
    assert set(shown) == {State.PENDING}
    for command in result.commands:
        await harness.services.commands.undo(command)
    assert not [item for item in await harness.services.commands.outbox() if item.delivery is not Delivery.SENT]
    for key in keys:
        view = await harness.view(key)
        assert view.ticket.vendor_state == view.confirmed.vendor_state


async def test_a_second_change_made_while_the_first_is_on_its_way_is_no_quarrel_with_ourselves(start_services):
    harness, account = await start_services("thena")
    (key,) = await some(harness, account, 1)
    server = harness.server(account)
    server.faults.drop_before(times=None)
    first = await harness.services.bulk.set_state([key], State.PENDING)
    second = await harness.services.bulk.set_state([key], State.CLOSED)
    server.faults.clear()
    harness.clock.advance(120)
    harness.services.engine.nudge()
    for command in (*first.commands, *second.commands):
        await harness.wait_delivery(command)
    assert (await harness.stored_ticket(key)).state.is_done


async def test_a_plan_says_what_happens_at_every_vendor_and_changes_nothing(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    keys = await some(harness, nexus, 2) + await some(harness, klant, 1)
    plan = await harness.services.bulk.plan(keys, change_to_state(State.CLOSED))
    assert plan.lines == (
        "NexusCore: 2 tickets, set to “resolved”.",
        "Mijn Klantportaal: 1 ticket, set to “closed”. There is no way back but a reply to the customer.",
    )
    assert (plan.changing, plan.final, plan.needs_confirmation) == (3, 1, True)
    assert await harness.services.commands.outbox() == ()
    few = await harness.services.bulk.plan(keys[:2], change_to_state(State.CLOSED))
    assert not few.needs_confirmation


async def test_a_plan_counts_what_is_so_already_and_what_cannot_be_done(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    (mine,) = await some(harness, klant, 1)
    done = await harness.services.bulk.execute(await harness.services.bulk.plan([mine], change_to_state(State.CLOSED)))
    assert isinstance(done.changes[0].inverse, Irreversible)
    await harness.wait_delivery(done.commands[0])
    keys = [*await some(harness, nexus, 6), mine]
    plan = await harness.services.bulk.plan(keys, change_to_state(State.CLOSED))
    assert plan.lines == ("NexusCore: 6 tickets, set to “resolved”.", "1 ticket, nothing to change.")
    assert plan.needs_confirmation
    again = await harness.services.bulk.plan([mine], change_to_state(State.OPEN))
    assert again.lines == (
        "1 ticket, not changed: Mijn Klantportaal reopens a closed ticket only when you reply to it.",
    )
    assert not again.needs_confirmation


async def test_an_agent_of_one_account_is_not_given_tickets_of_another_that_does_not_know_her(start_services):
    harness, thena = await start_services("thena")
    keys = await some(harness, thena, 2)
    view = await harness.services.tickets.view(keys[0])
    known = next(one for one in view.capabilities.agents if one.email and one.email != view.account.me)
    given = await harness.services.bulk.plan(keys, assign_to(known))
    assert given.changing == 2
    stranger = await harness.services.bulk.plan(keys, assign_to(Person("Nobody Here", "nobody.here@elsewhere.example")))
    assert stranger.changing == 0
    assert "does not know Nobody Here" in stranger.lines[0]
