"""Other words find actions: each names one that there is, and the words of three languages lead to the same."""

import pytest

from deskhand.ui.actions import table
from deskhand.ui.actions.synonyms import SYNONYMS


def test_every_entry_names_an_action() -> None:
    assert set(SYNONYMS) <= table.ids()


def test_words_are_small_and_each_stands_once_with_its_action() -> None:
    for action, words in SYNONYMS.items():
        assert len(words) == len(set(words)), action
        assert all(word == word.casefold() or "ß" in word for word in words), action


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("close", ("close", "done", "finish", "solve", "afsluiten", "sluiten", "schließen", "erledigt")),
        ("reply", ("reply", "antwoord", "antworten")),
        ("assign", ("assign", "toewijzen", "zuweisen")),
        ("snoozed", ("snooze", "later", "uitstellen", "zurückstellen")),
    ],
)
def test_three_languages_are_understood(action: str, words: tuple[str, ...]) -> None:
    assert set(words) <= set(SYNONYMS[action])
