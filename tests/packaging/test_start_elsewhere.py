"""The set-up and the program do not mind what lies in the folder that they are started from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from deskdev import debian
from deskdev.environment import RUNTIME, Environment
from deskpack import product

MAIN = "import sys\nimport json, queue\nprint('started with', *sys.argv[1:])\n"


def test_modules_of_the_current_folder_are_not_taken_for_pythons_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout, elsewhere = tmp_path / "check out ü", tmp_path / "elsewhere"
    for folder in (checkout / "packaging", checkout / "src" / product.COMMAND, elsewhere):
        folder.mkdir(parents=True)
    (checkout / "packaging" / RUNTIME).write_text("")
    (checkout / "src" / product.COMMAND / "__main__.py").write_text(MAIN)
    for name in ("json", "queue", "venv", "pip", "logging", "asyncio"):
        (elsewhere / f"{name}.py").write_text("raise SystemExit('a stranger was imported')\n")
    monkeypatch.chdir(elsewhere)

    environment = Environment(checkout)
    environment.folder.write_text("a file in its place")
    environment.ensure(RUNTIME)

    launcher = environment.scripts / ("deskhand.cmd" if environment.windows else "deskhand")
    shown = subprocess.run([launcher, "tickets"], check=False, capture_output=True, text=True)
    assert (shown.stdout.strip(), shown.stderr) == ("started with tickets", "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at a Linux system")
def test_programs_of_administrators_are_found_with_an_ordinary_users_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    for _twice in range(2):
        debian.find_administrators_programs()
    assert os.environ["PATH"] == "/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"
