"""Maps Routera's values to the domain's, and back. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from deskhand.domain.capabilities import Feature, FieldKind, FormField, Reason, StateChoice
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import NewTicket, TicketEdit
from deskhand.domain.problems import DeskProblem, Invalid, NotPossible, Stale
from deskhand.domain.tickets import FieldValue, Group, Person, RemoteTicket, State, Ticket
from deskhand.http.wire import Item, parse_stamp
from deskhand.vendors.values import as_flag, as_number, field_value, is_filled, parse_pairs, state_of

from . import wire

SYSTEM = frozenset(wire.Record.model_fields)
"""Names that are no custom fields."""

_BLOCKED = dict.fromkeys(
    (Feature.STATE, Feature.ASSIGN, Feature.SUBJECT, Feature.FIELDS, Feature.DISPATCH, Feature.ARCHIVE), Reason.ARCHIVED
)


_NOT_ASSIGNED = frozenset(
    (
        "trigger did not match",
        "router not found",
        "object not found",
        "the router is unpublished",
        "the router has no settings",
        "account not found",
        "account is not active",
        "assignment limit reached",
        "the router can not overwrite",
        "there are no users available and the backup user is disabled",
    )
)
"""What a 200 that assigned nobody is documented to say; any other message may be anybody's."""


@dataclass(frozen=True, slots=True)
class Stages:
    """What this account's stages mean: nothing in Routera says which is done.

    Attributes:
        open, closed: stages that the agent named in the account's settings.
    """

    open: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> "Stages":
        """Read the account's options."""
        named = {
            name: frozenset(key for key, _ in parse_pairs(settings.get(name, "")))
            for name in ("open_stages", "closed_stages")
        }
        return cls(named["open_stages"], named["closed_stages"])

    def state_for(self, stage: str) -> State:
        """Return what a stage means: as named in the settings, else by its label where that is plain, else OTHER."""
        if stage in self.closed:
            return State.CLOSED
        return State.OPEN if stage in self.open else state_of(stage)

    def choices(self) -> tuple[StateChoice, ...]:
        """Return the named stages as choices of every pipeline."""
        named = sorted(self.open) + sorted(self.closed - self.open)
        return tuple(StateChoice(stage, stage, self.state_for(stage)) for stage in named)


@dataclass(slots=True)
class ObservedValues:
    """What records told in passing: the only source of pipelines, stages and owners, which no call lists."""

    stages: dict[tuple[str, str], None] = field(default_factory=dict)
    pipelines: dict[str, None] = field(default_factory=dict)
    owners: dict[str, None] = field(default_factory=dict)
    kinds: dict[str, FieldKind] = field(default_factory=dict)

    def add(self, said: wire.Record) -> None:
        """Learn from one record."""
        if said.pipeline:
            self.pipelines[said.pipeline] = None
        if said.ticket_stage:
            self.stages[said.pipeline, said.ticket_stage] = None
        if said.ticket_owner:
            self.owners[said.ticket_owner] = None
        for name, value in (said.model_extra or {}).items():
            if value is not None:
                self.kinds[name] = _kind(value)


def _kind(value: Any) -> FieldKind:
    if isinstance(value, bool):
        return FieldKind.CHECK
    return FieldKind.NUMBER if isinstance(value, int | float) else FieldKind.LINE


def ticket(item: Item[wire.Record], account: AccountId, stages: Stages, *, whole: bool) -> RemoteTicket:
    """Map a record; an answer without the stage does not speak of it.

    Args:
        whole: every custom field was asked for, so that one that is missing is empty.
    """
    said = item.model
    archived = is_archived(said)
    stage = said.ticket_stage
    fields: dict[str, FieldValue] = {"pipeline": said.pipeline}
    fields |= {name: field_value(value) for name, value in (said.model_extra or {}).items()}
    mapped = Ticket(
        key=TicketKey(account, said.id),
        number=said.external_id,
        subject=said.ticket_name,
        state=stages.state_for(stage),
        vendor_state=stage,
        state_id=stage,
        assignee=person(said.ticket_owner),
        group=Group(said.pipeline, said.pipeline) if said.pipeline else None,
        stage=stage,
        created_at=said.created_at,
        updated_at=said.updated_at,
        archived=archived,
        fields=fields,
        blocked=_BLOCKED if archived else {},
    )
    known = {"number", "subject", "assignee", "group", "created_at", "updated_at"}
    if _says_archived(said):
        known |= {"archived", "blocked"}
    if "ticket_stage" in said.model_fields_set:
        known |= {"state", "vendor_state", "state_id", "stage"}
    if whole:
        known.add("fields")
    return RemoteTicket(mapped, known=frozenset(known), raw=item.raw)


