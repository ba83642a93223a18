"""Calls that have begun and still wait here for their turn at the vendor: broken off then, nothing of them was sent."""

from dataclasses import replace
from datetime import datetime

from deskhand.domain.commands import OutboxItem
from deskhand.domain.departure import Departure
from deskhand.domain.ids import CommandId
from deskhand.domain.ports import Receipt
from deskhand.domain.threads import Delivery

from .executor import Call


class Departures:
    """Keeps the items of an account whose call has not left."""

    def __init__(self) -> None:
        self._begun: dict[CommandId, tuple[OutboxItem, Departure]] = {}

    async def call(self, before: OutboxItem, call: Call) -> Receipt:
        """Make a call.

        Args:
            before: the item as it was before its call.
        """
        departure = Departure()
        self._begun[before.command.id] = before, departure
        with departure.watched():
            try:
                receipt = await call()
            except Exception:  # not what breaks it off: whether it had left is asked for then
                del self._begun[before.command.id]
                raise
        del self._begun[before.command.id]
        return receipt

    def interrupted(self, item: OutboxItem, reason: str, now: datetime) -> OutboxItem:
        """Return an item whose call was broken off as it is now: as before where nothing of it had left, else unknown.

        Args:
            reason: why it waits, where nothing said so before.
        """
        before, departure = self._begun.pop(item.command.id, (item, Departure()))
        if not departure.waits or before.delivery is Delivery.SENDING:
            return replace(item, delivery=Delivery.UNKNOWN)
        return replace(before, problem=before.problem or reason, waits_since=before.waits_since or now)
