"""Tickets that belong together, of one vendor or of two: a link on this computer, also where the vendor was told of it."""

from datetime import datetime
from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass

from .ids import AccountId, TicketKey


class LinkKind(StrEnum):
    """What a link says."""

    RELATED = "related"
    """They belong together. No server knows."""
    AT_VENDOR = "at_vendor"
    """They are linked at their vendor too."""
    SUB_TICKET = "sub_ticket"
    """The other one is a sub-ticket of the first, at their vendor too."""


@dataclass(frozen=True, slots=True)
class TicketLink:
    """A link between two tickets. It is the same link whichever of them is named first, except for `LinkKind.SUB_TICKET`.

    Attributes:
        made_at: when; None = now.
    """

    one: TicketKey
    other: TicketKey
    kind: LinkKind = LinkKind.RELATED
    made_at: datetime | None = None

    def end_of(self, key: TicketKey) -> TicketKey:
        """Return the ticket at the other end."""
        return self.other if key == self.one else self.one

    @property
    def ends(self) -> frozenset[TicketKey]:
        """Both tickets."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True, slots=True)
class LostAccount:
    """An account that was removed and that links lead to: with the same vendor, address and label it gets them back.

    Attributes:
        id: which it had.
    """

    id: AccountId
    vendor: str
    base_url: str
    label: str
