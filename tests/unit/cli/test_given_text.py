"""Texts and copies that a command line brings: refused with the place where they cannot be read."""

from pathlib import Path

import pytest

from deskhand.cli.acting import _argument, _copies, _text_of
from deskhand.cli.console import Terminal
from deskhand.cli.naming import Unclear, WrongUsage


def test_a_file_that_is_no_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"Dear\nCaf\xe9")
    with pytest.raises(Unclear, match=r"line 2, byte 9 \(0xE9\) is not UTF-8"):
        _text_of(str(letter), Terminal())


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"\xef\xbb\xbfDear Casey")
    assert _text_of(str(letter), Terminal()) == "Dear Casey"
    assert _text_of("-", Terminal(given="\ufeffDear Casey")) == "Dear Casey"


@pytest.mark.parametrize("text", ["Caf\udce9", "half a face \ud83d"])
def test_an_argument_that_could_not_be_decoded_is_refused(text: str) -> None:
    with pytest.raises(Unclear, match="cannot be read"):
        _argument(text)
    with pytest.raises(Unclear, match="cannot be read"):
        _text_of("-", Terminal(given=text))


def test_copies_are_read_as_in_the_window_and_a_wrong_one_is_named() -> None:
    assert _copies(["Jane <jane@x.example>,bob@y.example", "a@z.example"]) == (
        "jane@x.example",
        "bob@y.example",
        "a@z.example",
    )
    with pytest.raises(WrongUsage, match="“a@b@c” is no e-mail address: it has more than one @"):
        _copies(["a@b@c"])
