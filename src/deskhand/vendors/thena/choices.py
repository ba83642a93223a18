"""What may be chosen at Thena: teams, statuses, priorities, people, and the forms made of them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from deskhand.domain.capabilities import (
    BodyFormat,
    Capabilities,
    FieldKind,
    FormField,
    PriorityChoice,
    StateChoice,
)
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Group, Person, State
from deskhand.vendors.values import first_value, priority_of, state_of

from . import wire
from .info import INFO

PRIORITIES = ("Low", "Medium", "High", "Urgent")
"""The default labels. No list of priorities is documented, so they are written by name, which is right in every team."""


@dataclass(slots=True)
class ObservedValues:
    """What tickets told in passing: the only source of types and sentiments, and of the rest where a list is missing."""

    teams: dict[str, str] = field(default_factory=dict)
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    priorities: dict[str, None] = field(default_factory=dict)
    types: dict[str, tuple[str, str]] = field(default_factory=dict)
    sentiments: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, said: wire.Ticket) -> None:
        """Learn from one ticket."""
        if said.team_id:
            self.teams[said.team_id] = said.team_name or said.team_id
        if said.status:
            self.states[said.team_id, said.status_id or said.status] = said.status
        if said.priority:
            self.priorities[said.priority] = None
        if said.type_id:
            self.types[said.type_id] = (said.type or said.type_id, said.team_name)
        if said.sentiment_id:
            self.sentiments[said.sentiment_id] = (said.sentiment or said.sentiment_id, said.team_name)

    def state_id_is_name(self, team: Group | None, state: str | None) -> bool:
        """Tell whether what stands for a status is its name: tickets of this team told no id of it."""
        return bool(state) and team is not None and self.states.get((team.id, state or "")) == state


def states(statuses: Sequence[wire.Status], team: str) -> tuple[StateChoice, ...]:
    """Map the statuses of a team; a label that says nothing to us takes its parent's meaning.

    The name is shown, not the display name, because the name is what tickets tell.
    """
    by_id = {status.id: status for status in statuses}

    def state_for(status: wire.Status | None) -> State:
        for _ in range(len(by_id)):
            if status is None:
                break
            for label in (status.name, status.display_name):
                if (own := state_of(label)) is not State.OTHER:
                    return own
            status = by_id.get(status.parent_status_id)
        return State.OTHER

    return tuple(
        StateChoice(status.id, status.name or status.display_name or status.id, state_for(status), team)
        for status in statuses
        if status.team_id in ("", team)
    )


def groups_of(
    listed: Iterable[wire.Team] | None, observed: ObservedValues, known: Iterable[Group]
) -> tuple[Group, ...]:
    """Return the teams as listed; where no list or an empty one came, those known before and those seen in tickets."""
    if teams := tuple(listed or ()):
        return tuple(Group(team.id, team.name or team.id) for team in teams if not team.archived_at)
    names = {group.id: group.name for group in known} | observed.teams
    return tuple(
        Group(identifier, name) for identifier, name in sorted(names.items(), key=lambda pair: pair[1].casefold())
    )


def observed_states(observed: ObservedValues, known: Iterable[StateChoice], team: str) -> tuple[StateChoice, ...]:
    """Return what is known of a team's statuses where they cannot be listed."""
    found = {choice.id: choice for choice in known if choice.group == team}
    for (owner, identifier), label in observed.states.items():
        if owner == team:
            found.setdefault(identifier, StateChoice(identifier, label, state_of(label), team))
    return tuple(found.values())


def priorities(labels: Iterable[str]) -> tuple[PriorityChoice, ...]:
    """Return the default priorities and those seen in tickets."""
    choices = {label.casefold(): label for label in (*labels, *PRIORITIES)}
    order = {label.casefold(): place for place, label in enumerate(PRIORITIES)}
    ranked = sorted(choices, key=lambda folded: (order.get(folded, len(order)), folded))
    return tuple(PriorityChoice(choices[folded], choices[folded], priority_of(choices[folded])) for folded in ranked)


def agents(members: Iterable[wire.Member], known: Iterable[Person] = ()) -> tuple[Person, ...]:
    """Return everyone who may be assigned, once, by name.

    Args:
        known: from before, where not every team could be asked.
    """
    people = {person.email.casefold() or person.id: person for person in known}
    for member in members:
        identity = member.email.casefold() or member.id
        if identity and member.is_active is not False:
            people[identity] = Person(member.name, member.email, member.id)
    return tuple(sorted(people.values(), key=lambda person: person.shown.casefold()))


