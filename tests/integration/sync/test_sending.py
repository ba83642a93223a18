"""From the reply box to the vendor: guards, questions, lost answers, and the way back."""

import pytest
from tests.helpers.service_harness import ON_REQUEST

from deskhand.domain.accounts import Health
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import ChangeState, Command, DecisionReason, EditField, SendReply
from deskhand.domain.ids import new_command_id
from deskhand.domain.threads import Delivery, Draft, Resolution, Visibility
from deskhand.services.ticket_commands import NOTE, REPLY, Accepted, Refused


async def test_a_customers_new_message_arrives_and_is_new_for_the_agent(start_services):
    harness, account = await start_services("nexuscore")
    key = await harness.find_ticket(account)
    await harness.services.tickets.set_read([key])
    harness.server(account).add_customer_message(key.remote, "It broke again.")

    async def shown() -> bool:
        row = harness.services.lists.rows([key])[0]
        return row.unread and (await harness.view(key)).messages[-1].text == "It broke again."

    await harness.wait_until(shown)


async def test_a_newer_message_stops_a_reply_with_a_question_until_the_agent_decides(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    harness.server(account).add_customer_message(key.remote, "Never mind, it works.")
    first = await harness.reply(key, "Please try again.")
    item = await harness.wait_delivery(first, Delivery.NEEDS_DECISION)
    assert item.decision is DecisionReason.THREAD_CHANGED
    assert harness.received(account) == []
    assert isinstance(await harness.services.commands.resolve(first, Resolution.DRAFT), Accepted)
    draft = await harness.services.drafts.get(key, REPLY)
    assert draft.text == "Please try again."
    again = await harness.reply(key, draft.text)  # written with the new message on screen
    await harness.wait_delivery(again)
    harness.server(account).add_customer_message(key.remote, "Or not.")
    third = await harness.reply(key, "As I said.")
    await harness.wait_delivery(third, Delivery.NEEDS_DECISION)
    await harness.services.commands.resolve(third, Resolution.AGAIN)
    await harness.wait_delivery(third)
    assert [entry["text"] for entry in harness.received(account)] == ["Please try again.", "As I said."]


async def test_what_a_newer_message_stopped_is_shown_beside_it_and_cannot_be_said_to_have_been_sent(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    harness.server(account).add_customer_message(key.remote, "Never mind, it works.")
    command = await harness.reply(key, "Please try again.")
    await harness.wait_delivery(command, Delivery.NEEDS_DECISION)
    view = await harness.view(key)
    stopped = view.messages[-1]
    newer = next(m for m in view.messages if m.id == stopped.stopped_by)
    assert newer.text == "Never mind, it works."
    assert [option.label for option in stopped.options] == ["Send anyway", "Edit", "Discard"]
    refused = await harness.services.commands.resolve(command, Resolution.WAS_SENT)
    assert refused == Refused("Nothing was sent: it was stopped before it left.")
    assert (await harness.outbox_item(command)).delivery is Delivery.NEEDS_DECISION
    assert harness.received(account) == []


async def test_what_the_agent_says_was_sent_stays_in_the_conversation_marked_so(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    harness.server(account).faults.drop_before(methods=("POST",))
    command = await harness.reply(key, "The part is on its way.")
    await harness.wait_delivery(command, Delivery.NEEDS_DECISION)
    newest = (await harness.view(key)).newest
    assert isinstance(await harness.services.commands.resolve(command, Resolution.WAS_SENT), Accepted)
    await harness.services.engine.read(key)  # the vendor knows nothing of it
    view = await harness.view(key)
    said = [m for m in view.messages if m.unconfirmed]
    assert [(m.text, m.visibility, m.mine) for m in said] == [("The part is on its way.", Visibility.PUBLIC, True)]
    assert view.newest == newest  # the guard of the next reply asks the vendor about its own messages only


async def test_a_discarded_reply_is_gone_and_an_edited_one_is_a_draft(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    commands = []
    for text in ("First.", "Second."):
        harness.server(account).add_customer_message(key.remote, "Or not.")
        commands.append(await harness.reply(key, text))
        await harness.wait_delivery(commands[-1], Delivery.NEEDS_DECISION)
        await harness.services.engine.read(key)
    assert isinstance(await harness.services.commands.resolve(commands[0], Resolution.DISCARD), Accepted)
    assert (await harness.services.drafts.get(key, REPLY)).is_empty
    await harness.services.commands.resolve(commands[1], Resolution.DRAFT)
    assert (await harness.services.drafts.get(key, REPLY)).text == "Second."
    assert await harness.store.outbox.items(key) == ()


async def test_a_file_that_came_too_late_is_not_lost_but_goes_into_a_draft(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    file = await harness.store.blobs.put("plan.pdf", "application/pdf", b"plan")
    harness.server(account).faults.status(429, times=None, path="/attachment", methods=("POST",))
    command = await harness.reply(key, "See the plan.", files=(file,))
    await harness.wait_delivery(command)
    (upload,) = await harness.store.outbox.items(key)
    harness.clock.advance(3600)
    harness.services.engine.wake_outbox()
    await harness.wait_delivery(upload.command.id, Delivery.NEEDS_DECISION)
    assert (await harness.outbox_item(upload.command.id)).decision is DecisionReason.WINDOW_PASSED
    assert "no more" in (await harness.services.commands.resolve(upload.command.id, Resolution.AGAIN)).message
    await harness.services.commands.resolve(upload.command.id, Resolution.DRAFT)
    assert (await harness.services.drafts.get(key, REPLY)).files == (file,)


async def test_two_replies_in_a_row_do_not_question_each_other(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    commands = [await harness.reply(key, text) for text in ("First.", "Second.")]
    for command in commands:
        await harness.wait_delivery(command)
    assert [entry["text"] for entry in harness.received(account)] == ["First.", "Second."]


@pytest.mark.parametrize(
    "fault",
    [
        lambda faults, **where: faults.accept_and_drop(**where),
        lambda faults, **where: faults.accept_and_status(500, **where),
        lambda faults, **where: faults.accept_and_status(504, **where),
    ],
)
async def test_a_lost_answer_is_settled_by_reading_the_conversation(start_services, fault):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    fault(harness.server(account).faults, path="/messages", methods=("POST",))
    item = await harness.wait_delivery(await harness.reply(key, "Is it there?"))
    assert (item.confirmation, item.attempts) == ("found", 1)
    assert len(harness.received(account)) == 1


async def test_an_answer_lost_before_the_vendor_took_it_is_asked_about_and_never_sent_again_unasked(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    harness.server(account).faults.drop_before(methods=("POST",))
    command = await harness.reply(key, "Is it there?")
    item = await harness.wait_delivery(command, Delivery.NEEDS_DECISION)
    assert item.decision is DecisionReason.MAY_HAVE_BEEN_SENT
    assert harness.received(account) == []
    await harness.services.commands.resolve(command, Resolution.AGAIN)
    await harness.wait_delivery(command)
    assert len(harness.received(account)) == 1


async def test_a_keyed_vendor_gets_the_same_bytes_again_and_keeps_one(start_services):
    harness, account = await start_services("thena", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    harness.server(account).faults.accept_and_drop(path="/comment", methods=("POST",))
    item = await harness.wait_delivery(await harness.reply(key, "Once."))
    assert (item.confirmation, item.attempts) == ("answer", 2)
    (entry,) = harness.received(account)
    assert (entry["key"], entry["times"]) == (item.command.id, 2)


async def test_two_equal_texts_are_two_messages_even_when_both_answers_are_lost(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    harness.server(account).faults.accept_and_drop(times=2, path="/messages", methods=("POST",))
    commands = [await harness.reply(key, "Thanks.") for _ in range(2)]
    items = [await harness.wait_delivery(command) for command in commands]
    assert len({item.remote_id for item in items}) == 2
    assert [entry["text"] for entry in harness.received(account)] == ["Thanks.", "Thanks."]


async def test_the_state_follows_its_reply_and_does_not_when_the_reply_is_refused(start_services):
    harness, account = await start_services("thena", pace=ON_REQUEST)
    key, second = await harness.find_ticket(account), await harness.find_ticket(account, skip=1)
    await harness.reply(key, "Done.", then=await harness.other_state(key))
    await harness.wait_until(lambda: len(harness.received(account, "message", "change")) == 2)
    assert [entry["kind"] for entry in harness.received(account, "message", "change")] == ["message", "change"]
    harness.server(account).faults.status(400, path="/comment", methods=("POST",), body='{"error": "too odd"}')
    refused = await harness.reply(second, "Done.", then=await harness.other_state(second))
    item = await harness.wait_delivery(refused, Delivery.FAILED)
    assert "too odd" in item.problem
    left = await harness.services.engine.drain(10)
    assert [i.delivery for i in left] == [Delivery.FAILED, Delivery.QUEUED]
    assert len(harness.received(account, "change")) == 1
    undone = await harness.services.commands.undo(refused)
    assert undone is not None
    assert undone.draft is not None
    assert undone.draft.text == "Done."
    assert await harness.store.outbox.open_items() == ()


async def test_a_colleagues_change_of_the_same_field_is_asked_about(start_services):
    harness, account = await start_services("thena", pace=ON_REQUEST)
    key = await harness.find_ticket(account, Feature.STATE)
    seen_first = await harness.other_state(key)
    assert isinstance(await harness.services.commands.change(key, seen_first), Accepted)
    await harness.services.engine.drain(20)
    group = (await harness.stored_ticket(key)).group
    choices = (await harness.view(key)).capabilities.states_for(group.id if group else None)
    third = next(c for c in choices if c.id not in (seen_first.base, seen_first.to))
    harness.clock.advance(10)  # by now the window shows the first one: who goes by the value before means another's
    late = await harness.services.commands.change(key, ChangeState(seen_first.base, third.id, third.label, third.state))
    assert isinstance(late, Accepted)
    item = await harness.wait_delivery(late.command, Delivery.NEEDS_DECISION)
    assert item.decision is DecisionReason.CHANGED_BY_OTHERS
    assert seen_first.label in item.problem
    await harness.services.commands.resolve(late.command, Resolution.AGAIN)
    await harness.wait_delivery(late.command)
    assert (await harness.stored_ticket(key)).state_id == third.id


async def test_undo_brings_back_exactly_the_draft_with_its_files_and_takes_back_what_came_after(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    file = await harness.services.drafts.attach("a.txt", "text/plain", b"hello")
    seen = (await harness.view(key)).newest
    draft = Draft(REPLY, "With a file.", "<p>With <b>a</b> file.</p>", (), (file,), 12, seen)
    await harness.services.drafts.save(key, draft)
    close = await harness.other_state(key)
    outcome = await harness.services.commands.send(key, draft, then=close)
    assert isinstance(outcome, Accepted)
    assert len(await harness.store.outbox.open_items()) == 3
    assert (await harness.services.drafts.get(key, REPLY)).is_empty
    undone = await harness.services.commands.undo(outcome.command)
    assert undone is not None
    back = await harness.services.drafts.get(key, REPLY)
    assert (back.text, back.html, back.files, back.seen) == (draft.text, draft.html, draft.files, draft.seen)
    assert await harness.store.outbox.open_items() == ()
    assert await harness.store.blobs.get(file.blob) == b"hello"
    assert harness.received(account, "message", "change", "upload") == []


async def test_what_is_taken_back_while_the_conversation_is_looked_at_never_leaves(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key, other = await harness.find_ticket(account), await harness.find_ticket(account, skip=1)
    server = harness.server(account)
    server.faults.latency(1.0, path=key.remote, methods=("GET",))
    command = await harness.reply(key, "Oh no.")
    await harness.wait_until(lambda: server.middleware.delayed)
    assert (await harness.outbox_item(command)).delivery is Delivery.QUEUED
    assert await harness.services.commands.undo(command) is not None
    await harness.wait_until(lambda: not server.middleware.delayed)
    await harness.wait_delivery(await harness.reply(other, "Something else."))
    assert [entry["text"] for entry in harness.received(account)] == ["Something else."]
    assert (await harness.services.drafts.get(key, REPLY)).text == "Oh no."


async def test_files_follow_their_message(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    files = tuple([await harness.services.drafts.attach(f"{n}.txt", "text/plain", b"hello") for n in "ab"])
    outcome = await harness.services.commands.send(key, Draft(REPLY, "Two files.", files=files), hold=False)
    assert isinstance(outcome, Accepted)
    assert await harness.services.engine.drain(20) == ()
    assert [entry["kind"] for entry in harness.received(account, "message", "upload")] == [
        "message",
        "upload",
        "upload",
    ]


async def test_a_file_that_is_taken_back_brings_its_message_back_and_is_not_sent_with_it(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    file = await harness.services.drafts.attach("a.txt", "text/plain", b"hello")
    outcome = await harness.services.commands.send(key, Draft(REPLY, "One file.", files=(file,)))
    assert isinstance(outcome, Accepted)
    upload = (await harness.store.outbox.open_items())[-1]
    assert upload.command.after == outcome.command
    undone = await harness.services.commands.undo(upload.command.id)
    assert undone is not None
    assert undone.draft is not None
    assert (undone.draft.text, undone.draft.files) == ("One file.", (file,))
    assert await harness.store.outbox.open_items() == ()


async def test_a_file_of_a_message_that_is_on_its_way_is_not_taken_back_alone(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    file = await harness.services.drafts.attach("a.txt", "text/plain", b"hello")
    harness.server(account).faults.latency(30, methods=("POST",))
    outcome = await harness.services.commands.send(key, Draft(REPLY, "One file.", files=(file,)), hold=False)
    assert isinstance(outcome, Accepted)
    await harness.wait_delivery(outcome.command, Delivery.SENDING)
    upload = (await harness.store.outbox.open_items())[-1]
    assert await harness.services.commands.undo(upload.command.id) is None
    assert len(await harness.store.outbox.open_items()) == 2
    harness.server(account).faults.clear()


async def test_a_program_that_died_between_a_reply_and_its_files_still_adds_them(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    file = await harness.services.drafts.attach("a.txt", "text/plain", b"hello")
    seen = (await harness.view(key)).newest
    reply = Command(
        new_command_id(), account.id, key, SendReply("One file.", files=(file,), seen=seen), harness.clock.now()
    )
    await harness.store.outbox.submit(reply, hold_until=None)  # and no more: this is what a kill leaves behind
    assert await harness.services.engine.drain(20) == ()
    assert [entry["kind"] for entry in harness.received(account, "message", "upload")] == ["message", "upload"]


async def test_a_file_that_misses_the_vendors_five_minutes_is_asked_about(start_services):
    harness, account = await start_services("mijnklantportaal", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    file = await harness.services.drafts.attach("a.txt", "text/plain", b"hello")
    harness.server(account).faults.status(429, path="/attachment", retry_after=20)
    outcome = await harness.services.commands.send(key, Draft(REPLY, "One file.", files=(file,)), hold=False)
    assert isinstance(outcome, Accepted)
    await harness.wait_delivery(outcome.command)

    async def upload():
        return next(iter(await harness.store.outbox.open_items()))

    await harness.wait_until(lambda: harness.server(account).counts().get("POST /api/v1/tickets/{ticket_id}", True))
    await harness.wait_health(account, Health.WAITING)
    harness.clock.advance(301)
    harness.services.engine.wake_outbox()
    await harness.wait_until(lambda: _asks(upload))
    item = await upload()
    assert item.decision is DecisionReason.WINDOW_PASSED
    assert harness.received(account, "upload") == []


async def _asks(upload) -> bool:
    return (await upload()).delivery is Delivery.NEEDS_DECISION


async def test_a_ticket_that_is_gone_keeps_what_was_typed(start_services):
    harness, account = await start_services("nexuscore", pace=ON_REQUEST)
    key = await harness.find_ticket(account)
    await harness.services.drafts.save(key, Draft(NOTE, "Half a thought"))
    command = await harness.reply(key, "Hello?", hold=True)
    harness.server(account).faults.status(404, path=key.remote, times=None, body='{"error": "gone"}')
    await harness.services.commands.send_now(command)
    await harness.wait_delivery(command, Delivery.FAILED)
    assert "does not have this" in (await harness.outbox_item(command)).problem
    undone = await harness.services.commands.undo(command)
    assert undone is not None
    assert {draft.text for _, draft in await harness.services.drafts.all()} == {"Half a thought", "Hello?"}


async def test_a_subject_of_somebody_else_survives_a_restart_of_the_question(start_services):
    harness, account = await start_services("thena", pace=ON_REQUEST)
    key = await harness.find_ticket(account, Feature.SUBJECT)
    change = EditField("subject", "Subject", "What nobody wrote", "Mine")
    outcome = await harness.services.commands.change(key, change)
    assert isinstance(outcome, Accepted)
    item = await harness.wait_delivery(outcome.command, Delivery.NEEDS_DECISION)
    assert item.decision is DecisionReason.CHANGED_BY_OTHERS
    subject = (await harness.stored_ticket(key)).subject
    await harness.services.commands.resolve(outcome.command, Resolution.DRAFT)
    assert (await harness.view(key)).ticket.subject == subject
    assert await harness.store.outbox.open_items() == ()


async def test_a_pushed_record_without_an_answer_is_sent_again_only_where_its_vendor_knows_it_again(start_services):
    harness, account = await start_services("thalamus", pace=ON_REQUEST)
    harness.server(account).faults.accept_and_drop(path="/queue", methods=("POST",))
    some_id = "7f3c1f5e-3f0a-4a53-9b3e-1f6f0c6b2a11"
    fields = {"type": "callback", "phone": "+31612345678", "campaign_uuid": some_id, "skill_uuid": some_id}
    command = await harness.services.records.push(account.id, "queue", "Callback for Ada", fields)
    item = await harness.wait_delivery(command, Delivery.NEEDS_DECISION)
    assert (item.decision, item.attempts) == (DecisionReason.MAY_HAVE_BEEN_SENT, 1)
    harness.server(account).faults.accept_and_drop(path="contact", times=1)
    contact = await harness.services.records.push(
        account.id, "contact", "C-1", {"name": "Ada", "email": "ada@example.com"}
    )
    assert (await harness.wait_delivery(contact)).attempts == 2
