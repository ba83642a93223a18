"""From the reply box to the vendor: guards, questions, lost answers, and the way back."""

import pytest
from tests.helpers.houses import LAZY

from deskhand.domain.accounts import Health
from deskhand.domain.capabilities import Feature
from deskhand.domain.commands import AskReason, ChangeState, Command, EditField, SendReply
from deskhand.domain.ids import new_command_id
from deskhand.domain.threads import Delivery, Draft, Resolution, Visibility
from deskhand.services.ticket_commands import NOTE, REPLY, Accepted, Refused


async def other_state(desk, key) -> ChangeState:
    view = await desk.view(key)
    now = view.confirmed
    choices = view.capabilities.states_for(now.shelf.id if now.shelf else None)
    choice = next(c for c in choices if c.id != now.state_id and c.word != now.vendor_state)
    return ChangeState(now.state_id, choice.id, choice.word, choice.meaning)


async def test_a_customers_new_message_arrives_and_is_new_for_the_agent(begin):
    desk, account = await begin("nexuscore")
    key = await desk.ticket(account)
    await desk.house.reading.set_read([key])
    desk.server(account).add_customer_message(key.remote, "It broke again.")

    async def shown() -> bool:
        row = desk.house.views.rows([key])[0]
        return row.unread and (await desk.view(key)).messages[-1].text == "It broke again."

    await desk.until(shown)


