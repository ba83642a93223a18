"""Which keys hold: a set, what the agent changed of it, and what no key can be."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.ui.actions.action import Action
from deskhand.ui.actions.key_sets import DESKHAND, GMAIL, SETS, ZENDESK, KeySet
from deskhand.ui.actions.keymap import (
    IN_FORCE,
    Keymap,
    clashes,
    is_letter,
    normalized,
    read_stored,
    stored,
    why_no_key,
    with_set,
)
from deskhand.ui.actions.reply_box_actions import BOLD, SEND
from deskhand.ui.actions.table import ids, with_keys
from deskhand.ui.actions.ticket_actions import CLOSE, NOTE, REPLY, UNREAD

EVERY = with_keys()


def clashing(keymap: Keymap) -> list[tuple[str, str, str]]:
    """Return each key that two actions have."""
    return [
        (key, one.id, other.id)
        for one in EVERY
        for key in keymap.keys_of(one)
        if (other := keymap.holder(key, EVERY, one)) is not None
    ]


@pytest.mark.parametrize("key_set", SETS, ids=[one.name for one in SETS])
def test_in_no_set_two_actions_have_one_key_and_every_key_can_be_had(key_set: KeySet) -> None:
    assert not clashing(Keymap(key_set))
    assert set(key_set.keys) <= ids()
    for action in EVERY:
        for key in Keymap(key_set).keys_of(action):
            assert normalized(key) == key
            assert not why_no_key(key, action)


def test_in_every_set_each_action_that_has_a_key_has_one() -> None:
    for key_set in (GMAIL, ZENDESK):
        assert all(Keymap(key_set).keys_of(one) for one in EVERY if one.keys)


def test_only_what_differs_from_the_set_is_stored() -> None:
    keymap = Keymap().with_keys(REPLY, ["D"]).with_keys(CLOSE, [])
    assert stored(keymap) == {"reply": ["D"], "close": []}
    assert keymap.keys_of(REPLY) == ("D",)
    assert keymap.is_changed(CLOSE)
    assert not stored(keymap.with_keys(REPLY, REPLY.keys).with_keys(CLOSE, CLOSE.keys))


def test_what_was_stored_comes_back_and_what_is_no_key_any_more_does_not() -> None:
    keymap = Keymap(GMAIL).with_keys(REPLY, ["E"]).with_keys(CLOSE, ["R"])
    assert read_stored("gmail", stored(keymap), EVERY) == keymap
    wrong: dict[str, object] = {"reply": ["Ctrl+Alt+R", "nonsense", "D"], "gone": ["X"], "close": "E", "note": [3, "E"]}
    read = read_stored("unknown", wrong, EVERY)
    assert read.key_set is DESKHAND
    assert read.keys_of(REPLY) == ("D",)
    assert read.keys_of(CLOSE) == CLOSE.keys
    assert read.keys_of(NOTE) == (), "E is Close"
    assert not clashing(read)
    assert read_stored("", None, EVERY) == Keymap()


def test_a_key_that_begins_another_one_stands_in_its_way() -> None:
    assert clashes("G", "G, I")
    assert clashes("G, I", "G")
    assert not clashes("G, I", "G, U")
    assert not clashes("", "G")
    mine = Keymap().holder("G", EVERY)
    assert mine is not None
    assert mine.id == "mine"


@pytest.mark.parametrize("key", ["Ctrl+Alt+E", "Esc", "Tab", "Ctrl+C", "Shift+Left", "F10", "Alt+F4", "", "nonsense"])
def test_what_belongs_to_texts_or_the_system_or_types_letters_is_no_key(key: str) -> None:
    assert why_no_key(key, REPLY)


def test_a_letter_is_no_key_of_the_reply_box() -> None:
    assert why_no_key("D", BOLD)
    assert not why_no_key("Ctrl+Shift+W", BOLD)
    assert not why_no_key("D", REPLY)
    assert is_letter("G, I")
    assert not is_letter("Ctrl+M")


def test_another_set_keeps_what_the_agent_changed_where_it_is_free_there() -> None:
    mine = Keymap().with_keys(REPLY, ["D"]).with_keys(NOTE, ["L"])
    there = with_set(GMAIL, mine, EVERY)
    assert there.keys_of(REPLY) == ("D",)
    assert there.keys_of(NOTE) == ("M", "Ctrl+M"), "L is tags at Gmail"
    assert there.keys_of(UNREAD) == ("Shift+U",)
    assert not clashing(there)


def test_both_keys_that_say_enter_are_shown_as_one() -> None:
    assert Keymap().shown_keys(SEND) == ("Ctrl+Enter",)


CHANGES = st.dictionaries(
    st.sampled_from([one.id for one in EVERY]),
    st.lists(st.sampled_from([key for one in EVERY for key in one.keys]), max_size=3),
)


@settings(max_examples=25)  # each compares every key with every other
@given(st.sampled_from([one.name for one in SETS]), CHANGES)
def test_whatever_was_stored_no_key_means_two_things(name: str, changes: dict[str, Any]) -> None:
    assert not clashing(read_stored(name, changes, EVERY))


def test_who_listens_is_told_of_other_keys_until_it_ends() -> None:
    told: list[tuple[str, ...]] = []
    end = IN_FORCE.listen(lambda: told.append(IN_FORCE.keymap.keys_of(REPLY)))
    before = IN_FORCE.keymap
    try:
        IN_FORCE.put(Keymap().with_keys(REPLY, ["D"]))
        IN_FORCE.put(Keymap().with_keys(REPLY, ["D"]))
        assert IN_FORCE.first_key(REPLY) == "D"
        assert IN_FORCE.first_key(Action[object]("none", "None", (), lambda _: None)) == ""
        end()
    finally:
        IN_FORCE.put(before)
    assert told == [("D",)]
