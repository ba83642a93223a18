import asyncio
import base64
import json
from collections.abc import Mapping

import pytest
from tests.helpers.raw_servers import FakeClock

from deskhand.domain.accounts import Secret
from deskhand.domain.problems import Invalid, OutcomeUnknown, SignInNeeded, UnexpectedResponse, VendorDown
from deskhand.http.answers import Answer
from deskhand.http.tokens import ApiKeyAuth, ClientCredentialsAuth


class TokenServer:
    """Gives out tokens and counts."""

    def __init__(self, clock: FakeClock, life: object = 3600) -> None:
        self.clock = clock
        self.life = life
        self.asked: list[tuple[str, Mapping[str, str], Mapping[str, str]]] = []
        self.problem: Exception | None = None

    async def __call__(self, path: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        self.asked.append((path, form, headers))
        await self.clock.sleep(0.5)
        if self.problem:
            raise self.problem
        body = {"access_token": f"token-{len(self.asked)}", "expires_in": self.life, "scope": "tickets:read"}
        return Answer(200, {"content-type": "application/json"}, json.dumps(body).encode())


def credentials(clock: FakeClock, *, basic: bool = False) -> ClientCredentialsAuth:
    return ClientCredentialsAuth("me", Secret("s3cret"), path="/oauth/token", clock=clock, basic=basic)


async def test_fifty_calls_at_once_fetch_one_token():
    clock = FakeClock()
    server, tokens = TokenServer(clock), credentials(clock)
    headers = await asyncio.gather(*(tokens.headers(server) for _ in range(50)))
    assert len(server.asked) == 1
    assert {header["authorization"] for header in headers} == {"Bearer token-1"}
    assert tokens.scope == "tickets:read"


async def test_a_token_is_renewed_at_four_fifths_of_its_life():
    clock = FakeClock()
    server, tokens = TokenServer(clock, life="100"), credentials(clock)
    await tokens.headers(server)
    clock.advance(79)
    assert (await tokens.headers(server))["authorization"] == "Bearer token-1"
    clock.advance(2)
    assert (await tokens.headers(server))["authorization"] == "Bearer token-2"


async def test_a_refused_token_is_dropped_once_however_many_were_refused():
    clock = FakeClock()
    server, tokens = TokenServer(clock), credentials(clock)
    old = await tokens.headers(server)
    assert tokens.on_rejected(old)
    await tokens.headers(server)
    assert tokens.on_rejected(old)
    assert (await tokens.headers(server))["authorization"] == "Bearer token-2"
    assert len(server.asked) == 2


async def test_the_form_and_the_basic_header_carry_the_client():
    clock = FakeClock()
    server = TokenServer(clock)
    await credentials(clock).headers(server)
    await credentials(clock, basic=True).headers(server)
    (_, form, none), (_, bare, basic) = server.asked
    assert form == {"grant_type": "client_credentials", "client_id": "me", "client_secret": "s3cret"}
    assert none == {}
    assert bare == {"grant_type": "client_credentials"}
    assert base64.b64decode(basic["authorization"].removeprefix("Basic ")) == b"me:s3cret"


async def test_a_refused_client_means_that_the_agent_has_to_sign_in():
    clock = FakeClock()
    server = TokenServer(clock)
    server.problem = Invalid("invalid_client", status=400)
    with pytest.raises(SignInNeeded, match="invalid_client") as caught:
        await credentials(clock).headers(server)
    assert caught.value.status == 400


async def test_a_cancelled_fetch_leaves_the_next_one_free():
    clock = FakeClock()
    server, tokens = TokenServer(clock), credentials(clock)
    first = asyncio.ensure_future(tokens.headers(server))  # noqa: TID251 - to be cancelled
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert await tokens.headers(server)


@pytest.mark.parametrize("life", [None, "soon", 0, -5])
async def test_an_odd_life_does_not_lock_anyone_out(life):
    clock = FakeClock()
    assert await credentials(clock).headers(TokenServer(clock, life))


@pytest.mark.parametrize("key", ["", "  ", "half…", "two\nlines", "ключ"])
async def test_a_key_that_no_header_can_carry_is_not_sent_and_not_shown(key):
    with pytest.raises(SignInNeeded) as caught:
        await ApiKeyAuth(Secret(key)).headers(TokenServer(FakeClock()))
    assert not key.strip() or key not in str(caught.value)


async def test_a_key_is_trimmed_and_put_where_the_vendor_wants_it():
    key = ApiKeyAuth(Secret(" abc \n"), header="x-api-key", prefix="")
    assert await key.headers(TokenServer(FakeClock())) == {"x-api-key": "abc"}
    assert not key.on_rejected({})


@pytest.mark.parametrize("problem", [VendorDown(), OutcomeUnknown()])
async def test_a_token_desk_that_is_down_passes_through(problem):
    clock = FakeClock()
    server = TokenServer(clock)
    server.problem = problem
    with pytest.raises(type(problem)):
        await credentials(clock).headers(server)


async def test_a_token_that_no_header_line_can_carry_is_none():
    clock = FakeClock()

    async def post(path: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        body = json.dumps({"access_token": "t" * 20_000, "expires_in": 60})
        return Answer(200, {"content-type": "application/json"}, body.encode())

    with pytest.raises(UnexpectedResponse):
        await credentials(clock).headers(post)
