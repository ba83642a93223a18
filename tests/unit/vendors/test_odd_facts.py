"""What a vendor's odd value must not be read as: deleted, archived, public, a note, somebody's message."""

import pytest
from tests.helpers.narrowing import not_none

from deskhand.domain.ids import AccountId
from deskhand.domain.threads import Side, Visibility
from deskhand.http.wire import read_item, read_items
from deskhand.vendors.mijnklantportaal import mapping as mijnklantportaal
from deskhand.vendors.mijnklantportaal import wire as mijnklantportaal_wire
from deskhand.vendors.nexuscore import mapping as nexuscore
from deskhand.vendors.nexuscore import wire as nexuscore_wire
from deskhand.vendors.routera import mapping as routera
from deskhand.vendors.routera import wire as routera_wire
from deskhand.vendors.thalamus import mapping as thalamus
from deskhand.vendors.thalamus import wire as thalamus_wire
from deskhand.vendors.thena import choices, mapping, wire

ACCOUNT = AccountId("acc")
TIME = "2026-11-20T12:00:00.000Z"
NO_TIMES: list[object] = [
    None,
    "",
    False,
    True,
    0,
    1,
    7,
    1.5,
    1795176000,
    "yes",
    "deleted",
    "true",
    "1795176000",
    "0001-01-01T00:00:00Z",
    [],
    {},
]
UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"


@pytest.mark.parametrize("odd", NO_TIMES)
def test_only_a_written_time_says_that_something_at_thena_is_deleted_or_archived(odd):
    said = read_item(wire.Ticket, {"id": "T1", "deletedAt": odd, "archivedAt": odd}).model
    assert not said.deleted_at
    assert not mapping.ticket(
        read_item(wire.Ticket, {"id": "T1", "archivedAt": odd}), ACCOUNT, mapping.Lookups()
    ).ticket.archived
    comment = {"id": "C1", "content": "Please do not lose this", "deletedAt": odd}
    assert len(mapping.thread((read_items(wire.Comment, [comment]),), None, None).messages) == 1
    team = read_item(wire.Team, {"id": "TM", "archivedAt": odd}).model
    assert choices.groups_of([team], choices.ObservedValues(), ())


@pytest.mark.parametrize("time", [TIME, "2026-11-20T12:00:00+01:00", "2026-11-20 12:00", "2026-11-20"])
def test_a_written_time_does_say_so(time):
    assert read_item(wire.Ticket, {"id": "T1", "deletedAt": time}).model.deleted_at
    comment = {"id": "C1", "content": "Gone", "deletedAt": time}
    assert not mapping.thread((read_items(wire.Comment, [comment]),), None, None).messages
    record = read_item(routera_wire.Record, {"id": "R1", "archived": time})
    assert routera.ticket(record, ACCOUNT, routera.Stages(), whole=True).ticket.archived


@pytest.mark.parametrize("odd", ["yes", "archived", 1, 0.5, 1795176000, ["x"], {"at": TIME}])
def test_an_odd_value_about_archiving_changes_nothing_that_is_stored(odd):
    record = read_item(routera_wire.Record, {"id": "R1", "archived": odd})
    told = routera.ticket(record, ACCOUNT, routera.Stages(), whole=True)
    assert not told.ticket.archived
    assert not {"archived", "blocked"} & not_none(told.known)


def message(**said: object):
    item = read_item(nexuscore_wire.Message, {"id": "M1", "body": "Hello", "author_type": "agent"} | said)
    return nexuscore.message(item, None, {})


@pytest.mark.parametrize("said", [{"internal": True}, {"is_private": "yes"}, {"visibility": "private"}, {"is_note": 1}])
def test_what_is_plainly_internal_is_a_note(said):
    assert message(**said).visibility is Visibility.INTERNAL


@pytest.mark.parametrize(
    "said", [{}, {"internal": False}, {"internal": None}, {"visibility": "Public"}, {"is_note": 0}]
)
def test_what_is_plainly_public_or_says_nothing_is_public(said):
    assert message(**said).visibility is Visibility.PUBLIC


@pytest.mark.parametrize(
    "said", [{"internal": {"by": 1}}, {"internal": "perhaps"}, {"visibility": 7}, {"visibility": ["public"]}]
)
def test_what_is_neither_is_called_neither_but_a_customer_knows_what_the_customer_wrote(said):
    assert message(**said).visibility is Visibility.UNSAID
    assert message(author_type="customer", **said).visibility is Visibility.PUBLIC


@pytest.mark.parametrize("odd", ["team", "publicly", True, 1, {"is": "public"}])
def test_an_odd_value_does_not_say_who_reads_a_comment_at_thalamus(odd):
    said = read_item(thalamus_wire.Comment, {"uuid": UUID, "visibility": odd}).model
    assert thalamus.visibility(said) is None


@pytest.mark.parametrize("odd", [2, -1, "maybe", 0.5, [], None])
def test_an_odd_flag_makes_a_message_nobodys(odd):
    said = {"id": "tim_1", "message": "Hello", "isPostedByCustomer": odd}
    found = mijnklantportaal.message(read_item(mijnklantportaal_wire.Message, said))
    assert found.side is Side.SYSTEM
