"""A passphrase file is read as the person meant it, or refused with a sentence."""

import codecs

import pytest

from deskhand.domain.problems import PassphraseFileRefused
from deskhand.secrets.passphrase_file import read_passphrase

PASSPHRASE = "größe 4711 🧡 пароль"


@pytest.mark.parametrize(
    "data",
    [
        PASSPHRASE.encode(),
        (PASSPHRASE + "\n").encode(),
        (PASSPHRASE + "\r\n").encode(),
        codecs.BOM_UTF8 + (PASSPHRASE + "\r\n").encode(),
        codecs.BOM_UTF16_LE + (PASSPHRASE + "\r\n").encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PASSPHRASE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + PASSPHRASE.encode("utf-32-le"),
    ],
)
def test_every_encoding_that_a_file_names_itself_is_read(tmp_path, data):
    (tmp_path / "passphrase").write_bytes(data)
    assert read_passphrase(tmp_path / "passphrase") == PASSPHRASE


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("größe".encode("latin-1"), "not UTF-8"),
        ("größe".encode("cp437"), "not UTF-8"),
        ("пароль".encode("koi8-r"), "not UTF-8"),
        ("abcdef".encode("utf-16-le"), "NUL"),
        ("abcdef".encode("utf-16-be"), "NUL"),
        (codecs.BOM_UTF16_LE + b"a", "not UTF-8"),
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"one\ntwo\n", "more than one line"),
        (b"one\x07two", "nobody can type"),
        (b"x" * 70_000, "too large"),
    ],
)
def test_what_would_be_a_guess_is_refused_with_the_reason(tmp_path, data, why):
    (tmp_path / "passphrase").write_bytes(data)
    with pytest.raises(PassphraseFileRefused) as caught:
        read_passphrase(tmp_path / "passphrase")
    assert why in caught.value.detail
    assert str(tmp_path / "passphrase") in caught.value.detail


@pytest.mark.parametrize("name", ["missing", "x" * 300, "folder", "nul\0", "caf\udce9"])
def test_what_cannot_be_read_is_named(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(PassphraseFileRefused, match="cannot be read"):
        read_passphrase(tmp_path / name)
