"""Is one of the messages in this thread the one that may have left?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.content.plain import plain_to_html
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.commands import AddNote, Command, OutboxItem, SendReply
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.threads import Delivery, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.sync.reconciliation import SKEW, match_sent_message, preexisting_ids

SENT_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ME = "me@example.com"
REPLY = SendReply("Thanks,\n  we send a <new> one & more.")
ITEM = OutboxItem(
    Command(CommandId("key-1"), AccountId("acme"), TicketKey(AccountId("acme"), "1"), REPLY, SENT_AT),
    Delivery.UNKNOWN,
    attempts=1,
    first_sent=SENT_AT,
    last_sent=SENT_AT,
)
OURS = RemoteMessage(
    "m9", Person("Me", ME), Side.AGENT, Visibility.PUBLIC, REPLY.text, BodyFormat.PLAIN, SENT_AT + timedelta(seconds=1)
)


def matched(*messages: RemoteMessage, item=ITEM, action=REPLY, sent_ids=(), me=ME, settle=60.0) -> str | None:
    colleagues = {ME, "Colleague@example.com", ""}
    found = match_sent_message(
        item, action, RemoteThread(messages), sent_ids, me=me, colleagues=colleagues, settle=settle
    )
    return found.id if found else None


@pytest.mark.parametrize(
    "body",
    [
        "<p>Thanks,<br>we send a &lt;new&gt; one &amp; more.</p>",
        "<div>Thanks,</div>\r\n<div>  we send a &lt;new&gt; one &amp; more.&nbsp;</div>",
        plain_to_html(REPLY.text),
    ],
)
def test_our_text_is_known_again_however_the_vendor_wrote_it_down(body):
    assert matched(replace(OURS, body=body, format=BodyFormat.HTML)) == "m9"
    assert matched(OURS) == "m9"


@pytest.mark.parametrize(
    "other",
    [
        replace(OURS, side=Side.CUSTOMER),
        replace(OURS, visibility=Visibility.INTERNAL),
        replace(OURS, author=Person("Colleague", "colleague@example.com")),
        replace(OURS, body="Thanks, we send a one & more."),
        replace(OURS, created_at=SENT_AT - SKEW - timedelta(seconds=1)),
        replace(OURS, created_at=SENT_AT + SKEW + timedelta(seconds=61)),
    ],
    ids=["the customer's", "a note", "a colleague's", "another text", "too old", "too late"],
)
def test_what_is_not_ours_is_not_claimed(other):
    assert matched(other) is None
    assert matched(other, OURS) == "m9"


def test_a_vendor_that_names_nobody_we_know_and_no_time_still_proves_a_message():
    assert matched(replace(OURS, author=Person("Support desk"), created_at=None)) == "m9"
    assert matched(replace(OURS, author=Person("Support", "support@example.com"))) == "m9"
    assert matched(OURS, me="") == "m9"


def test_two_equal_texts_claim_two_messages():
    second = replace(OURS, id="m10")
    assert matched(OURS, second) == "m9"
    assert matched(OURS, second, sent_ids={"m9"}) == "m10"
    assert matched(OURS, second, sent_ids={"m9", "m10"}) is None


def test_an_equal_message_from_before_the_first_try_is_never_ours():
    before = replace(OURS, id="m1")
    seen = preexisting_ids(REPLY, RemoteThread((before, replace(OURS, id="c1", side=Side.CUSTOMER))))
    assert seen == ("m1",)
    assert matched(before, item=replace(ITEM, preexisting_ids=seen)) is None
    assert matched(before, OURS, item=replace(ITEM, preexisting_ids=seen)) == "m9"


def test_an_echoed_key_is_proof_whatever_the_text_became():
    rewritten = replace(OURS, id="m4", body="[signature added]", key="key-1", created_at=None)
    assert matched(OURS, rewritten) == "m4"


def test_a_note_claims_a_note_and_no_reply():
    note = AddNote(REPLY.text)
    assert matched(OURS, action=note) is None
    assert matched(OURS, replace(OURS, id="n1", visibility=Visibility.INTERNAL), action=note) == "n1"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(lambda t: t.strip()))
def test_any_text_is_known_again_as_the_html_that_a_vendor_makes_of_it(text):
    action = SendReply(text)
    plain = replace(OURS, body=text)
    rich = replace(OURS, body=plain_to_html(text), format=BodyFormat.HTML)
    assert matched(plain, action=action) == "m9"
    assert matched(rich, action=action) == "m9"
