"""What a list is called."""

from PySide6.QtCore import QCoreApplication

from deskhand.domain import wording
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.services.accounts import Accounts
from deskhand.services.own_views import OwnViews
from deskhand.services.views import NAMES
from deskhand.ui.list.row_model import RowModel
from deskhand.ui.list.row_text import wait_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListPresenter", text)


def title_of(
    query: TicketQuery,
    accounts: Accounts,
    meant: str = "",
    typed: str | None = None,
    views: OwnViews | None = None,
) -> str:
    """Return the title of the list that a query shows.

    Args:
        meant: other words that were looked for because nothing holds the query's.
        typed: what was typed for it, where it is a search.
        views: those of the agent's own, of which one may be shown.
    """
    if query.text and meant:
        return _tr("Did you mean “{meant}”?").format(meant=meant)
    if typed or query.text:
        return _tr("Results for “{text}”").format(text=typed or query.text)
    if views is not None and query.view and (own := views.get(query.view)) is not None:
        return own.name
    if query.requester:
        return _tr("Tickets of {customer}").format(customer=query.requester)
    account = accounts.get(query.account) if query.account else None
    if account is None:
        return NAMES.get(query.scope, _tr("All tickets")) if query.filter is None else _tr("Filtered tickets")
    if not query.group:
        return account.label
    groups = account.capabilities.groups if account.capabilities else ()
    name = next((group.name for group in groups if group.id == query.group), query.group)
    return f"{name} · {wording.vendor_title(query.stage)}" if query.stage else name


def oldest_of(query: TicketQuery, rows: RowModel) -> str:
    """Return how long the first of those has waited who wait for us ("3 d"); empty in other lists and orders."""
    if query.scope is not Scope.WAITING_FOR_US or query.sort is not Sort.WAITING or query.then is not None:
        return ""
    first = next((row for at in range(2) if (row := rows.row(at)) is not None), None)  # a head may stand before it
    return wait_text(first, rows.now(), short=True) if first is not None else ""
