"""Ctrl+C ends a command without a word, however early it comes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_RUN = """
import runpy, sys

loading = sys.argv.pop(1)

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == loading:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
sys.argv = ["deskhand", "tickets"]
runpy.run_module("deskhand", run_name="__main__", alter_sys=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is of a whole console there, not of one program")
@pytest.mark.parametrize(
    "loading", ["argparse", "deskhand.cli.arguments", "deskhand.start_failures", "deskhand.bootstrap"]
)
def test_an_interruption_while_the_program_is_loaded_says_nothing(tmp_path: Path, loading: str) -> None:
    line = (sys.executable, "-c", _RUN, loading)
    inherited = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    environment = {**inherited, "DESKHAND_PROFILE": str(tmp_path / "p")}
    ended = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert (ended.stdout, ended.stderr) == ("", "")
    assert ended.returncode != 0
