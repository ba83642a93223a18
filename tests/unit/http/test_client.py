"""The one way of a request, against servers that misbehave byte by byte on loopback."""

import asyncio
import gzip
import json
import logging
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.helpers.raw_servers import (
    FakeClock,
    Handler,
    ReceivedRequest,
    canned_answers,
    raw_server,
    read_request,
    reply,
)

from deskhand.domain.accounts import Secret
from deskhand.domain.problems import (
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    NotInPlan,
    Offline,
    OutcomeUnknown,
    SignInNeeded,
    Stale,
    Throttled,
    UnexpectedResponse,
    VendorDown,
)
from deskhand.http.client import VendorClient
from deskhand.http.pacing import Window
from deskhand.http.request import Part
from deskhand.http.tokens import ApiKeyAuth, ClientCredentialsAuth

KEY = "k3y-that-nobody-may-see"


@asynccontextmanager
async def client_for(base_url: str, *, total: float = 30.0, **settings) -> AsyncIterator[VendorClient]:
    client = VendorClient(
        base_url, ApiKeyAuth(Secret(KEY)), windows=(Window(1000, 1),), clock=FakeClock(), timeout=total, **settings
    )
    try:
        yield client
    finally:
        await client.aclose()


@asynccontextmanager
async def talking(handler: Handler, **settings) -> AsyncIterator[VendorClient]:
    async with raw_server(handler) as base, client_for(base, **settings) as client:
        yield client


async def problem_of(client: VendorClient, *, wrote: bool, repeatable: bool = True) -> DeskProblem:
    async def ask() -> None:
        if wrote:
            answer = await client.write("POST", "/x?q=1", repeatable=repeatable)
        else:
            answer = await client.read("GET", "/x", params={"q": "1"})
        await answer.json()

    with pytest.raises(DeskProblem) as caught:
        await ask()
    problem = caught.value
    assert KEY not in f"{problem!r} {problem.detail} {problem.__cause__!r} {problem.__context__!r}"
    assert "q=1" not in problem.detail
    return problem


READS: dict[str, type[DeskProblem]] = {
    "400 Bad Request": UnexpectedResponse,
    "401 Unauthorized": SignInNeeded,
    "402 Payment Required": NotInPlan,
    "403 Forbidden": NotAllowed,
    "404 Not Found": NotFound,
    "408 Request Timeout": VendorDown,
    "409 Conflict": UnexpectedResponse,
    "410 Gone": NotFound,
    "418 Teapot": UnexpectedResponse,
    "422 Unprocessable": UnexpectedResponse,
    "426 Upgrade Required": NotInPlan,
    "429 Too Many": Throttled,
    "301 Moved": UnexpectedResponse,
    "500 Oh": VendorDown,
    "502 Bad Gateway": VendorDown,
    "503 Unavailable": VendorDown,
    "504 Timeout": VendorDown,
    "599 Odd": VendorDown,
}

WRITES: dict[str, type[DeskProblem]] = {
    "400 Bad Request": Invalid,
    "401 Unauthorized": SignInNeeded,
    "403 Forbidden": NotAllowed,
    "404 Not Found": NotFound,
    "405 Not Allowed": Invalid,
    "408 Request Timeout": OutcomeUnknown,
    "409 Conflict": Stale,
    "410 Gone": NotFound,
    "412 Failed": Stale,
    "413 Too Large": Invalid,
    "415 Type": Invalid,
    "422 Unprocessable": Invalid,
    "426 Upgrade Required": NotInPlan,
    "429 Too Many": Throttled,
    "302 Found": OutcomeUnknown,
    "500 Oh": OutcomeUnknown,
    "502 Bad Gateway": OutcomeUnknown,
    "503 Unavailable": OutcomeUnknown,
    "504 Timeout": OutcomeUnknown,
}


