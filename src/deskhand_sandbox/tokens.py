"""Access tokens of the vendors that issue them."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from deskhand_sandbox.faults import Faults

Clock = Callable[[], datetime]


def real_time() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def secret(seed: int, *parts: str) -> str:
    """A credential that looks random and is the same for the same seed and parts: 32 hex digits."""
    return hashlib.sha256("/".join([str(seed), *parts]).encode()).hexdigest()[:32]


class Tokens:
    """Issues access tokens and knows which are still valid. `lifetime` is in seconds and may be changed at any time."""

    def __init__(self, vendor: str, seed: int, faults: Faults, clock: Clock, lifetime: int = 3600) -> None:
        self.lifetime = lifetime
        self._vendor = vendor
        self._seed = seed
        self._faults = faults
        self._clock = clock
        self._issued: dict[str, tuple[datetime, int]] = {}

    def issue(self) -> str:
        """A new token, valid from now on for `lifetime` seconds."""
        token = "eyJhbGciOi" + secret(self._seed, self._vendor, "token", str(len(self._issued)))
        self._issued[token] = (self._clock() + timedelta(seconds=self.lifetime), self._faults.token_generation)
        return token

    def is_valid(self, token: str) -> bool:
        """Whether the token was issued here, has not run out and was not expired by a fault."""
        until, generation = self._issued.get(token, (None, -1))
        return until is not None and generation == self._faults.token_generation and self._clock() < until
