import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.helpers.store_fixtures import (
    ACCOUNT,
    COLLEAGUE,
    ME,
    START,
    a_command,
    a_message,
    a_page,
    a_thread,
    a_ticket,
    an_account,
    remote_message,
    remote_ticket,
)
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.bulk_runs import BulkEntry, BulkRun
from deskhand.domain.commands import (
    Assign,
    ChangeState,
    CreateTicket,
    DecisionReason,
    EditField,
    EditTags,
    PushRecord,
    SendReply,
    UploadFile,
)
from deskhand.domain.ids import AccountId, TicketKey, local_ticket, new_command_id
from deskhand.domain.ports import Receipt
from deskhand.domain.problems import OutcomeUnknown
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import CC_TYPED, Delivery, Draft, OutgoingFile, Side, Visibility
from deskhand.domain.tickets import State, Turn

ONE = TicketKey(ACCOUNT, "1")
SOLVE = ChangeState("open", "solved", "Solved", State.SOLVED)


@pytest.fixture
async def ticket(store, seen):
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.threads.apply(ONE, *a_thread(a_message("m1")))
    seen.clear()
    return ONE


def row(store, key=ONE):
    return store.lists.rows([key])[0]


async def test_a_reply_goes_in_and_its_draft_out_in_one_commit(store, ticket, seen):
    await store.drafts.put(ONE, Draft("reply", "Hello"))
    seen.clear()
    item = await store.outbox.submit(
        a_command(SendReply("Hello")), hold_until=START + timedelta(seconds=10), clear_draft="reply"
    )
    assert item.delivery is Delivery.HELD
    assert len(seen) == 1
    assert (seen[0].outbox, seen[0].drafts, seen[0].threads) == ({item.command.id}, {ONE}, {ONE})
    assert await store.drafts.get(ONE, "reply") is None
    assert (row(store).pending, row(store).has_draft) == (("reply",), False)
    assert await store.outbox.items(ONE) == (item,)


async def test_what_comes_after_a_reply_goes_in_with_it_in_one_commit(store, ticket, seen):
    reply = a_command(SendReply("Hello"))
    change = replace(a_command(SOLVE), after=reply.id)
    await store.outbox.submit(reply, hold_until=None, followers=(change,))
    assert len(seen) == 1
    assert seen[0].outbox == {reply.id, change.id}
    assert [item.command.id for item in await store.outbox.open_items()] == [reply.id, change.id]
    assert row(store).pending == ("reply", "state")


async def test_the_same_command_twice_is_one_item(store, ticket):
    command = a_command(SendReply("Hello"))
    await store.outbox.submit(command, hold_until=None)
    await store.outbox.submit(command, hold_until=None)
    assert len(await store.outbox.open_items()) == 1


async def test_a_change_shows_at_once_and_a_refusal_rolls_it_back_with_its_mark(store, ticket):
    item = await store.outbox.submit(a_command(SOLVE), hold_until=None)
    assert row(store).state is State.SOLVED
    assert store.lists.overview().scopes[Scope.DONE] == 1
    await store.outbox.update(replace(item, delivery=Delivery.FAILED, problem="closed tickets stay closed"))
    assert row(store).state is State.OPEN
    assert (row(store).needs_agent, row(store).pending) == (True, ("state",))
    assert store.lists.overview().scopes[Scope.DONE] == 0
    assert store.lists.overview().outbox_decisions == 1


async def test_what_needs_the_agent_stands_first(store, ticket):
    await store.outbox.submit(a_command(SOLVE), hold_until=None)
    reply = await store.outbox.submit(a_command(SendReply("x")), hold_until=None)
    await store.outbox.update(replace(reply, delivery=Delivery.NEEDS_DECISION, decision=DecisionReason.THREAD_CHANGED))
    assert row(store).pending == ("reply", "state")


async def test_the_words_behind_a_key_never_become_others(store, ticket):
    item = await store.outbox.submit(a_command(SendReply("Hello")), hold_until=None)
    other = replace(
        item, command=replace(item.command, action=SendReply("Goodbye")), delivery=Delivery.SENDING, attempts=1
    )
    await store.outbox.update(other)
    stored = await store.outbox.get(item.command.id)
    assert (stored.command, stored.delivery, stored.attempts) == (item.command, Delivery.SENDING, 1)


