"""What a command asks at the terminal, and what it says where there is none."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from tests.helpers.commands import COMMAND
from tests.integration.cli.conftest import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals are another thing there")

PASSPHRASE = "correct-horse-battery-7431"


def without_terminal(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    told = subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, start_new_session=True, env=environment(), check=False
    )
    return subprocess.CompletedProcess(told.args, told.returncode, told.stdout.decode(), told.stderr.decode())


def at_terminal(arguments: list[str], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Run a command at a terminal of its own; each answer is typed once its question stands there."""
    fcntl, pty, termios = map(import_module, ("fcntl", "pty", "termios"))  # Windows has none of them
    terminal, far = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=far,
        stdout=far,
        stderr=far,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no thread of ours is needed in the child
        env=environment(),
    )
    os.close(far)
    said, waiting = "", list(answers)
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # so Linux says that the other end is closed
            piece = b""
        if not piece:
            break
        said += piece.decode()
        if waiting and said.endswith(waiting[0][0]):
            os.write(terminal, waiting.pop(0)[1].encode() + b"\n")
    os.close(terminal)
    return process.wait(), said


def options(folder: Path) -> list[str]:
    return ["--profile", str(folder / "profile"), "--vault", "passphrase"]


@pytest.mark.parametrize("given", [b"", b"secret\n"])
def test_a_secret_is_asked_at_a_terminal_only_and_its_lack_is_one_line(tmp_path: Path, given: bytes) -> None:
    told = without_terminal(*options(tmp_path), "accounts", "add", "thena", "--label", "x", given=given)
    assert told.returncode == 2
    assert (
        told.stderr == "There is no terminal to ask for the secret. Give it by standard input, with --secret-stdin.\n"
    )


def test_a_passphrase_that_nobody_can_type_is_not_called_a_locked_keyring(tmp_path: Path) -> None:
    told = without_terminal(*options(tmp_path), "tickets")
    assert told.returncode == 3
    assert len(told.stderr.splitlines()) == 1
    assert "no passphrase was chosen for it" in told.stderr
    assert "--passphrase-file FILE" in told.stderr
    words = tmp_path / "words"
    words.write_text(PASSPHRASE)
    assert without_terminal(*options(tmp_path), "--passphrase-file", str(words), "tickets").returncode == 0
    told = without_terminal(*options(tmp_path), "tickets")
    assert told.returncode == 3
    assert len(told.stderr.splitlines()) == 1
    assert "its passphrase was not given" in told.stderr
    assert "--passphrase-file FILE" in told.stderr
    assert "keyring" not in told.stderr


def test_a_new_passphrase_is_typed_twice_and_an_old_one_once(tmp_path: Path) -> None:
    command = [*options(tmp_path), "tickets"]
    first, again = "New passphrase of this profile: ", "The same once more: "
    code, said = at_terminal(command, [(first, PASSPHRASE), (again, "correct-horse-batery-7431")])
    assert code == 3
    assert "The two differ." in said
    assert not (tmp_path / "profile" / "vault.db").exists()
    code, said = at_terminal(command, [(first, PASSPHRASE), (again, PASSPHRASE)])
    assert (code, "0 tickets" in said) == (0, True)
    code, said = at_terminal(command, [("Passphrase of this profile: ", PASSPHRASE)])
    assert (code, "0 tickets" in said) == (0, True)
    assert PASSPHRASE not in said
