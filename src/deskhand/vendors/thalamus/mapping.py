"""Maps Thalamus' values to the domain's, and back. Pure."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deskhand.content.plain import plain_to_html
from deskhand.domain.capabilities import BodyFormat, Capabilities
from deskhand.domain.commands import PushRecord
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import NewTicket, OutgoingMessage, TicketEdit
from deskhand.domain.problems import AppliedDifferently, Invalid, NotPossible, OutcomeUnknown
from deskhand.domain.threads import RemoteMessage, Side, Visibility
from deskhand.domain.tickets import FieldValue, Group, Person, RemoteTicket, State, Ticket
from deskhand.http.times import to_rfc3339
from deskhand.http.wire import Item
from deskhand.vendors.confirmation import same_value
from deskhand.vendors.values import is_filled, parse_pairs, priority_of, state_of

from . import wire

INTERNAL_STATES: Mapping[str, State] = {
    "new": State.OPEN,
    "open": State.OPEN,
    "pending": State.PENDING,
    "hold": State.ON_HOLD,
    "solved": State.SOLVED,
    "closed": State.CLOSED,
}
"""The six categories that every status variant belongs to."""

TICKET_FIELDS = (
    "type",
    "category",
    "subcategory",
    "organization_external_id",
    "contact_external_id",
    "external_group_id",
)
"""Fields of a ticket that have no place of their own in ours."""

_PUBLIC, _INTERNAL = "public", "internal"
_VISIBILITIES = {_PUBLIC: Visibility.PUBLIC, _INTERNAL: Visibility.INTERNAL, "private": Visibility.INTERNAL}


@dataclass(frozen=True, slots=True)
class PartnerSettings:
    """What this partner calls things: from the account's settings and from what was pushed, because nothing can be read.

    Attributes:
        states: meaning of each status variant by its id; `apply_pushed` adds to it.
        groups, agents: names by external id; `apply_pushed` adds to the agents.
        me: who writes replies and notes.
    """

    states: dict[str, State]
    groups: Mapping[str, str]
    agents: dict[str, str]
    me: Person
    prefix: str

    def apply_pushed(self, record: PushRecord) -> None:
        """Take over what Thalamus confirmed of a status variant or an agent."""
        if record.kind == "status":
            self.states[record.external_id] = INTERNAL_STATES.get(str(record.fields.get("mapped_status")), State.OTHER)
        elif record.kind == "agent":
            self.agents[record.external_id] = str(record.fields.get("name", ""))

    def state_for(self, value: str) -> State:
        """Return what a status value means."""
        return self.states.get(value) or INTERNAL_STATES.get(value) or state_of(value)


def partner_settings(
    settings: Mapping[str, str], me: str, prefix: str, known: Capabilities | None = None
) -> PartnerSettings:
    """Read the account's options.

    Args:
        prefix: of ticket ids where the options name none.
        known: what was found before, which holds what was pushed then.
    """
    before = known or Capabilities()
    variants = {
        value: INTERNAL_STATES.get(category) or state_of(category)
        for value, category in parse_pairs(settings.get("states", ""))
    }
    agents = {person.id: person.name for person in before.agents} | dict(parse_pairs(settings.get("agents", "")))
    agent_id = settings.get("agent_id", "").strip()
    return PartnerSettings(
        states={choice.id: choice.state for choice in before.states} | variants,
        groups=dict(parse_pairs(settings.get("groups", ""))),
        agents=agents,
        me=Person(_name(agents, agent_id), me, agent_id),
        prefix=settings.get("prefix", "").strip() or prefix,
    )


def ticket(
    item: Item[wire.Ticket],
    account: AccountId,
    partner: PartnerSettings,
    external_id: str,
    before: Ticket | None = None,
) -> RemoteTicket:
    """Map the answer to an upsert. What it leaves empty may only be unknown there, so it speaks of what it has.

    Args:
        external_id: what it was sent under; the answer repeats it.
        before: the ticket as known here, whose further fields and people's names Thalamus never tells.
    """
    said = item.model
    fields: dict[str, FieldValue] = {name: getattr(said, name) for name in TICKET_FIELDS if getattr(said, name)}
    group, agent = said.external_group_id, said.external_agent_id
    assignee = Person(_name(partner.agents, agent), id=agent) if agent else None
    if before is not None and assignee is not None and assignee.is_same(before.assignee):
        assignee = before.assignee
    mapped = Ticket(
        key=TicketKey(account, external_id),
        number=external_id,
        subject=said.title,
        state=partner.state_for(said.status),
        vendor_state=said.status,
        state_id=said.status,
        priority=priority_of(said.priority),
        vendor_priority=said.priority,
        priority_id=said.priority,
        requester=Person(id=said.contact_external_id) if said.contact_external_id else None,
        assignee=assignee,
        group=Group(group, partner.groups.get(group, group)) if group else None,
        created_at=said.created_at,
        updated_at=said.updated_at,
        fields={**(before.fields if before is not None else {}), **fields, "uuid": str(said.uuid)},
    )
    known = {"number", "fields"}
    known |= {name for name in ("assignee", "group", "created_at", "updated_at") if getattr(mapped, name) is not None}
    known |= {"subject"} if said.title else set()
    known |= {"state", "vendor_state", "state_id"} if said.status else set()
    known |= {"priority", "vendor_priority", "priority_id"} if said.priority else set()
    if mapped.requester is not None and (before is None or before.requester is None):
        known.add("requester")
    return RemoteTicket(mapped, frozenset(known), item.raw)


def _name(names: Mapping[str, str], identifier: str) -> str:
    name = names.get(identifier, "")
    return "" if name == identifier else name


def message(item: Item[wire.Comment], sent: "Body", author: Person, who: Visibility) -> RemoteMessage:
    """Map the answer to a comment; who wrote it is not told, so it is whom we named.

    Args:
        sent: what left, for what the answer leaves out.
        who: who reads it: the answer was checked for it.
    """
    said = item.model
    return RemoteMessage(
        id=str(said.uuid),
        author=author,
        side=Side.AGENT,
        visibility=who,
        body=said.body or sent.text,
        format=sent.format,
        created_at=said.created_at or sent.written_at,
        raw=item.raw,
        key=said.external_id or sent.key,
    )


def visibility(said: wire.Comment) -> Visibility | None:
    """Return who reads a comment as answered, None where it does not say so in one of the documented values."""
    return _VISIBILITIES.get(said.visibility.strip().casefold())


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a comment as it leaves: the same bytes at every try."""

    text: str
    format: BodyFormat
    key: CommandId
    written_at: datetime | None

    @classmethod
    def of(cls, text: str, html: str, key: CommandId, written_at: datetime | None) -> "Body":
        """Choose the form. One field takes HTML or plain text, so a text that could be read as HTML is sent as HTML."""
        if html:
            return cls(html, BodyFormat.HTML, key, written_at)
        if "<" in text or "&" in text:
            return cls(plain_to_html(text), BodyFormat.HTML, key, written_at)
        return cls(text, BodyFormat.PLAIN, key, written_at)

    def comment(self, author: Person, who: Visibility) -> dict[str, Any]:
        """Return the JSON of a comment: always with an external id, so that a repeat changes nothing."""
        body: dict[str, Any] = {
            "body": self.text,
            "external_id": self.key,
            "visibility": _PUBLIC if who is Visibility.PUBLIC else _INTERNAL,
        }
        if author.id:
            body["external_agent_id"] = author.id
        if self.written_at:
            body["created_at"] = to_rfc3339(self.written_at)
        return body


