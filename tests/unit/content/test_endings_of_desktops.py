"""An ending counts as it is written: what only looks like it, or has a blank behind it, is another one to a desktop."""

import pytest

from deskhand.content.names import OpenReason, judge, safe_file_name

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04\x14\0"


@pytest.mark.parametrize(
    ("name", "head"),
    [("setup.xlſ", OLE), ("setup.xLſ", OLE), ("table.odſ", ZIP), ("letter.dосx", ZIP), ("film.m\u212av", b"\x1aE\xdf\xa3"), ("a.ｔｘｔ", b"x")],
)  # fmt: skip
def test_an_ending_of_letters_that_only_look_like_it_is_only_saved(name, head):
    assert judge(name, "", head).reason is OpenReason.ENDING


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u3000", "\u202f", " \u00a0. "])
def test_a_blank_of_any_kind_at_the_end_of_a_name_is_left_out(blank):
    assert safe_file_name(f"notes.txt{blank}") == "notes.txt"
    assert safe_file_name(f"{blank}notes.txt") == "notes.txt"
    assert judge(f"setup.exe{blank}", "", b"hello").reason is OpenReason.ENDING
    assert judge(f"notes.{blank}txt", "", b"hello").reason is OpenReason.ENDING


def test_a_name_of_blanks_only_gets_another():
    assert safe_file_name("\u3000 \u00a0") == "attachment"
