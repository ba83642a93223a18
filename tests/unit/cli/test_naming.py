"""What the arguments of a command line name."""

import pytest

from deskhand.cli import naming
from deskhand.domain.capabilities import Capabilities, FieldKind, FormField, PriorityChoice, StateChoice
from deskhand.domain.commands import Assign, ChangePriority, ChangeState, EditField, EditTags
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.tickets import Group, Person, Priority, State, Ticket
from deskhand.vendors.registry import REGISTRY

GRACE = Person("Grace Hopper", "grace@example.com", "g1")
CAPABILITIES = Capabilities(
    states=(
        StateChoice("s1", "Open", State.OPEN),
        StateChoice("s2", "Shipped", State.SOLVED),
        StateChoice("s3", "Done", State.SOLVED, group="sales"),
        StateChoice("s4", "Elsewhere", State.CLOSED, group="other"),
    ),
    priorities=(PriorityChoice("p1", "Blocker", Priority.URGENT), PriorityChoice("p2", "urgent", Priority.HIGH)),
    agents=(GRACE,),
    custom_fields=(FormField("size", "T-shirt size", FieldKind.LINE),),
)
NOW = Ticket(
    TicketKey(AccountId("acme"), "1"),
    subject="Broken",
    state_id="s1",
    priority_id="p1",
    tags=("a", "b"),
    group=Group("sales", "Sales"),
    fields={"size": "L"},
    assignee=GRACE,
)


def change(name: str, value: str):
    return naming.change(name, value, NOW, CAPABILITIES, "me@example.com")


@pytest.mark.parametrize(
    ("name", "value", "action"),
    [
        ("state", "shipped", ChangeState("s1", "s2", "Shipped", State.SOLVED)),
        ("state", "s3", ChangeState("s1", "s3", "Done", State.SOLVED)),
        ("state", "solved", ChangeState("s1", "s3", "Done", State.SOLVED)),  # the group's own before one for all
        ("state", "closed", ChangeState("s1", "s3", "Done", State.SOLVED)),  # the nearest that this group has
        ("priority", "urgent", ChangePriority("p1", "p2", "urgent", Priority.HIGH)),  # the vendor's label before ours
        ("priority", "high", ChangePriority("p1", "p2", "urgent", Priority.HIGH)),
        ("assignee", "me", Assign("grace@example.com", Person(email="me@example.com"))),
        ("assignee", "grace hopper", Assign("grace@example.com", GRACE)),
        ("assignee", "none", Assign("grace@example.com", None)),
        ("tags", "+c, -a", EditTags(("c",), ("a",))),
        ("tags", "b,c", EditTags(("c",), ("a",))),
        ("tags", "", EditTags((), ("a", "b"))),
        ("subject", "Mended", EditField("subject", "Subject", "Broken", "Mended")),
        ("field.size", "XL", EditField("size", "T-shirt size", "L", "XL")),
        ("field.new", "x=y", EditField("new", "new", None, "x=y")),
    ],
)
def test_a_change_is_said_by_the_vendors_label_or_by_ours(name, value, action):
    assert change(name, value) == action


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("state", "elsewhere", "Open, Shipped, Done"),
        ("priority", "meh", "Blocker, urgent"),
        ("assignee", "bob", "nobody known"),
    ],
)
def test_what_names_nothing_is_answered_with_what_there_is(name, value, message):
    with pytest.raises(naming.Unclear, match=message):
        change(name, value)


@pytest.mark.parametrize(("name", "value"), [("tags", "+a,b"), ("tags", "+"), ("weight", "3"), ("field", "x")])
def test_what_is_not_of_the_form_is_wrong_usage(name, value):
    with pytest.raises(naming.WrongUsage):
        change(name, value)


def test_pairs_keep_everything_behind_the_first_sign():
    assert naming.pairs(["a=1", "b=x=y", "c="]) == {"a": "1", "b": "x=y", "c": ""}
    with pytest.raises(naming.WrongUsage):
        naming.pairs(["=x"])


@pytest.mark.parametrize(
    ("vendor", "given", "kind"),
    [("nexuscore", {"client_id": "c"}, 0), ("nexuscore", {}, 1), ("thena", {}, 0), ("routera", {"client_id": "c"}, 0)],
)
def test_the_way_to_sign_in_follows_from_the_fields_that_are_given(vendor, given, kind):
    info = REGISTRY[vendor].info
    assert naming.sign_in_kind(info, "", given) == info.kinds[kind]
    assert naming.sign_in_kind(info, info.kinds[kind].id, given) == info.kinds[kind]
    with pytest.raises(naming.WrongUsage):
        naming.sign_in_kind(info, "magic", given)
