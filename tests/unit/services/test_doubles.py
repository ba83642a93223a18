"""What the agent said was sent, beside what its vendor shows later."""

from dataclasses import replace
from datetime import timedelta

from tests.helpers.store_fixtures import MYSELF, START, a_message

from deskhand.domain.threads import Side
from deskhand.services.tickets import without_duplicates

SAID = a_message(
    "sent-c", "The part is on its way.", author=MYSELF, side=Side.AGENT, created_at=START, unconfirmed=True
)
SHOWN = replace(SAID, id="m9", html="<p>The part is on its way.</p>", unconfirmed=False)


def shown(*messages, ours=()):
    return [message.id for message in without_duplicates(messages, ours)]


def test_it_is_shown_once_where_the_vendor_shows_it_late():
    assert shown(SAID, SHOWN) == ["m9"]


def test_it_stays_while_the_vendor_shows_nothing_of_it():
    other = replace(SHOWN, text="Something else", html="<p>Something else</p>")
    customers = replace(SHOWN, side=Side.CUSTOMER)
    before = replace(SHOWN, created_at=START - timedelta(hours=1))
    for there in (other, customers, before):
        assert shown(SAID, there) == ["sent-c", "m9"]


def test_what_proves_another_send_does_not_take_its_place():
    assert shown(SAID, SHOWN, ours={"m9"}) == ["sent-c", "m9"]


def test_two_equal_texts_are_two_messages():
    assert shown(SAID, replace(SAID, id="sent-d"), SHOWN) == ["sent-d", "m9"]
