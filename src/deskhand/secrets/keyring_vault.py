"""Credentials in the operating system's keyring."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.domain.scrubbing import Scrubber
from deskhand.secrets import backends, secret_service
from deskhand.secrets.worker import Worker

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
Chooser = Callable[[], "tuple[KeyringBackend, str]"]

TIMEOUT_SECONDS: Final = 5.0
"""Seconds; a hidden unlock prompt blocks for ever."""

MAX_SECRET_CHARS: Final = 1_280
"""Characters: Windows stores 2,560 bytes of UTF-16 for an item."""


class KeyringVault:
    """One keyring item per secret, under the service `Deskhand/<profile>`.

    Args:
        profile: the profile's id, so that two profiles never share an item.
        seconds: how long a call may take.
        choose: how the keyring is found; asked again until it succeeds, because a keyring may start later than we do. None =
            this system's, of which an item that lies open is read without the library keyring (`secret_service`).
    """

    def __init__(self, profile: str, *, seconds: float = TIMEOUT_SECONDS, choose: Chooser | None = None) -> None:
        self._service = f"Deskhand/{profile}"
        self._timeout = seconds
        self._choose = choose or backends.choose
        self._reads_directly = choose is None and sys.platform == "linux"
        self._backend: KeyringBackend | None = None
        self._name = "Keyring of this system"
        self._worker = Worker("keyring")

    @property
    def name(self) -> str:
        """What it is, once it was used."""
        return self._name

    async def get(self, item: str, *, seconds: float | None = None) -> str | None:
        """Return the secret, or None where the keyring answered that there is none.

        Args:
            item: which one.
            seconds: how long to wait, more than usual where a person is asked to unlock; cancel the task to stop waiting.

        Raises:
            VaultUnavailable: NO_KEYRING, LOCKED, DENIED or HUNG.
        """

        def read() -> str | None:
            if self._reads_directly and self._backend is None:
                found = secret_service.read_unlocked(self._service, item)
                if found is not None:
                    secret, self._name = found
                    return secret
            return self._keyring().get_password(self._service, item)

        return await self._run(read, seconds)

    async def put(self, item: str, secret: str, *, seconds: float | None = None) -> None:
        """Save the secret and read it back.

        Raises:
            VaultUnavailable: as for `get`, or NOT_STORED where it is too long or does not come back the same.
        """
        if len(secret.encode("utf-16-le")) // 2 > MAX_SECRET_CHARS:
            raise VaultUnavailable(VaultReason.NOT_STORED, f"longer than {MAX_SECRET_CHARS} characters")

        def save() -> bool:
            backend = self._keyring()
            backend.set_password(self._service, item, secret)
            return backend.get_password(self._service, item) == secret

        if not await self._run(save, seconds, secret):
            raise VaultUnavailable(VaultReason.NOT_STORED, "the keyring did not give back what it was given")

    async def delete(self, item: str, *, seconds: float | None = None) -> None:
        """Remove the secret; no error where there is none.

        Raises:
            VaultUnavailable: as for `get`, or NOT_STORED where it is still there afterwards.
        """

        def remove() -> bool:
            backend = self._keyring()
            if backend.get_password(self._service, item) is not None:
                backend.delete_password(self._service, item)
            return backend.get_password(self._service, item) is None

        if not await self._run(remove, seconds):
            raise VaultUnavailable(VaultReason.NOT_STORED, "the keyring still has the item")

    def close(self) -> None:
        """Let the thread go."""
        self._worker.close()

    def _keyring(self) -> "KeyringBackend":
        if self._backend is None:
            self._backend, self._name = self._choose()
        return self._backend

    async def _run(self, call: Callable[[], T], seconds: float | None, secret: str = "") -> T:
        def translate(problem: Exception) -> Exception:
            if isinstance(problem, VaultUnavailable):
                return problem
            reason = _reason(problem)
            if reason is VaultReason.NO_KEYRING:
                self._backend = None
            detail = f"{type(problem).__name__}: {problem}"
            # A new problem without the old one's frames, because they hold the secret.
            return VaultUnavailable(reason, Scrubber.of((secret,)).scrub(detail, "…"))

        try:
            return await self._worker.run(call, seconds or self._timeout, translate)
        except TimeoutError:
            raise VaultUnavailable(VaultReason.HUNG, "the keyring does not answer") from None


def _reason(problem: Exception) -> VaultReason:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    # The backends' own errors are known by name, so that no backend's library is imported for it.
    if isinstance(problem, KeyringLocked):
        return VaultReason.LOCKED
    if isinstance(problem, InitError):
        # No keyring was ever set up, and there is nobody to ask for its password.
        shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        return VaultReason.DENIED if shown else VaultReason.NO_KEYRING
    if type(problem).__name__ in ("LockedException", "PromptDismissedException"):
        return VaultReason.LOCKED
    if isinstance(problem, NoKeyringError | OSError | ImportError | RuntimeError) or type(problem).__name__ in (
        "SecretServiceNotAvailableException",
        "DBusErrorResponse",
        "RouterClosed",
    ):
        return VaultReason.NO_KEYRING
    return VaultReason.DENIED
