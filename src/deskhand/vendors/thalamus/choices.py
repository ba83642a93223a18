"""What may be chosen at Thalamus. Nothing can be read there, so all of it comes from the account's settings and from what was pushed."""

from collections.abc import Iterable, Mapping, Sequence

from deskhand.domain.capabilities import (
    BodyFormat,
    Capabilities,
    Feature,
    FieldKind,
    FormField,
    PriorityChoice,
    Reason,
    SendGuarantee,
    StateChoice,
)
from deskhand.domain.commands import PushRecord
from deskhand.domain.tickets import Group, Person
from deskhand.vendors.values import parse_pairs, priority_of

from .info import PRIORITIES
from .mapping import INTERNAL_STATES, TICKET_FIELDS, PartnerSettings
from .records import CATEGORY, FORMS, STATUS

Pairs = tuple[tuple[str, str], ...]

CAN = frozenset(
    {
        Feature.REPLY,
        Feature.NOTE,
        Feature.STATE,
        Feature.PRIORITY,
        Feature.ASSIGN,
        Feature.SUBJECT,
        Feature.FIELDS,
        Feature.CREATE,
        Feature.RECORDS,
        Feature.IMPORT,
    }
)

CANNOT = dict.fromkeys(frozenset(Feature) - CAN, Reason.NOT_IN_API) | dict.fromkeys(
    (Feature.LIST, Feature.THREAD, Feature.SEARCH, Feature.DOWNLOAD), Reason.WRITE_ONLY
)

_LABELS = {
    "type": "Type",
    "category": "Category",
    "subcategory": "Subcategory",
    "organization_external_id": "Organization id",
    "contact_external_id": "Contact id",
    "external_group_id": "Group",
}


def capabilities(
    partner: PartnerSettings, settings: Mapping[str, str], pushed: Iterable[PushRecord], known: Capabilities
) -> Capabilities:
    """Put together what the account can do.

    Args:
        pushed: records that Thalamus confirmed since this connection was made, oldest first.
        known: the same as found before, which holds what was pushed then.
    """
    pushed = tuple(pushed)
    groups = tuple(Group(identifier, name) for identifier, name in partner.groups.items())
    states = _states(partner, pushed, known.states)
    priorities = tuple(
        PriorityChoice(value, label, priority_of(value))
        for value, label in parse_pairs(settings.get("priorities", "") or PRIORITIES)
    )
    agents = _agents(partner, known.agents)
    choices: dict[str, Pairs] = {
        "type": parse_pairs(settings.get("types", "")),
        "category": _categories(settings, pushed, known),
        "external_group_id": tuple(partner.groups.items()),
    }
    fields = tuple(_field(name, choices.get(name, ())) for name in TICKET_FIELDS)
    return Capabilities(
        can=CAN,
        cannot=CANNOT,
        states=states,
        priorities=priorities,
        agents=agents,
        groups=groups,
        group_label="group",
        create_form=_create_form(states, priorities, agents, fields, partner.prefix),
        custom_fields=fields,
        records=FORMS,
        reply_format=BodyFormat.HTML,
        note_format=BodyFormat.HTML,
        guarantee=SendGuarantee.IDEMPOTENT,
        unassign=False,
    )


def _field(name: str, choices: Pairs) -> FormField:
    kind = FieldKind.CHOICE if choices else FieldKind.LINE
    return FormField(name, _LABELS[name], kind, choices=choices, open_ended=True)


def _states(
    partner: PartnerSettings, pushed: Iterable[PushRecord], known: Iterable[StateChoice]
) -> tuple[StateChoice, ...]:
    labels = {choice.id: choice.label for choice in known}
    gone = set()
    for record in pushed:
        if record.kind == STATUS:
            labels[record.external_id] = str(record.fields.get("label", record.external_id))
            gone.discard(record.external_id)
            if record.fields.get("status") == "inactive":
                gone.add(record.external_id)
    states_by_id = {**INTERNAL_STATES, **partner.states}
    return tuple(
        StateChoice(value, labels.get(value, value), state)
        for value, state in states_by_id.items()
        if value not in gone
    )


def _agents(partner: PartnerSettings, known: Iterable[Person]) -> tuple[Person, ...]:
    found = {person.id: person for person in known}
    found |= {
        identifier: Person("" if name == identifier else name, id=identifier)
        for identifier, name in partner.agents.items()
    }
    if partner.me.id:
        found[partner.me.id] = partner.me
    return tuple(found.values())


def _categories(settings: Mapping[str, str], pushed: Iterable[PushRecord], known: Capabilities) -> Pairs:
    before = next((field.choices for field in known.custom_fields if field.name == "category"), ())
    fresh = {str(record.fields["value"]): str(record.fields["label"]) for record in pushed if record.kind == CATEGORY}
    return tuple((dict(before) | dict(parse_pairs(settings.get("categories", ""))) | fresh).items())


def _create_form(
    states: Sequence[StateChoice],
    priorities: Sequence[PriorityChoice],
    agents: Sequence[Person],
    fields: Sequence[FormField],
    prefix: str,
) -> tuple[FormField, ...]:
    visibilities = (("public", "Customer reads it"), ("internal", "Internal"))
    return (
        FormField("title", "Subject", required=True),
        FormField("comment", "First message", FieldKind.TEXT, help="The text of a ticket is its comments."),
        FormField("comment_visibility", "First message for", FieldKind.CHOICE, choices=visibilities, default="public"),
        FormField(
            "status", "State", FieldKind.CHOICE, choices=tuple((one.id, one.label) for one in states), default="open"
        ),
        FormField("priority", "Priority", FieldKind.CHOICE, choices=tuple((one.id, one.label) for one in priorities)),
        *fields,
        FormField(
            "external_agent_id",
            "Assignee",
            FieldKind.CHOICE,
            choices=tuple((one.id, one.shown) for one in agents),
            open_ended=True,
        ),
        FormField(
            "external_id",
            "Ticket id",
            help=f"Your own id for it. Left empty, one that begins with {prefix} is made. An id that Thalamus knows already changes that "
            "ticket instead of making one.",
        ),
    )
