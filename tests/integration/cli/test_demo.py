"""The demo as a process: its script without a display, its window with one, and nothing left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.x_server import HAS_X_SERVER, x_server


def demo(*options: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the demo with `folder` for its temporary files, where none may be left."""
    folder.mkdir()
    return subprocess.run(
        [sys.executable, "-m", "deskhand", *options],
        env={**os.environ, "TMPDIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


def test_without_a_display_the_demo_signs_in_answers_tickets_and_takes_pictures(tmp_path: Path) -> None:
    pictures, temporary = tmp_path / "pictures", tmp_path / "temporary"
    ran = demo("demo", "--offscreen", "--pictures", str(pictures), folder=temporary)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    steps = [line for line in ran.stdout.splitlines() if line.startswith("ok ")]
    assert "sign in: 5 accounts" in steps[0]
    assert sum("reply: the vendor has it once" in step for step in steps) >= 2
    assert {"main-light.png", "main-dark.png"} <= {file.name for file in pictures.iterdir()}
    assert list(temporary.iterdir()) == []


@pytest.mark.xvfb
@pytest.mark.skipif(not HAS_X_SERVER, reason="Xvfb is not installed")
def test_with_a_display_the_demo_opens_the_window_on_five_accounts(tmp_path: Path) -> None:
    picture, temporary = tmp_path / "window.png", tmp_path / "temporary"
    with x_server("1200x800") as display:
        ran = demo(
            "--screenshot", str(picture), "demo", "--tickets", "20",
            folder=temporary, DISPLAY=display, QT_QPA_PLATFORM="xcb",
        )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "The window is open." in ran.stdout
    assert picture.stat().st_size > 10_000
    assert list(temporary.iterdir()) == []
