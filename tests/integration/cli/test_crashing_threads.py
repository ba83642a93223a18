"""What crashes in a thread of a command is written without credentials, as in the window."""

import subprocess
import sys
from pathlib import Path

SECRET = "cnry9aBcD3fGh1jKlMn0pQ"
SCRIPT = f"""
import sys, threading, time

def crash():
    until = time.monotonic() + 60
    while threading.excepthook is threading.__excepthook__ and time.monotonic() < until:
        time.sleep(0.001)
    raise ValueError("refused: Authorization: Bearer {SECRET}")

threading.Thread(target=crash, name="side").start()
from deskhand.__main__ import main
sys.exit(main())
"""


def test_a_thread_that_crashes_in_a_command_gives_no_credential_away(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("correct horse battery")
    profile = tmp_path / "profile"
    options = ["--profile", str(profile), "--vault", "passphrase", "--passphrase-file", str(words)]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *options, "accounts", "list", "--json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    (crash,) = (profile / "logs").glob("crash-*.txt")
    assert str(crash) in done.stderr
    written = "".join(path.read_text() for path in (profile / "logs").iterdir())
    assert "in thread side" in written
    assert SECRET not in written
