"""Sends every request to a vendor."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from deskhand.domain.departure import waiting_to_leave
from deskhand.domain.ports import Clock
from deskhand.domain.problems import DeskProblem, Offline, SignInNeeded, Throttled, VendorDown
from deskhand.domain.request_priority import RequestPriority, current_priority
from deskhand.domain.scrubbing import Scrubber

from .address import check_base_url, origin
from .answers import Answer
from .body import read_body, read_error_body
from .budgets import Budgets
from .networks import Resolve, resolve_by_system
from .pacing import Pacer, Window, retry_after, throttle_delay
from .parser_thread import in_parser_thread
from .problems import TRANSPORT_ERRORS, ErrorResponse, from_exception, from_status, read_error_response, scrub, unsent
from .request import JSON_CAP, Call, Params, Part
from .resolving import checked_resolver
from .retry import ReadRetry
from .secret_removal import remove_secrets
from .times import parse_time
from .tokens import Authenticator
from .transport import build_client
from .url_policy import UrlPolicy

log = logging.getLogger(__name__)

CALL_SECONDS = 30.0
"""Seconds for one call: httpx has no total of its own, a body that drips keeps it for ever (encode/httpx #1450)."""

_TOKEN_RENEWALS = 2
"""Fresh tokens for one call. A vendor may take back a token just given (keys rotated, a client edited): asking the agent to sign in
for that would stop the account for a quarter of an hour.
"""

_TOKEN_FETCHES = 3
"""How often a token is fetched anew for a call because it ended while the call waited for its turn."""

_UPLOAD_RATE = 50_000.0
"""Bytes per second that an upload is granted beyond that."""

_FILE_CAP = 100 * 1024 * 1024
_MAX_CLOCK_LEAD = timedelta(days=1)
"""A clock that is further from ours is no clock that is compared with anything."""

_THREAD_FROM_BYTES = 16 * 1024
"""Bytes of data beyond which it is searched in a thread."""

ErrorMapper = Callable[[ErrorResponse], DeskProblem | None]


class VendorClient:
    """Asks one account's vendor: paced, authorised, bounded, its failures translated.

    Args:
        base_url: checked here, so that connecting with an unusable one raises Invalid.
        windows: the vendor's documented rate limits.
        map_error: what an adapter knows of its vendor's error answers beyond the general table; None = the table decides.
        timeout: seconds that one call may take.
        resolve: how the names of addresses that the vendor names become IP addresses.
        budgets: where clients with the same unit meet; None = this client has a budget of its own.
        per_workspace: the vendor counts by workspace, which its address stands for, not by key.
    """

    def __init__(
        self,
        base_url: str,
        authenticator: Authenticator,
        *,
        windows: Sequence[Window],
        clock: Clock,
        map_error: ErrorMapper | None = None,
        timeout: float = CALL_SECONDS,
        resolve: Resolve = resolve_by_system,
        budgets: Budgets | None = None,
        per_workspace: bool = False,
    ) -> None:
        self._resolve_host = resolve
        self._base = check_base_url(base_url)
        self._url_policy = UrlPolicy(self._base, resolve)
        self._authenticator = authenticator
        self._clock = clock
        unit = (*map(str, origin(self._base)), *(() if per_workspace else authenticator.identity()))
        self._pacer = Pacer(windows, clock) if budgets is None else budgets.pacer(windows, *unit)
        self._retry = ReadRetry(clock)
        self._map_error = map_error
        self._timeout = timeout
        self._clients: dict[tuple[tuple[str, str, int], bool], httpx.AsyncClient] = {}
        self._closed = False
        self._scrubbers: dict[str, Scrubber] = {}
        self._scrubber = Scrubber()
        self._refused: SignInNeeded | None = None
        self.clock_lead = timedelta()
        """How far the vendor's clock is ahead of this computer's, as its latest answer told."""

    def try_again(self) -> None:
        """Forget that the vendor refused the credentials: the agent wants them tried once more."""
        self._refused = None

    async def read(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        priority: RequestPriority | None = None,
        scope: str = "",
    ) -> Answer:
        """Ask for something; repeated by itself where that may help.

        Args:
            path: behind the base address, its segments quoted (`address.quote_segment`).
            priority: who waits; by default what the running task says.
            scope: a limit that counts apart, see `Pacer.acquire`.

        Raises:
            Offline, Throttled, VendorDown, SignInNeeded, NotAllowed, NotInPlan, NotFound, UnexpectedResponse.
        """
        call = Call(method, self._base + path, params=params, json=json, form=form)
        return await self._retry.run(lambda: self._send_authenticated(call, priority or current_priority(), scope))

    async def write(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        part: Part | None = None,
        scope: str = "",
        repeatable: bool = False,
    ) -> Answer:
        """Change something, once. A 401 to a token is repeated with a fresh one, twice at most, where repeating does no harm.

        Args:
            repeatable: doing it twice leaves the vendor as doing it once would: it sets values, or carries a key of ours. What is
                not repeatable is sent once and never again from here: a token may end while the vendor is at work.

        Raises:
            Offline, Throttled: nothing was done.
            SignInNeeded, NotAllowed, NotInPlan, NotFound, Stale, Invalid: refused.
            OutcomeUnknown: anything else.
        """
        url = self._base + path
        call = Call(method, url, params=params, json=json, form=form, part=part, is_write=True, repeatable=repeatable)
        return await self._send_authenticated(call, RequestPriority.INTERACTIVE, scope)

    async def put_bytes(self, url: str, data: bytes, *, mime: str, presigned: bool = True) -> Answer:
        """Upload to an address that the vendor named.

        Args:
            presigned: the address itself is the permission, and a credential beside it would be refused (as storage services do);
                else ours is shown, to the vendor's own origin only.
        """
        place = await self._url_policy.checked_url(url)
        call = Call(
            "PUT", place, content=data, headers={"content-type": mime}, is_write=True
        )  # the same bytes once more
        return await self._send_to_provided_url(call, RequestPriority.INTERACTIVE, presigned=presigned)

    async def get_bytes(self, url: str, *, presigned: bool = False) -> bytes:
        """Download from an address that the vendor named, up to 100 MB; `presigned` as for `put_bytes`."""
        call = Call("GET", await self._url_policy.checked_url(url), headers={"accept": "*/*"}, max_bytes=_FILE_CAP)
        answer = await self._retry.run(
            lambda: self._send_to_provided_url(call, current_priority(), presigned=presigned)
        )
        return answer.body

    async def aclose(self) -> None:
        """Close all connections; a later call raises Offline."""
        self._closed = True
        clients, self._clients = tuple(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    async def _send_to_provided_url(self, call: Call, priority: RequestPriority, *, presigned: bool) -> Answer:
        if presigned or origin(call.url) != origin(self._base):
            await self._wait_for_slot(priority, "")
            return await self._send_once(call, {}, "")
        # Who refuses here may be the vendor's storage: that says nothing of the account.
        return await self._send_with_credential(call, priority, "", about_account=False)

    async def _send_authenticated(self, call: Call, priority: RequestPriority, scope: str) -> Answer:
        """Ask with the account's credential. Once that was refused nothing is asked any more until the agent has acted."""
        if self._refused is not None:
            raise SignInNeeded(self._refused.detail, status=self._refused.status)
        try:
            return await self._send_with_credential(call, priority, scope, about_account=True)
        except SignInNeeded as problem:
            self._refused = problem
            raise

    async def _send_with_credential(
        self, call: Call, priority: RequestPriority, scope: str, *, about_account: bool
    ) -> Answer:
        left = _TOKEN_RENEWALS
        while True:
            with waiting_to_leave() if call.is_write else nullcontext():
                headers = await self._credential_at_turn(call, priority, scope)
            answer = await self._send_once(call, headers, scope, return_401=True)
            if answer.status != 401:
                return answer
            ended = self._authenticator.on_rejected(headers) and left > 0
            if ended and call.repeatable:
                left -= 1
                continue
            if not ended and about_account:
                self._refused = SignInNeeded("the credentials were refused", status=401)
            raise self._problem(call, answer)

    async def _credential_at_turn(self, call: Call, priority: RequestPriority, scope: str) -> Mapping[str, str]:
        """Wait for the turn of a call and return its credential, which has not ended while it waited."""
        for _ in range(_TOKEN_FETCHES):
            headers = await self._credential(call)
            await self._wait_for_slot(priority, scope)
            if self._authenticator.is_usable(headers):
                return headers
        problem = VendorDown("its access tokens end before they can be used")
        raise unsent(problem, "signing in failed") if call.is_write else problem

    async def _credential(self, call: Call) -> Mapping[str, str]:
        try:
            return await self._authenticator.headers(self._post_form)
        except DeskProblem as error:
            if not call.is_write:
                raise
            problem = unsent(error, "signing in failed")
        raise problem

    async def _post_form(self, path: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        # Asking for a token twice does no harm, so this is a read in every respect but the status of a refused form.
        call = Call("POST", self._base + path, form=form, headers=headers)

        async def post() -> Answer:
            await self._wait_for_slot(RequestPriority.INTERACTIVE, "")
            return await self._send_once(call, {}, "")

        return await self._retry.run(post)

    async def _wait_for_slot(self, priority: RequestPriority, scope: str) -> None:
        if self._closed:
            raise Offline("this account's connection was closed")
        await self._pacer.acquire(priority, scope)

    async def _send_once(
        self, call: Call, credential: Mapping[str, str], scope: str, *, return_401: bool = False
    ) -> Answer:
        if self._closed:
            raise Offline("this account's connection was closed")
        answer = await self._send_in_time(call, credential)
        if 200 <= answer.status < 300 or (answer.status == 401 and return_401):
            self._pacer.on_success(answer.headers, scope)
            self._compare_clocks(call, answer)
            return answer
        problem = self._problem(call, answer)
        if answer.status == 429 or (answer.status == 503 and self._retry_delay(answer) is not None):
            wait = self._pacer.on_throttled(self._retry_delay(answer), scope)
            if isinstance(problem, Throttled):
                problem = Throttled(wait, problem.detail, status=problem.status)
        raise problem

    def _compare_clocks(self, call: Call, answer: Answer) -> None:
        """Note what the vendor's own data came with as its date: not a login page's, a storage's, or a stored copy's."""
        told = parse_time(answer.headers.get("date"))
        if told is None or "age" in answer.headers or not answer.is_json or origin(call.url) != origin(self._base):
            return
        lead = told - self._clock.now()
        if abs(lead) <= _MAX_CLOCK_LEAD:
            self.clock_lead = lead

    def _problem(self, call: Call, answer: Answer) -> DeskProblem:
        refusal = read_error_response(
            answer.status,
            answer.headers,
            answer.body,
            answer.redact,
            is_write=call.is_write,
            repeatable=call.repeatable,
        )
        if self._map_error is not None and (known := self._map_error(refusal)) is not None:
            return known
        return from_status(refusal, self._retry_delay(answer))

    def _retry_delay(self, answer: Answer) -> timedelta | None:
        # Only a 429 speaks of its limit. The reset that other answers carry says nothing of why a 503 came.
        order = throttle_delay if answer.status == 429 else retry_after
        return order(answer.headers, self._clock)

    async def _send_in_time(self, call: Call, credential: Mapping[str, str]) -> Answer:
        begun = self._clock.monotonic()
        size = len(call.part.data) if call.part else len(call.content or b"")
        try:
            async with asyncio.timeout(self._timeout + size / _UPLOAD_RATE):
                answer = await self._send_request(call, credential)
        except TRANSPORT_ERRORS as error:
            problem = from_exception(error, is_write=call.is_write)
            log.info("%s: %s (%s)", call.label, type(problem).__name__, problem.detail)
        else:
            log.info("%s: %d in %.0f ms", call.label, answer.status, (self._clock.monotonic() - begun) * 1000)
            return answer
        raise problem  # outside the handler: what it came from may name addresses, and stays out of tracebacks

    async def _send_request(self, call: Call, credential: Mapping[str, str]) -> Answer:
        client = self._client(call)
        files = {call.part.name: (call.part.filename, call.part.data, call.part.mime)} if call.part else None
        request = client.build_request(
            call.method,
            call.url,
            params=call.params,
            json=call.json,
            data=call.form,
            files=files,
            content=call.content,
            headers={**call.headers, **credential},
        )
        await request.aread()  # one block of bytes with its length, whatever the body was made from
        response = await client.send(request, stream=True)
        try:
            headers = {name.casefold(): value for name, value in response.headers.items()}
            packing = headers.get("content-encoding", "")
            if response.is_success:
                body = await read_body(response, packing, call.max_bytes)
            else:
                body = await read_error_body(response, packing)
        finally:
            await response.aclose()
        answer = Answer(response.status_code, headers, body, call.is_write, self._redact)
        if credential and call.max_bytes == JSON_CAP and answer.is_json:  # no file, and no answer that brings a token
            answer = replace(answer, body=await self._remove_secrets(body, answer.charset))
        return answer

    async def _remove_secrets(self, body: bytes, charset: str) -> bytes:
        """Return data without what proves who asks, should the server (or what stands before it) write that into it."""
        secrets = self._authenticator.secrets()
        if len(body) > _THREAD_FROM_BYTES:
            return await in_parser_thread(lambda: remove_secrets(body, secrets, charset))
        return remove_secrets(body, secrets, charset)

    def _redact(self, text: str) -> str:
        """Return what of a server's text may be shown: nothing that it was ever given as a proof of who asks."""
        secrets = self._authenticator.secrets()
        if set(secrets) != self._scrubbers.keys():
            self._scrubbers = {secret: self._scrubbers.get(secret) or Scrubber.of((secret,)) for secret in secrets}
            self._scrubber = Scrubber.joined(self._scrubbers.values())
        return scrub(text, self._scrubber)

    def _client(self, call: Call) -> httpx.AsyncClient:
        keep_alive = not call.is_write
        place = (origin(call.url), keep_alive)
        if place not in self._clients:
            allowed = self._url_policy.allowed_addresses(call.url)
            resolver = checked_resolver(self._resolve_host, allowed) if allowed is not None else None
            self._clients[place] = build_client(call.url, keep_alive=keep_alive, resolver=resolver)
        return self._clients[place]