def body_of(sent: OutgoingMessage) -> Body:
    """Return the text of a reply or note as it leaves.

    Raises:
        NotPossible: files and copies have no field.
    """
    if sent.files or sent.cc:
        raise NotPossible("Thalamus takes neither files nor copies with a message. Nothing was sent.")
    return Body.of(sent.text, sent.html, sent.key, sent.written_at)


def check_values(said: wire.Ticket, sent: Mapping[str, Any]) -> None:
    """Hold the answer to an upsert against what was sent: it shows the whole ticket as it now stands.

    Raises:
        OutcomeUnknown: it leaves a field out that was sent.
        AppliedDifferently: it shows another value there, or none.
    """
    missing = [name for name in sent if name not in said.model_fields_set]
    if missing:
        raise OutcomeUnknown("the answer does not show the change")
    other = {name: getattr(said, name) for name, value in sent.items() if not same_value(value, getattr(said, name))}
    if other:
        differences = ", ".join(f"{name} is {value or 'empty'}" for name, value in other.items())
        raise AppliedDifferently(
            f"Thalamus took the ticket, and shows something else there than was sent: {differences}."
        )


def external_id(new: NewTicket, prefix: str) -> str:
    """Return the id of a new ticket: the agent's, or one made from the command's id, the same at every try."""
    given = str(new.fields.get("external_id") or "").strip()
    digest = hashlib.sha256(new.key.encode()).digest()
    # 80 bits: an upsert under an id that exists would overwrite somebody's ticket.
    return given or prefix + base64.b32encode(digest[:10]).decode()


def created(new: NewTicket) -> dict[str, Any]:
    """Return the JSON of a new ticket."""
    names = ("title", "status", "priority", "external_agent_id", *TICKET_FIELDS)
    body: dict[str, Any] = {name: str(new.fields[name]) for name in names if is_filled(new.fields.get(name))}
    if not body.get("title"):
        raise Invalid(fields={"title": "is needed"})
    return body | {"created_at": to_rfc3339(new.written_at)}


def first_message(new: NewTicket) -> tuple[Body, Visibility] | None:
    """Return the first text of a new ticket and who reads it, None where there is none."""
    text = str(new.fields.get("comment") or "")
    if not text.strip():
        return None
    who = Visibility.INTERNAL if new.fields.get("comment_visibility") == _INTERNAL else Visibility.PUBLIC
    return Body.of(text, "", new.key, new.written_at), who


def edited(edit: TicketEdit, partner: PartnerSettings) -> dict[str, Any]:
    """Return the JSON of a change: only what changes.

    Raises:
        NotPossible: for emptying a field; what null does is not documented.
    """
    if edit.tags is not None:
        raise NotPossible("Thalamus has no tags. Nothing was sent.")
    body: dict[str, Any] = {}
    if edit.state_id is not None:
        body["status"] = edit.state_id
    if edit.priority_id is not None:
        body["priority"] = edit.priority_id
    if edit.assign:
        if edit.assignee is None:
            raise NotPossible(
                "Thalamus' documentation shows no way to leave a ticket with nobody. Nothing was sent; choose another agent instead."
            )
        identifier = partner.me.id if edit.assignee.is_same(partner.me) else edit.assignee.id
        if not identifier:
            raise NotPossible("Thalamus knows agents by their external id, and this one has none. Nothing was sent.")
        body["external_agent_id"] = identifier
    for name, value in (edit.fields or {}).items():
        target = "title" if name == "subject" else name
        if target not in ("title", *TICKET_FIELDS):
            raise NotPossible(f"Thalamus has no field {name}. Nothing was sent.")
        if not is_filled(value):
            raise NotPossible(f"Thalamus' documentation does not say how {name} is emptied. Nothing was sent.")
        body[target] = str(value)
    return body