def is_archived(said: wire.Record | wire.Router) -> bool:
    """Tell whether a record or router is archived: `archived` is false, or a time (the generated samples print true)."""
    return said.archived is True or parse_stamp(said.archived) is not None


def _says_archived(said: wire.Record) -> bool:
    """Tell whether `archived` is a value that says yes or no: an odd one changes nothing that is stored."""
    return said.archived in (None, False, "", "false") or is_archived(said)


def person(owner: str) -> Person | None:
    """Return the owner, who is told by e-mail and nothing else."""
    if not owner:
        return None
    return Person(email=owner, id=owner) if "@" in owner else Person(name=owner, id=owner)


def edited(edit: TicketEdit, kinds: Mapping[str, FieldKind]) -> dict[str, Any]:
    """Return the fields of a PATCH.

    Args:
        kinds: of the custom fields, as far as records showed them.

    Raises:
        NotPossible: for emptying a field or leaving a record with nobody; what null does is not documented.
    """
    if edit.priority_id is not None or edit.tags is not None:
        raise NotPossible("Routera's records have neither priorities nor tags. Nothing was sent.")
    fields: dict[str, Any] = {}
    if edit.state_id is not None:
        fields["ticket_stage"] = edit.state_id
    if edit.assign:
        if edit.assignee is None:
            raise NotPossible(
                "Routera's documentation shows no way to leave a record with nobody. Nothing was sent; choose another owner instead."
            )
        fields["ticket_owner"] = edit.assignee.email or edit.assignee.id
    for name, value in (edit.fields or {}).items():
        if not is_filled(value):
            raise NotPossible(f"Routera's documentation does not say how {name} is emptied. Nothing was sent.")
        fields["ticket_name" if name == "subject" else name] = _typed(value, kinds.get(name))
    return fields


def created(new: NewTicket, kinds: Mapping[str, FieldKind]) -> dict[str, Any]:
    """Return the fields of a new record. Our key is its external id: a second try is answered with 409."""
    fields = {name: _typed(value, kinds.get(name)) for name, value in new.fields.items() if is_filled(value)}
    return fields | {"external_id": new.key}


def _typed(value: FieldValue, kind: FieldKind | None) -> Any:
    """Return a value in the JSON type that the field has been seen with."""
    if kind is FieldKind.NUMBER:
        return as_number(value)
    if kind is FieldKind.CHECK:
        return as_flag(value)
    return list(value) if isinstance(value, tuple) else value


def conflict(problem: Stale) -> DeskProblem:
    """Tell the two meanings of 409 on a PATCH apart, which only the message does: archived meanwhile, or a value that is taken."""
    taken = any(phrase in problem.detail.casefold() for phrase in ("duplicate", "external_id", "already exists"))
    return Invalid(problem.detail, status=409) if taken else problem


def dispatch_message(said: wire.Dispatched) -> str:
    """Say what running a router came to; empty where the answer says neither that it worked nor why not."""
    if said.success is None and not said.error and said.message.strip(" .").casefold() in _NOT_ASSIGNED:
        return f"Not assigned. Routera says: {said.message.strip(' .')}."
    if not said.success or said.error or not said.user:
        return ""  # none of the outcomes that a 200 is documented with
    labels = f"{said.field_name or 'Owner'}: {said.user}."
    if said.hubspot_sync_failed:
        labels += f" HubSpot was not updated: {said.hubspot_error or 'no reason given'}."
    return labels


