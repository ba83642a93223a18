"""Identifiers: every key says which account it belongs to."""

from typing import NewType
from uuid import uuid4

from deskhand.domain.lazy_dataclass import dataclass

VendorId = NewType("VendorId", str)
"""Such as `thena`: the registry in `vendors` knows which exist."""

AccountId = NewType("AccountId", str)
"""Made by us when the account is added; never the label, which an agent may change."""

CommandId = NewType("CommandId", str)
"""A UUID made before the first try: also the idempotency key at vendors that take one."""

BlobId = NewType("BlobId", str)
"""A file that the agent attached, copied into our own store at once."""

LOCAL_PREFIX = "new-"
"""Before the id of the command that makes a ticket: its key until its vendor names it."""


@dataclass(frozen=True, slots=True, order=True)
class TicketKey:
    """A ticket as its vendor knows it, in one of our accounts."""

    account: AccountId
    remote: str

    @property
    def is_local(self) -> bool:
        """Whether the vendor has not named this ticket yet."""
        return self.remote.startswith(LOCAL_PREFIX)

    @property
    def maker(self) -> CommandId | None:
        """The command that makes this ticket; None where its vendor has named it."""
        return CommandId(self.remote.removeprefix(LOCAL_PREFIX)) if self.is_local else None

    def __str__(self) -> str:
        return f"{self.account}/{self.remote}"


def new_account_id() -> AccountId:
    """Return an identifier that no other account has."""
    return AccountId(uuid4().hex)


def new_command_id() -> CommandId:
    """Return an identifier for one thing that the agent asked for."""
    return CommandId(str(uuid4()))


def local_ticket(account: AccountId, maker: CommandId) -> TicketKey:
    """Return the key of the ticket that a command makes, until its vendor names it."""
    return TicketKey(account, f"{LOCAL_PREFIX}{maker}")
