"""What an answer says although a part of it is missing or odd: its status, its order to wait, its characters."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

import pytest
from tests.helpers.narrowing import instance
from tests.helpers.raw_servers import FakeClock, canned_answers, raw_server, read_request, reply

from deskhand.domain.accounts import Secret
from deskhand.domain.problems import (
    DeskProblem,
    NotAllowed,
    OutcomeUnknown,
    SignInNeeded,
    Throttled,
    UnexpectedResponse,
)
from deskhand.http import body
from deskhand.http.client import VendorClient
from deskhand.http.jsontext import decode
from deskhand.http.paging import LoopGuard
from deskhand.http.tokens import ApiKeyAuth


@asynccontextmanager
async def talking(handler, **options) -> AsyncIterator[VendorClient]:
    async with raw_server(handler) as address:
        client = VendorClient(address, ApiKeyAuth(Secret("key-0123456789")), windows=(), clock=FakeClock(), **options)
        try:
            yield client
        finally:
            await client.aclose()


async def problem_of(client: VendorClient, *, wrote: bool) -> DeskProblem:
    with pytest.raises(DeskProblem) as caught:
        await (client.write("POST", "/tickets", json={}) if wrote else client.read("GET", "/tickets"))
    return caught.value


REFUSAL = b'{"message":"slow down"}'
DAMAGED = {
    "short": lambda status: reply(status, REFUSAL + b" " * 9, retry_after="40")[:-9],
    "cut off while packed": lambda status: reply(
        status, gzip.compress(REFUSAL)[:-9], retry_after="40", content_encoding="gzip"
    ),
    "not packed at all": lambda status: reply(status, REFUSAL, retry_after="40", content_encoding="gzip"),
    "a page": lambda status: reply(status, b"<html>", "text/html", retry_after="40"),
    "without an end": lambda status: (
        f"HTTP/1.1 {status}\r\nretry-after: 40\r\ntransfer-encoding: chunked\r\n\r\nff\r\n".encode() + REFUSAL
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("wrote", [False, True])
@pytest.mark.parametrize(
    ("status", "expected"),
    [("429 Slow", Throttled), ("503 Slow", Throttled), ("401 No", SignInNeeded), ("403 No", NotAllowed)],
)
async def test_a_refusal_counts_and_its_wait_is_respected_whatever_becomes_of_its_text(damage, wrote, status, expected):
    asked = []

    async def answer_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await read_request(reader))
        writer.write(DAMAGED[damage](status))
        await writer.drain()

    async with talking(answer_and_close) as client:
        if wrote and expected is Throttled:
            with pytest.raises(Throttled) as caught:
                await client.write("PATCH", "/tickets", json={}, repeatable=True)
            problem: DeskProblem = caught.value
        else:
            problem = await problem_of(client, wrote=wrote)
        if not (wrote and expected is SignInNeeded):  # what must not happen twice may have happened
            assert type(problem) is expected
        if expected is Throttled:
            assert instance(problem, Throttled).retry_after.total_seconds() == 40
            assert type(await problem_of(client, wrote=False)) is Throttled
            assert len(asked) == 1, "it was told to wait"


async def test_the_text_of_a_refusal_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(body, "_ERROR_BODY_SECONDS", 0.05)
    ended = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 429 Slow\r\nretry-after: 40\r\ncontent-length: 1000\r\n\r\n ")
        await writer.drain()
        await ended.wait()

    async with talking(drip) as client:
        assert type(await problem_of(client, wrote=False)) is Throttled
        ended.set()


async def test_a_change_of_the_protocol_answers_nothing():
    handler, _ = canned_answers(b"HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n")
    async with talking(handler) as client:
        assert type(await problem_of(client, wrote=True)) is OutcomeUnknown


@pytest.mark.parametrize(
    "said",
    [
        reply("200 OK", b"<!DOCTYPE html><html>Please sign in</html>", "text/html; charset=utf-8"),
        reply("200 OK", b"\n<html>Please sign in</html>", "application/json"),
        reply("200 OK", b'<?xml version="1.0"?><Error><Code>SlowDown</Code></Error>', "application/xml"),
        reply("200 OK", b'{"error":{"message":"quota"}}'),
        reply("200 OK", b'{"success":false}'),
        reply("200 OK", b'{"succ'),
    ],
)
async def test_a_file_is_not_taken_where_a_page_or_an_error_comes_back(said):
    handler, _ = canned_answers(said)
    async with talking(handler) as client:
        answer = await client.put_bytes("/up", b"x", mime="text/plain")
        with pytest.raises(OutcomeUnknown):
            await answer.check_accepted()


@pytest.mark.parametrize(
    "said", [reply("200 OK", b""), reply("201 Created", b"", "text/plain"), reply("200 OK", b'{"id":"f1"}')]
)
async def test_a_file_is_taken_where_nothing_speaks_against_it(said):
    handler, _ = canned_answers(said)
    async with talking(handler) as client:
        await (await client.put_bytes("/up", b"x", mime="text/plain")).check_accepted()


BODY = {"body": "Rückerstattung für Müller, 5 €"}


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("cp1252", "application/json; charset=windows-1252"),
        ("cp1252", 'application/json; Charset="cp1252"'),
        ("utf-8", "application/json; charset=iso-8859-1"),
        ("utf-16", "application/json; charset=utf-8"),
        ("utf-8", "application/json; charset=rot13"),
        ("utf-8", "application/json; charset="),
    ],
)
async def test_text_is_read_in_the_character_set_that_it_is_written_in(encoding, kind):
    handler, _ = canned_answers(reply("200 OK", json.dumps(BODY, ensure_ascii=False).encode(encoding), kind))
    async with talking(handler) as client:
        assert await (await client.read("GET", "/tickets")).json() == BODY


def test_what_is_in_no_known_character_set_is_marked_and_nothing_else():
    assert decode(b'{"a":"b\xff"}', charset="no-such") == {"a": "b\ufffd"}


def read_pages(guard: LoopGuard, pages: int, told: Callable[[int], Iterable[str]]) -> None:
    for number in range(pages):
        guard.advance(f"cursor-{number}")
        guard.check_progress(told(number))


def test_a_list_that_tells_the_same_again_and_again_ends_whatever_its_cursor():
    with pytest.raises(UnexpectedResponse):
        read_pages(LoopGuard(), 100, lambda number: ("T1", "T2", f"T{min(number, 5)}"))


def test_a_list_that_shifts_while_it_is_read_is_read_to_its_end():
    read_pages(LoopGuard(), 300, lambda number: [f"T{number // 10 * 10 - place}" for place in range(15)])
