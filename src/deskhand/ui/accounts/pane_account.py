"""An account as the left pane is told of it."""

from deskhand.domain.accounts import Account, AccountStatus, VendorInfo
from deskhand.domain.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PaneAccount:
    """What a card is made of.

    Attributes:
        can_import, can_push: the menu offers it.
    """

    account: Account
    vendor: VendorInfo
    status: AccountStatus
    can_import: bool = False
    can_push: bool = False
