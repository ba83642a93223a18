"""What was done is undone and done again: with the same values as before and as after, at the vendors too; and never what cannot be."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from deskhand.domain.accounts import Health
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import CreateTicket
from deskhand.domain.ids import CommandId
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Draft
from deskhand.domain.ticket_links import TicketLink
from deskhand.domain.tickets import State
from deskhand.services import undo_steps
from deskhand.services.later import LaterPlan
from deskhand.services.ticket_actions import (
    ASSIGN_TO_ME,
    CLOSE,
    SET_PENDING,
    change_subject,
    change_to_state,
    choose_assignee,
    choose_priority,
    choose_state,
    edit_tags,
    to_tags,
)
from deskhand.services.ticket_commands import NOTE, REPLY, Accepted
from deskhand.services.undo import MOST
from deskhand.services.undo_steps import (
    DraftPart,
    LaterPart,
    LinkPart,
    MessagePart,
    NewTicketPart,
    NotePart,
    PinPart,
    pause_step,
    record_step,
    step,
)


async def settled(harness):
    """Wait until everything has arrived, whatever became of it."""

    async def empty():
        items = await harness.store.outbox.open_items()
        assert not [one for one in items if one.delivery.needs_agent], items
        return not items

    await harness.wait_until(empty)


async def values_of(harness, keys):
    """Everything that undo is about, as it is on screen."""
    found = []
    for key in keys:
        view = await harness.view(key)
        ticket = view.ticket
        found.append(
            (
                ticket.state_id or ticket.vendor_state,
                ticket.vendor_priority,
                ticket.assignee.reference if ticket.assignee else "",
                frozenset(ticket.tags),
                ticket.subject,
                view.later,
                view.is_pinned,
            )
        )
    unread = [row.unread for row in harness.services.lists.rows(keys)]
    return found, unread, harness.services.views.all()


async def change(harness, key, decide):
    """Change a ticket as the window does, and return the step; None where there was nothing to change."""
    view = await harness.view(key)
    action = decide(view)
    if type(action).__name__ in ("AlreadySet", "NotPossible"):
        return None
    outcome = await harness.services.commands.change(key, action)
    if not isinstance(outcome, Accepted):
        return None
    return harness.services.undo.record(undo_steps.change_step(view, action, outcome.command))


async def put_away(harness, keys, plan):
    later = harness.services.later
    before = await later.put_away(keys, plan)
    return harness.services.undo.record(step("Away", (LaterPart(before, await later.before(keys)),)))


async def something(harness, random, keys):
    """Do one thing of those that an agent can do, to one ticket or to several."""
    services, key = harness.services, random.choice(keys)
    view = await harness.view(key)
    can = view.capabilities
    several = random.sample(keys, 3)
    rows = {row.key: row for row in services.lists.rows(several)}
    match random.randrange(10):
        case 0:
            await change(harness, key, choose_state(random.choice(view.states)))
        case 1 if view.obstacle(Feature.PRIORITY) is None and view.ticket.priority_id:
            await change(harness, key, choose_priority(random.choice(can.priorities)))
        case 2 if view.obstacle(Feature.ASSIGN) is None and can.agents and (view.ticket.assignee or can.unassign):
            await change(harness, key, choose_assignee(random.choice(can.agents)))
        case 3 if view.obstacle(Feature.TAGS) is None:
            tags = [*view.ticket.tags, "vip", "late"]
            await change(harness, key, edit_tags(random.sample(tags, 2), random.sample(tags, 1)))
        case 4 if view.obstacle(Feature.SUBJECT) is None:
            await change(harness, key, change_subject(f"Other {random.randrange(1000)}"))
        case 5:
            await put_away(
                harness, several, LaterPlan(harness.clock.now() + timedelta(days=random.randrange(1, 9)), "x")
            )
        case 6:
            pinned = random.random() < 0.5
            services.undo.record(undo_steps.pin_step({k: r.is_pinned for k, r in rows.items()}, pinned=pinned))
            await services.later.set_pinned(several, pinned=pinned)
        case 7:
            unread = random.random() < 0.5
            services.undo.record(undo_steps.read_step({k: r.unread for k, r in rows.items()}, unread=unread))
            await services.tickets.set_read(several, unread=unread)
        case 8:
            views = services.views.all()
            if views and random.random() < 0.5:
                place = random.randrange(len(views))
                await services.views.remove(views[place].id)
                services.undo.record(undo_steps.view_step(views[place], None, place))
            else:
                made = await services.views.create(f"View {random.random()}", "state:open")
                services.undo.record(undo_steps.view_step(None, made, len(views)))
        case _:
            plan = await services.bulk.plan(several, change_to_state(random.choice((State.PENDING, State.OPEN))))
            services.undo.record(undo_steps.bulk_step(await services.bulk.execute(plan), "Changed 3 tickets"))


@pytest.mark.parametrize("seed", range(6))
async def test_undoing_everything_leaves_what_was_before_and_doing_it_again_what_was_after(start_services, seed):
    harness, nexus, thena, routera = await start_services("nexuscore", "thena", "routera")
    random, undo = Random(seed), harness.services.undo  # noqa: S311 -- no secret
    keys = [key for account in (nexus, thena, routera) for key in (await harness.ticket_keys(account))[:3]]
    for key in keys:
        await harness.services.engine.read(key)
        if (await harness.view(key)).ticket.state.is_done:
            await change(harness, key, change_to_state(State.OPEN))
    await settled(harness)
    while await undo_all(harness):
        pass
    await settled(harness)
    undo._undone.clear()
    before = await values_of(harness, keys)
    for _ in range(12):
        await something(harness, random, keys)
        if random.random() < 0.4:
            await settled(harness)
    await settled(harness)
    after = await values_of(harness, keys)
    steps = undo.done
    assert await undo_all(harness) == len(steps)
    assert await values_of(harness, keys) == before
    await settled(harness)
    assert await values_of(harness, keys) == before, "the vendors agree"
    while undo.undone:
        turned = await undo.redo()
        assert turned.is_done, turned
        assert not turned.conflicts
    assert [one.id for one in undo.done] == [one.id for one in steps]
    await settled(harness)
    assert comparable(await values_of(harness, keys)) == comparable(after)


def comparable(values):
    """Without the moment at which a mark was put down again."""
    tickets, unread, views = values
    return [(*one[:5], one[5] and replace(one[5], put_at=None, seen_at=None), one[6]) for one in tickets], unread, views


async def undo_all(harness):
    """Undo everything, and return how many steps that were."""
    count = 0
    while harness.services.undo.done:
        turned = await harness.services.undo.undo()
        assert turned.is_done, turned
        assert not turned.conflicts, turned.conflicts
        count += 1
    return count


async def test_what_a_vendor_cannot_take_back_is_not_offered_once_it_has_left(start_services):
    harness, klant = await start_services("mijnklantportaal")
    key = await harness.find_ticket(klant, Feature.STATE)
    undo = harness.services.undo
    await harness.services.accounts.pause(klant.id, paused=True)
    closed = await change(harness, key, CLOSE.decide)
    assert closed.what.startswith("Closed “")
    assert await undo.why_not(closed) == "", "it waits, because the account is paused"
    await harness.services.accounts.pause(klant.id, paused=False)
    await harness.wait_health(klant, Health.FINE)
    await settled(harness)
    assert await undo.why_not(closed) == "There is no way back but a reply to the customer."
    turned = await undo.undo()
    assert not turned.is_done
    assert turned.said.startswith("Cannot be undone: closed “")
    assert "a reply to the customer" in turned.said
    assert (await harness.view(key)).ticket.state.is_done
    assert not undo.undone


async def test_what_waits_is_taken_out_of_the_outbox_also_where_no_way_leads_back(start_services):
    harness, klant = await start_services("mijnklantportaal")
    key = await harness.find_ticket(klant, Feature.STATE)
    await harness.services.accounts.pause(klant.id, paused=True)
    await change(harness, key, CLOSE.decide)
    turned = await harness.services.undo.undo()
    assert turned.is_done
    assert not (await harness.view(key)).ticket.state.is_done
    assert (await harness.services.undo.redo()).is_done
    assert (await harness.view(key)).ticket.state.is_done


async def test_a_colleagues_change_is_not_written_over_without_a_question(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus, Feature.STATE)
    before = (await harness.view(key)).ticket.vendor_state
    undo = harness.services.undo
    await change(harness, key, change_to_state(State.PENDING))
    await settled(harness)
    ours = await harness.view(key)
    other = next(one for one in ours.states if one.state is State.SOLVED)
    await harness.services.commands.change(
        key, choose_state(other)(ours)
    )  # a colleague's, as far as this step is concerned
    await settled(harness)
    turned = await undo.undo()
    assert not turned.is_done
    (conflict,) = turned.conflicts
    assert f"is “{other.label}” now, and would be “{before}”" in conflict.said
    assert (await harness.view(key)).ticket.vendor_state == other.label
    assert not undo.undone
    told = {before, ours.ticket.vendor_state, other.label}
    once_more = next(one for one in ours.states if one.label not in told)
    await harness.services.commands.change(key, choose_state(once_more)(await harness.view(key)))
    await settled(harness)
    turned = await undo.go_on(turned)
    assert not turned.is_done, "the agent agreed to write over another value"
    assert f"is “{once_more.label}” now" in turned.conflicts[0].said
    again = await undo.go_on(turned)
    assert again.is_done
    await settled(harness)
    assert (await harness.view(key)).ticket.vendor_state == before
    assert len(undo.undone) == 1


async def test_one_undo_is_of_all_that_was_done_at_once_and_lists_what_stays(start_services):
    harness, nexus, klant = await start_services("nexuscore", "mijnklantportaal")
    keys = [await harness.find_ticket(nexus, Feature.STATE, skip=n) for n in range(2)]
    keys.append(await harness.find_ticket(klant, Feature.STATE))
    bulk, undo = harness.services.bulk, harness.services.undo
    result = await bulk.execute(await bulk.plan(keys, CLOSE.decide))
    undo.record(undo_steps.bulk_step(result, "Closed 3 tickets"))
    await settled(harness)
    assert await undo.why_not(undo.done[0]) == "", "two of them can be undone"
    turned = await undo.undo()
    assert len(turned.step.parts) == 2
    assert (turned.left, turned.reasons) == (1, ("There is no way back but a reply to the customer.",))
    assert turned.said.startswith("Undone: closed 3 tickets, except 1 of 3. ")
    await settled(harness)
    assert [(await harness.view(key)).ticket.state.is_done for key in keys] == [False, False, True]


async def test_a_plan_names_what_has_no_way_back_as_the_undo_line_will(start_services):
    harness, *accounts = await start_services("nexuscore", "thena", "mijnklantportaal", "routera", run=False)
    # Once and no more: a ticket that is read between plan and deed may have got a way back.
    await harness.services.engine.once()
    bulk = harness.services.bulk
    for account in accounts:
        keys = await harness.services.lists.select(TicketQuery(Scope.OPEN, account=account.id), 6)
        for change in (ASSIGN_TO_ME, SET_PENDING, CLOSE):
            for key in keys:
                plan = await bulk.plan([key], change.decide)
                for_good = any(part.no_way_back for part in plan.parts)
                result = await bulk.execute(plan)
                assert any(made.is_final for made in result.changes) is for_good, (account.vendor, change.verb)


async def test_the_newest_step_about_a_ticket_is_undone_whatever_was_done_to_others_since(start_services):
    harness, nexus = await start_services("nexuscore")
    one, two = [await harness.find_ticket(nexus, Feature.STATE, skip=n) for n in range(2)]
    bulk, undo = harness.services.bulk, harness.services.undo
    for key, what in ((one, "Closed the first"), (two, "Closed the second")):
        undo.record(undo_steps.bulk_step(await bulk.execute(await bulk.plan([key], CLOSE.decide)), what))
    assert (await undo.undo(about=one)).said == "Undone: closed the first"
    assert (await undo.undo(about=one)).step is None, "the second is about another ticket"
    assert (await undo.redo(about=two)).step is None
    assert (await undo.redo(about=one)).said.endswith("closed the first")
    assert [step.what for step in undo.done] == ["Closed the first", "Closed the second"]


async def test_several_hundred_are_undone_at_once(start_services):
    harness, nexus = await start_services("nexuscore")
    keys = list(await harness.ticket_keys(nexus))
    bulk, undo = harness.services.bulk, harness.services.undo
    await harness.services.accounts.pause(nexus.id, paused=True)
    before = [(await harness.view(key)).ticket.tags for key in keys]
    change_of_all = to_tags(["vip"], [])
    result = await bulk.execute(await bulk.plan(keys, change_of_all.decide))
    undo.record(undo_steps.bulk_step(result, "Changed the tags"))
    assert (await undo.undo()).is_done
    assert [(await harness.view(key)).ticket.tags for key in keys] == before
    assert not await harness.store.outbox.open_items()


async def test_a_reply_is_a_draft_again_within_its_time_and_says_why_not_afterwards(start_services):
    harness, thena = await start_services("thena")
    key = await harness.find_ticket(thena)
    undo, view = harness.services.undo, await harness.view(key)
    held = await harness.reply(key, "Good morning", hold=True)
    undo.record(undo_steps.message_step(view, held, is_note=False))
    assert await undo.why_not(undo.done[0]) == ""
    assert (await undo.undo()).is_done
    assert (await harness.services.drafts.get(key, REPLY)).text == "Good morning"
    assert not undo.undone, "it is sent again from the box"
    sent = await harness.reply(key, "Good evening")
    undo.record(undo_steps.message_step(view, sent, is_note=False))
    await harness.wait_delivery(sent)
    assert await undo.why_not(undo.done[0]) == (
        "It has left, and Thena documents no way to call a message back through its API."
    )
    turned = await undo.undo()
    assert not turned.is_done
    assert "Thena documents no way to call a message back" in turned.said


async def test_a_note_of_this_computer_and_a_discarded_draft_come_back(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus)
    undo, tickets = harness.services.undo, harness.services.tickets
    note = await tickets.add_local_note(key, "Call at nine")
    undo.record(step("Note", (NotePart(key, note, Draft(NOTE, "Call at nine")),)))
    undo.record(step("Discarded", (DraftPart(key, Draft(REPLY, "Dear Casey")),)))
    await harness.services.drafts.save(key, Draft(REPLY, "And then"))
    assert (await undo.undo()).is_done
    assert (await harness.services.drafts.get(key, REPLY)).text == "Dear Casey\n\nAnd then"
    assert (await undo.undo()).is_done
    assert (await harness.services.drafts.get(key, NOTE)).text == "Call at nine"
    assert not [one for one in (await harness.view(key)).messages if one.text == "Call at nine"]


async def test_a_new_ticket_goes_again_before_it_leaves_and_is_made_again(start_services):
    harness, nexus = await start_services("nexuscore")
    await harness.services.accounts.pause(nexus.id, paused=True)
    form = harness.services.accounts.get(nexus.id).capabilities.create_form
    fields = {
        one.name: one.default or (one.choices[0][0] if one.choices else "a@example.com") for one in form if one.required
    }
    made = await harness.services.commands.create(nexus.id, fields, "Printer")
    assert isinstance(made, Accepted), made
    assert made.ticket is not None
    action = CreateTicket("Printer", fields)
    undo = harness.services.undo
    undo.record(step("Made the ticket “Printer”", (NewTicketPart(made.ticket, action, made.command),)))
    assert (await undo.undo()).is_done
    assert await harness.services.tickets.view(made.ticket) is None
    assert (await undo.redo()).is_done
    await harness.services.accounts.pause(nexus.id, paused=False)
    await settled(harness)
    turned = await undo.undo()
    assert not turned.is_done
    assert "NexusCore's API offers no way to delete a ticket" in turned.said


async def test_a_pushed_record_goes_again_before_it_leaves_and_a_pause_is_taken_back(start_services):
    harness, repairs = await start_services("thalamus")
    services, undo = harness.services, harness.services.undo
    record = services.accounts.get(repairs.id).capabilities.records[0]
    fields = {one.name: "x@example.com" for one in record.fields if one.required}
    await services.accounts.pause(repairs.id, paused=True)
    paused = undo.record(pause_step(repairs.id, "Field repairs", paused=True))
    command = await services.records.push(repairs.id, record.kind, "C-7", fields)
    action = (await services.outbox.get(command)).command.action
    undo.record(record_step(repairs.id, "Field repairs", "Thalamus", action, command))
    assert (await undo.undo()).said == "Undone: pushed the record C-7 to Field repairs"
    assert await harness.store.outbox.open_items() == ()
    assert (await undo.redo()).is_done
    assert [one.command.action for one in await harness.store.outbox.open_items()] == [action]
    assert (await undo.undo(paused)).said == "Undone: paused Field repairs"
    assert not services.accounts.get(repairs.id).paused
    await settled(harness)
    assert "no way to take a record back at Nerds Thalamus" in (await undo.undo()).said


async def test_steps_are_undone_in_the_order_of_the_keys_also_when_pressed_at_once(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus, Feature.TAGS)
    undo = harness.services.undo
    before = set((await harness.view(key)).ticket.tags)
    for n in range(5):
        await change(harness, key, edit_tags([f"t{n}"], []))
    turned = await asyncio.gather(*(undo.undo() for _ in range(5)))
    assert [one.step.what[-2:] for one in turned] == ["t4", "t3", "t2", "t1", "t0"]
    await settled(harness)
    assert set((await harness.view(key)).ticket.tags) == before
    assert (await undo.undo()).said == "There is nothing to undo."


async def test_something_new_ends_what_could_be_done_again_and_old_steps_go(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus, Feature.TAGS)
    undo = harness.services.undo
    await change(harness, key, edit_tags(["one"], []))
    await undo.undo()
    assert undo.undone
    await change(harness, key, edit_tags(["two"], []))
    assert not undo.undone
    assert (await undo.redo()).said == "There is nothing to do again."
    for n in range(MOST + 5):
        undo.record(step(f"Step {n}", (DraftPart(key, Draft(REPLY, "x")),)))
    assert len(undo.done) == MOST
    assert undo.done[0].what == f"Step {MOST + 4}"


async def test_an_older_step_is_undone_by_itself(start_services):
    harness, nexus = await start_services("nexuscore")
    key = await harness.find_ticket(nexus, Feature.TAGS)
    undo = harness.services.undo
    first = await change(harness, key, edit_tags(["first"], []))
    await change(harness, key, edit_tags(["second"], []))
    await settled(harness)
    assert (await undo.undo(first)).is_done
    assert not undo.knows(first)
    await settled(harness)
    tags = (await harness.view(key)).ticket.tags
    assert "second" in tags
    assert "first" not in tags


async def test_a_change_of_settings_is_one_step_and_comes_back_exactly(start_services):
    harness, _ = await start_services("nexuscore", run=False)
    settings, undo = harness.services.settings, harness.services.undo
    reply = await settings.save_snippet("Thanks", "Thank you")
    await undo.keep("Removed the canned reply “Thanks”", settings.delete_snippet(reply.id))
    for seconds in (11, 12, 13):
        await undo.keep("Changed the setting “Undo sending”", settings.set_undo_seconds(seconds), joins=True)
    assert [one.what for one in undo.done] == [
        "Changed the setting “Undo sending”",
        "Removed the canned reply “Thanks”",
    ]
    turned = await undo.undo()
    assert (turned.said, settings.undo_seconds) == ("Undone: changed the setting “Undo sending”", 10)
    assert settings.stored("outbox.undo_seconds") is None, "the default holds again"
    assert settings.snippets() == ()
    await undo.undo()
    assert settings.snippets() == (reply,)
    await undo.redo()
    await undo.redo()
    assert (settings.snippets(), settings.undo_seconds) == ((), 13)


async def test_a_setting_that_was_changed_again_since_is_not_written_over(start_services):
    harness, _ = await start_services("nexuscore", run=False)
    settings, undo = harness.services.settings, harness.services.undo
    step = await undo.keep("Changed the setting “Undo sending”", settings.set_undo_seconds(20))
    await settings.set_undo_seconds(30)
    turned = await undo.undo(step)
    assert not turned.is_done
    assert "changed again meanwhile" in turned.said
    assert settings.undo_seconds == 30


async def test_what_changes_nothing_is_no_step_and_the_newest_setting_is_found_behind_a_change_of_a_ticket(
    start_services,
):
    harness, _ = await start_services("nexuscore", run=False)
    settings, undo = harness.services.settings, harness.services.undo
    await undo.keep("Changed nothing", settings.set_letter_keys(on=True))
    assert undo.done == ()
    first = await undo.keep("Changed the setting “My day begins”", settings.set_day_start(8 * 60))
    undo.record(step("Pinned", (undo_steps.PinPart((), pinned=True),)))
    assert undo.newest_setting() == first


async def test_what_is_of_a_removed_account_is_not_undone_and_that_is_said(start_services):
    harness, gone, stays = await start_services("nexuscore", "thena", run=False)
    await harness.services.engine.once()
    services, undo = harness.services, harness.services.undo
    one, other = (await harness.ticket_keys(gone))[0], (await harness.ticket_keys(stays))[0]
    both = await put_away(harness, [one, other], LaterPlan(harness.clock.now() + timedelta(days=3), "Ask her"))
    alone = await put_away(harness, [one], LaterPlan(harness.clock.now() + timedelta(days=4), "Ask him"))
    link = (TicketLink(one, other),)
    await services.linked.set(link, made=True)
    linked = undo.record(step("Linked", (LinkPart(link, made=True),)))
    steps = [
        alone,
        undo.record(step("Discarded", (DraftPart(one, Draft(REPLY, "typed")),))),
        undo.record(step("Pinned", (PinPart((one,), pinned=False),))),
        undo.record(step("Sent", (MessagePart(one, CommandId("x")),))),
    ]
    await services.accounts.remove(gone.id, give_up_unsent=True)
    for each in steps:
        turned = await undo.undo(each)
        assert not turned.is_done
        assert turned.said.endswith("Its account was removed.")
    assert (await undo.undo(linked)).is_done, "its other end still showed it"
    assert (await undo.redo(linked)).said.endswith("Its account was removed.")
    turned = await undo.undo(both)
    assert turned.is_done
    store = harness.store
    assert [key for key, _ in await store.later.all()] == []
    assert (await undo.redo(both)).is_done
    assert [key for key, _ in await store.later.all()] == [other]
    assert (await store.later.pinned(), await store.drafts.all(), await store.links.all()) == ((), (), ())


async def test_a_time_and_a_reason_that_were_set_since_are_not_written_over(start_services):
    harness, _ = await start_services("nexuscore", run=False)
    await harness.services.engine.once()
    keys = (await harness.ticket_keys(harness.services.accounts.all()[0]))[:2]
    later, undo, day = harness.services.later, harness.services.undo, harness.clock.now() + timedelta(days=1)
    first = await put_away(harness, keys, LaterPlan(day, "First"))
    await later.put_away(keys[:1], LaterPlan(day + timedelta(days=1), "Typed since"))  # by the command line, say
    turned = await undo.undo(first)
    assert "What stood in Later was changed meanwhile." in turned.said
    assert {entry.key: entry.mark.reason for entry in await later.entries()} == {keys[0]: "Typed since"}
    assert (await undo.redo(first)).is_done
    assert {entry.key: entry.mark.reason for entry in await later.entries()} == {
        keys[0]: "Typed since",
        keys[1]: "First",
    }
