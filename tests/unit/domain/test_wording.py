"""Sentences that follow each other."""

import pytest

from deskhand.domain import wording
from deskhand.domain.problems import Invalid, Offline


@pytest.mark.parametrize("detail", ["content is too short", "content is too short."])
def test_a_vendors_words_end_before_ours_begin(detail):
    assert wording.problem(Invalid(detail, status=400), "Thena") == (
        "Thena refused this (400). It said: content is too short. Your text is kept."
    )


def test_what_goes_on_by_itself_says_so_and_what_was_asked_once_says_that():
    assert wording.problem(Offline("no route"), "Thena").endswith("It is tried again by itself.")
    assert wording.problem(Offline("no route"), "Thena", goes_on=False).endswith("try again.")
