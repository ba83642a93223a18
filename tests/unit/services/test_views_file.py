"""The text file of views, in both its versions."""

import pytest

from deskhand.domain.problems import Invalid
from deskhand.services.views_file import ViewsFile, entries, read, write

VIEW = {"name": "One", "query": "has:link is:in-later", "pinned": True}
LATER = {"vendor": "thena", "account": "Support", "ticket": "7", "reason": "“Ask”\n\x7f", "even_if_reply": False}
PIN = {"vendor": "thena", "account": "Support", "ticket": "8"}


def test_what_is_written_is_read_again():
    file = ViewsFile((VIEW,), (LATER,), (PIN, PIN), ({**PIN, "at": "2026-11-30T13:32:00+00:00", "text": "東京"},))
    assert read(write(file)) == file
    assert read("\ufeff" + write(ViewsFile())) == ViewsFile()


def test_a_file_of_views_alone_is_of_the_version_that_every_program_reads():
    assert "version = 1\n" in write(ViewsFile((VIEW,)))
    assert "version = 2\n" in write(ViewsFile((VIEW,), pins=(PIN,)))
    assert read('version = 1\n[[view]]\nname = "x"\nquery = ""').views == ({"name": "x", "query": ""},)


def test_what_an_entry_does_not_have_is_not_written():
    assert entries([{"until": None, "reason": ""}]) == ({"reason": ""},)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = ", "The file is no text of views"),
        ("version = 1\n[[view]]\nname = " + "9" * 5000, "The file is no text of views"),
        ("version = 3", "does not say version = 1 or 2; another version of Deskhand may have written it."),
        ("version = true", "does not say version = 1 or 2"),
        ('[[view]]\nname = "x"', "does not say version = 1 or 2"),
        ("version = 1\nwidth = 3", "The file says “width”"),
        ("version = 1\n[[pin]]", "The file says “pin”, which this version of Deskhand does not know."),
        ("version = 1\nview = 3", "Each view of the file begins with [[view]]."),
        ("version = 2\nlater = [1]", "Each later of the file begins with [[later]]."),
    ],
)
def test_what_is_no_such_file_is_said(text, said):
    with pytest.raises(Invalid) as refused:
        read(text)
    assert said in refused.value.detail
