"""Several tickets of several vendors at once: each by its own words, each with its own result."""

from tests.helpers.journey_steps import state_at_vendor

from deskhand.domain.bulk_runs import BulkOutcome
from deskhand.domain.capabilities import Feature
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import Person, State
from deskhand.services import undo_steps
from deskhand.services.bulk_replies import Wording
from deskhand.services.decisions import Irreversible
from deskhand.services.ticket_actions import CLOSE, assign_to, assign_to_me, change_tags, change_to_state
from deskhand.services.ticket_commands import REPLY


async def some(harness, account, count):
    found = []
    for key in await harness.ticket_keys(account):
        view = await harness.services.tickets.view(key)
        if not view.ticket.state.is_done:
            found.append(key)
    return found[:count]


async def to_change(harness, account, count, decide):
    """Open tickets that this would change."""
    plan = await harness.services.bulk.plan(await some(harness, account, 500), decide)
    found = [one.key for one in plan.tickets if one.action is not None]
    assert len(found) >= count
    return found[:count]


async def changed(harness, keys, decide):
    return await harness.services.bulk.execute(await harness.services.bulk.plan(keys, decide))


async def test_tickets_of_two_vendors_are_closed_each_in_its_vendors_word(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    keys = await some(harness, nexus, 2) + await some(harness, klant, 2)
    result = await changed(harness, keys, change_to_state(State.CLOSED))
    assert len(result.commands) == 4
    assert result.refused == ()
    for command in result.commands:
        await harness.wait_delivery(command)
    words = {(await harness.stored_ticket(key)).vendor_state for key in keys}
    assert words == {"resolved", "closed"}


async def test_what_is_so_already_is_left_alone(start_services):
    harness, nexus = await start_services("nexuscore")
    keys = await some(harness, nexus, 3)
    first = await changed(harness, keys, assign_to_me)
    for command in first.commands:
        await harness.wait_delivery(command)
    again = await changed(harness, keys, assign_to_me)
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
    result = await changed(harness, keys, assign_to_me)
    server.faults.clear()
    for command in result.commands:
        await harness.wait_delivery(command)


async def test_what_a_vendor_cannot_is_said_before_and_done_at_the_others(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    keys = await to_change(harness, nexus, 2, assign_to_me) + await some(harness, klant, 1)
    bulk = harness.services.bulk
    assert bulk.obstacle(keys, Feature.ASSIGN) == ""
    assert bulk.obstacle(keys[2:], Feature.ASSIGN) == "Mijn Klantportaal cannot assign"
    overview = await bulk.overview(keys)
    assert [(part.vendor, len(part.tickets)) for part in overview.parts] == [
        ("NexusCore", 2),
        ("Mijn Klantportaal", 1),
    ]
    assert overview.parts[0].lacking == {}
    assert Feature.ASSIGN in overview.parts[1].lacking
    assert overview.parts[1].final
    assert (overview.reach[Feature.ASSIGN].able, overview.reach[Feature.ASSIGN].total) == (2, 3)
    assert (overview.close.able, overview.close.final) == (3, 1)
    result = await changed(harness, keys, assign_to_me)
    assert len(result.changes) == 2
    assert result.left == 1
    assert "Mijn Klantportaal" in result.refused[0]


async def test_what_cannot_be_undone_is_left_alone_where_the_agent_chose_so(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    keys = await some(harness, nexus, 2) + await some(harness, klant, 1)
    plan = await harness.services.bulk.plan(keys, CLOSE.decide)
    assert [(part.label, part.count, part.final) for part in plan.parts] == [
        ("nexuscore", 2, False),
        ("mijnklantportaal", 1, True),
    ]
    result = await harness.services.bulk.execute(plan.without_final())
    assert [change.before.key for change in result.changes] == keys[:2]
    assert (result.left, result.refused) == (1, ("Left open, as you chose.",))


async def test_no_more_is_done_than_was_planned(start_services):
    harness, klant = await start_services("mijnklantportaal")
    (key,) = await some(harness, klant, 1)
    await changed(harness, [key], CLOSE.decide)
    plan = await harness.services.bulk.plan([key], CLOSE.decide)  # it is so already, so nothing is asked about
    await harness.services.commands.undo_all([item.command.id for item in await harness.services.outbox.items(key)])
    result = await harness.services.bulk.execute(plan)
    assert result.commands == ()


async def test_each_ticket_of_a_run_has_its_result_until_it_was_read(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    bulk, results = harness.services.bulk, harness.services.bulk_results
    keys = await to_change(harness, nexus, 5, assign_to_me) + await some(harness, klant, 1)
    refused = keys[0]
    harness.server(nexus).faults.status(422, times=None, methods=("PATCH",), path=f"/v1/tickets/{refused.remote}")
    result = await bulk.execute(await bulk.plan(keys, assign_to_me), "Assign 6 tickets")
    (run,) = await results.runs()
    assert (run, run.title) == (result.run, "Assign 6 tickets")

    async def over():
        found = await results.results(run)
        return found if all(one.outcome.is_over for one in found) else None

    found = await harness.wait_until(over)
    outcomes = [one.outcome for one in found]
    assert outcomes == [BulkOutcome.NEEDS_YOU, *[BulkOutcome.DONE] * 4, BulkOutcome.LEFT]
    assert "Mijn Klantportaal" in found[5].reason
    await results.forget(run)
    assert await results.runs() == ()


async def test_few_tickets_leave_no_results_to_read(start_services):
    harness, nexus = await start_services("nexuscore")
    bulk, results = harness.services.bulk, harness.services.bulk_results
    result = await bulk.execute(
        await bulk.plan(await to_change(harness, nexus, 3, assign_to_me), assign_to_me), "Assign 3 tickets"
    )
    assert len(result.commands) == 3
    assert await results.runs() == ()


async def test_a_paused_run_sends_nothing_before_it_goes_on_and_what_is_stopped_is_taken_back(start_services):
    harness, nexus = await start_services("nexuscore")
    bulk, results = harness.services.bulk, harness.services.bulk_results
    *keys, other = await to_change(harness, nexus, 7, change_to_state(State.PENDING))
    await harness.services.accounts.pause(nexus.id, paused=True)
    result = await bulk.execute(await bulk.plan(keys, change_to_state(State.PENDING)), "Set 6 tickets to pending")
    await results.pause(result.run)
    await harness.services.accounts.pause(nexus.id, paused=False)
    await harness.store.outbox.recover()  # as after a restart
    beside = await changed(harness, [other], change_to_state(State.PENDING))
    await harness.wait_delivery(beside.commands[0])
    assert {one.outcome for one in await results.results(result.run)} == {BulkOutcome.PAUSED}
    await results.stop(result.run, result.commands[:2])
    await results.go_on(result.run)
    for command in result.commands[2:]:
        await harness.wait_delivery(command)
    outcomes = [one.outcome for one in await results.results(result.run)]
    assert outcomes == [BulkOutcome.SKIPPED] * 2 + [BulkOutcome.DONE] * 4


async def test_replies_that_could_still_be_undone_are_paused_and_stopped_like_everything_else(start_services):
    harness, nexus = await start_services("nexuscore")
    services, results = harness.services, harness.services.bulk_results
    await services.settings.set_undo_seconds(30)
    keys = [await harness.find_ticket(nexus, skip=n) for n in range(5)]
    wording = Wording("It is mended, {number}.")
    plan = await services.bulk_replies.plan(keys, wording, await services.bulk_replies.seen(keys))
    result = await services.bulk.execute(plan, "Reply to 5 tickets")
    step = services.undo.record(undo_steps.bulk_step(result, "Answered 5 tickets"))
    await results.pause(result.run)
    assert {one.outcome for one in await results.results(result.run)} == {BulkOutcome.PAUSED}
    harness.clock.advance(60)
    others = [key for key in await some(harness, nexus, 500) if key not in keys]
    beside = await changed(harness, others, change_to_state(State.PENDING))
    await harness.wait_delivery(beside.commands[0])
    assert harness.received(nexus) == []

    await results.stop(result.run, result.commands[:2])
    for key in keys[:2]:
        assert "It is mended" in (await services.drafts.get(key, REPLY)).text
    await results.go_on(result.run)
    for command in result.commands[2:]:
        await harness.wait_delivery(command)
    outcomes = [one.outcome for one in await results.results(result.run)]
    assert outcomes == [BulkOutcome.SKIPPED] * 2 + [BulkOutcome.DONE] * 3
    turned = await services.undo.undo(step)
    assert turned.reasons[0] == "It is not in the outbox any more."


async def test_tags_are_added_and_removed_where_a_ticket_lacks_or_has_them(start_services):
    harness, nexus = await start_services("nexuscore")
    keys = await some(harness, nexus, 3)
    first = await changed(harness, keys[:1], change_tags(("from-bulk",), ()))
    await harness.wait_delivery(first.commands[0])
    plan = await harness.services.bulk.plan(keys, change_tags(("From-Bulk",), ()))
    assert (plan.changing, plan.unchanged) == (2, 1)
    away = await harness.services.bulk.plan(keys, change_tags((), ("from-bulk",)))
    assert [one.key for one in away.tickets if one.action is not None] == keys[:1]


async def test_one_undo_takes_a_bulk_change_back_while_nothing_has_left(start_services):
    harness, nexus = await start_services("nexuscore")
    keys = await some(harness, nexus, 3)
    await harness.services.accounts.pause(nexus.id, paused=True)
    result = await changed(harness, keys, change_to_state(State.PENDING))
    shown = [(await harness.view(key)).ticket.state for key in keys]
    assert set(shown) == {State.PENDING}
    for command in result.commands:
        await harness.services.commands.undo(command)
    assert not [item for item in await harness.services.outbox.recent(200) if item.delivery is not Delivery.SENT]
    for key in keys:
        view = await harness.view(key)
        assert view.ticket.vendor_state == view.confirmed.vendor_state


async def test_a_second_change_made_while_the_first_is_on_its_way_is_no_quarrel_with_ourselves(start_services):
    harness, account = await start_services("thena")
    (key,) = await some(harness, account, 1)
    server = harness.server(account)
    server.faults.drop_before(times=None)
    first = await changed(harness, [key], change_to_state(State.PENDING))
    second = await changed(harness, [key], change_to_state(State.CLOSED))
    server.faults.clear()
    harness.clock.advance(120)
    harness.services.engine.nudge()
    for command in (*first.commands, *second.commands):
        await harness.wait_delivery(command)
    assert (await harness.stored_ticket(key)).state.is_done


async def test_a_second_change_made_while_the_first_is_answered_is_no_quarrel_with_ourselves(start_services):
    """The vendor has the first one already; nothing here knows it yet."""
    harness, account = await start_services("nexuscore")
    (key,) = await some(harness, account, 1)
    server = harness.server(account)
    server.faults.slow_body(3, methods=("PATCH", "PUT", "POST"))
    first = await changed(harness, [key], change_to_state(State.PENDING))

    async def is_there():
        return state_at_vendor(server, key.remote) == "pending"

    await harness.wait_until(is_there)
    harness.clock.advance(1)
    second = await changed(harness, [key], change_to_state(State.CLOSED))
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
    assert await harness.services.outbox.recent(200) == ()
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


async def test_hundreds_of_tickets_are_read_in_pieces_and_go_in_together(start_services):
    harness, account = await start_services("thalamus")
    count = 350
    rows = "".join(f"T-{number},Question {number}\n" for number in range(count))
    await harness.services.records.import_tickets(account.id, f"external_id,title\n{rows}")
    keys = await harness.ticket_keys(account)
    read, sizes = harness.store.tickets.projectable, []

    def counted(some_keys):
        sizes.append(len(some_keys))
        return read(some_keys)

    harness.store.tickets.projectable = counted
    await harness.services.accounts.pause(account.id, paused=True)
    plan = await harness.services.bulk.plan(keys, CLOSE.decide)
    assert plan.changing == count
    assert max(sizes) <= count // 5, "others who read have their turn"
    commits = []
    unsubscribe = harness.services.changes.subscribe(lambda changes: commits.append(len(changes.outbox)))
    await harness.services.bulk.execute(plan, "Close 350 tickets")
    await harness.wait_until(lambda: sum(commits) >= count)
    unsubscribe()
    assert count in commits, "all of them, or none"


async def test_a_vendor_that_makes_one_wait_holds_up_no_other(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    harness.server(klant).faults.status(429, times=None)
    keys = await to_change(harness, nexus, 3, CLOSE.decide) + await to_change(harness, klant, 3, CLOSE.decide)
    result = await changed(harness, keys, CLOSE.decide)
    for command in result.commands[:3]:
        await harness.wait_delivery(command)
    waiting = [(await harness.outbox_item(command)).delivery for command in result.commands[3:]]
    assert Delivery.SENT not in waiting
    assert not any(delivery.needs_agent for delivery in waiting)
    harness.server(klant).faults.clear()
    harness.clock.advance(120)
    harness.services.engine.nudge()
    for command in result.commands[3:]:
        await harness.wait_delivery(command)
