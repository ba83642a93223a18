"""Every dialog fits on low screens, and its buttons lie over nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (720, 450), (500, 350)])
def test_every_dialog_fits_and_no_part_of_it_lies_over_another(tmp_path: Path, width: int, height: int) -> None:
    screen = tmp_path / "screen.json"
    screen.write_text(json.dumps({"screens": [{"name": "low", "x": 0, "y": 0, "width": width, "height": height}]}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.low_screen"],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {}
