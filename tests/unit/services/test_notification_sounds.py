"""Whether a chosen sound can be played, and what is said where it cannot."""

import pytest

from deskhand.domain.sounds import SoundFormat
from deskhand.services.notification_sounds import LONGEST_BYTES, sound_file, why_unplayable

FORMATS = frozenset({SoundFormat.WAV, SoundFormat.OGG})


def file(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_a_sound_that_the_system_plays_is_taken_whatever_its_name_and_so_is_none_at_all(tmp_path):
    path = file(tmp_path, "bell.mp3", b"OggS\0\x02")
    assert why_unplayable(path, FORMATS) == ""
    assert sound_file(path, FORMATS) == path
    assert why_unplayable("", FORMATS) == ""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bell.wav", None, "bell.wav is not there any more."),
        ("bell.wav", b"ID3\x04", "bell.wav is no sound that can be played here (Ogg, WAV)."),
        ("letter.wav", b"Dear all", "letter.wav is no sound that can be played here (Ogg, WAV)."),
        ("film.wav", b"RIFF\x24\0\0\0WAVE" + bytes(LONGEST_BYTES), "film.wav is too large for a sound: at most 10 MB"),
    ],
)
def test_what_cannot_be_played_is_said_and_the_systems_own_is_played(tmp_path, name, data, said):
    path = str(tmp_path / name) if data is None else file(tmp_path, name, data)
    assert why_unplayable(path, FORMATS).startswith(said)
    assert sound_file(path, FORMATS) == ""


def test_a_folder_a_name_without_one_and_an_impossible_name_are_no_files(tmp_path):
    for path in (str(tmp_path), "bell.wav", f"{tmp_path}/be\0ll.wav"):
        assert why_unplayable(path, FORMATS)
    assert why_unplayable(file(tmp_path, "bell.wav", b"RIFF\x24\0\0\0WAVE"), ()) == "No file is played here."
