"""Maps Mijn Klantportaal's values to the domain's. Pure."""

from collections.abc import Mapping

from deskhand.content.plain import plain_to_html
from deskhand.domain.capabilities import Feature, Reason, StateChoice
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import Attachment, HistoryEntry, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import Person, RemoteTicket, State, Ticket
from deskhand.http.wire import Item
from deskhand.vendors.bodies import body_format
from deskhand.vendors.values import field_value, state_of

from . import wire

CLOSED = "closed"
CHAT = "chat"

STATES = (StateChoice("open", "open", State.OPEN), StateChoice(CLOSED, "closed", State.CLOSED))

_SIDES = {True: Side.CUSTOMER, False: Side.AGENT, None: Side.SYSTEM}

_ALWAYS = frozenset(("subject", "state", "vendor_state", "state_id", "source", "created_at", "blocked", "fields"))


def ticket(
    account: AccountId, item: Item[wire.Ticket] | Item[wire.TicketWithMessages], requester: Person | None
) -> RemoteTicket:
    """Return a ticket.

    Args:
        requester: None where nobody knows (yet); then the stored one stays.
    """
    said = item.model
    mapped = Ticket(
        key=TicketKey(account, said.id),
        subject=said.title,
        state=state_of(said.status),
        vendor_state=said.status,
        state_id=said.status,
        requester=requester,
        source=said.source,
        created_at=said.created_at,
        fields={
            name: field_value(value)
            for name, value in (said.model_extra or {}).items()
            if value is not None and name != "messages"
        },
        blocked=_blocked(said),
    )
    return RemoteTicket(mapped, _ALWAYS if requester is None else _ALWAYS | {"requester"}, item.raw)


def thread(
    account: AccountId, item: Item[wire.TicketWithMessages], customer: Person | None, *, nameless: bool
) -> RemoteThread:
    """Return the conversation by time.

    Args:
        customer: the portal's record of the requester, where it is at hand.
        nameless: there is no such record; then the name on the customer's own messages stands for it.
    """
    read = item.model.read_messages()
    found = sorted(
        (message(entry) for entry in read), key=lambda said: said.created_at.timestamp() if said.created_at else 0.0
    )
    requester = customer
    if customer is None and nameless:
        name = next((said.author.name for said in found if said.side is Side.CUSTOMER and said.author.name), "")
        requester = Person(name, id=item.model.customer_id) if name else None
    left_out = read.left_out
    history = (HistoryEntry(None, f"{left_out} of this conversation's messages could not be read"),) if left_out else ()
    return RemoteThread(
        tuple(found),
        ticket(account, item, requester),
        history,
        complete=isinstance(item.model.messages, list) and not left_out,
    )


def message(item: Item[wire.Message]) -> RemoteMessage:
    """Return one message."""
    said = item.model
    return RemoteMessage(
        id=said.id,
        author=Person(said.posted_by),
        side=_SIDES[said.is_posted_by_customer],
        visibility=Visibility.PUBLIC,
        body=said.message,
        format=body_format(said.message),
        created_at=said.posted_at,
        attachments=tuple(Attachment(file.id, file.name or file.id, file.size, file.mime) for file in said.files),
        raw=item.raw,
    )


def person(customer: wire.Customer) -> Person:
    """Return a customer of the portal."""
    return Person(customer.company_name.strip(), customer.primary_email.strip(), customer.id)


def outgoing(text: str, html: str) -> str:
    """Return a body as the vendor takes it: always HTML, so that `<` and line breaks in a plain text stay what they are."""
    return html or str(plain_to_html(text))


def is_closed(status: str) -> bool:
    """Tell whether a ticket's status says closed."""
    return status.casefold() == CLOSED


def _blocked(said: wire.Ticket) -> Mapping[Feature, Reason]:
    blocked: dict[Feature, Reason] = {}
    if said.source.casefold() == CHAT:
        blocked |= {Feature.REPLY: Reason.CHAT_TICKET, Feature.ATTACH: Reason.CHAT_TICKET}
    if is_closed(said.status):
        blocked[Feature.STATE] = Reason.REOPENS_BY_REPLY_ONLY
    return blocked
