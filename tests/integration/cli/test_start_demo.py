"""The demo does its work behind a proxy, and says where its pictures cannot be written."""

import subprocess
import sys
from pathlib import Path

import pytest

from deskhand.demo.sandbox_process import SandboxProcess


def test_the_sandbox_is_asked_directly_whatever_proxy_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    box = SandboxProcess.start(tickets=3, alive=0.0)
    try:
        assert box.tickets("nexuscore")
    finally:
        box.stop()


def test_pictures_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    command = (sys.executable, "-m", "deskhand", "demo", "--offscreen", "--tickets", "3", "--pictures")
    told = subprocess.run((*command, str(tmp_path / "file")), capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 1
    assert (
        told.stderr
        == f"The pictures cannot be written to {tmp_path / 'file'} (File exists). Name another folder with --pictures DIR.\n"
    )
