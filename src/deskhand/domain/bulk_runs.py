"""A change that was asked of several tickets at once: which ones, by which commands, and why some were left as they are."""

from datetime import datetime
from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass

from .ids import CommandId, TicketKey


class BulkOutcome(StrEnum):
    """What became of one ticket of a run."""

    DONE = "done"
    UNDERWAY = "underway"
    PAUSED = "paused"
    NEEDS_YOU = "needs you"
    LEFT = "left"
    """Nothing was done to it, and why is said."""
    SKIPPED = "skipped"
    """What was to be done was taken back before it left."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self not in (BulkOutcome.UNDERWAY, BulkOutcome.PAUSED)


@dataclass(frozen=True, slots=True)
class BulkEntry:
    """One ticket of a run.

    Attributes:
        command: what is or was done to it at its vendor; None where nothing is.
        reason: why nothing is done to it; empty where something is.
        more: what is done to it besides, in order.
        here: what was done to it on this computer, in a sentence; empty = nothing.
        left_out: why some of what was asked for is not done to it, each a sentence.
    """

    ticket: TicketKey
    command: CommandId | None = None
    reason: str = ""
    more: tuple[CommandId, ...] = ()
    here: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def commands(self) -> tuple[CommandId, ...]:
        """What went into the outbox for it, in order."""
        return (() if self.command is None else (self.command,)) + self.more


@dataclass(frozen=True, slots=True)
class BulkRun:
    """What one press did to several tickets. It is stored until the agent has read what became of each.

    Attributes:
        title: what is done, for the agent: "Close 12 tickets".
        entries: in the order of the list.
    """

    id: str
    title: str
    created_at: datetime
    entries: tuple[BulkEntry, ...]

    @property
    def commands(self) -> tuple[CommandId, ...]:
        """What went into the outbox."""
        return tuple(command for entry in self.entries for command in entry.commands)
