"""What became of each ticket of a change of several: told, paused, taken back, and kept until the agent has read it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from deskhand.domain.bulk_runs import BulkEntry, BulkOutcome, BulkRun
from deskhand.domain.commands import OutboxItem, is_message
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import OutboxReader
from deskhand.domain.threads import Delivery, Waiting

from .ticket_commands import TicketCommands


@dataclass(frozen=True, slots=True)
class TicketResult:
    """One ticket of a run.

    Attributes:
        item: where something is or was done to it and it was not taken back.
        wait: what it waits for.
        reason: why it was left; empty where it was not.
        said: what was done on this computer, and what was left out, each a sentence.
        done: what has arrived, of several changes of it.
    """

    ticket: TicketKey
    outcome: BulkOutcome
    item: OutboxItem | None = None
    wait: Waiting | None = None
    reason: str = ""
    said: tuple[str, ...] = ()
    done: tuple[OutboxItem, ...] = ()


class BulkResults:
    """The runs whose results the agent has not read yet."""

    def __init__(self, commands: TicketCommands, outbox: OutboxReader) -> None:
        self._commands = commands
        self._outbox = outbox

    async def runs(self) -> tuple[BulkRun, ...]:
        """Return the runs whose results the agent has not read yet, first made first."""
        return await self._outbox.runs()

    async def results(self, run: BulkRun) -> tuple[TicketResult, ...]:
        """Return what became of each ticket of a run by now, in the order of the run."""
        items = await self._outbox.get_all(run.commands)
        waits = await self._commands.waiting(tuple(items.values()))
        return tuple(_result(entry, items, waits) for entry in run.entries)

    async def pause(self, run: BulkRun) -> None:
        """Let no more of a run leave before `go_on`."""
        await self._commands.pause_all(run.commands)

    async def go_on(self, run: BulkRun) -> None:
        """End the pause."""
        await self._commands.go_on(run.commands)

    async def stop(
        self,
        run: BulkRun,
        commands: Sequence[CommandId] = (),
        take_back: Callable[[CommandId], Awaitable[object]] | None = None,
    ) -> None:
        """Take back what has not left, all of it or the named commands; what has left goes on. A message is a draft again.

        Args:
            take_back: takes a message back to where it was typed; None = the store makes it a draft.
        """
        wanted = commands or run.commands
        items = await self._outbox.get_all(wanted)
        await self._commands.undo_all(wanted)
        for command, item in items.items():
            if is_message(item.command.action) and item.delivery in (Delivery.HELD, Delivery.QUEUED):
                await (take_back or self._commands.undo)(command)

    async def forget(self, run: BulkRun) -> None:
        """The agent has read the results."""
        await self._commands.forget_run(run.id)


def _result(
    entry: BulkEntry, items: Mapping[CommandId, OutboxItem], waits: Mapping[CommandId, Waiting]
) -> TicketResult:
    if not entry.commands:
        outcome = BulkOutcome.DONE if entry.here else BulkOutcome.LEFT
        return TicketResult(entry.ticket, outcome, reason=entry.reason, said=_beside(entry))
    found = [(_outcome(item), item) for command in entry.commands if (item := items.get(command)) is not None]
    if not found:
        return TicketResult(entry.ticket, BulkOutcome.SKIPPED, said=_beside(entry))
    outcome, item = min(found, key=lambda one: _FIRST_TOLD.index(one[0]))
    wait = waits.get(item.command.id)
    done = tuple(one for how, one in found if how is BulkOutcome.DONE)
    return TicketResult(entry.ticket, outcome, item, wait, said=_beside(entry), done=done)


def _beside(entry: BulkEntry) -> tuple[str, ...]:
    return tuple(filter(None, (entry.here, *entry.left_out)))


_FIRST_TOLD = (BulkOutcome.NEEDS_YOU, BulkOutcome.PAUSED, BulkOutcome.UNDERWAY, BulkOutcome.DONE)
"""Of several changes of one ticket, how far the ticket is."""


def _outcome(item: OutboxItem) -> BulkOutcome:
    if item.delivery is Delivery.SENT:
        return BulkOutcome.DONE
    if item.delivery.needs_agent:
        return BulkOutcome.NEEDS_YOU
    return BulkOutcome.PAUSED if item.is_paused else BulkOutcome.UNDERWAY
