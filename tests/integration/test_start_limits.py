"""Where the system allows too little for a window, the start says so instead of ending without a word or waiting for ever."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.posix import is_root
from tests.helpers.window_starts import StartProblem, make_profile, precious_files, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are set as Linux has them")

LIMIT = "import resource\nresource.setrlimit(resource.{name}, ({soft}, {hard}))"
TOO_LITTLE = {
    "RLIMIT_NOFILE": (16, "16 open files (ulimit -n), and the window needs 256"),
    "RLIMIT_AS": (900 << 20, "900 MB of memory to reserve (ulimit -v), and the window needs 1,400"),
    "RLIMIT_DATA": (100 << 20, "100 MB of memory (ulimit -d), and the window needs 300"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "profile"
    make_profile(folder)
    return folder


@pytest.mark.parametrize("name", TOO_LITTLE)
def test_a_limit_that_no_window_fits_in_is_named(made: Path, tmp_path: Path, name: str) -> None:
    limit, words = TOO_LITTLE[name]
    ended = start(StartProblem(python_before=LIMIT.format(name=name, soft=limit, hard=limit)), made, tmp_path)
    assert ended.code == 1
    assert ended.stderr.startswith(f"The system allows too little. The system allows {words}. Raise that limit")
    assert len(ended.stderr.splitlines()) == 1
    assert "not started: The system allows too little" in ended.log
    assert precious_files(tmp_path / "profile") == precious_files(made)


@pytest.mark.parametrize("name", TOO_LITTLE)
def test_a_limit_that_may_be_raised_is_raised(made: Path, tmp_path: Path, name: str) -> None:
    hard = f"resource.getrlimit(resource.{name})[1]"
    ended = start(
        StartProblem(python_before=LIMIT.format(name=name, soft=TOO_LITTLE[name][0], hard=hard)), made, tmp_path
    )
    assert (ended.code, ended.has_screenshot, ended.stderr) == (0, True, "")


NO_THREADS = """
import threading
def start(self): raise RuntimeError("can't start new thread")
threading.Thread.start = start
"""


def test_a_system_that_starts_no_more_threads_is_named(made: Path, tmp_path: Path) -> None:
    ended = start(StartProblem(python_before=NO_THREADS), made, tmp_path)
    assert ended.code == 1
    assert "The system lets this user start no more threads (ulimit -u, or -v)." in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.needs("mount", "umount")
@pytest.mark.skipif(not is_root(), reason="only root can mount a small disk")
@pytest.mark.parametrize("kilobytes", [8, 20, 32, 48, 200])
def test_a_disk_that_is_full_at_any_step_of_a_first_start_is_said_to_be(tmp_path: Path, kilobytes: int) -> None:
    disk = tmp_path / "profile"
    disk.mkdir()
    command = ("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(disk))
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk can be mounted here")
    first = StartProblem(options=("--vault", "passphrase"))
    try:
        ended = start(first, disk, tmp_path)
        assert (ended.code, ended.has_screenshot) == (1, False)
        assert ended.stderr.startswith("The disk is full. ")
        assert len(ended.stderr.splitlines()) == 1
        subprocess.run(("mount", "-o", "remount,size=4m", str(disk)), check=True)
        ended = start(first, disk, tmp_path)
        assert (ended.code, ended.has_screenshot, ended.stderr) == (0, True, "")
    finally:
        subprocess.run(("umount", str(disk)), check=True)