@pytest.mark.parametrize(
    ("status", "expected", "wrote"),
    [(*each, False) for each in READS.items()] + [(*each, True) for each in WRITES.items()],
)
async def test_each_status_says_what_has_to_happen_next(status, expected, wrote):
    body = json.dumps({"message": f"because of {KEY}, see https://vendor.example/help?q=1&k={KEY}"}).encode()
    handler, asked = canned_answers(reply(status, body, location="https://elsewhere.example/?q=1"))
    async with talking(handler) as client:
        problem = await problem_of(client, wrote=wrote)
    assert type(problem) is expected
    assert problem.status == int(status[:3])
    assert "because of …" in problem.detail
    assert len(asked) == (1 if wrote or expected not in (VendorDown, Throttled) else len(asked))


@pytest.mark.parametrize("wrote", [False, True])
@pytest.mark.parametrize("status", ["429 Too Many", "503 Unavailable"])
async def test_an_ordered_wait_is_told_and_nothing_is_sent_meanwhile(status, wrote):
    handler, asked = canned_answers(reply(status, b"{}", retry_after="40"), reply("200 OK", b"{}"))
    async with talking(handler) as client:
        first = await problem_of(client, wrote=wrote)
        second = await problem_of(client, wrote=not wrote)
        assert isinstance(first, Throttled)
        assert isinstance(second, Throttled)
        assert first.retry_after.total_seconds() == second.retry_after.total_seconds() == 40
    assert len(asked) == 1


@pytest.mark.parametrize("headers", [{"x_ratelimit_reset": "30"}, {"retry_after": "a while"}])
async def test_only_a_named_wait_makes_a_503_prove_anything(headers):
    handler, _ = canned_answers(reply("503 Unavailable", b"{}", **headers))
    async with talking(handler) as client:
        assert type(await problem_of(client, wrote=True)) is OutcomeUnknown


async def test_complaints_come_by_field():
    handler, _ = canned_answers(
        reply("422 No", b'{"message": "The data is invalid.", "errors": {"email": ["is no address"]}}')
    )
    async with talking(handler) as client:
        problem = await problem_of(client, wrote=True)
    assert isinstance(problem, Invalid)
    assert problem.fields == {"email": "is no address"}


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()


def saying(*parts: bytes) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for part in parts:
            writer.write(part)
            await writer.drain()

    return handle


