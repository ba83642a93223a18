"""Whom a reply to everybody reaches."""

from dataclasses import replace
from typing import Any

import pytest
from tests.helpers.ticket_views import EVERYTHING, capable, view_of

from deskhand.domain.capabilities import Feature
from deskhand.domain.threads import Delivery, Message, Side, Visibility
from deskhand.domain.tickets import Person

CASEY, BOSS, LEAD = "casey@example.com", "boss@example.com", "lead@example.com"


def said(author: str, *cc: str, side: Side = Side.CUSTOMER, **more: Any) -> Message:
    values: dict[str, Any] = {"visibility": Visibility.PUBLIC, **more}
    return Message("m", Person(email=author), side, text="x", cc=cc, **values)


@pytest.mark.parametrize(
    ("messages", "copies"),
    [
        ((), ()),
        ((said(CASEY),), ()),
        ((said(CASEY, BOSS, "Jane@Example.com", CASEY.upper(), BOSS.upper()),), (BOSS,)),
        ((said(CASEY, BOSS), said("jane@example.com", LEAD, side=Side.AGENT)), (LEAD,)),
        ((said(CASEY, BOSS), said("jane@example.com", LEAD, side=Side.AGENT, visibility=Visibility.INTERNAL)), (BOSS,)),
        ((said(CASEY, BOSS), said("", side=Side.SYSTEM)), (BOSS,)),
        ((said(CASEY, BOSS), said("jane@example.com", LEAD, side=Side.AGENT, delivery=Delivery.FAILED)), (BOSS,)),
        ((said(BOSS, LEAD, CASEY),), (BOSS, LEAD)),
        ((said(CASEY, "no address", "\u200bx@example.com", LEAD),), (LEAD,)),
    ],
)
def test_everybody_whom_the_newest_message_reached_gets_a_copy(
    messages: tuple[Message, ...], copies: tuple[str, ...]
) -> None:
    assert replace(view_of(), messages=messages).copies == copies


def test_where_the_vendor_takes_no_copies_there_are_none() -> None:
    view = view_of(capabilities=capable(EVERYTHING - {Feature.CC}))
    assert replace(view, messages=(said(CASEY, BOSS),)).copies == ()
