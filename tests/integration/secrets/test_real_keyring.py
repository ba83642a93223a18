"""The keyring vault against a real gnome-keyring on a bus and in a home of its own (cases S02 and S03)."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deskhand.secrets.keyring_vault import TIMEOUT_SECONDS

pytestmark = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs dbus-run-session and gnome-keyring-daemon (apt: dbus gnome-keyring)",
)
SCRIPT = Path(__file__).with_name("keyring_session.py")
SECRET = "canary-0123456789"


@pytest.fixture
def home(tmp_path):
    for name in ("data", "config", "runtime"):
        (tmp_path / name).mkdir(mode=0o700)
    return tmp_path


def run(home: Path, situation: str, **more: str) -> list[dict[str, object]]:
    """Run the script on a bus whose only services are those it starts or the system offers, with no display."""
    inherited = {
        name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ
    }
    environment = {
        **inherited,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_RUNTIME_DIR": str(home / "runtime"),
        **more,
    }
    inside = [sys.executable, str(SCRIPT), situation]
    command = inside if "DBUS_SESSION_BUS_ADDRESS" in more else ["dbus-run-session", "--", *inside]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    told: list[dict[str, object]] = json.loads(ran.stdout)
    assert "canary" not in json.dumps([step.get("detail", "") for step in told])
    return told


def assert_nothing_readable_on_disk(home: Path) -> None:
    for path in home.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()


@pytest.mark.parametrize("chosen", ["", "keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_an_unlocked_keyring_keeps_and_forgets_whatever_the_environment_chooses(home, chosen):
    *steps, last = run(home, "unlocked", **({"PYTHON_KEYRING_BACKEND": chosen} if chosen else {}))
    assert steps == [
        {"value": None},
        {"value": None},
        {"value": f"{SECRET} äöü 😀"},
        {"value": None},
        {"value": "second"},
        {"value": None},  # another profile's item
        {"value": None},
        {"value": None},
        {"value": None},
    ]
    assert last["name"] == "GNOME Keyring (Secret Service)"
    assert_nothing_readable_on_disk(home)


@pytest.mark.parametrize("scheme", ["", "KeePassXC"])
def test_an_open_item_is_read_without_the_library_keyring_unless_that_is_told_to_look_elsewhere(home, scheme):
    read, told = run(home, "read", **({"KEYRING_PROPERTY_SCHEME": scheme} if scheme else {}))
    assert read == {"value": f"{SECRET} äöü 😀"}
    assert told == {"name": "GNOME Keyring (Secret Service)", "with_library": bool(scheme)}


def test_a_locked_keyring_without_a_screen_says_so_quickly(home):
    *steps, last = run(home, "locked")
    assert {step.get("reason") for step in steps} == {"locked"}
    assert float(str(last["seconds"])) < len(steps) * TIMEOUT_SECONDS
    assert_nothing_readable_on_disk(home)


def test_a_daemon_without_any_keyring_cannot_be_used_without_a_screen(home):
    *steps, _ = run(home, "empty")
    assert {step.get("reason") for step in steps} == {"no_keyring"}


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "disabled:"])
def test_without_a_bus_there_is_no_keyring(home, address):
    *steps, _ = run(home, "none", DBUS_SESSION_BUS_ADDRESS=address)
    assert {step.get("reason") for step in steps} == {"no_keyring"}
    assert all(step["detail"] for step in steps)
