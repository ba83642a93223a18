"""Which items of a long outbox are shown where not all has room."""

from datetime import UTC, datetime

from deskhand.domain.commands import Command, OutboxItem, SendReply
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Delivery
from deskhand.domain.waiting import foremost

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def an_item(name: str, delivery: Delivery) -> OutboxItem:
    key = TicketKey(AccountId("a"), name)
    return OutboxItem(Command(CommandId(name), key.account, key, SendReply(name), AT), delivery)


def names(items) -> list[str]:
    return [item.command.id for item in items]


def test_what_needs_a_decision_is_shown_however_much_has_come_after_it():
    asks = [an_item("ask", Delivery.NEEDS_DECISION), an_item("failed", Delivery.FAILED)]
    later = [an_item(f"queued {n}", Delivery.QUEUED) for n in range(300)]
    newest_first = [*reversed(later), *asks]
    assert names(foremost(newest_first, 5)) == ["queued 2", "queued 1", "queued 0", "ask", "failed"]


def test_what_has_not_left_goes_before_what_was_sent():
    newest_first = [an_item("sent 2", Delivery.SENT), an_item("held", Delivery.HELD), an_item("sent 1", Delivery.SENT)]
    assert names(foremost(newest_first, 2)) == ["sent 2", "held"]
    assert names(foremost(newest_first, 9)) == ["sent 2", "held", "sent 1"]


def test_more_decisions_than_there_is_room_for_are_all_shown():
    newest_first = [an_item(str(n), Delivery.NEEDS_DECISION) for n in range(7)]
    assert foremost(newest_first, 3) == tuple(newest_first)