async def test_a_late_move_does_not_wake_what_is_sent_or_withdrawn(store, ticket):
    sent = await store.outbox.submit(a_command(SendReply("a")), hold_until=None)
    await store.outbox.complete(sent, Receipt("r1"), ())
    await store.outbox.update(replace(sent, delivery=Delivery.QUEUED))
    assert (await store.outbox.get(sent.command.id)).delivery is Delivery.SENT
    undone = await store.outbox.submit(a_command(SendReply("b")), hold_until=None)
    assert await store.outbox.withdraw(undone.command.id, None)
    await store.outbox.update(undone)
    assert await store.outbox.open_items() == ()


async def test_a_sent_reply_without_further_words_becomes_a_message_made_from_it(store, ticket):
    item = await store.outbox.submit(a_command(SendReply("On its way", html="<b>On its way</b>")), hold_until=None)
    await store.outbox.complete(replace(item, last_sent=START), Receipt("r1"), ())
    message = (await store.threads.messages(ONE))[-1]
    assert (message.id, message.text, message.html) == ("r1", "On its way", "<b>On its way</b>")
    assert (message.side, message.visibility, message.author.email) == (Side.AGENT, Visibility.PUBLIC, ME)
    assert (row(store).turn, row(store).pending, row(store).unread) == (Turn.THEM, (), True)  # sending is not seeing
    assert await store.outbox.open_items() == ()


async def test_a_read_that_began_before_the_send_does_not_take_the_reply_away(store, ticket, clock):
    item = await store.outbox.submit(a_command(SendReply("On its way")), hold_until=None)
    await store.outbox.complete(replace(item, last_sent=clock.now()), Receipt("r1"), ())
    await store.threads.apply(ONE, *a_thread(a_message("m1")))
    assert [each.id for each in await store.threads.messages(ONE)] == ["m1", "r1"]
    clock.advance(hours=1)
    await store.threads.apply(ONE, *a_thread(a_message("m1")))
    assert [each.id for each in await store.threads.messages(ONE)] == ["m1"]


async def test_the_message_in_a_receipt_is_stored_as_told(store, ticket):
    item = await store.outbox.submit(a_command(SendReply("x")), hold_until=None)
    message = a_message("r1", "x (sent by the vendor)", side=Side.AGENT)
    await store.outbox.complete(item, Receipt("r1", message=remote_message(message)), (message,))
    assert (await store.threads.messages(ONE))[-1] == message


async def test_an_edit_without_further_words_becomes_server_state(store, ticket):
    for action in (SOLVE, EditTags(add=("vip",)), Assign("", COLLEAGUE), EditField("plan", "Plan", None, "gold")):
        item = await store.outbox.submit(a_command(action), hold_until=None)
        await store.outbox.complete(item, Receipt("1"), ())
    now = await store.tickets.get(ONE)
    assert (now.state, now.state_id, now.tags, now.assignee, now.fields) == (
        State.SOLVED,
        "solved",
        ("vip",),
        COLLEAGUE,
        {"plan": "gold"},
    )
    assert row(store).pending == ()


async def test_the_ticket_in_a_receipt_wins_over_the_command(store, ticket):
    item = await store.outbox.submit(a_command(SOLVE), hold_until=None)
    await store.outbox.complete(item, Receipt("1", ticket=remote_ticket(a_ticket("1", state=State.CLOSED))), ())
    assert (await store.tickets.get(ONE)).state is State.CLOSED


async def test_one_remote_id_never_proves_two_sends(store, ticket, clock):
    first = await store.outbox.submit(a_command(SendReply("Thanks")), hold_until=None)
    second = await store.outbox.submit(a_command(SendReply("Thanks")), hold_until=None)
    await store.outbox.complete(first, Receipt("r1"), ())
    assert await store.outbox.sent_ids(ONE) == {"r1"}
    with pytest.raises(OutcomeUnknown):
        await store.outbox.complete(second, Receipt("r1"), ())
    assert (await store.outbox.get(second.command.id)).delivery is Delivery.QUEUED
    clock.advance(days=40)
    assert await store.outbox.delete_sent(clock.now()) == 1
    assert await store.outbox.get(first.command.id) is None
    assert await store.outbox.sent_ids(ONE) == {"r1"}
    with pytest.raises(OutcomeUnknown):
        await store.outbox.complete(second, Receipt("r1"), ())


