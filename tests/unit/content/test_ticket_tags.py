"""Tags as people type and paste them: what parts them, and what is none."""

import pytest

from deskhand.content.ticket_tags import check_tags, read_tags


@pytest.mark.parametrize(
    "parted", ["vip,late", " vip , late ", "vip\nlate", "vip\r\nlate\r\n", "vip\x0blate", "vip,,late,vip"]
)
def test_commas_and_line_ends_part_tags(parted: str) -> None:
    assert read_tags(parted).tags == ("vip", "late")
    assert read_tags(parted).refused == ()


@pytest.mark.parametrize("tag", ["very late", "größe-L", "重要", "می‌خواهم", "👩‍🚀", "c++", "1.2"])
def test_visible_words_of_every_script_are_tags(tag: str) -> None:
    assert check_tags([tag]) == ""


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("v\u200bip", "“v[U+200B]ip” is no tag: there is an invisible character in it."),
        ("vip\u202e", "“vip[U+202E]” is no tag: there is an invisible character in it."),
        ("v\x1bip", "“v[U+001B]ip” is no tag: there is an invisible character in it."),
        ("v\tip", "“v[U+0009]ip” is no tag: there is an invisible character in it."),
        ("\u2800", "“\u2800” is no tag: there is an invisible character in it."),
        ("vip\nlate", "“vip[U+000A]late” is no tag: it has more than one line."),
        ("vip\x85late", "“vip[U+0085]late” is no tag: it has more than one line."),
        ("  ", "“  ” is no tag: there is nothing in it."),
    ],
)
def test_what_nobody_could_tell_from_another_tag_is_named(tag: str, shown: str) -> None:
    assert check_tags(["late", tag]) == shown
