"""Settings that other programs need do not keep Deskhand from starting."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.window_starts import StartProblem, make_profile, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the settings are those of a Linux desktop")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "profile"
    make_profile(folder)
    return folder


@pytest.mark.parametrize(
    ("name", "value"),
    [("QT_API", "pyqt5"), ("QT_API", "PyQt6"), ("QT_API", "nonsense"), ("QT_QPA_PLATFORMTHEME", "gtk3")],
)
def test_what_other_programs_of_qt_are_told_does_not_keep_the_window_from_opening(
    name: str, value: str, made: Path, tmp_path: Path
) -> None:
    ended = start(StartProblem(environment={name: value}, is_changed=True), made, tmp_path)
    assert (ended.code, ended.has_screenshot, ended.stderr) == (0, True, "")


def test_a_body_is_inspected_without_a_display_whatever_look_the_desktop_has() -> None:
    without = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    told = subprocess.run(
        (sys.executable, "-m", "deskhand", "inspect", "-"),
        input=b"<p>Hi <b>there</b></p>",
        env={**without, "QT_QPA_PLATFORMTHEME": "gtk3", "QT_SCALE_FACTOR": "0"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"Hi there" in told.stdout
