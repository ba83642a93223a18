"""Conversations for tests of the window."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Delivery, Message, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.ui.ticket.thread_model import ThreadView

NOW = datetime(2026, 11, 19, 12, 30, tzinfo=UTC)
KEY = TicketKey(AccountId("mk"), "tic_1")
JOHN = Person("John Appleseed", "john@example.com")
JANE = Person("Jane Agent", "jane@example.com")


def now() -> datetime:
    return NOW


def message(number: int | str, text: str = "", **values: Any) -> Message:
    given: dict[str, Any] = {
        "id": f"m{number}",
        "author": JOHN,
        "side": Side.CUSTOMER,
        "visibility": Visibility.PUBLIC,
        "text": text or f"Message {number}",
        "created_at": NOW - timedelta(hours=2),
    }
    return Message(**{**given, **values})


def own(number: int | str, delivery: Delivery, **values: Any) -> Message:
    given: dict[str, Any] = {
        "author": JANE,
        "side": Side.AGENT,
        "mine": True,
        "delivery": delivery,
        "command": CommandId(f"c{number}"),
        "created_at": NOW,
    }
    return message(number, **{**given, **values})


def thread(*messages: Message, **values: Any) -> ThreadView:
    given: dict[str, Any] = {"key": KEY, "vendor": "Mijn Klantportaal", "customer": "John Appleseed"}
    return ThreadView(messages=messages, **{**given, **values})


def long_thread(count: int, **values: Any) -> ThreadView:
    """A conversation whose messages differ in length, so that every estimate is wrong."""
    messages = (
        message(
            n,
            f"Message {n}. " + "Some words that wrap in the column. " * (n * 7 % 23),
            created_at=NOW - timedelta(minutes=count - n),
        )
        for n in range(count)
    )
    return thread(*messages, **values)
