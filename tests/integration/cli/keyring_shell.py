"""Runs inside `dbus-run-session`: the command line with a real gnome-keyring. Prints what happened, as JSON.

Usage: keyring_shell.py PROFILE BASE_URL   (the secret comes by standard input)
"""

import json
import os
import subprocess
import sys
import time

import secretstorage
from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]  # ships no types

PROFILE, BASE_URL = sys.argv[1:]
SECRET = sys.stdin.read().strip()
BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def served() -> bool:
    connection = secretstorage.dbus_init()
    try:
        (owned,) = connection.send_and_get_reply(
            new_method_call(BUS, "NameHasOwner", "s", ("org.freedesktop.secrets",))
        ).body
        return bool(owned)
    finally:
        connection.close()


def items() -> int:
    """Count the items of the keyring, ours being the only ones."""
    connection = secretstorage.dbus_init()
    try:
        return sum(
            1 for collection in secretstorage.get_all_collections(connection) for _ in collection.get_all_items()
        )
    finally:
        connection.close()


def deskhand(*arguments: str, given: str = "") -> tuple[int, str]:
    command = [sys.executable, "-m", "deskhand", "--profile", PROFILE, *arguments]
    ran = subprocess.run(command, input=given, capture_output=True, text=True, timeout=90, check=False)
    return ran.returncode, ran.stdout + ran.stderr


daemon = subprocess.Popen(
    ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"],
    stdin=subprocess.PIPE,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
    env=os.environ,
)
try:
    assert daemon.stdin is not None
    daemon.stdin.write(b"keyring password\n")
    daemon.stdin.close()
    until = time.monotonic() + 20
    while not served():
        assert time.monotonic() < until, "the daemon does not answer"
    told: dict[str, object] = {"before": items()}
    add = ("accounts", "add", "thena", "--label", "Platform", "--base-url", BASE_URL, "--me", "jane@example.com")
    told["add"] = deskhand(*add, "--secret-stdin", given=SECRET + "\n")
    told["added"] = items()
    told["check"] = deskhand("accounts", "check")
    told["remove"] = deskhand("accounts", "remove", "Platform")
    told["removed"] = items()
    told["list"] = deskhand("accounts", "list")
    print(json.dumps(told))
finally:
    daemon.terminate()
    daemon.wait(20)