async def test_pushing_a_record_again_may_be_confirmed_by_the_same_id(store, ticket):
    for _ in range(2):
        item = await store.outbox.submit(a_command(PushRecord("contact", "x"), ticket=None), hold_until=None)
        await store.outbox.complete(item, Receipt("uuid-1"), ())
    assert await store.outbox.open_items() == ()


async def test_undo_brings_the_draft_back_before_what_was_typed_meanwhile(store, ticket, seen):
    item = await store.outbox.submit(a_command(SendReply("First")), hold_until=START)
    await store.drafts.put(ONE, Draft("reply", "Second"))
    assert await store.outbox.withdraw(item.command.id, Draft("reply", "First", cc=("a@x.test",)))
    draft = await store.drafts.get(ONE, "reply")
    assert (draft.text, draft.cc) == ("First\n\nSecond", ("a@x.test",))
    assert (row(store).pending, row(store).has_draft) == ((), True)


async def test_what_is_leaving_cannot_be_taken_back(store, ticket):
    item = await store.outbox.submit(a_command(SendReply("x")), hold_until=None)
    await store.outbox.update(replace(item, delivery=Delivery.SENDING))
    assert not await store.outbox.withdraw(item.command.id, Draft("reply", "x"))
    assert await store.drafts.get(ONE, "reply") is None
    assert not await store.outbox.withdraw(new_command_id(), None)


async def test_at_start_what_was_being_sent_is_unknown_and_what_was_held_goes_on(store, ticket):
    sending = await store.outbox.submit(a_command(SendReply("a")), hold_until=None)
    await store.outbox.update(replace(sending, delivery=Delivery.SENDING))
    held = await store.outbox.submit(a_command(SendReply("b")), hold_until=START + timedelta(seconds=9))
    assert await store.outbox.recover() == 1
    assert (await store.outbox.get(sending.command.id)).delivery is Delivery.UNKNOWN
    again = await store.outbox.get(held.command.id)
    assert (again.delivery, again.not_before) == (Delivery.QUEUED, START + timedelta(seconds=9))


async def test_a_ticket_made_here_moves_to_its_vendors_id_with_everything_that_hangs_on_it(store, seen):
    local = local_ticket(ACCOUNT, new_command_id())
    made = await store.outbox.submit(a_command(CreateTicket("Broken"), local), hold_until=None)
    reply = await store.outbox.submit(a_command(SendReply("hi"), local, after=made.command.id), hold_until=None)
    await store.drafts.put(local, Draft("note", "remember"))
    await store.threads.add_note(local, a_message("n1", "local note", visibility=Visibility.LOCAL))
    assert row(store, local).subject == "Broken"
    await store.outbox.complete(made, Receipt("77", ticket=remote_ticket(a_ticket("77", subject="Broken"))), ())
    named = TicketKey(ACCOUNT, "77")
    assert store.lists.rows([local]) == []
    assert (row(store, named).pending, row(store, named).has_draft) == (("reply",), True)
    assert (await store.outbox.get(reply.command.id)).command.ticket == named
    assert (await store.drafts.get(named, "note")).text == "remember"
    assert [each.id for each in await store.threads.messages(named)] == ["n1"]
    assert {local, named} <= seen[-1].tickets
    await store.outbox.update(replace(reply, delivery=Delivery.SENDING))
    assert (await store.outbox.get(reply.command.id)).command.ticket == named


async def test_what_is_written_just_after_a_ticket_was_named_is_found_under_its_name(store):
    maker = new_command_id()
    local, named = local_ticket(ACCOUNT, maker), TicketKey(ACCOUNT, "77")
    made = await store.outbox.submit(a_command(CreateTicket("Broken"), local, id=maker), hold_until=None)
    await store.drafts.put(local, Draft("reply", "typed bef"))
    await store.outbox.complete(made, Receipt("77", ticket=remote_ticket(a_ticket("77", subject="Broken"))), ())
    await store.drafts.put(local, Draft("reply", "typed before and after"))
    await store.threads.add_note(local, a_message("n1", "local note", visibility=Visibility.LOCAL))
    assert (await store.drafts.get(named, "reply")).text == "typed before and after"
    assert (await store.drafts.get(local, "reply")).text == "typed before and after"
    assert [key for key, _ in await store.drafts.all()] == [named]
    assert [each.id for each in await store.threads.messages(named)] == ["n1"]
    assert row(store, named).has_draft


