"""A vendor that takes a write in with 202 and words of success has not done it: it counts as done where looking shows it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from tests.helpers.raw_servers import raw_server, read_request, reply
from tests.helpers.service_harness import ME, ON_REQUEST, service_harness

from deskhand.domain.accounts import Secret
from deskhand.domain.commands import ChangeState, DecisionReason, SendReply
from deskhand.domain.ids import TicketKey, VendorId
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import State
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.ticket_commands import Accepted

BEFORE = "2026-11-28T10:00:00+00:00"


@dataclass
class Written:
    """A vendor with one ticket, written down from its documents.

    Attributes:
        status: of the answer to a write.
        keeps: whether it does what it says.
        before: answers the next writes in the place of that.
    """

    ticket: dict[str, Any]
    messages: list[dict[str, Any]]
    status: str = "202 Accepted"
    keeps: bool = False
    before: list[bytes] = field(default_factory=list)
    writes: int = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, _, body = await read_request(reader)
            method, target, _ = first.split()
            writer.write(self.answer(method, urlsplit(target).path, json.loads(body) if body[:1] == b"{" else {}))
            await writer.drain()

    def answer(self, method: str, path: str, said: dict[str, Any]) -> bytes:
        if method == "GET" or path == "/oauth/token":
            return _json(self.read(path))
        self.writes += 1
        ticket, messages = dict(self.ticket), list(self.messages)
        told = self.write(method, said)
        if not self.keeps:
            self.ticket, self.messages = ticket, messages
        return self.before.pop(0) if self.before else _json(told, self.status)

    def read(self, path: str) -> Any:
        raise NotImplementedError

    def write(self, method: str, said: dict[str, Any]) -> Any:
        raise NotImplementedError


class NexusCore(Written):
    vendor, path = "nexuscore", ""
    settings: ClassVar[dict[str, str]] = {"client_id": "c1"}

    def read(self, path: str) -> Any:
        match path:
            case "/oauth/token":
                return {"access_token": "eyJhbGciOi0123456789", "token_type": "Bearer", "expires_in": 3600}
            case "/v1/brands":
                return {"data": [{"id": "brand_1", "name": "Retail", "status": "active"}], "next_cursor": None}
            case "/v1/tickets":
                return {"data": [self.ticket], "next_cursor": None}
            case _:
                return {**self.ticket, "messages": self.messages}

    def write(self, method: str, said: dict[str, Any]) -> Any:
        if method == "PATCH":
            self.ticket = {**self.ticket, **said}
            return self.ticket
        message = {"id": f"msg_{len(self.messages)}", **said, "created_at": _now()}
        self.messages = [*self.messages, message]
        return message


class MijnKlantportaal(Written):
    vendor, path = "mijnklantportaal", "/v1"
    settings: ClassVar[dict[str, str]] = {}

    def read(self, path: str) -> Any:
        if path in ("/v1/tickets", "/v1/customers"):
            data = [self.ticket] if path == "/v1/tickets" else []
            return {"current_page": 1, "data": data, "per_page": 15, "next_page_url": None, "prev_page_url": None}
        return {**self.ticket, "messages": self.messages}

    def write(self, method: str, said: dict[str, Any]) -> Any:
        if method == "PATCH":
            self.ticket = {**self.ticket, "status": "closed"}
        else:
            name = f"tim_{len(self.messages)}"
            told = {"id": name, "postedBy": "Jane", "isPostedByCustomer": False, "message": said["message"]}
            self.messages = [*self.messages, {**told, "postedAt": _now(), "attachments": []}]
        return {**self.ticket, "messages": self.messages}


def _json(value: Any, status: str = "200 OK") -> bytes:
    return reply(status, json.dumps(value).encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def nexuscore() -> NexusCore:
    ticket = {"id": "tick_1", "subject": "Late", "status": "open", "brand_id": "brand_1", "created_at": BEFORE}
    asked = {"id": "msg_0", "author_type": "customer", "body": "Where is it?", "created_at": BEFORE}
    return NexusCore(ticket, [asked])


def mijnklantportaal() -> MijnKlantportaal:
    ticket = {"id": "tic_1", "customerId": None, "title": "Late", "source": "email", "status": "open"}
    asked = {"id": "tim_0", "postedBy": "Casey", "isPostedByCustomer": True, "message": "<p>Where is it?</p>"}
    return MijnKlantportaal({**ticket, "createdAt": BEFORE}, [{**asked, "postedAt": BEFORE, "attachments": []}])


@asynccontextmanager
async def opened(server, folder) -> AsyncIterator[tuple[Any, TicketKey]]:
    async with (
        raw_server(server.handle) as url,
        service_harness(folder / "profile", None, pace=ON_REQUEST, settle=0.4) as harness,
    ):
        form = AccountForm(VendorId(server.vendor), "shop", url + server.path, ME, "", server.settings)
        added = await harness.services.accounts.add(form, Secret("secret-0123456789abcdef"))
        assert isinstance(added, Added)
        assert await harness.services.engine.once() == {added.account.id: None}
        (key,) = await harness.ticket_keys(added.account)
        await harness.services.engine.read(key)
        yield harness, key


VENDORS = pytest.mark.parametrize("server", [nexuscore, mijnklantportaal])


@VENDORS
async def test_a_reply_that_was_only_taken_in_and_never_shows_up_is_asked_about(server, tmp_path):
    vendor = server()
    async with opened(vendor, tmp_path) as (harness, key):
        command = await harness.reply(key, "It left yesterday.")
        (left,) = await harness.services.engine.drain(30)
        assert left.command.id == command
        assert left.decision is DecisionReason.MAY_HAVE_BEEN_SENT
        assert isinstance(left.command.action, SendReply)
        assert left.command.action.text == "It left yesterday."
        assert vendor.writes == 1


@VENDORS
async def test_a_reply_that_was_taken_in_and_shows_up_is_sent(server, tmp_path):
    vendor = server()
    vendor.keeps = True
    async with opened(vendor, tmp_path) as (harness, key):
        command = await harness.reply(key, "It left yesterday.")
        assert await harness.services.engine.drain(30) == ()
        assert (await harness.outbox_item(command)).confirmation == "found"
        assert vendor.writes == 1


@VENDORS
@pytest.mark.parametrize("keeps", [True, False])
async def test_a_change_that_was_only_taken_in_counts_where_the_ticket_shows_it(server, keeps, tmp_path):
    vendor = server()
    vendor.keeps = keeps
    to = {"nexuscore": "resolved", "mijnklantportaal": "closed"}[vendor.vendor]
    async with opened(vendor, tmp_path) as (harness, key):
        outcome = await harness.services.commands.change(key, ChangeState("open", to, to, State.CLOSED))
        assert isinstance(outcome, Accepted)
        left = await harness.services.engine.drain(30 if keeps else 2)
        assert [item.delivery for item in left] == ([] if keeps else [Delivery.UNKNOWN])
        assert all(item.problem for item in left)
        assert (await harness.stored_ticket(key)).state_id == (to if keeps else "open")


@VENDORS
async def test_a_reply_is_not_called_unsent_by_a_proxy_that_stands_before_the_vendor(server, tmp_path):
    vendor = server()
    vendor.keeps = True
    vendor.before = [reply("407 Proxy Authentication Required", b"", proxy_authenticate="Basic")]
    async with opened(vendor, tmp_path) as (harness, key):
        command = await harness.reply(key, "It left yesterday.")
        assert await harness.services.engine.drain(30) == ()
        assert (await harness.outbox_item(command)).delivery is Delivery.SENT
        assert vendor.writes == 1


async def test_an_equal_message_that_was_there_before_proves_no_reply(tmp_path):
    vendor = nexuscore()
    old = {"id": "msg_old", "author_type": "agent", "body": "It left yesterday.", "created_at": _now()}
    vendor.messages = [*vendor.messages, old]
    vendor.before = [_json(old)]
    async with opened(vendor, tmp_path) as (harness, key):
        await harness.reply(key, "It left yesterday.")
        (left,) = await harness.services.engine.drain(30)
        assert left.decision is DecisionReason.MAY_HAVE_BEEN_SENT
        assert vendor.writes == 1


async def test_an_error_beside_what_a_write_made_leaves_it_in_doubt(tmp_path):
    vendor = nexuscore()
    told = {**vendor.ticket, "status": "resolved", "errors": [{"detail": "not saved"}]}
    async with opened(vendor, tmp_path) as (harness, key):
        vendor.before = [_json(told)] * 50
        await harness.services.commands.change(key, ChangeState("open", "resolved", "resolved", State.SOLVED))
        (left,) = await harness.services.engine.drain(2)
        assert left.delivery is Delivery.UNKNOWN


@pytest.mark.parametrize(
    "another",
    [
        {"ticket_id": "tick_2"},
        {"ticketId": "tick_2"},
        {"ticket": {"id": "tick_2", "subject": "Another"}},
        {"ticket": "tick_2"},
    ],
)
@pytest.mark.parametrize("beside", [False, True])
async def test_a_message_of_another_ticket_proves_no_reply(another, beside, tmp_path):
    vendor = nexuscore()
    made = {"id": "msg_9", "author_type": "agent", "body": "It left yesterday.", "created_at": _now()}
    vendor.before = [_json({"message": made, **another} if beside else {**made, **another}, "201 Created")]
    async with opened(vendor, tmp_path) as (harness, key):
        await harness.reply(key, "It left yesterday.")
        (left,) = await harness.services.engine.drain(30)
        assert left.decision is DecisionReason.MAY_HAVE_BEEN_SENT
        assert vendor.writes == 1