def extra_fields(observed: ObservedValues, known: Sequence[FormField]) -> tuple[FormField, ...]:
    """Return the form of the fields that may be edited besides those with a place of their own.

    Args:
        known: the same form as learnt before; its choices are retained.
    """
    before = {entry.name: dict(entry.choices) for entry in known}

    def choices(name: str, fresh: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        labels = [label for label, _ in fresh.values()]
        # The same label in two teams has two ids: say which is whose.
        named = {
            key: f"{label} ({team})" if team and labels.count(label) > 1 else label
            for key, (label, team) in fresh.items()
        }
        return tuple(sorted((before.get(name, {}) | named).items(), key=lambda pair: pair[1].casefold()))

    return (
        FormField("typeId", "Type", FieldKind.CHOICE, choices=choices("typeId", observed.types)),
        FormField("sentimentId", "Sentiment", FieldKind.CHOICE, choices=choices("sentimentId", observed.sentiments)),
        FormField("isPrivate", "Private", FieldKind.CHECK),
        FormField("aiGeneratedSummary", "AI summary", FieldKind.TEXT),
    )


def create_form(
    groups: Sequence[Group],
    priority_choices: Sequence[PriorityChoice],
    people: Sequence[Person],
    forms: Sequence[wire.Form],
    fields: Sequence[wire.CustomField],
) -> tuple[FormField, ...]:
    """Return the form of a new ticket: title, requester and team are what Thena requires."""
    by_email = tuple((person.email, person.shown) for person in people if person.email)
    form = [
        FormField("title", "Title", required=True),
        FormField("requestorEmail", "Customer's e-mail", FieldKind.EMAIL, required=True),
        FormField(
            "teamId",
            "Team",
            FieldKind.CHOICE,
            required=True,
            choices=tuple((group.id, group.name) for group in groups),
            open_ended=not groups,
        ),
        FormField("description", "Description", FieldKind.TEXT),
        FormField(
            "priorityName", "Priority", FieldKind.CHOICE, choices=tuple((one.id, one.label) for one in priority_choices)
        ),
        FormField("assignedAgentEmail", "Assignee", FieldKind.CHOICE, choices=by_email, open_ended=True),
        FormField("dueDate", "Due", FieldKind.DATE),
        FormField("isPrivate", "Private", FieldKind.CHECK),
    ]
    if usable := tuple((one.id, one.name or one.id) for one in forms if one.is_active is not False):
        form.append(FormField("formId", "Form", FieldKind.CHOICE, choices=usable))
    names = {group.id: group.name for group in groups}
    form.extend(_custom(one, names) for one in fields if one.source in ("", "ticket") and one.is_active is not False)
    return tuple(form)


def _custom(said: wire.CustomField, teams: Mapping[str, str]) -> FormField:
    options = said.options if isinstance(said.options, list) else []
    labels = [
        text
        for one in options
        if (text := first_value(one, "value", "label", "name") if isinstance(one, dict) else str(one))
    ]
    kind = FieldKind.CHOICE if labels else _KINDS.get(said.field_type.casefold(), FieldKind.LINE)
    team = teams.get(said.team_id, "")
    return FormField(
        said.id,
        f"{said.name or said.id} ({team})" if team else said.name or said.id,
        kind,
        # A field of one team is not asked of a ticket of another.
        required=bool(said.mandatory_on_creation) and not said.team_id,
        choices=tuple((label, label) for label in labels),
        help=said.hint_text,
    )


_KINDS = {
    "multi_line": FieldKind.TEXT,
    "rich_text": FieldKind.TEXT,
    "email": FieldKind.EMAIL,
    "number": FieldKind.NUMBER,
    "integer": FieldKind.NUMBER,
    "decimal": FieldKind.NUMBER,
    "currency": FieldKind.NUMBER,
    "date": FieldKind.DATE,
    "checkbox": FieldKind.CHECK,
    "boolean": FieldKind.CHECK,
    "toggle": FieldKind.CHECK,
}


def capabilities(
    groups: tuple[Group, ...],
    states: Sequence[StateChoice],
    people: tuple[Person, ...],
    observed: ObservedValues,
    known: Capabilities,
    forms: Sequence[wire.Form],
    fields: Sequence[wire.CustomField],
) -> Capabilities:
    """Put together what the account can do."""
    ranked = priorities([*(choice.label for choice in known.priorities), *observed.priorities])
    return Capabilities(
        can=INFO.can,
        cannot=INFO.cannot,
        states=tuple(states),
        priorities=ranked,
        agents=people,
        groups=groups,
        group_label="team",
        create_form=create_form(groups, ranked, people, forms, fields),
        custom_fields=extra_fields(observed, known.custom_fields),
        reply_format=BodyFormat.HTML,
        note_format=BodyFormat.HTML,
        guarantee=INFO.guarantee,
        unassign=False,
    )
