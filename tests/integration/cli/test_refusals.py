"""What the command line refuses before it touches anything, and says so."""

import os
import subprocess
import sys

import pytest
from tests.helpers.commands import COMMAND

NO_KEYRING = {
    k: v for k, v in os.environ.items() if k not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "XDG_RUNTIME_DIR")
}


def run(*arguments):
    return subprocess.run(
        [*COMMAND, *arguments], check=False, capture_output=True, encoding="utf-8", env=NO_KEYRING, timeout=60, input=""
    )


def test_a_vault_for_one_session_would_lose_what_a_command_wrote(tmp_path):
    profile = tmp_path / "profile"
    done = run("--profile", str(profile), "--vault", "session", "tickets")
    assert done.returncode == 2
    assert "keeps nothing" in done.stderr
    assert not (profile / "desk.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a keyring always answers there, and it is this person's own")
def test_without_a_keyring_it_says_which_other_way_there_is(tmp_path):
    done = run("--profile", str(tmp_path / "profile"), "accounts", "list")
    assert done.returncode == 3
    assert "No keyring answers" in done.stderr
    assert "--vault passphrase" in done.stderr
    assert not (tmp_path / "profile" / "desk.db").exists()


def test_a_size_that_is_none_is_wrong_usage(tmp_path):
    done = run("--profile", str(tmp_path / "profile"), "--size", "large")
    assert done.returncode == 2
    assert "1440x900" in done.stderr


def test_a_window_for_one_session_leaves_nothing_behind(tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    options = ("--vault", "session", "--platform", "offscreen", "--screenshot", str(tmp_path / "window.png"))
    done = subprocess.run(
        [*COMMAND, "--profile", str(tmp_path / "profile"), *options],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=NO_KEYRING | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(temporary.iterdir()) == []