LOST: dict[str, Handler] = {
    "hung up": hang_up,
    "reset": reset,
    "garbage": saying(b"\x16\x03\x01 what\r\n\r\n"),
    "half a head": saying(b"HTTP/1.1 200 OK\r\ncontent-ty"),
    "half a body": saying(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n[1, 2"),
    "half a chunk": saying(
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nff\r\n[1"
    ),
    "endless head": saying(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000 + b"\r\n\r\n"),
    "bad gzip": saying(reply("201 Created", b"not gzip at all", content_encoding="gzip")),
    "cut gzip": saying(reply("201 Created", gzip.compress(b"[" + b"1," * 999 + b"1]")[:-20], content_encoding="gzip")),
    "web page": saying(reply("200 OK", b"<html>Welcome to the hotel</html>", "text/html")),
    "page as data": saying(reply("200 OK", b"<html>Welcome to the hotel</html>")),
    "nothing": saying(reply("200 OK", b"")),
    "half of it": saying(reply("200 OK", b'{"id": "12')),
    "deep": saying(reply("200 OK", b"[" * 50_000)),
}


@pytest.mark.parametrize("how", list(LOST))
async def test_a_write_without_a_whole_answer_has_an_unknown_outcome(how):
    async with talking(LOST[how]) as client:
        assert type(await problem_of(client, wrote=True)) is OutcomeUnknown


@pytest.mark.parametrize("how", list(LOST))
async def test_a_read_without_a_whole_answer_is_nothing_but_a_failed_read(how):
    async with talking(LOST[how]) as client:
        assert type(await problem_of(client, wrote=False)) in (VendorDown, UnexpectedResponse)


@pytest.mark.parametrize("wrote", [False, True])
async def test_a_refused_connection_proves_that_nothing_was_sent(wrote):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with client_for(f"http://127.0.0.1:{port}") as client:
        problem = await problem_of(client, wrote=wrote)
    assert type(problem) is Offline
    assert "refused" in problem.detail


async def test_a_name_that_does_not_exist_is_said():
    async with client_for("https://nowhere.invalid") as client:
        problem = await problem_of(client, wrote=True)
    assert type(problem) is Offline
    assert "name" in problem.detail


async def test_a_server_without_tls_is_said():
    async def answer_in_the_clear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(answer_in_the_clear) as base, client_for(base.replace("http:", "https:")) as client:
        problem = await problem_of(client, wrote=True)
    assert type(problem) is Offline
    assert "secure" in problem.detail


async def test_a_certificate_that_nobody_trusts_is_said_and_nothing_is_sent():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(Path(__file__).parents[2] / "helpers" / "untrusted.pem")
    handler, asked = canned_answers(reply("200 OK", b"{}"))
    async with raw_server(handler, context) as base, client_for(base) as client:
        problem = await problem_of(client, wrote=True)
    assert type(problem) is Offline
    assert "certificate" in problem.detail
    assert asked == []


@pytest.mark.parametrize(("wrote", "expected"), [(False, VendorDown), (True, OutcomeUnknown)])
async def test_an_answer_that_drips_for_ever_ends_with_the_total_time(wrote, expected):
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)  # the drip itself, not a wait of the test

    async with talking(drip, total=0.1) as client:
        problem = await problem_of(client, wrote=wrote)
    assert type(problem) is expected
    assert "in time" in problem.detail


async def test_a_small_body_that_unpacks_to_a_hundred_megabytes_is_not_unpacked():
    bomb = gzip.compress(b"0" * 100_000_000)
    handler, _ = canned_answers(reply("200 OK", bomb, content_encoding="gzip"))
    async with talking(handler) as client:
        assert type(await problem_of(client, wrote=False)) is UnexpectedResponse


async def test_a_huge_error_page_is_cut_and_still_an_error():
    handler, _ = canned_answers(reply("404 Not Found", b"x" * 5_000_000, "text/plain"))
    async with talking(handler) as client:
        assert type(await problem_of(client, wrote=True)) is NotFound


async def test_a_packed_answer_is_read():
    handler, asked = canned_answers(reply("200 OK", gzip.compress(b'{"a": 1}'), content_encoding="gzip"))
    async with talking(handler) as client:
        assert await (await client.read("GET", "/x")).json() == {"a": 1}
    assert asked[0][1]["accept-encoding"] == "gzip"


async def test_a_big_answer_is_read_in_a_thread_and_comes_out_the_same():
    items = [{"id": n, "text": "x" * 100} for n in range(2000)]
    handler, _ = canned_answers(reply("200 OK", json.dumps(items).encode()))
    async with talking(handler) as client:
        assert await (await client.read("GET", "/x")).json() == items


async def test_a_redirect_is_not_followed_and_its_target_sees_nothing():
    elsewhere, seen = canned_answers(reply("200 OK", b"{}"))
    async with raw_server(elsewhere) as there:
        handler, _ = canned_answers(reply("307 Elsewhere", b"", location=there))
        async with talking(handler) as client:
            assert type(await problem_of(client, wrote=True)) is OutcomeUnknown
            assert type(await problem_of(client, wrote=False)) is UnexpectedResponse
    assert seen == []


async def test_no_cookie_is_stored():
    handler, asked = canned_answers(reply("200 OK", b"{}", set_cookie="a=b; Path=/"))
    async with talking(handler) as client:
        for _ in range(2):
            await client.read("GET", "/x")
            await client.write("POST", "/x")
    assert len(asked) == 4
    assert all("cookie" not in headers for _, headers, _ in asked)


async def test_reads_share_a_connection_and_each_write_has_its_own():
    connections: list[list[ReceivedRequest]] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append([])
        here = connections[-1]
        while True:
            here.append(await read_request(reader))
            writer.write(reply("200 OK", b"{}"))

    async with talking(handle) as client:
        for _ in range(3):
            await client.read("GET", "/x")
        for _ in range(3):
            await client.write("POST", "/x")
    assert [len(asked) for asked in connections] == [3, 1, 1, 1]


async def test_a_read_on_a_connection_that_went_stale_is_repeated_unnoticed():
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(reply("200 OK", b"{}"))  # and closes the connection, without saying so

    async with talking(handle) as client:
        for _ in range(5):
            assert await (await client.read("GET", "/x")).json() == {}
            await client.write("POST", "/x")


async def test_a_write_is_never_repeated_by_itself():
    handler, asked = canned_answers(reply("500 Oh", b"{}"), reply("200 OK", b"{}"))
    async with talking(handler) as client:
        await problem_of(client, wrote=True)
    assert len(asked) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_write_whose_answer_is_lost_left_once(method):
    asked = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await read_request(reader))

    async with talking(handle) as client:
        with pytest.raises(OutcomeUnknown):
            await client.write(method, "/x")
    assert len(asked) == 1


async def test_a_read_is_repeated_by_itself():
    handler, asked = canned_answers(reply("500 Oh", b"{}"), reply("502 Oh", b""), reply("200 OK", b"[1]"))
    async with talking(handler) as client:
        assert await (await client.read("GET", "/x")).json() == [1]
    assert len(asked) == 3


def token(name: str) -> bytes:
    return reply("200 OK", json.dumps({"access_token": name, "expires_in": 3600}).encode())


@asynccontextmanager
async def signed_in_by_token(*answers: bytes) -> AsyncIterator[tuple[VendorClient, list[ReceivedRequest]]]:
    handler, asked = canned_answers(*answers)
    clock = FakeClock()
    async with raw_server(handler) as base:
        tokens = ClientCredentialsAuth("me", Secret(KEY), path="/token", clock=clock)
        client = VendorClient(base, tokens, windows=(Window(1000, 1),), clock=clock)
        try:
            yield client, asked
        finally:
            await client.aclose()


@pytest.mark.parametrize("wrote", [False, True])
async def test_a_token_that_is_taken_back_twice_in_a_row_costs_nobody_their_sign_in(wrote):
    refused = reply("401 Unauthorized", b"{}")
    answers = (token("one"), refused, token("two"), refused, token("three"), reply("200 OK", b"{}"))
    async with signed_in_by_token(*answers) as (client, asked):
        answer = await (client.write("POST", "/x", repeatable=True) if wrote else client.read("GET", "/x"))
    assert answer.status == 200
    assert len(asked) == 6


async def test_a_write_that_must_not_happen_twice_leaves_once_whatever_became_of_its_token():
    refused = reply("401 Unauthorized", b"{}")
    async with signed_in_by_token(token("one"), refused, token("two"), reply("200 OK", b"{}")) as (client, asked):
        with pytest.raises(OutcomeUnknown):
            await client.write("POST", "/dispatch")
        assert [first.split()[1] for first, _, _ in asked] == ["/token", "/dispatch"]
        assert (await client.read("GET", "/x")).status == 200, "the next call gets a fresh token"


async def test_nothing_is_asked_with_refused_credentials_until_the_agent_acts():
    handler, asked = canned_answers(reply("401 Unauthorized", b"{}"), reply("200 OK", b"{}"))
    async with talking(handler) as client:
        for wrote in (True, False, True, False):
            assert type(await problem_of(client, wrote=wrote)) is SignInNeeded
        assert len(asked) == 1
        client.try_again()
        assert (await client.read("GET", "/x")).status == 200


@pytest.mark.parametrize(
    "message", ["Invalid API key", "The API key is invalid.", "API key expired", "This token was revoked"]
)
async def test_a_403_about_the_key_itself_is_a_refused_key(message):
    handler, asked = canned_answers(reply("403 Forbidden", json.dumps({"message": message}).encode()))
    async with talking(handler) as client:
        assert type(await problem_of(client, wrote=False)) is SignInNeeded
        assert type(await problem_of(client, wrote=True)) is SignInNeeded
    assert len(asked) == 1


@pytest.mark.parametrize(
    "message", ["The credential lacks the scope tickets:read", "The key is restricted to another brand"]
)
async def test_a_403_about_what_a_key_reaches_is_no_refused_key(message):
    handler, asked = canned_answers(reply("403 Forbidden", json.dumps({"message": message}).encode()))
    async with talking(handler) as client:
        for _ in range(2):
            assert type(await problem_of(client, wrote=False)) is NotAllowed
    assert len(asked) == 2


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
async def test_a_web_page_does_not_make_anything_gone(status):
    page = reply(status, b"<html><body>Guest network</body></html>", "text/html; charset=utf-8")
    handler, _ = canned_answers(page)
    async with talking(handler) as client:
        assert type(await problem_of(client, wrote=False)) is UnexpectedResponse
        assert type(await problem_of(client, wrote=True)) is OutcomeUnknown


async def test_a_vendor_that_refuses_every_token_is_asked_three_times_and_then_the_agent():
    answers = [step for name in "abc" for step in (token(name), reply("401 Unauthorized", b"{}"))]
    async with signed_in_by_token(*answers) as (client, asked):
        with pytest.raises(SignInNeeded):
            await client.read("GET", "/x")
    assert len(asked) == 6


async def test_a_file_travels_as_a_form():
    handler, asked = canned_answers(reply("200 OK", b"{}"))
    async with talking(handler) as client:
        await client.write("POST", "/x", part=Part("attachment", 'na"me é.txt', "text/plain", b"bytes \x00 here"))
    _, headers, body = asked[0]
    assert headers["content-type"].startswith("multipart/form-data")
    assert b'name="attachment"' in body
    assert b"bytes \x00 here" in body


async def test_our_credential_is_shown_to_the_vendor_only():
    elsewhere, seen = canned_answers(reply("200 OK", b"data"))
    handler, asked = canned_answers(reply("200 OK", b"data"))
    async with raw_server(elsewhere) as there, talking(handler) as client:
        for signed in (True, False):
            await client.put_bytes(f"{there}/up?sig=1", b"x", mime="text/plain", presigned=signed)
            await client.put_bytes("/up?sig=1", b"x", mime="text/plain", presigned=signed)
            await client.get_bytes(f"{there}/down?sig=1", presigned=signed)
    assert len(seen) == 4
    assert all("authorization" not in headers for _, headers, _ in seen)
    assert ["authorization" in headers for _, headers, _ in asked] == [False, True]


async def test_the_log_names_the_call_without_query_body_or_secret(caplog):
    handler, _ = canned_answers(reply("200 OK", b"{}"))
    with caplog.at_level(logging.DEBUG):
        async with talking(handler) as client:
            await client.read("GET", "/tickets", params={"assigned_to": "jane@example.com"})
            await client.write("POST", "/tickets", json={"body": "text of a customer"})
    assert "GET /tickets: 200" in caplog.text
    for hidden in (KEY, "jane", "text of a customer"):
        assert hidden not in caplog.text


async def test_a_hundred_cancelled_calls_leave_the_next_ones_working():
    release = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await read_request(reader)
            await release.wait()
            writer.write(reply("200 OK", b"{}"))

    async with talking(handle) as client:
        calls = [asyncio.ensure_future(client.read("GET", "/x")) for _ in range(100)]  # noqa: TID251 - to be cancelled
        for _ in range(50):
            await asyncio.sleep(0)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        release.set()
        answers = await asyncio.gather(*(client.read("GET", "/x") for _ in range(50)))
    assert [answer.status for answer in answers] == [200] * 50


async def test_a_closed_client_sends_nothing():
    handler, asked = canned_answers(reply("200 OK", b"{}"))
    async with talking(handler) as client:
        await client.aclose()
        assert type(await problem_of(client, wrote=True)) is Offline
    assert asked == []


async def test_an_unusable_address_is_refused_before_anything_else():
    with pytest.raises(Invalid) as caught:
        async with client_for("http://api.example.com"):
            pass
    assert "base_url" in caught.value.fields


async def test_the_environments_proxy_is_used_but_not_for_this_computer(monkeypatch):
    handler, asked = canned_answers(reply("407 Proxy Authentication Required", b""))
    async with raw_server(handler) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        async with client_for("https://api.example.com") as client:
            problem = await problem_of(client, wrote=True)
        assert type(problem) is Offline
        assert "proxy" in problem.detail
        assert asked[0][0].startswith("CONNECT api.example.com:443")
        monkeypatch.setenv("http_proxy", proxy)
        here, _ = canned_answers(reply("200 OK", b"{}"))
        async with talking(here) as client:
            assert (await client.read("GET", "/x")).status == 200
    assert len(asked) == 1


async def test_data_that_holds_the_key_comes_without_it():
    data = {"subject": f"Bearer {KEY}", KEY: [KEY, {"status": f"{KEY}{KEY}"}]}
    handler, _ = canned_answers(reply("200 OK", json.dumps(data).encode()))
    async with talking(handler) as client:
        found = await (await client.read("GET", "/x")).json()
    assert found == {"subject": "Bearer …", "…": ["…", {"status": "……"}]}


async def test_a_file_keeps_its_bytes_whatever_it_holds():
    handler, _ = canned_answers(reply("200 OK", json.dumps(KEY).encode()))
    async with raw_server(handler) as base, client_for(base) as client:
        assert await client.get_bytes(f"{base}/file.json") == json.dumps(KEY).encode()


@pytest.mark.parametrize("wrote", [False, True], ids=["read", "write"])
@pytest.mark.parametrize(
    "answer",
    [
        reply("200 OK", b"hello", f"application/{KEY}"),
        reply("200 OK", b"hello", f"application/{KEY.upper()}"),
        reply("200 OK", b"hello", f"x/{KEY[:12]}; y={KEY[-10:]}"),
        reply("403 Forbidden", json.dumps({"message": f"your key {KEY[:16]} ends with {KEY[-10:]}"}).encode()),
        reply("422 Odd", json.dumps({"errors": {KEY[:14]: [" ".join(KEY)]}}).encode()),
        reply("500 Oops", json.dumps({"error": "".join(f"&#{ord(sign)};" for sign in KEY)}).encode()),
    ],
)
async def test_nothing_of_the_key_is_shown_however_a_server_gives_it_back(answer, wrote):
    handler, _ = canned_answers(answer)
    async with talking(handler) as client:
        problem = await problem_of(client, wrote=wrote)
    shown = f"{problem.detail} {getattr(problem, 'fields', '')}".casefold()
    assert "…" in shown
    letters = "".join(sign for sign in shown if sign.isalnum())
    key = "".join(sign for sign in KEY if sign.isalnum())
    assert not [key[at : at + 8] for at in range(len(key) - 7) if key[at : at + 8] in letters]


async def test_long_runs_without_a_gap_are_cut_as_they_may_be_a_credential():
    unknown = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"
    handler, _ = canned_answers(reply("403 Forbidden", json.dumps({"message": f"no {unknown} for 7f9c"}).encode()))
    async with talking(handler) as client:
        problem = await problem_of(client, wrote=False)
    assert unknown[41:] not in problem.detail
    assert problem.detail.endswith("for 7f9c")


async def test_a_token_given_back_with_its_refusal_is_not_shown_and_was_registered():
    given = [f"tok-{number}-Zx81bQw0LmN7" for number in range(9)]
    answers = []
    for token in given:
        answers.append(reply("200 OK", json.dumps({"access_token": token, "expires_in": 3600}).encode()))
        answers.append(reply("401 Unauthorized", json.dumps({"message": f"{token} is not valid"}).encode()))
    handler, asked = canned_answers(*answers)
    registered: list[str] = []
    async with raw_server(handler) as base:
        clock = FakeClock()
        tokens = ClientCredentialsAuth(
            "me", Secret("s3cret"), path="/t", clock=clock, register_secret=registered.append
        )
        client = VendorClient(base, tokens, windows=(Window(1000, 1),), clock=clock)
        with pytest.raises(SignInNeeded) as caught:
            await client.read("GET", "/x")
        await client.aclose()
    assert "is not valid" in caught.value.detail
    assert not [token for token in given if token in caught.value.detail]
    assert registered == given[: len(asked) // 2]


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
async def test_a_name_of_the_vendors_that_leads_into_this_network_is_not_connected_to(inside):
    asked: list[str] = []

    async def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["93.184.216.34", inside]

    async with client_for("https://api.example.com", resolve=resolve) as client:
        with pytest.raises(Offline):
            await client.get_bytes("https://files.example.net/1")
    assert set(asked) == {"files.example.net"}
