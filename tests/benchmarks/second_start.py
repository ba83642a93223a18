"""A second start of the window, beside one that is open: `python -m tests.benchmarks.second_start JOB`."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.benchmarks import processes

from deskhand.profile.lock import ENDPOINT

OPEN_SECONDS = 60


def main() -> None:
    job = json.loads(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as made:
        passphrase, folder = Path(made, "passphrase"), Path(made, "profile")
        passphrase.touch(0o600)
        passphrase.write_text("correct-horse-battery-7431\n", encoding="utf-8")
        command = [sys.executable, "-m", "deskhand", "--profile", str(folder)]
        owner = subprocess.Popen([*command, "--vault", "passphrase", "--passphrase-file", str(passphrase)])
        try:
            _wait_for(folder / ENDPOINT)
            ended = [_started(command) for _ in range(job["runs"] + 1)][1:]
        finally:
            owner.terminate()
            owner.wait(OPEN_SECONDS)
    processes.print_figures({"ended": median(ended)})


def _wait_for(file: Path) -> None:
    until = time.monotonic() + OPEN_SECONDS
    while not file.exists():
        assert time.monotonic() < until, "the window did not open"
        time.sleep(0.05)


def _started(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, env=os.environ, timeout=OPEN_SECONDS)
    return (time.monotonic() - began) * 1000


if __name__ == "__main__":
    main()