async def test_a_made_ticket_that_a_sync_brought_first_is_one_ticket(store):
    local = local_ticket(ACCOUNT, new_command_id())
    made = await store.outbox.submit(a_command(CreateTicket("Broken"), local), hold_until=None)
    await store.drafts.put(local, Draft("reply", "typed here"))
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("77", subject="Broken")))
    await store.drafts.put(TicketKey(ACCOUNT, "77"), Draft("reply", "typed there"))
    await store.outbox.complete(made, Receipt("77"), ())
    assert [each.key.remote for each in store.lists.first_page(TicketQuery(), 9)] == ["77"]
    assert (await store.drafts.get(TicketKey(ACCOUNT, "77"), "reply")).text == "typed here\n\ntyped there"


async def test_undoing_a_new_ticket_takes_it_off_the_list(store):
    local = local_ticket(ACCOUNT, new_command_id())
    made = await store.outbox.submit(a_command(CreateTicket("Broken"), local), hold_until=START)
    assert await store.outbox.withdraw(made.command.id, None)
    assert store.lists.first_page(TicketQuery(), 9) == []
    assert store.lists.overview().scopes[Scope.ALL] == 0


async def test_recent_shows_what_is_open_and_the_last_sent_newest_first(store, ticket, clock):
    items = [await store.outbox.submit(a_command(SendReply(str(n))), hold_until=None) for n in range(4)]
    for item in items[:3]:
        clock.advance(seconds=1)
        await store.outbox.complete(item, Receipt(f"r{item.command.action.text}"), ())
    assert [each.command.action.text for each in await store.outbox.recent(2)] == ["3", "2", "1"]


async def test_bytes_are_kept_while_something_needs_them(store, ticket, clock):
    kept, drafted, loose = [
        await store.blobs.put(f"{n}.txt", "text/plain", n.encode()) for n in ("kept", "drafted", "loose")
    ]
    late = await store.blobs.put("late.txt", "text/plain", b"late")
    assert isinstance(kept, OutgoingFile)
    await store.outbox.submit(a_command(SendReply("see file", files=(kept,))), hold_until=None)
    await store.outbox.submit(a_command(UploadFile("m1", late, START)), hold_until=None)
    await store.drafts.put(ONE, Draft("reply", "", files=(drafted,)))
    clock.advance(days=2)
    await store.tidy()
    assert [await store.blobs.get(each.blob) for each in (kept, drafted, late, loose)] == [
        b"kept",
        b"drafted",
        b"late",
        None,
    ]


async def test_half_an_emoji_in_a_reply_does_not_lose_it(store, ticket):
    item = await store.outbox.submit(a_command(SendReply("Thanks \ud83d")), hold_until=None)
    assert (await store.outbox.get(item.command.id)).command.action.text == "Thanks \ufffd"


async def test_a_reply_that_is_taken_back_takes_what_follows_with_it_in_one_commit(store, ticket, seen):
    reply = a_command(SendReply("Hello"))
    change = replace(a_command(SOLVE), after=reply.id)
    later = replace(a_command(EditTags(add=("x",))), after=change.id)
    other = a_command(EditTags(add=("y",)))
    await store.outbox.submit(reply, hold_until=None, followers=(change, later, other))
    seen.clear()
    assert await store.outbox.withdraw(reply.id, Draft("reply", "Hello"))
    assert len(seen) == 1
    assert seen[0].outbox == {reply.id, change.id, later.id}
    assert [item.command.id for item in await store.outbox.open_items()] == [other.id]


async def test_what_is_too_late_to_be_taken_back_keeps_what_follows_it(store, ticket):
    reply = a_command(SendReply("Hello"))
    change = replace(a_command(SOLVE), after=reply.id)
    item = await store.outbox.submit(reply, hold_until=None, followers=(change,))
    await store.outbox.update(replace(item, delivery=Delivery.SENDING))
    assert not await store.outbox.withdraw(reply.id, Draft("reply", "Hello"))
    assert len(await store.outbox.open_items()) == 2


