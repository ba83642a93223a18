"""Whom a ticket may be given to, and who of them is the agent."""

import pytest
from tests.helpers.ticket_views import BOB, JANE

from deskhand.domain.tickets import Person
from deskhand.services.people import assignee_choices


@pytest.mark.parametrize(
    ("people", "me", "wanted"),
    [
        ((BOB, JANE), JANE.email.upper(), JANE),
        ((BOB,), JANE.email, None),  # the vendor lists its agents, and would refuse another
        ((), "jane@example.com", Person(email="jane@example.com")),
        ((BOB, JANE), "", None),
        ((), "", None),
    ],
)
def test_the_agent_is_offered_where_the_vendor_knows_the_e_mail_or_lists_nobody(people, me, wanted):
    assert assignee_choices(people, me, nobody=True).me == wanted


def test_an_address_may_be_typed_only_where_nobody_is_listed():
    open_ended = assignee_choices((), "jane@example.com", nobody=True)
    assert open_ended.typed("new@example.com") == Person(email="new@example.com")
    assert open_ended.typed("new") is None
    assert open_ended.typed("Jane@Example.com") is None, "she is offered already"
    assert assignee_choices((BOB,), "", nobody=True).typed("new@example.com") is None


def test_somebody_named_in_a_field_is_the_listed_person_else_known_by_what_was_typed():
    choices = assignee_choices((BOB, JANE), "", nobody=True)
    assert choices.named(JANE.email) == JANE
    assert choices.named("new@example.com") == Person(email="new@example.com")
    assert choices.named("u-99") == Person(id="u-99")
