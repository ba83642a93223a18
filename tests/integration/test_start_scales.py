"""A scale factor that no screen has does not keep the window from opening."""

import sys
from pathlib import Path

import pytest
from tests.helpers.window_starts import StartProblem, make_profile, start

from deskhand.ui.display import drop_unusable_scales

NAMES = ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "profile"
    make_profile(folder)
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="the starts are tried on Linux")
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e9", "0.001"])
def test_the_window_opens_whatever_the_scale_factor_says(made: Path, tmp_path: Path, value: str) -> None:
    ended = start(StartProblem(environment=dict.fromkeys(NAMES, value)), made, tmp_path)
    assert (ended.code, ended.has_screenshot, ended.stderr) == (0, True, "")


@pytest.mark.parametrize(
    ("name", "kept", "dropped"),
    [
        ("QT_SCALE_FACTOR", ("1", "1.25", "2", " 3 "), ("abc", "0", "-2", "100", "1,5", "nan", "1;nan")),
        ("QT_SCREEN_SCALE_FACTORS", ("1;2", "eDP-1=1.5;HDMI-1=1", "2;"), ("eDP-1=0", "1;x", ";", "1e400")),
        ("QT_FONT_DPI", ("96", "192"), ("0", "-96", "1e9", "x")),
    ],
)
def test_usual_scales_stay_as_they_are(monkeypatch, name: str, kept: tuple[str, ...], dropped: tuple[str, ...]) -> None:
    for value, is_dropped in (*((one, False) for one in kept), *((one, True) for one in dropped)):
        monkeypatch.setenv(name, value)
        assert (drop_unusable_scales() == (name,)) is is_dropped, value
