"""The file of the keys: what is written is read, and a wrong one says everything that is wrong with it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.ui.actions.key_file import KeyFile, NoKeyFile, read_keys, write_keys
from deskhand.ui.actions.key_sets import SETS, ZENDESK
from deskhand.ui.actions.keymap import Keymap, read_stored
from deskhand.ui.actions.table import with_keys
from deskhand.ui.actions.ticket_actions import CLOSE, REPLY

EVERY = with_keys()


def test_what_is_written_is_toml_that_says_the_set_and_the_differences() -> None:
    text = write_keys(Keymap(ZENDESK).with_keys(REPLY, ["W"]).with_keys(CLOSE, []), letters=False)
    assert tomllib.loads(text) == {
        "version": 1,
        "set": "zendesk",
        "letters": False,
        "keys": {"close": [], "reply": ["W"]},
    }


@given(
    st.sampled_from([one.name for one in SETS]),
    st.dictionaries(
        st.sampled_from([one.id for one in EVERY]),
        st.lists(st.sampled_from(["W", "Ö", "Ctrl+\\", 'Ctrl+"', "G, I", "Ctrl+Shift+K", "Я"]), max_size=2),
    ),
)
def test_what_is_written_is_read_back_the_same(name: str, changes: dict[str, list[str]]) -> None:
    keymap = read_stored(name, changes, EVERY)
    for letters in (True, False):
        assert read_keys(write_keys(keymap, letters=letters), EVERY) == KeyFile(keymap, letters)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("set = ", "no TOML"),
        ("version = " + "9" * 5000, "no TOML"),
        ("version = 2", "this version"),
        ('version = 1\nset = "emacs"', "deskhand"),
        ('version = 1\nset = "deskhand"\nletters = 3', "true or false"),
        ('version = 1\nset = "deskhand"\n[keys]\nfly = ["F"]', "“fly”"),
        ('version = 1\nset = "deskhand"\n[keys]\nreply = "F"', "no list"),
        ('version = 1\nset = "deskhand"\n[keys]\nreply = ["Ctrl+Alt+R"]', "AltGr"),
        ('version = 1\nset = "deskhand"\n[keys]\nreply = ["E"]', "“Reply” and “Close the ticket”"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(text: str, says: str) -> None:
    read = read_keys(text, EVERY)
    assert isinstance(read, NoKeyFile)
    assert says in " ".join(read.problems)


def test_two_keys_that_are_swapped_are_no_clash() -> None:
    read = read_keys('version = 1\nset = "deskhand"\n[keys]\nreply = ["E"]\nclose = ["R"]', EVERY)
    assert isinstance(read, KeyFile)
    assert read.keymap.keys_of(CLOSE) == ("R",)
