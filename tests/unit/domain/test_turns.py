"""Whose turn it is in a conversation."""

import pytest

from deskhand.domain.threads import Side
from deskhand.domain.tickets import Turn
from deskhand.domain.turns import Spoken, ToldTurn, of_conversation

C, A, S = Side.CUSTOMER, Side.AGENT, Side.SYSTEM


@pytest.mark.parametrize(
    ("newest_first", "told"),
    [
        ((), ToldTurn(Turn.UNKNOWN)),
        ((Spoken(C, 1),), ToldTurn(Turn.US, 1)),
        ((Spoken(C, 3), Spoken(C, 2), Spoken(A, 1)), ToldTurn(Turn.US, 2, answered=True)),
        ((Spoken(A, 2), Spoken(C, 1)), ToldTurn(Turn.THEM, 2, answered=True)),
        ((Spoken(A, 3), Spoken(A, 2), Spoken(C, 1)), ToldTurn(Turn.THEM, 3, answered=True)),
        ((Spoken(C, 3, automatic=True), Spoken(A, 2), Spoken(C, 1)), ToldTurn(Turn.THEM, 2, answered=True)),
        ((Spoken(S, 2), Spoken(C, 1)), ToldTurn(Turn.US, 1)),
        ((Spoken(A, 2, automatic=True), Spoken(C, 1)), ToldTurn(Turn.US, 1)),
        ((Spoken(S, 1),), ToldTurn(Turn.NOBODY)),
        ((Spoken(C, 1, automatic=True),), ToldTurn(Turn.NOBODY)),
        ((Spoken(C, None),), ToldTurn(Turn.US, None)),
    ],
)
def test_the_turn_goes_by_who_spoke_last_and_the_wait_begins_with_the_first_unanswered_message(newest_first, told):
    assert of_conversation(newest_first) == told
