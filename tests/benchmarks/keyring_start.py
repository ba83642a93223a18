"""Starts of the program with the key in a real keyring; run inside dbus-run-session: `python -m tests.benchmarks.keyring_start JOB`."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import secretstorage
from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]  # ships no types
from tests.benchmarks import processes
from tests.benchmarks.figures import medians
from tests.helpers.store_fixtures import KEY

from deskhand import bootstrap
from deskhand.profile.profile import Profile
from deskhand.secrets.keyring_vault import KeyringVault

BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
SECRETS = "org.freedesktop.secrets"


@contextmanager
def _keyring() -> Iterator[None]:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"]
    daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(b"benchmark\n")
        daemon.stdin.close()
        until = time.monotonic() + 20
        while not _is_served():
            assert time.monotonic() < until, "the daemon does not answer"
            assert daemon.poll() is None, "the daemon ended"
        yield
    finally:
        daemon.terminate()
        daemon.wait(20)


def _is_served() -> bool:
    """Ask the bus, never the service itself: that would start a second, locked daemon."""
    connection = secretstorage.dbus_init()
    try:
        (owned,) = connection.send_and_get_reply(new_method_call(BUS, "NameHasOwner", "s", (SECRETS,))).body
        return bool(owned)
    finally:
        connection.close()


def _starts(job: dict[str, Any]) -> dict[str, Any]:
    """Return the medians of so many starts, or all of one where the `names` of what is loaded are wanted."""
    folder = Path(job["folder"])
    profile = Profile(folder, "benchmark", "keyring")
    profile.save()
    asyncio.run(KeyringVault(profile.id).put(bootstrap.DATABASE_KEY, KEY.reveal()))
    start = {"do": "start", "folder": str(folder), "tickets": job["tickets"], "keyring": True}
    if job.get("names"):
        found: dict[str, Any] = processes.run("real_window", {**start, "names": True})
        return found
    told: dict[str, Any] = medians([processes.run("real_window", start) for _ in range(job["runs"] + 1)][1:])
    if job.get("counts") and processes.can_count_instructions():
        told["instructions"] = processes.instructions("real_window", start, env={"PYTHONHASHSEED": "0"})
    return told


if __name__ == "__main__":
    with _keyring():
        found = _starts(json.loads(sys.argv[1]))
    processes.print_figures(found)
