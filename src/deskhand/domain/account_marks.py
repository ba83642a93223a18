"""Which colour and icon an account gets before the agent has chosen any."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .accounts import Account, AccountColour, AccountMark, VendorInfo
from .ids import VendorId


def free_mark(vendor: VendorInfo, others: Iterable[Account]) -> AccountMark:
    """Return how a new account is marked: as its vendor suggests where that colour is free, else in the first free colour.

    With more accounts than colours the vendor's own comes again.

    Args:
        others: the accounts that are there.
    """
    taken = {account.mark.colour for account in others if account.mark is not None}
    suggested = vendor.account_marks
    colours = (*(mark.colour for mark in suggested), *AccountColour)
    colour = next((colour for colour in colours if colour not in taken), suggested[0].colour)
    return next((mark for mark in suggested if mark.colour is colour), AccountMark(colour, suggested[0].icon))


def with_marks(accounts: Sequence[Account], vendors: Mapping[VendorId, VendorInfo]) -> tuple[Account, ...]:
    """Return the accounts in their order, each with a mark: those that have none get one that nobody chose.

    Args:
        vendors: by id; an account of a vendor that is not among them stays as it is.
    """
    chosen = [account for account in accounts if account.mark is not None]
    marked: list[Account] = []
    for account in accounts:
        vendor = vendors.get(account.vendor)
        if account.mark is not None or vendor is None:
            marked.append(account)
            continue
        marked.append(replace(account, mark=free_mark(vendor, chosen)))
        chosen.append(marked[-1])
    return tuple(marked)