async def test_the_files_of_a_removed_account_go_with_it_and_those_of_others_stay(store, ticket):
    kept, sent, drafted, foreign = [await store.blobs.put(f"{n}.txt", "text/plain", b"x") for n in range(4)]
    item = await store.outbox.submit(a_command(SendReply("a", files=(sent,))), hold_until=None)
    await store.outbox.complete(item, Receipt("r1"), ())
    await store.outbox.submit(a_command(UploadFile("m1", kept)), hold_until=None)
    await store.drafts.put(ONE, Draft("reply", "b", files=(drafted,)))
    await store.accounts.put(an_account(AccountId("other")))
    await store.drafts.put(TicketKey(AccountId("other"), "1"), Draft("reply", "c", files=(foreign,)))
    await store.accounts.remove(ACCOUNT)
    found = [await store.blobs.get(file.blob) for file in (kept, sent, drafted, foreign)]
    assert found == [None, None, None, b"x"]


async def test_a_listener_that_stumbles_does_not_leave_the_writer_waiting_for_ever(store, ticket, change_bus):
    def stumble(_changes):
        raise ZeroDivisionError

    told = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context["exception"]))
    unsubscribe = change_bus.subscribe(stumble)
    async with asyncio.timeout(WAIT_SECONDS):
        await store.outbox.submit(a_command(SOLVE), hold_until=None)
    unsubscribe()
    assert [type(error) for error in told] == [ZeroDivisionError]
    assert len(await store.outbox.open_items()) == 1


async def test_a_line_that_is_half_typed_is_kept_with_its_ticket_though_there_is_nothing_to_send(store):
    half = Draft("reply", "", extra={CC_TYPED: "half@exam"})
    await store.drafts.put(ONE, half)
    kept = await store.drafts.get(ONE, "reply")
    assert kept is not None
    assert kept.extra == half.extra
    await store.drafts.put(ONE, Draft("reply", ""))
    assert await store.drafts.get(ONE, "reply") is None


async def test_changes_of_several_tickets_go_in_together_and_are_held_released_and_taken_back(store, ticket):
    first, second, text = a_command(SOLVE), a_command(EditTags(("late",))), a_command(SendReply("Hello"))
    run = BulkRun("run", "Change 2 tickets", START, (BulkEntry(ONE, first.id), BulkEntry(ONE, reason="Nothing.")))
    await store.outbox.submit_all((first, second), run)
    await store.outbox.submit_all((first, second), run)  # a second time changes nothing
    await store.outbox.submit(text, hold_until=None)
    assert [one.command.id for one in await store.outbox.open_items()] == [first.id, second.id, text.id]
    assert await store.outbox.runs() == (run,)
    everything = (first.id, second.id, text.id)
    await store.outbox.hold(everything)
    await store.outbox.recover()
    assert all(one.is_paused for one in (await store.outbox.get_all(everything)).values())
    await store.outbox.release(everything)
    assert {one.delivery for one in (await store.outbox.get_all(everything)).values()} == {Delivery.QUEUED}
    assert await store.outbox.withdraw_all(everything) == {first.id, second.id}
    assert [one.command.id for one in await store.outbox.open_items()] == [text.id], "a text has a draft to go back to"
    assert row(store).pending == ("reply",)
    await store.outbox.forget_run("run")
    assert await store.outbox.runs() == ()


async def test_what_comes_after_a_change_is_taken_back_with_it(store, ticket):
    first = a_command(SOLVE)
    after = replace(a_command(EditTags(("late",))), after=first.id)
    await store.outbox.submit(first, hold_until=None, followers=(after,))
    await store.outbox.withdraw_all((first.id,))
    assert await store.outbox.open_items() == ()


async def test_results_nobody_reads_go_with_what_was_sent_long_ago(store, ticket):
    await store.outbox.submit_all((), BulkRun("run", "Change", START, ()))
    await store.outbox.delete_sent(START)
    assert len(await store.outbox.runs()) == 1
    await store.outbox.delete_sent(START + timedelta(seconds=1))
    assert await store.outbox.runs() == ()
