"""The keyrings that may be used, chosen by class and platform.

`keyring.get_keyring()` is not asked: `PYTHON_KEYRING_BACKEND` and `keyringrc.cfg` may name any class, and `null` accepts a secret
and stores nothing (measured). Everything here runs in the vault's own thread, the import included (50 to 250 ms).
"""

import sys
from contextlib import closing
from importlib import import_module
from typing import TYPE_CHECKING

from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.secrets.secret_service import daemon_name

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

LINUX = ("SecretService", "kwallet")
MODULES = {"win32": ("Windows",), "darwin": ("macOS",)}
"""Modules of `keyring.backends` that `choose` uses; on other platforms those of `LINUX`."""

LINUX_NEEDS = ("secretstorage", "cryptography.hazmat.primitives.ciphers")
NEEDS = {"win32": ("win32ctypes.pywin32.win32cred",), "darwin": ("keyring.backends.macOS.api",)}
"""What these modules need. Without it they can be imported, and are never usable."""


def bundled_backends(platform: str = sys.platform) -> tuple[str, ...]:
    """Return the names of the backends that this copy has for a platform, and how many of them keyring itself finds by their metadata.

    Whether one of them can be used now is another question, which `choose` answers.

    Raises:
        ImportError: one is missing.
    """
    from importlib.metadata import entry_points

    names = MODULES.get(platform, LINUX)
    for module in (*(f"keyring.backends.{name}" for name in names), *NEEDS.get(platform, LINUX_NEEDS)):
        import_module(module)
    return (*names, f"{len(entry_points(group='keyring.backends'))} registered")


def choose(platform: str = sys.platform) -> "tuple[KeyringBackend, str]":
    """Return this platform's keyring and its name for people.

    Raises:
        VaultUnavailable: NO_KEYRING, with what was tried.
    """
    if platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return _usable(WinVaultKeyring), "Windows Credential Manager"
    if platform == "darwin":
        from keyring.backends.macOS import Keyring as MacKeyring

        return _usable(MacKeyring), "macOS Keychain"
    from keyring.backends.kwallet import DBusKeyring
    from keyring.backends.SecretService import Keyring as SecretService

    try:
        return _usable(SecretService), _secret_service_name()
    except VaultUnavailable as problem:
        tried = problem.detail
    try:
        return _usable(DBusKeyring), "KWallet"
    except VaultUnavailable as problem:
        raise VaultUnavailable(VaultReason.NO_KEYRING, f"{tried}; {problem.detail}") from None


def _usable(backend: "type[KeyringBackend]") -> "KeyringBackend":
    try:
        if backend.priority <= 0:
            raise VaultUnavailable(VaultReason.NO_KEYRING, f"{backend.__module__} is not usable here")
    except (RuntimeError, OSError, ImportError) as problem:
        raise VaultUnavailable(VaultReason.NO_KEYRING, str(problem)) from problem
    return backend()


def _secret_service_name() -> str:
    import secretstorage

    with closing(secretstorage.dbus_init()) as connection:
        return daemon_name(connection)
