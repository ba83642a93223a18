"""Which files are sounds."""

import pytest

from deskhand.domain.sounds import SUFFIXES, SoundFormat, format_of


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", SoundFormat.WAV),
        (b"RIFF\x24\0\0\0AVI LIST", None),
        (b"FORM\0\0\0\x24AIFC", SoundFormat.AIFF),
        (b"\0\0\0\x20ftypM4A ", SoundFormat.M4A),
        (b"\0\0\0\x20ftypavif", None),
        (b"OggS\0\x02", SoundFormat.OGG),
        (b"caff\0\x01", SoundFormat.CAF),
        (b"ID3\x04", SoundFormat.MP3),
        (b"\xff\xfb\x90", SoundFormat.MP3),
        (b"\xff\xd8\xff\xe0", None),
        (b"\xff\xfe<\0", None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_a_sound_is_known_by_how_it_begins_whatever_its_name(head, found):
    assert format_of(head) is found


def test_each_format_has_endings_to_choose_files_by():
    assert set(SUFFIXES) == set(SoundFormat)
