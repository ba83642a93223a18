"""Runs inside `dbus-run-session`: uses a vault against a real keyring daemon and prints what happened, as JSON.

Usage: keyring_session.py unlocked|locked|empty|none|read|reader
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import secretstorage
from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]  # ships no types

from deskhand.domain.problems import VaultUnavailable
from deskhand.secrets.keyring_vault import KeyringVault

BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
SECRETS = "org.freedesktop.secrets"
VALUE = "canary-0123456789 äöü 😀"


def is_served() -> bool:
    """Ask the bus, never the service itself: that would start a second, locked daemon."""
    connection = secretstorage.dbus_init()
    try:
        (owned,) = connection.send_and_get_reply(new_method_call(BUS, "NameHasOwner", "s", (SECRETS,))).body
        return bool(owned)
    finally:
        connection.close()


@contextmanager
def daemon(*, unlock: bool) -> Iterator[None]:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if unlock else [])]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert process.stdin is not None
        if unlock:
            process.stdin.write(b"keyring password\n")
        process.stdin.close()
        until = time.monotonic() + 20
        while not is_served():
            assert process.poll() is None, "the daemon ended"
            assert time.monotonic() < until, "the daemon does not answer"
        yield
    finally:
        process.terminate()
        process.wait(20)


async def attempt(call) -> dict[str, object]:
    try:
        return {"value": await call}
    except VaultUnavailable as problem:
        return {"reason": problem.reason.value, "detail": problem.detail}


async def use(vault: KeyringVault) -> list[dict[str, object]]:
    started = time.monotonic()
    steps = [
        await attempt(vault.get("db-key")),
        await attempt(vault.put("db-key", VALUE)),
        await attempt(vault.get("db-key")),
        await attempt(vault.put("db-key", "second")),
        await attempt(vault.get("db-key")),
        await attempt(KeyringVault("other-profile").get("db-key")),
        await attempt(vault.delete("db-key")),
        await attempt(vault.delete("db-key")),
        await attempt(vault.get("db-key")),
    ]
    return [*steps, {"name": vault.name, "seconds": time.monotonic() - started}]


def run() -> list[dict[str, object]]:
    return asyncio.run(use(KeyringVault("test")))


def main(situation: str) -> None:
    match situation:
        case "unlocked":
            with daemon(unlock=True):
                told = run()
        case "locked":
            with daemon(unlock=True):  # makes the keyring that is locked afterwards
                run()
            with daemon(unlock=False):
                told = run()
        case "empty":
            with daemon(unlock=False):
                told = run()
        case "read":  # by another process than the one that wrote
            with daemon(unlock=True):
                asyncio.run(KeyringVault("test").put("db-key", VALUE))
                reader = [sys.executable, __file__, "reader"]
                told = json.loads(subprocess.run(reader, stdout=subprocess.PIPE, check=True).stdout)
        case "reader":
            vault = KeyringVault("test")
            told = [
                asyncio.run(attempt(vault.get("db-key"))),
                {"name": vault.name, "with_library": "keyring" in sys.modules},
            ]
        case _:
            told = run()
    print(json.dumps(told))


main(sys.argv[1])
