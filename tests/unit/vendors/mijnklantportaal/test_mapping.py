import pytest
from tests.helpers.narrowing import not_none

from deskhand.domain.capabilities import BodyFormat, Feature, Reason
from deskhand.domain.ids import AccountId
from deskhand.domain.threads import RemoteThread, Side
from deskhand.domain.tickets import Person, RemoteTicket, State
from deskhand.http.wire import read_item
from deskhand.vendors.mijnklantportaal import mapping, wire

LISTED = {
    "id": "tic_1",
    "customerId": "cst_1",
    "title": "Invoice issue",
    "source": "portal",
    "status": "open",
    "createdAt": "2024-11-29T21:00:00+02:00",
}
ASKS = {
    "id": "tim_1",
    "postedBy": "John",
    "isPostedByCustomer": True,
    "message": "<p>Hi</p>",
    "postedAt": "2024-11-29T21:00:00+02:00",
}
ANSWERS = {
    "id": "tim_2",
    "postedBy": "Support",
    "isPostedByCustomer": False,
    "message": "Hello",
    "postedAt": "2024-11-29T20:00:00+00:00",
}
FIRM = Person("Firm BV", "info@firm.example", "cst_1")


def listed(requester: Person | None = None, **said: object) -> RemoteTicket:
    return mapping.ticket(AccountId("acc"), read_item(wire.Ticket, {**LISTED, **said}), requester)


def thread(customer: Person | None, *messages: object, **said: object) -> RemoteThread:
    item = read_item(wire.TicketWithMessages, {**LISTED, **said, "messages": list(messages)})
    return mapping.thread(AccountId("acc"), item, customer, nameless=customer is None)


def test_a_name_that_is_not_known_yet_does_not_blank_the_stored_one():
    assert "requester" not in not_none(listed().known)
    assert listed(FIRM).ticket.requester == FIRM


@pytest.mark.parametrize(
    ("status", "meaning"), [("open", State.OPEN), ("closed", State.CLOSED), ("wachtend", State.OTHER)]
)
def test_a_status_retains_its_label(status, meaning):
    ticket = listed(status=status).ticket
    assert (ticket.state, ticket.vendor_state) == (meaning, status)


def test_a_chat_takes_no_reply_and_no_file():
    blocked = listed(source="chat").ticket.blocked
    assert blocked == {Feature.REPLY: Reason.CHAT_TICKET, Feature.ATTACH: Reason.CHAT_TICKET}


def test_a_closed_ticket_opens_by_a_reply_only():
    assert listed(status="closed").ticket.blocked == {Feature.STATE: Reason.REOPENS_BY_REPLY_ONLY}
    assert listed().ticket.blocked == {}


def test_messages_stand_in_the_order_of_their_instants():
    told = thread(FIRM, ANSWERS, ASKS)
    assert [(said.id, said.side, said.format) for said in told.messages] == [
        ("tim_1", Side.CUSTOMER, BodyFormat.HTML),
        ("tim_2", Side.AGENT, BodyFormat.PLAIN),
    ]


@pytest.mark.parametrize(
    ("told", "side"),
    [
        (True, Side.CUSTOMER),
        (1, Side.CUSTOMER),
        ("true", Side.CUSTOMER),
        (False, Side.AGENT),
        ("false", Side.AGENT),
        ("0", Side.AGENT),
        (None, Side.SYSTEM),
        ("perhaps", Side.SYSTEM),
        ([], Side.SYSTEM),
    ],
)
def test_who_speaks_is_never_guessed_into_the_wrong_mouth(told, side):
    assert thread(FIRM, {**ASKS, "isPostedByCustomer": told}).messages[0].side is side


def test_a_chat_and_a_closed_ticket_are_known_in_any_case():
    assert set(listed(source="Chat", status="CLOSED").ticket.blocked) == {Feature.REPLY, Feature.ATTACH, Feature.STATE}


def test_without_a_customers_record_the_message_names_the_requester():
    told = thread(None, ANSWERS, ASKS, customerId=None)
    assert not_none(told.ticket).ticket.requester == Person("John")
    assert not_none(thread(FIRM, ASKS).ticket).ticket.requester == FIRM


def test_a_record_that_could_not_be_read_now_is_not_replaced_by_a_display_name():
    item = read_item(wire.TicketWithMessages, {**LISTED, "messages": [ASKS]})
    told = mapping.thread(AccountId("acc"), item, None, nameless=False)
    assert "requester" not in not_none(not_none(told.ticket).known)


def test_without_any_name_nobody_is_made_up():
    told = thread(None, ANSWERS, customerId=None)
    assert "requester" not in not_none(not_none(told.ticket).known)


def test_one_odd_message_does_not_lose_the_others():
    told = thread(
        FIRM,
        ASKS,
        {"message": "no id"},
        None,
        {**ANSWERS, "isPostedByCustomer": None, "attachments": [5, {"id": "tma_1"}]},
    )
    assert [said.id for said in told.messages] == ["tim_1", "tim_2"]
    assert told.messages[1].attachments[0].id == "tma_1"
    assert not told.complete
    assert "2 of this conversation's messages" in told.history[0].what


@pytest.mark.parametrize("messages", [None, "none", {}, 7])
def test_messages_of_another_kind_take_no_stored_message_away(messages):
    item = read_item(wire.TicketWithMessages, {**LISTED, "messages": messages})
    told = mapping.thread(AccountId("acc"), item, None, nameless=False)
    assert told.messages == ()
    assert not told.complete


def test_a_plain_reply_stays_what_was_typed():
    assert mapping.outgoing("if a < b\nthen", "") == "<p>if a &lt; b<br>then</p>"
    assert mapping.outgoing("x", "<p>x</p>") == "<p>x</p>"
