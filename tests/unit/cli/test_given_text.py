"""Texts and copies that a command line brings: refused with the place where they cannot be read."""

from pathlib import Path

import pytest

from deskhand.__main__ import parser
from deskhand.cli.acting import _argument, _copies, text_of
from deskhand.cli.console import Terminal
from deskhand.cli.naming import Unclear, WrongUsage, check_readable


async def test_a_file_that_is_no_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"Dear\nCaf\xe9")
    with pytest.raises(Unclear, match=r"line 2, byte 9 \(0xE9\) is not UTF-8"):
        await text_of(str(letter), Terminal())


async def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"\xef\xbb\xbfDear Casey")
    assert await text_of(str(letter), Terminal()) == "Dear Casey"
    assert await text_of("-", Terminal(given="\ufeffDear Casey")) == "Dear Casey"


@pytest.mark.parametrize("text", ["Caf\udce9", "half a face \ud83d"])
async def test_an_argument_that_could_not_be_decoded_is_refused(text: str) -> None:
    with pytest.raises(Unclear, match="cannot be read"):
        _argument(text)
    with pytest.raises(Unclear, match="cannot be read"):
        await text_of("-", Terminal(given=text))


def test_copies_are_read_as_in_the_window_and_a_wrong_one_is_named() -> None:
    assert _copies(["Jane <jane@x.example>,bob@y.example", "a@z.example"]) == (
        "jane@x.example",
        "bob@y.example",
        "a@z.example",
    )
    with pytest.raises(WrongUsage, match="“a@b@c” is no e-mail address: it has more than one @"):
        _copies(["a@b@c"])


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
async def test_a_text_without_an_end_is_refused_and_not_read_for_ever() -> None:
    with pytest.raises(Unclear, match="larger than 10 MB"):
        await text_of("/dev/zero", Terminal())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (["show", "Retail/\udcff"], "ticket"),
        (["tickets", "--search", "Caf\udce9"], "search"),
        (["tickets", "--account", "\udcff"], "account"),
        (["set", "Retail/1", "state=open", "tags=+\udcff"], "changes"),
        (["push", "--account", "Thalamus", "contact", "c\udcff"], "id"),
        (["outbox", "resolve", "half \ud83d", "again"], "id"),
    ],
)
def test_any_argument_that_could_not_be_decoded_is_refused_by_its_name(typed: list[str], name: str) -> None:
    with pytest.raises(Unclear, match=f"The {name} cannot be read"):
        check_readable(parser().parse_args(typed))


def test_names_of_files_may_be_any_bytes() -> None:
    for typed in (
        ["reply", "Retail/1", "--file", "\udcff", "--attach", "\udcff"],
        ["create", "--account", "Retail", "--json", "\udcff"],
        ["import", "--account", "Thalamus", "\udcff"],
    ):
        check_readable(parser().parse_args(typed))


@pytest.mark.parametrize(
    "typed",
    [
        ["tickets", "--limit", "-1"],
        ["tickets", "--limit", "99999999999999999999"],
        ["outbox", "drain", "--timeout", "-1"],
        ["outbox", "drain", "--timeout", "nan"],
    ],
)
def test_a_number_that_cannot_be_meant_is_wrong_usage(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(typed)
    assert ended.value.code == 2
    assert f"invalid number{' of seconds' if 'drain' in typed else ''} value" in capsys.readouterr().err