async def test_a_newer_message_stops_a_reply_with_a_question_until_the_agent_decides(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    desk.server(account).add_customer_message(key.remote, "Never mind, it works.")
    first = await desk.reply(key, "Please try again.")
    item = await desk.delivered(first, Delivery.ASK)
    assert item.ask is AskReason.THREAD_CHANGED
    assert desk.received(account) == []
    assert isinstance(await desk.house.desk.resolve(first, Resolution.DRAFT), Accepted)
    draft = await desk.house.drafts.get(key, REPLY)
    assert draft.text == "Please try again."
    again = await desk.reply(key, draft.text)  # written with the new message on screen
    await desk.delivered(again)
    desk.server(account).add_customer_message(key.remote, "Or not.")
    third = await desk.reply(key, "As I said.")
    await desk.delivered(third, Delivery.ASK)
    await desk.house.desk.resolve(third, Resolution.AGAIN)
    await desk.delivered(third)
    assert [entry["text"] for entry in desk.received(account)] == ["Please try again.", "As I said."]


async def test_what_a_newer_message_stopped_is_shown_beside_it_and_cannot_be_said_to_have_been_sent(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    desk.server(account).add_customer_message(key.remote, "Never mind, it works.")
    command = await desk.reply(key, "Please try again.")
    await desk.delivered(command, Delivery.ASK)
    view = await desk.view(key)
    stopped = view.messages[-1]
    newer = next(m for m in view.messages if m.id == stopped.held_by)
    assert newer.text == "Never mind, it works."
    assert [option.label for option in stopped.options] == ["Send anyway", "Edit", "Discard"]
    refused = await desk.house.desk.resolve(command, Resolution.WAS_SENT)
    assert refused == Refused("Nothing was sent: it was stopped before it left.")
    assert (await desk.item(command)).delivery is Delivery.ASK
    assert desk.received(account) == []


async def test_what_the_agent_says_was_sent_stays_in_the_conversation_marked_so(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    desk.server(account).faults.drop_before(methods=("POST",))
    command = await desk.reply(key, "The part is on its way.")
    await desk.delivered(command, Delivery.ASK)
    newest = (await desk.view(key)).newest
    assert isinstance(await desk.house.desk.resolve(command, Resolution.WAS_SENT), Accepted)
    await desk.house.reading.refresh(key)  # the vendor knows nothing of it
    view = await desk.view(key)
    said = [m for m in view.messages if m.unconfirmed]
    assert [(m.text, m.visibility, m.mine) for m in said] == [("The part is on its way.", Visibility.PUBLIC, True)]
    assert view.newest == newest  # the guard of the next reply asks the vendor about its own messages only


async def test_a_discarded_reply_is_gone_and_an_edited_one_is_a_draft(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    commands = []
    for text in ("First.", "Second."):
        desk.server(account).add_customer_message(key.remote, "Or not.")
        commands.append(await desk.reply(key, text))
        await desk.delivered(commands[-1], Delivery.ASK)
        await desk.house.reading.refresh(key)
    assert isinstance(await desk.house.desk.resolve(commands[0], Resolution.DISCARD), Accepted)
    assert (await desk.house.drafts.get(key, REPLY)).is_empty
    await desk.house.desk.resolve(commands[1], Resolution.DRAFT)
    assert (await desk.house.drafts.get(key, REPLY)).text == "Second."
    assert await desk.store.outbox.items(key) == ()


async def test_a_file_that_came_too_late_is_not_lost_but_goes_into_a_draft(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    file = await desk.store.blobs.put("plan.pdf", "application/pdf", b"plan")
    desk.server(account).faults.status(429, times=None, path="/attachment", methods=("POST",))
    command = await desk.reply(key, "See the plan.", files=(file,))
    await desk.delivered(command)
    (upload,) = await desk.store.outbox.items(key)
    desk.clock.pass_time(3600)
    desk.house.engine.wake_outbox()
    await desk.delivered(upload.command.id, Delivery.ASK)
    assert (await desk.item(upload.command.id)).ask is AskReason.WINDOW_PASSED
    assert "no more" in (await desk.house.desk.resolve(upload.command.id, Resolution.AGAIN)).words
    await desk.house.desk.resolve(upload.command.id, Resolution.DRAFT)
    assert (await desk.house.drafts.get(key, REPLY)).files == (file,)


async def test_two_replies_in_a_row_do_not_question_each_other(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    commands = [await desk.reply(key, text) for text in ("First.", "Second.")]
    for command in commands:
        await desk.delivered(command)
    assert [entry["text"] for entry in desk.received(account)] == ["First.", "Second."]


@pytest.mark.parametrize(
    "fault",
    [
        lambda faults, **where: faults.accept_and_drop(**where),
        lambda faults, **where: faults.accept_and_status(500, **where),
        lambda faults, **where: faults.accept_and_status(504, **where),
    ],
)
async def test_a_lost_answer_is_settled_by_reading_the_conversation(begin, fault):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    fault(desk.server(account).faults, path="/messages", methods=("POST",))
    item = await desk.delivered(await desk.reply(key, "Is it there?"))
    assert (item.proof, item.attempts) == ("found", 1)
    assert len(desk.received(account)) == 1


async def test_an_answer_lost_before_the_vendor_took_it_is_asked_about_and_never_sent_again_unasked(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    desk.server(account).faults.drop_before(methods=("POST",))
    command = await desk.reply(key, "Is it there?")
    item = await desk.delivered(command, Delivery.ASK)
    assert item.ask is AskReason.MAY_HAVE_BEEN_SENT
    assert desk.received(account) == []
    await desk.house.desk.resolve(command, Resolution.AGAIN)
    await desk.delivered(command)
    assert len(desk.received(account)) == 1


async def test_a_keyed_vendor_gets_the_same_bytes_again_and_keeps_one(begin):
    desk, account = await begin("thena", pace=LAZY)
    key = await desk.ticket(account)
    desk.server(account).faults.accept_and_drop(path="/comment", methods=("POST",))
    item = await desk.delivered(await desk.reply(key, "Once."))
    assert (item.proof, item.attempts) == ("answer", 2)
    (entry,) = desk.received(account)
    assert (entry["key"], entry["times"]) == (item.command.id, 2)


async def test_two_equal_texts_are_two_messages_even_when_both_answers_are_lost(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    desk.server(account).faults.accept_and_drop(times=2, path="/messages", methods=("POST",))
    commands = [await desk.reply(key, "Thanks.") for _ in range(2)]
    items = [await desk.delivered(command) for command in commands]
    assert len({item.remote_id for item in items}) == 2
    assert [entry["text"] for entry in desk.received(account)] == ["Thanks.", "Thanks."]


async def test_the_state_follows_its_reply_and_does_not_when_the_reply_is_refused(begin):
    desk, account = await begin("thena", pace=LAZY)
    key, second = await desk.ticket(account), await desk.ticket(account, skip=1)
    await desk.reply(key, "Done.", then=await other_state(desk, key))
    await desk.until(lambda: len(desk.received(account, "message", "change")) == 2)
    assert [entry["kind"] for entry in desk.received(account, "message", "change")] == ["message", "change"]
    desk.server(account).faults.status(400, path="/comment", methods=("POST",), body='{"error": "too odd"}')
    refused = await desk.reply(second, "Done.", then=await other_state(desk, second))
    item = await desk.delivered(refused, Delivery.FAILED)
    assert "too odd" in item.problem
    left = await desk.house.engine.drain(10)
    assert [i.delivery for i in left] == [Delivery.FAILED, Delivery.QUEUED]
    assert len(desk.received(account, "change")) == 1
    undone = await desk.house.desk.undo(refused)
    assert undone is not None
    assert undone.draft is not None
    assert undone.draft.text == "Done."
    assert await desk.store.outbox.open_items() == ()


async def test_a_colleagues_change_of_the_same_field_is_asked_about(begin):
    desk, account = await begin("thena", pace=LAZY)
    key = await desk.ticket(account, Feature.STATE)
    seen_first = await other_state(desk, key)
    assert isinstance(await desk.house.desk.change(key, seen_first), Accepted)
    await desk.house.engine.drain(20)
    shelf = (await desk.confirmed(key)).shelf
    choices = (await desk.view(key)).capabilities.states_for(shelf.id if shelf else None)
    third = next(c for c in choices if c.id not in (seen_first.base, seen_first.to))
    late = await desk.house.desk.change(key, ChangeState(seen_first.base, third.id, third.word, third.meaning))
    assert isinstance(late, Accepted)
    item = await desk.delivered(late.command, Delivery.ASK)
    assert item.ask is AskReason.CHANGED_BY_OTHERS
    assert seen_first.word in item.problem
    await desk.house.desk.resolve(late.command, Resolution.AGAIN)
    await desk.delivered(late.command)
    assert (await desk.confirmed(key)).state_id == third.id


async def test_undo_brings_back_exactly_the_draft_with_its_files_and_takes_back_what_came_after(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    file = await desk.house.drafts.attach("a.txt", "text/plain", b"hello")
    seen = (await desk.view(key)).newest
    draft = Draft(REPLY, "With a file.", "<p>With <b>a</b> file.</p>", (), (file,), 12, seen)
    await desk.house.drafts.keep(key, draft)
    close = await other_state(desk, key)
    outcome = await desk.house.desk.send(key, draft, then=close)
    assert isinstance(outcome, Accepted)
    assert len(await desk.store.outbox.open_items()) == 3
    assert (await desk.house.drafts.get(key, REPLY)).is_empty
    undone = await desk.house.desk.undo(outcome.command)
    assert undone is not None
    back = await desk.house.drafts.get(key, REPLY)
    assert (back.text, back.html, back.files, back.seen) == (draft.text, draft.html, draft.files, draft.seen)
    assert await desk.store.outbox.open_items() == ()
    assert await desk.store.blobs.get(file.blob) == b"hello"
    assert desk.received(account, "message", "change", "upload") == []


async def test_what_is_taken_back_while_the_conversation_is_looked_at_never_leaves(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key, other = await desk.ticket(account), await desk.ticket(account, skip=1)
    server = desk.server(account)
    server.faults.latency(1.0, path=key.remote, methods=("GET",))
    command = await desk.reply(key, "Oh no.")
    await desk.until(lambda: server.middleware.delayed)
    assert (await desk.item(command)).delivery is Delivery.QUEUED
    assert await desk.house.desk.undo(command) is not None
    await desk.until(lambda: not server.middleware.delayed)
    await desk.delivered(await desk.reply(other, "Something else."))
    assert [entry["text"] for entry in desk.received(account)] == ["Something else."]
    assert (await desk.house.drafts.get(key, REPLY)).text == "Oh no."


async def test_files_follow_their_message(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    files = tuple([await desk.house.drafts.attach(f"{n}.txt", "text/plain", b"hello") for n in "ab"])
    outcome = await desk.house.desk.send(key, Draft(REPLY, "Two files.", files=files), hold=False)
    assert isinstance(outcome, Accepted)
    assert await desk.house.engine.drain(20) == ()
    assert [entry["kind"] for entry in desk.received(account, "message", "upload")] == ["message", "upload", "upload"]


async def test_a_file_that_is_taken_back_brings_its_message_back_and_is_not_sent_with_it(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    file = await desk.house.drafts.attach("a.txt", "text/plain", b"hello")
    outcome = await desk.house.desk.send(key, Draft(REPLY, "One file.", files=(file,)))
    assert isinstance(outcome, Accepted)
    upload = (await desk.store.outbox.open_items())[-1]
    assert upload.command.after == outcome.command
    undone = await desk.house.desk.undo(upload.command.id)
    assert undone is not None
    assert undone.draft is not None
    assert (undone.draft.text, undone.draft.files) == ("One file.", (file,))
    assert await desk.store.outbox.open_items() == ()


async def test_a_file_of_a_message_that_is_on_its_way_is_not_taken_back_alone(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    file = await desk.house.drafts.attach("a.txt", "text/plain", b"hello")
    desk.server(account).faults.latency(30, methods=("POST",))
    outcome = await desk.house.desk.send(key, Draft(REPLY, "One file.", files=(file,)), hold=False)
    assert isinstance(outcome, Accepted)
    await desk.delivered(outcome.command, Delivery.SENDING)
    upload = (await desk.store.outbox.open_items())[-1]
    assert await desk.house.desk.undo(upload.command.id) is None
    assert len(await desk.store.outbox.open_items()) == 2
    desk.server(account).faults.clear()


async def test_a_program_that_died_between_a_reply_and_its_files_still_adds_them(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    file = await desk.house.drafts.attach("a.txt", "text/plain", b"hello")
    seen = (await desk.view(key)).newest
    reply = Command(
        new_command_id(), account.id, key, SendReply("One file.", files=(file,), seen=seen), desk.clock.now()
    )
    await desk.store.outbox.submit(reply, hold_until=None)  # and no more: this is what a kill leaves behind
    assert await desk.house.engine.drain(20) == ()
    assert [entry["kind"] for entry in desk.received(account, "message", "upload")] == ["message", "upload"]


async def test_a_file_that_misses_the_vendors_five_minutes_is_asked_about(begin):
    desk, account = await begin("mijnklantportaal", pace=LAZY)
    key = await desk.ticket(account)
    file = await desk.house.drafts.attach("a.txt", "text/plain", b"hello")
    desk.server(account).faults.status(429, path="/attachment", retry_after=20)
    outcome = await desk.house.desk.send(key, Draft(REPLY, "One file.", files=(file,)), hold=False)
    assert isinstance(outcome, Accepted)
    await desk.delivered(outcome.command)

    async def upload():
        return next(iter(await desk.store.outbox.open_items()))

    await desk.until(lambda: desk.server(account).counts().get("POST /api/v1/tickets/{ticket_id}", True))
    await desk.health(account, Health.WAITING)
    desk.clock.pass_time(301)
    desk.house.engine.wake_outbox()
    await desk.until(lambda: _asks(upload))
    item = await upload()
    assert item.ask is AskReason.WINDOW_PASSED
    assert desk.received(account, "upload") == []


async def _asks(upload) -> bool:
    return (await upload()).delivery is Delivery.ASK


async def test_a_ticket_that_is_gone_keeps_what_was_typed(begin):
    desk, account = await begin("nexuscore", pace=LAZY)
    key = await desk.ticket(account)
    await desk.house.drafts.keep(key, Draft(NOTE, "Half a thought"))
    command = await desk.reply(key, "Hello?", hold=True)
    desk.server(account).faults.status(404, path=key.remote, times=None, body='{"error": "gone"}')
    await desk.house.desk.send_now(command)
    await desk.delivered(command, Delivery.FAILED)
    assert "does not have this" in (await desk.item(command)).problem
    undone = await desk.house.desk.undo(command)
    assert undone is not None
    assert {draft.text for _, draft in await desk.house.drafts.all()} == {"Half a thought", "Hello?"}


async def test_a_subject_of_somebody_else_survives_a_restart_of_the_question(begin):
    desk, account = await begin("thena", pace=LAZY)
    key = await desk.ticket(account, Feature.SUBJECT)
    change = EditField("subject", "Subject", "What nobody wrote", "Mine")
    outcome = await desk.house.desk.change(key, change)
    assert isinstance(outcome, Accepted)
    item = await desk.delivered(outcome.command, Delivery.ASK)
    assert item.ask is AskReason.CHANGED_BY_OTHERS
    subject = (await desk.confirmed(key)).subject
    await desk.house.desk.resolve(outcome.command, Resolution.DRAFT)
    assert (await desk.view(key)).ticket.subject == subject
    assert await desk.store.outbox.open_items() == ()


async def test_a_pushed_record_without_an_answer_is_sent_again_only_where_its_vendor_knows_it_again(begin):
    desk, account = await begin("thalamus", pace=LAZY)
    desk.server(account).faults.accept_and_drop(path="/queue", methods=("POST",))
    some_id = "7f3c1f5e-3f0a-4a53-9b3e-1f6f0c6b2a11"
    fields = {"type": "callback", "phone": "+31612345678", "campaign_uuid": some_id, "skill_uuid": some_id}
    command = await desk.house.records.push(account.id, "queue", "Callback for Ada", fields)
    item = await desk.delivered(command, Delivery.ASK)
    assert (item.ask, item.attempts) == (AskReason.MAY_HAVE_BEEN_SENT, 1)
    desk.server(account).faults.accept_and_drop(path="contact", times=1)
    contact = await desk.house.records.push(account.id, "contact", "C-1", {"name": "Ada", "email": "ada@example.com"})
    assert (await desk.delivered(contact)).attempts == 2
