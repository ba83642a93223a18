"""Whose tickets a filter means and from which day on they were made: for a vendor's own search, and for a name that nobody has."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from deskhand.domain.accounts import Account

from .meaning import is_vendor
from .syntax import All, Comparison, Dates, Duration, Field, Filter, Named, Period, Term
from .text_match import fold
from .times import stretch

_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)


def created_from(of: Filter | None, now: datetime, zone: tzinfo | None = None) -> date | None:
    """Return the first day on which a ticket that a filter finds can have been made; None where it does not bound that.

    A vendor's day may begin up to a day before or behind ours, so that the day before is told.
    """
    first = None
    for term in _required(of):
        if term.field is Field.CREATED and isinstance(term.value, Duration | Dates | Period):
            begin = stretch(term.field, term.comparison, term.value, now, zone).first
            at = datetime.fromtimestamp(max(begin, 0) / 1000, UTC)
            first = at if first is None else max(first, at)
    return None if first is None or first <= _EARLIEST else (first - timedelta(days=1)).date()


def asked_accounts(of: Filter | None, accounts: Iterable[Account]) -> Sequence[Account]:
    """Return those of the accounts whose tickets a filter can find."""
    found = list(accounts)
    for term in _required(of):
        if not isinstance(term.value, Named) or term.comparison is not Comparison.IS:
            continue
        text = term.value.text
        if term.field is Field.ACCOUNT:
            found = [one for one in found if fold(one.label) == fold(text)]
        elif term.field is Field.VENDOR:
            found = [one for one in found if is_vendor(one.vendor, text)]
    return found


def unknown_account(of: Filter | None, accounts: Iterable[Account]) -> str:
    """Return the account that a filter asks for though there is none of this name; empty where it asks for none such."""
    labels = {fold(one.label) for one in accounts}
    named = (term.value.text for term in _required(of) if term.field is Field.ACCOUNT and isinstance(term.value, Named))
    return next((name for name in named if fold(name) not in labels), "")


def _required(of: Filter | None) -> tuple[Term, ...]:
    """Return the terms that must hold."""
    parts = of.parts if isinstance(of, All) else () if of is None else (of,)
    return tuple(part for part in parts if isinstance(part, Term))
