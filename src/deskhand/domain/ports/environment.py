"""What surrounds the program: time, the vault of secrets, and pictures from the internet."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time, so that tests need not wait."""

    def now(self) -> datetime:
        """Return the wall clock, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Vault(Protocol):
    """Where secrets live. Every call may raise `problems.VaultUnavailable`."""

    @property
    def name(self) -> str:
        """What it is, for the agent: "GNOME Keyring (Secret Service)"."""

    async def get(self, item: str) -> str | None:
        """Return the secret, or None where there surely is none."""

    async def put(self, item: str, secret: str) -> None:
        """Save the secret and prove it by reading it back."""

    async def delete(self, item: str) -> None:
        """Remove the secret; no error where there is none."""


class PictureFetcher(Protocol):
    """Fetches remote images that the agent asked to see."""

    async def fetch(self, url: str) -> bytes:
        """Return the bytes of one image, without cookies, keys or referrer.

        Raises:
            Invalid: the address is not https, leads into a private network, or the picture is too large.
            Offline, VendorDown: it cannot be had now.
        """
