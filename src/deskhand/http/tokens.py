"""How a request is authenticated."""

import asyncio
import base64
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from deskhand.domain.accounts import Secret
from deskhand.domain.ports import Clock
from deskhand.domain.problems import (
    Invalid,
    NotAllowed,
    SignInNeeded,
)

from .answers import Answer

log = logging.getLogger(__name__)

_REFRESH_AT = 0.8
"""Of `expires_in`: late answers and slow clocks have their margin."""

_DEFAULT_LIFETIME_SECONDS = 3600.0

_REMEMBERED_TOKENS = 8
"""Tokens that are struck out of what the vendor says; one lives for an hour, an answer comes within a minute."""
_MAX_TOKEN_LENGTH = 16_384
"""Characters: no server takes a header line as long as that."""
_MAX_LIFETIME_SECONDS = 90 * 86400.0
"""Seconds: what claims to last longer is read as a mistake, and renewed after the documented hour."""

PostForm = Callable[[str, Mapping[str, str], Mapping[str, str]], Awaitable[Answer]]
"""Posts a form (path, fields, headers) without credentials of its own. `VendorClient` provides it."""


class Authenticator(Protocol):
    """Adds the credential to a request."""

    async def headers(self, post: PostForm) -> Mapping[str, str]:
        """Return the headers for the next request.

        Raises:
            SignInNeeded: there is no credential that could work.
            Throttled, Offline, VendorDown: none could be fetched now.
        """
        ...

    def is_usable(self, headers: Mapping[str, str]) -> bool:
        """Tell whether these headers may still be shown: a token may have ended since they were made."""
        ...

    def on_rejected(self, headers: Mapping[str, str]) -> bool:
        """Learn that the vendor answered 401 to these headers; True where fresh ones may do better."""
        ...

    def secrets(self) -> tuple[str, ...]:
        """Return what must not appear in any message, what was used before and is refused by now included."""
        ...

    def identity(self) -> tuple[str, ...]:
        """Return what tells this credential from others; a secret."""
        ...


class ApiKeyAuth:
    """An API key in a header: `Authorization: Bearer …` unless told otherwise."""

    def __init__(self, key: Secret, *, header: str = "authorization", prefix: str = "Bearer ") -> None:
        self._key = key
        self._header = header
        self._prefix = prefix

    async def headers(self, post: PostForm) -> Mapping[str, str]:  # noqa: ARG002 - a key needs no call
        """Return the header."""
        return {self._header: self._prefix + header_value(self._key)}

    def is_usable(self, headers: Mapping[str, str]) -> bool:  # noqa: ARG002 - a key does not end by itself
        """Tell that they may."""
        return True

    def on_rejected(self, headers: Mapping[str, str]) -> bool:  # noqa: ARG002 - there is only one key
        """Tell that nothing else could be tried."""
        return False

    def secrets(self) -> tuple[str, ...]:
        """Return the key."""
        return (self._key.reveal().strip(),)

    def identity(self) -> tuple[str, ...]:
        """Return the key."""
        return self.secrets()


class ClientCredentialsAuth:
    """OAuth client credentials: a short token, fetched once for all who wait, renewed at 80 % of its life.

    Args:
        path: of the token call, behind the base address.
        basic: client id and secret in an `Authorization: Basic` header instead of in the form.
        register_secret: told each token, so that logs and crash files never hold one.
    """

    def __init__(
        self,
        client_id: str,
        secret: Secret,
        *,
        path: str,
        clock: Clock,
        basic: bool = False,
        register_secret: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._client_id = client_id.strip()
        self._secret = secret
        self._path = path
        self._basic = basic
        self._clock = clock
        self._lock = asyncio.Lock()
        self._register_secret = register_secret
        self._token: Secret | None = None
        self._tokens: deque[Secret] = deque(maxlen=_REMEMBERED_TOKENS)
        self._renew_at_monotonic = 0.0
        self._renew_at_wall_clock = clock.now()
        self.scope = ""
        """What the vendor said the credential reaches, space-separated; empty where it does not say."""

    async def headers(self, post: PostForm) -> Mapping[str, str]:
        """Return the bearer header, fetching a token where none is fresh."""
        async with self._lock:
            if self._token is None or self._is_expired():
                await self._fetch(post)
            assert self._token is not None
            return {"authorization": f"Bearer {self._token.reveal()}"}

    def is_usable(self, headers: Mapping[str, str]) -> bool:
        """Tell whether these are the headers of the token in use, and it has not ended."""
        token = self._token
        return token is not None and headers == {"authorization": f"Bearer {token.reveal()}"} and not self._is_expired()

    def _is_expired(self) -> bool:
        """Go by both clocks: the one that never goes back stands still while some computers sleep."""
        return self._clock.monotonic() >= self._renew_at_monotonic or self._clock.now() >= self._renew_at_wall_clock

    def on_rejected(self, headers: Mapping[str, str]) -> bool:
        """Drop the refused token, unless a newer one is there already."""
        if self._token is not None and headers.get("authorization") == f"Bearer {self._token.reveal()}":
            self._token = None
        return True

    def secrets(self) -> tuple[str, ...]:
        """Return the client secret and the newest tokens: an answer to an old one may come after it was dropped."""
        return (self._secret.reveal().strip(), *(token.reveal() for token in self._tokens))

    def identity(self) -> tuple[str, ...]:
        """Return client id and secret, whatever token they got."""
        return (self._client_id, self._secret.reveal().strip())

    async def _fetch(self, post: PostForm) -> None:
        form = {"grant_type": "client_credentials"}
        headers: dict[str, str] = {}
        secret = header_value(self._secret)
        if self._basic:
            pair = base64.b64encode(f"{self._client_id}:{secret}".encode()).decode()
            headers["authorization"] = f"Basic {pair}"
        else:
            form |= {"client_id": self._client_id, "client_secret": secret}
        asked, asked_at = self._clock.monotonic(), self._clock.now()  # its life may begin before its answer is here
        try:
            answer = await post(self._path, form, headers)
        except (Invalid, NotAllowed) as problem:
            # RFC 6749 lets a server answer 400 to a wrong client.
            refused = SignInNeeded(problem.detail, status=problem.status)
        else:
            token, life, self.scope = await answer.map(_read_token)
            self._register_secret(token)
            self._token = Secret(token)
            self._tokens.append(self._token)
            self._renew_at_monotonic = asked + life * _REFRESH_AT
            self._renew_at_wall_clock = asked_at + timedelta(seconds=life * _REFRESH_AT)
            log.info("new access token for %.0f s", life)
            return
        raise refused


def header_value(secret: Secret) -> str:
    """Return the credential for a header, refusing what no header can carry (a pasted line break or ellipsis)."""
    text = secret.reveal().strip()
    if not text or not text.isascii() or not text.isprintable():
        raise SignInNeeded("the secret is empty or holds characters that no secret has; paste it again")
    return text


def _read_token(data: Any) -> tuple[str, float, str]:
    token = data.get("access_token") if isinstance(data, dict) else None
    if not isinstance(token, str) or not (
        token.isascii() and token.isprintable() and 0 < len(token) <= _MAX_TOKEN_LENGTH
    ):
        raise ValueError("no access_token")
    try:
        life = float(data.get("expires_in") or _DEFAULT_LIFETIME_SECONDS)
    except (TypeError, ValueError):
        life = _DEFAULT_LIFETIME_SECONDS
    if not 0 < life <= _MAX_LIFETIME_SECONDS:  # also for what is no number at all
        life = _DEFAULT_LIFETIME_SECONDS
    scope = data.get("scope")
    return token, max(life, 1.0), scope if isinstance(scope, str) else ""
