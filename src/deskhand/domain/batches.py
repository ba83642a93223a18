"""What is stored together with commands, in their transaction: what a change of tickets does on this computer."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from deskhand.domain.lazy_dataclass import dataclass

from .ids import CommandId, TicketKey
from .later import LaterMark
from .threads import Message


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes in with commands, all or none.

    Attributes:
        hold_until: of commands that are HELD first, until when; what is not named here is QUEUED.
        later: marks of Later, by ticket.
        notes: notes that are kept on this computer, by ticket.
        read: tickets that are marked as read.
    """

    hold_until: Mapping[CommandId, datetime] = field(default_factory=dict)
    later: Mapping[TicketKey, LaterMark] = field(default_factory=dict)
    notes: Mapping[TicketKey, Message] = field(default_factory=dict)
    read: tuple[TicketKey, ...] = ()


NOTHING = Beside()
