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

from deskhand.domain.problems import DeskProblem, Gone, Invalid, OutcomeUnknown, refuses_for_good
from deskhand.vendors.http.wire import Item

from . import wire
from .api import Api

log = logging.getLogger(__name__)

TAKEN = frozenset({"statusId", "typeId", "priorityId", "assignedAgentId", "isPrivate"})
"""What `PATCH /v1/tickets/bulk` takes."""


class _Group:
    """Tickets that wait for one change."""

    def __init__(self) -> None:
        self.remotes: list[str] = []
        self._waiting: dict[str, asyncio.Future[bool]] = {}

    def join(self, remote: str) -> asyncio.Future[bool]:
        """Come along; the future tells whether the change was made, False where each ticket has to be changed by itself."""
        self.remotes.append(remote)
        told = self._waiting[remote] = asyncio.get_running_loop().create_future()
        return told

    def tell(self, told: wire.BulkChange | None) -> None:
        """Tell everybody who waits; None = the call was refused as a whole."""
        for remote, future in self._open():
            if told is None:
                future.set_result(False)
                continue
            try:
                check(told, remote)
            except DeskProblem as problem:
                future.set_exception(problem)
            else:
                future.set_result(True)

    def fail(self, problem: DeskProblem) -> None:
        """Tell everybody who waits that the call failed."""
        for _, future in self._open():
            future.set_exception(problem)

    def _open(self) -> Sequence[tuple[str, "asyncio.Future[bool]"]]:
        return [(remote, future) for remote, future in self._waiting.items() if not future.done()]


class Changes:
    """Writes changes of tickets, equal ones together where several wait."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._leaving: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._groups: dict[str, _Group] = {}
        self._offered = True

    async def write(self, remote: str, body: Mapping[str, Any]) -> Item[wire.Ticket] | None:
        """Change one ticket; None where Thena confirmed it without telling the ticket.

        Raises:
            Invalid: Thena left this ticket out, with its reason.
        """
        if not self._offered or not body.keys() <= TAKEN:
            return await self._api.update(remote, body)
        key = json.dumps(body, sort_keys=True)
        group = self._groups.get(key)
        if group is None:
            return await self._lead(key, remote, body)
        return None if await group.join(remote) else await self._api.update(remote, body)

    async def _lead(self, key: str, remote: str, body: Mapping[str, Any]) -> Item[wire.Ticket] | None:
        group = self._groups[key] = _Group()
        group.remotes.append(remote)
        try:
            async with self._leaving[key]:
                del self._groups[key]
                if len(group.remotes) == 1:
                    return await self._api.update(remote, body)
                told = await self._call(group.remotes, body)
        except BaseException as stop:
            if self._groups.get(key) is group:
                del self._groups[key]
            group.fail(stop if isinstance(stop, DeskProblem) else OutcomeUnknown("the call was broken off"))
            raise
        group.tell(told)
        if told is None:
            return await self._api.update(remote, body)
        check(told, remote)
        return None

    async def _call(self, remotes: Sequence[str], body: Mapping[str, Any]) -> wire.BulkChange | None:
        try:
            return await self._api.update_many(remotes, body)
        except DeskProblem as problem:
            if not refuses_for_good(problem):
                raise
            # The page of this call is an old one, and one ticket may spoil it for all: by itself each gets its own answer.
            self._offered = not isinstance(problem, Gone)
            log.info("a bulk change was refused: %s", problem.detail)
            return None


def check(told: wire.BulkChange, remote: str) -> None:
    """Raise what the answer says against one ticket."""
    if any(one.id == remote for one in told.updated):
        return
    reason = next((one.reason for one in told.skipped if one.id == remote), None)
    if reason is None:
        raise OutcomeUnknown("the answer to a bulk change does not name this ticket")
    raise Invalid(reason or "Thena left this ticket out and gave no reason.")
