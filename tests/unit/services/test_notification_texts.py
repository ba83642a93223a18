"""What a notification says, and what no customer can make it say."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.accounts import Account
from deskhand.domain.commands import Command, OutboxItem, SendReply
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, CommandId, TicketKey, VendorId
from deskhand.domain.ports.notifications import LATER, OPEN, REPLY
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import Priority, State, TicketRow, Turn
from deskhand.services.notification_choices import Content
from deskhand.services.notification_rules import Bundle
from deskhand.services.notification_texts import (
    LONGEST_LINE,
    LONGEST_TITLE,
    SUMMARY,
    Known,
    notification,
    plain,
    tag_of,
)
from deskhand.services.notification_texts import (
    test_notification as a_test,
)

EU, UK = AccountId("eu"), AccountId("uk")
ACCOUNTS = {
    one: Account(one, VendorId("thena"), name, "https://x.test") for one, name in ((EU, "Retail EU"), (UK, "UK"))
}


def row(*, who="Chloe Castellano", subject="Refund", snippet="Any news?", waiting=True):
    return TicketRow(
        TicketKey(EU, "1"), "#1", subject, who, State.OPEN, "Open", Priority.NONE, "", "", snippet, None, None,
        unread=True, turn=Turn.US if waiting else Turn.THEM, waiting_since=None, answered=True, has_files=False, has_draft=False, sentiment="", tags=(), pending=(), needs_agent=False,
    )  # fmt: skip


def told(kind, *, content=Content.FULL, detail="", items=None, **values):
    known = Known(ACCOUNTS, {TicketKey(EU, "1"): row(**values)}, items or {})
    return notification(Bundle((Event(kind, EU, "1", detail),)), known, content, sound=False)


def test_a_message_says_who_wrote_about_what_and_its_first_line():
    made = told(EventKind.REPLIED)
    assert (made.title, made.body, made.source) == ("Chloe Castellano wrote again", "Refund: “Any news?”", "Retail EU")
    assert told(EventKind.NEW).title == "Chloe Castellano wrote"
    assert not made.urgent


def test_the_first_line_is_the_customers_or_none():
    assert told(EventKind.ASSIGNED, waiting=False).body == "Chloe Castellano: Refund"
    assert told(EventKind.REPLIED, waiting=False).body == "Refund"
    assert told(EventKind.REPLIED, content=Content.NAME).body == "Refund"


def test_hidden_content_names_the_account_only():
    for kind in EventKind:
        made = told(kind, content=Content.HIDDEN, detail="secret detail")
        assert "Chloe" not in made.title + made.body
        assert "Refund" not in made.title + made.body
        assert "secret" not in made.title + made.body
        assert REPLY not in dict(made.actions)


def test_a_ticket_that_comes_back_says_what_the_agent_wrote():
    made = told(EventKind.RETURNED, detail="Has the warehouse moved it?")
    assert made.body == "You wrote: “Has the warehouse moved it?”"
    assert [action for action, _ in made.actions] == [OPEN, REPLY, LATER]


@pytest.mark.parametrize("why", ["The file is too large (413).", "Thalamus kept this reply as an internal comment."])
def test_what_was_not_sent_says_what_why_and_that_nothing_is_lost(why):
    command = Command(CommandId("c1"), EU, TicketKey(EU, "1"), SendReply("Hello"), datetime(2026, 1, 1, tzinfo=UTC))
    item = OutboxItem(command, Delivery.FAILED, problem=why)
    made = told(EventKind.SEND_FAILED, detail="c1", items={CommandId("c1"): item})
    assert made.urgent
    assert "reply" in made.body.casefold()
    assert f"{why} What you typed is kept." in made.body


def test_an_account_says_its_problem():
    event = Event(EventKind.ACCOUNT, EU, detail="Thena refused these credentials (401).")
    made = notification(Bundle((event,)), Known(ACCOUNTS, {}, {}), Content.FULL, sound=True)
    assert (made.title, made.body) == ("Retail EU needs you", "Thena refused these credentials (401).")
    assert made.urgent
    assert made.sound


def test_several_are_one_line_for_each_account():
    events = (*(Event(EventKind.REPLIED, EU, str(n)) for n in range(3)), Event(EventKind.NEW, UK, "1"))
    made = notification(Bundle(events), Known(ACCOUNTS, {}, {}), Content.FULL, sound=False)
    assert (made.title, made.body, made.tag) == ("4 new messages", "Retail EU 3 · UK 1", SUMMARY)


def test_a_ticket_has_one_notification_at_a_time():
    assert tag_of(Event(EventKind.NEW, EU, "1")) == tag_of(Event(EventKind.REPLIED, EU, "1"))


def test_a_test_shows_nothing_of_a_customer():
    made = a_test(Event(EventKind.REPLIED, EU), ACCOUNTS[EU], sound=False)
    assert (made.title, made.source) == ("This is a test", "Retail EU")


@given(st.text(max_size=3000))
def test_foreign_text_is_bounded_on_one_line_and_without_control_characters(text):
    shown = plain(text)
    assert len(shown) <= LONGEST_LINE
    assert all(unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp") for sign in shown)
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@given(st.text(max_size=500), st.text(max_size=500), st.text(max_size=500))
def test_whatever_a_customer_writes_the_title_stays_one_bounded_line(who, subject, snippet):
    for kind in (EventKind.NEW, EventKind.REPLIED, EventKind.ASSIGNED, EventKind.RETURNED):
        made = told(kind, who=who, subject=subject, snippet=snippet)
        assert "\n" not in made.title
        assert len(made.title) <= LONGEST_TITLE + 20
        assert len(made.body) <= LONGEST_LINE + LONGEST_TITLE + 20
