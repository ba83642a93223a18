"""Standard streams that are closed or full end a command with words or in silence, never with a traceback or in somebody's file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.commands import COMMAND

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a closed stream has a number there too")


def run(*arguments: str, closed: tuple[int, ...] = (), **streams: Any) -> subprocess.CompletedProcess[bytes]:
    def close() -> None:
        for number in closed:
            os.close(number)

    wanted: dict[str, Any] = {
        name: subprocess.PIPE for number, name in ((1, "stdout"), (2, "stderr")) if number not in closed
    }
    given = {} if 0 in closed or "stdin" in streams else {"input": b"<p>Hi <b>there</b></p>"}
    return subprocess.run(
        (*COMMAND, *arguments), **{**wanted, **given, **streams}, preexec_fn=close, timeout=60, check=False
    )


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)])
def test_a_closed_stream_is_no_failure(closed: tuple[int, ...], tmp_path: Path) -> None:
    told = run("inspect", "-", "--json", closed=closed)
    assert (told.returncode, told.stderr or b"") == (0, b"")
    if 1 not in closed:
        assert json.loads(told.stdout)["text"] == ("" if 0 in closed else "Hi there")
    if closed not in ((1,), (0, 1, 2)):
        return
    words = tmp_path / "words"
    words.write_text("correct-horse-battery-7431")
    profile = ("--profile", str(tmp_path / "profile"), "--vault", "passphrase", "--passphrase-file", str(words))
    told = run(*profile, "tickets", closed=closed)
    assert told.returncode == 0
    assert b"Traceback" not in (told.stderr or b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("inspect", "-"), "The result could not be written: No space left on device."),
        (("tickets", "--json"), "The result could not be written: No space left on device."),
        (("doctor",), "The result could not be written: No space left on device."),
        (("sandbox",), "The sandbox cannot serve: [Errno 28] No space left on device"),
        (("demo", "--offscreen"), "The disk is full."),
    ],
)
def test_output_that_a_full_disk_does_not_take_is_said(command: tuple[str, ...], words: str, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("correct-horse-battery-7431")
    vault = ("--vault", "passphrase", "--passphrase-file", str(tmp_path / "words"))
    profile = ("--profile", str(tmp_path / "profile"), *vault)
    with Path("/dev/full").open("wb") as full:
        told = run(*profile, *command, stdout=full)
    said = told.stderr.decode()
    assert told.returncode == 1, said
    assert words in said
    assert "Traceback" not in said
