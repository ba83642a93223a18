"""Credentials in a real Secret Service: there after a restart, gone with the account."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("keyring_shell.py")

pytestmark = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs dbus-run-session and gnome-keyring-daemon (apt: dbus gnome-keyring)",
)


def test_a_new_process_still_signs_in_and_removing_the_account_removes_its_item(tmp_path, box):
    for name in ("data", "config", "runtime"):
        (tmp_path / name).mkdir(mode=0o700)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH") if name in os.environ},
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    profile, secret = tmp_path / "profile", box.secret("thena")
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(SCRIPT), str(profile), box.url("thena")],
        input=secret,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["add"][0] == told["check"][0] == told["remove"][0] == 0, told
    assert "signed in" in told["check"][1] or "credentials work" in told["check"][1]
    assert (told["before"], told["added"], told["removed"]) == (0, 2, 1)  # the key of the profile stays
    assert "no account yet" in told["list"][1]
    assert secret not in ran.stdout + ran.stderr
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path
