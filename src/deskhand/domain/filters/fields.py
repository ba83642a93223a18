"""The table of fields: what each is called, which values it takes, and an example that the help page and its test use."""

from collections.abc import Mapping, Sequence

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Priority, State

from .syntax import Attribute, Comparison, Field

EQUAL = (Comparison.IS,)
ORDERED = tuple(Comparison)


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field of the language.

    Attributes:
        takes: what stands behind it, as an error says it.
        examples: filters that use it.
        other_names: further names that mean the same.
    """

    takes: str
    examples: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    comparisons: Sequence[Comparison] = EQUAL


STATES: Mapping[str, State] = {state.value.replace("_", "-"): state for state in State}
PRIORITIES: Mapping[str, Priority] = {
    priority.value: priority
    for priority in (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW, Priority.NONE, Priority.OTHER)
}
URGENCY = (Priority.NONE, Priority.LOW, Priority.OTHER, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
"""From the least urgent up; a label that says nothing to us stands below normal."""

HAS: Mapping[str, Attribute] = {
    "attachment": Attribute.ATTACHMENT,
    "file": Attribute.ATTACHMENT,
    "note": Attribute.NOTE,
    "draft": Attribute.DRAFT,
    "failed": Attribute.FAILED,
    "unsent": Attribute.UNSENT,
    "link": Attribute.LINK,
}
IS: Mapping[str, Attribute] = {
    "unread": Attribute.UNREAD,
    "waiting": Attribute.WAITING,
    "waiting-for-them": Attribute.WAITING_FOR_THEM,
    "mine": Attribute.MINE,
    "new": Attribute.NEW,
    "open": Attribute.OPEN,
    "closed": Attribute.CLOSED,
    "done": Attribute.CLOSED,
    "later": Attribute.LATER,
    "put-away": Attribute.LATER,
    "in-later": Attribute.IN_LATER,
    "back": Attribute.BACK,
    "pinned": Attribute.PINNED,
}

UNASSIGNED = "unassigned"
"""What `is:` takes for `assignee:nobody`, because that is the name of the view."""

_TIMES = "a time such as 4h, 2d, today, last-month or 2026-10-01"

FIELDS: Mapping[Field, FieldInfo] = {
    Field.ACCOUNT: FieldInfo("the name of an account", ("account:Acme", 'account:"Acme Support"')),
    Field.VENDOR: FieldInfo("the name of a vendor", ("vendor:thena", 'vendor:"Mijn Klantportaal"')),
    Field.GROUP: FieldInfo(
        "the name of a brand, team or pipeline", ("group:Billing", 'team:"Second line"'), ("brand", "team", "pipeline")
    ),
    Field.STAGE: FieldInfo("the name of a stage of a pipeline", ("stage:won", 'stage:"Second contact"')),
    Field.STATE: FieldInfo(
        f"{', '.join(STATES)}, or a vendor's own label in quotes", ("state:open", 'state:"Awaiting parts"'), ("status",)
    ),
    Field.PRIORITY: FieldInfo(
        f"{', '.join(PRIORITIES)}, or a vendor's own label in quotes",
        ("priority:urgent", "priority>=high", 'priority:"P1"'),
        comparisons=ORDERED,
    ),
    Field.ASSIGNEE: FieldInfo(
        "me, nobody, a name or an e-mail address",
        ("assignee:me", "assignee:nobody", "assignee:omar", "assignee:omar@example.com"),
    ),
    Field.TAG: FieldInfo("a tag", ("tag:refund", '-tag:"on hold"')),
    Field.REQUESTER: FieldInfo(
        "a name, an e-mail address or @ and a domain",
        ("requester:ada", "requester:ada@example.com", "from:@example.com"),
        ("from", "customer"),
    ),
    Field.SUBJECT: FieldInfo("a text of the subject", ("subject:invoice", 'subject:"order number"')),
    Field.TEXT: FieldInfo(
        "a text of the subject, a message or a person", ("refund", '"where is my order"', "text:refund")
    ),
    Field.HAS: FieldInfo(
        ", ".join(HAS), ("has:attachment", "has:note", "has:draft", "has:failed", "has:unsent", "has:link")
    ),
    Field.IS: FieldInfo(
        ", ".join((*IS, UNASSIGNED)),
        (
            *("is:unread", "is:waiting", "is:waiting-for-them", "is:mine", "is:unassigned", "is:new", "is:open"),
            *("is:closed", "-is:done", "is:later", "is:pinned"),
        ),
    ),
    Field.WAITING: FieldInfo(_TIMES, ("waiting>4h", "waiting:today"), comparisons=ORDERED),
    Field.UPDATED: FieldInfo(
        _TIMES, ("updated<2d", "before:2026-10-01", "after:2026-09"), ("before", "after"), comparisons=ORDERED
    ),
    Field.CREATED: FieldInfo(
        _TIMES, ("created:last-month", "created:today", "created>=2026-10-01"), comparisons=ORDERED
    ),
    Field.DUE: FieldInfo(_TIMES, ("due<1d", "due:tomorrow", "due<0h"), comparisons=ORDERED),
    Field.RECIPIENT: FieldInfo(
        "an e-mail address that got a copy of a message, a part of it, or @ and a domain",
        ("to:finance@example.com", "to:@example.com", "cc:finance"),
        ("cc", "recipient"),
    ),
    Field.NUMBER: FieldInfo(
        "the number of a ticket, with or without #, or its vendor's id (Ref)",
        ("number:4711", "ref:tick_01hd9x"),
        ("ref",),
    ),
}

BY_NAME: Mapping[str, Field] = {
    **{field.value: field for field in FIELDS},
    **{name: field for field, info in FIELDS.items() for name in info.other_names},
}
"""Every name that may be typed."""

BOUNDS: Mapping[str, Comparison] = {"before": Comparison.LESS, "after": Comparison.AT_LEAST}
"""Names that hold their comparison in themselves: until that day, from that day on."""

TIMES = (Field.WAITING, Field.UPDATED, Field.CREATED, Field.DUE)

SIGNS: Sequence[tuple[str, str]] = (
    ("tag:refund is:unread", "both"),
    ("tag:refund or tag:return", "one of them"),
    ("-tag:spam", "not this"),
    ("is:open (tag:refund or priority:urgent)", "brackets hold together"),
    ('subject:"order number"', "quotation marks around a value with spaces"),
)
"""What stands between conditions: an example, and what it means."""
