"""Equal changes of several tickets in one call.

Thirty tickets closed at once come here one by one from the outbox, a few at a time. The first change leaves at once and alone; equal
ones that come while it is on its way wait for it and leave together. Each keeps an outcome of its own, as Thena tells it
(`updated`, `skipped[].reason`), so that nothing above knows of this.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from deskhand.domain.problems import (
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    NotInPlan,
    OutcomeUnknown,
    refuses_for_good,
)
from deskhand.http.wire import Item

from . import wire
from .api import Api

log = logging.getLogger(__name__)

BULK_FIELDS = frozenset({"statusId", "typeId", "priorityId", "assignedAgentId", "isPrivate"})
"""What `PATCH /v1/tickets/bulk` takes."""

Outcome = wire.BulkChange | DeskProblem | None
"""What came of a common call: its answer, its failure, or None where each ticket has to be changed by itself."""


class _Batch:
    """Tickets that wait for one change: that of the leader, who makes the call, and those that came along."""

    def __init__(self, leader: str) -> None:
        self._leader = leader
        self._waiting: list[tuple[str, asyncio.Future[Outcome]]] = []

    def join(self, remote: str) -> "asyncio.Future[Outcome]":
        """Come along; the future tells what came of it."""
        result: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((remote, result))
        return result

    @property
    def remotes(self) -> tuple[str, ...]:
        """The tickets to change: who stopped waiting stays out of a call that has not left."""
        still = (remote for remote, result in self._waiting if not result.done())
        return tuple(dict.fromkeys((self._leader, *still)))

    def resolve(self, outcome: Outcome) -> None:
        """Tell everybody who waits."""
        for _, result in self._waiting:
            if not result.done():
                result.set_result(outcome)


class ChangeBatcher:
    """Writes changes of tickets, equal ones together where several wait."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._call_locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._batches: dict[str, _Batch] = {}
        self._has_bulk_endpoint = True

    async def write(self, remote: str, body: Mapping[str, Any]) -> Item[wire.Ticket] | None:
        """Change one ticket; None where Thena confirmed it without telling the ticket.

        Raises:
            Invalid: Thena left this ticket out, with its reason.
        """
        if not self._has_bulk_endpoint or not body.keys() <= BULK_FIELDS:
            return await self._api.update(remote, body)
        key = json.dumps(body, sort_keys=True)
        batch = self._batches.get(key)
        if batch is None:
            return await self._send_batch(key, remote, body)
        return await self._result_for(await batch.join(remote), remote, body)

    async def _send_batch(self, key: str, remote: str, body: Mapping[str, Any]) -> Item[wire.Ticket] | None:
        batch = self._batches[key] = _Batch(remote)
        outcome: Outcome = None  # until the call leaves, whoever came along may still go alone
        try:
            async with self._call_locks[key]:
                del self._batches[key]
                remotes = batch.remotes
                if len(remotes) == 1:
                    return await self._api.update(remote, body)
                outcome = OutcomeUnknown("the call was broken off")
                outcome = await self._update_many(remotes, body)
        finally:
            if self._batches.get(key) is batch:
                del self._batches[key]
            batch.resolve(outcome)
        return await self._result_for(outcome, remote, body)

    async def _result_for(self, outcome: Outcome, remote: str, body: Mapping[str, Any]) -> Item[wire.Ticket] | None:
        """Return or raise what a common call came to for one ticket."""
        if outcome is None:
            return await self._api.update(remote, body)
        if isinstance(outcome, DeskProblem):
            raise outcome
        raise_if_skipped(outcome, remote)
        return None

    async def _update_many(self, remotes: Sequence[str], body: Mapping[str, Any]) -> Outcome:
        try:
            return await self._api.update_many(remotes, body)
        except DeskProblem as problem:
            if not refuses_for_good(problem):
                return problem
            # The page of this call is an old one, and one ticket may spoil it for all: by itself each gets its own answer.
            self._has_bulk_endpoint = (
                not isinstance(problem, NotFound | NotAllowed | NotInPlan) and problem.status != 405
            )
            log.info("a bulk change was refused: %s", problem.detail)
            return None


def raise_if_skipped(result: wire.BulkChange, remote: str) -> None:
    """Raise what the answer says against one ticket."""
    if any(one.id == remote for one in result.updated):
        return
    reason = next((one.reason for one in result.skipped if one.id == remote), None)
    if reason is None:
        raise OutcomeUnknown("the answer to a bulk change does not name this ticket")
    raise Invalid(
        f"Thena left this ticket out: {reason}" if reason else "Thena left this ticket out and gave no reason."
    )
