"""An outbox with more in it than one page of anything: nothing that waits is left out, and what was sent is counted as it is."""

import asyncio
import io
import json
from argparse import Namespace

from tests.helpers.narrowing import instance

from deskhand.cli import acting, listing
from deskhand.cli.console import Terminal
from deskhand.domain.commands import AddNote, Command, SendReply
from deskhand.domain.ids import new_command_id
from deskhand.domain.threads import Delivery


def a_terminal() -> Terminal:
    return Terminal(io.StringIO(), io.StringIO(), "")


def written_on(terminal: Terminal) -> str:
    return instance(terminal.output, io.StringIO).getvalue()


async def many(harness, key, count: int) -> list[str]:
    """Put many notes into the outbox."""
    commands = [
        Command(new_command_id(), key.account, key, AddNote(f"Note {n}"), harness.clock.now()) for n in range(count)
    ]
    for command in commands:
        await harness.store.outbox.submit(command, hold_until=None)
    return [command.id for command in commands]


async def test_every_item_that_waits_is_listed_also_the_oldest_of_many(start_services):
    harness, account = await start_services("nexuscore", run=False)
    await harness.services.engine.once()
    key = (await harness.ticket_keys(account))[0]
    await harness.services.accounts.pause(account.id, paused=True)
    first = Command(new_command_id(), account.id, key, SendReply("The oldest."), harness.clock.now())
    await harness.store.outbox.submit(first, hold_until=None)
    later = await many(harness, key, 250)
    told = a_terminal()
    assert await listing.outbox(Namespace(json=True), harness.services, told) == 0
    shown = json.loads(written_on(told))
    assert {item["id"] for item in shown} == {first.id, *later}
    assert all(item["waiting"]["for"] for item in shown)
    said = a_terminal()
    assert await acting.drain(Namespace(timeout=5), harness.services, said) == acting.FAILED
    assert written_on(said) == "0 sent, 251 left.\n"


async def test_what_was_taken_back_while_the_rest_was_sent_is_not_counted_as_sent(start_services):
    harness, account = await start_services("nexuscore", run=False)
    await harness.services.engine.once()
    key = await harness.find_ticket(account)
    harness.server(account).faults.latency(3.0, times=None, methods=("POST",), path="/messages")
    goes, stays = [await harness.reply(key, text) for text in ("We look into it.", "It is on its way.")]
    said = a_terminal()

    async def is_leaving() -> bool:
        return (await harness.outbox_item(goes)).delivery is Delivery.SENDING

    async def take_back() -> object:
        await harness.wait_until(is_leaving)
        return await harness.services.commands.undo(stays)

    code, undone = await asyncio.gather(acting.drain(Namespace(timeout=60), harness.services, said), take_back())
    assert undone is not None
    assert code == acting.DONE
    assert written_on(said) == "1 sent, 0 left.\n"
    assert (await harness.outbox_item(goes)).delivery is Delivery.SENT
