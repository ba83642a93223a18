"""Sounds by the programs of a Linux desktop: which one is taken, and what it is told."""

import sys

import pytest

from deskhand.domain.sounds import SoundFormat
from deskhand.ui.notifications import sound_player

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems play by themselves")


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Give a folder that holds the only programs there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder, name):
    path = folder / name
    path.write_text(
        f'#!/bin/sh\nprintf "%s|" {name} "$@" > {folder}/told.new\n/bin/mv {folder}/told.new {folder}/told\n'
    )
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (("paplay", "canberra-gtk-play"), "paplay|/sounds/a bell.wav|"),
        (("canberra-gtk-play",), "canberra-gtk-play|-f|/sounds/a bell.wav|"),
    ],
)
def test_the_first_program_that_is_there_plays_the_file(programs, qtbot, there, told):
    for name in there:
        program(programs, name)
    assert sound_player.can_play()
    assert sound_player.play("/sounds/a bell.wav")
    qtbot.waitUntil((programs / "told").exists)
    assert (programs / "told").read_text() == told


def test_where_no_program_is_nothing_is_played_and_that_is_known(programs):
    assert not sound_player.can_play()
    assert not sound_player.play("/sounds/bell.wav")
    assert {SoundFormat.WAV, SoundFormat.OGG} == sound_player.playable_formats()