def names_owner(said: wire.Dispatched) -> bool:
    """Tell whether a run wrote the field that is a ticket's owner: a router may be set to another one, which no call shows."""
    return bool(said.success) and "owner" in said.field_name.casefold().split()


def has_owner(told: RemoteTicket, user: str) -> bool:
    """Tell whether a record belongs to this user."""
    owner = told.ticket.assignee
    return owner is not None and owner.id.casefold() == user.strip().casefold()


def states(stages: Stages, observed: ObservedValues, known: Iterable[StateChoice]) -> tuple[StateChoice, ...]:
    """Return the stages that may be chosen: those named in the settings, and those seen in each pipeline, now or before."""
    named = stages.choices()
    everywhere = {choice.id for choice in named}
    found = {(choice.group or "", choice.id): None for choice in known} | observed.stages
    observed_choices = (
        StateChoice(stage, stage, stages.state_for(stage), pipeline or None)
        for pipeline, stage in found
        if stage not in everywhere
    )
    return (*named, *observed_choices)


def groups(observed: ObservedValues, known: Iterable[Group]) -> tuple[Group, ...]:
    """Return the pipelines seen, now or before."""
    names = {group.id: None for group in known} | observed.pipelines
    return tuple(Group(name, name) for name in sorted(names, key=str.casefold))


def people(observed: ObservedValues, known: Iterable[Person], routers: Iterable[wire.Router]) -> tuple[Person, ...]:
    """Return everyone seen as an owner or in a router: users cannot be listed."""
    emails = {one.email: None for one in known if one.email} | observed.owners
    for router in routers:
        emails |= {user.email: None for user in router.users if user.email}
    return tuple(Person(email=email, id=email) for email in sorted(emails, key=str.casefold) if "@" in email)


def usable_routers(routers: Iterable[wire.Router]) -> tuple[tuple[str, str], ...]:
    """Return the routers that a ticket may be handed to."""
    return tuple(
        (router.id, router.name or router.id)
        for router in routers
        if router.is_published and not is_archived(router) and router.object_type.casefold() == "tickets"
    )


def custom_fields(
    named: Iterable[tuple[str, str]], observed: ObservedValues, pipelines: Iterable[Group]
) -> tuple[FormField, ...]:
    """Return the fields that may be edited: the pipeline, and the custom fields that the settings name."""
    own = (FormField(name, label, observed.kinds.get(name, FieldKind.LINE)) for name, label in named)
    return (_pipeline(pipelines, required=False), *own)


def create_form(
    named: Iterable[tuple[str, str]],
    observed: ObservedValues,
    pipelines: Sequence[Group],
    stages: Sequence[StateChoice],
    staff: Sequence[Person],
) -> tuple[FormField, ...]:
    """Return the form of a new record: name, pipeline and stage are what Routera requires."""
    owners: dict[str, list[str]] = {}
    for choice in stages:
        owners.setdefault(choice.id, []).extend([choice.group] if choice.group else [])
    names = [group.id for group in pipelines]
    order = sorted(
        owners, key=lambda stage: min((names.index(one) for one in owners[stage] if one in names), default=-1)
    )
    # A stage belongs to a pipeline, and a form's choices cannot depend on each other: so the label says whose it is.
    several = len(names) > 1
    labels = tuple(
        (stage, f"{stage} ({', '.join(owners[stage])})" if several and owners[stage] else stage) for stage in order
    )
    emails = tuple((one.email, one.shown) for one in staff)
    return (
        FormField("ticket_name", "Name", required=True),
        _pipeline(pipelines, required=True),
        FormField("ticket_stage", "Stage", FieldKind.CHOICE, required=True, choices=labels, open_ended=True),
        FormField("ticket_owner", "Owner", FieldKind.CHOICE, choices=emails, open_ended=True),
        *(FormField(name, label, observed.kinds.get(name, FieldKind.LINE)) for name, label in named),
    )


def _pipeline(pipelines: Iterable[Group], *, required: bool) -> FormField:
    names = tuple((group.id, group.name) for group in pipelines)
    return FormField("pipeline", "Pipeline", FieldKind.CHOICE, required=required, choices=names, open_ended=True)
