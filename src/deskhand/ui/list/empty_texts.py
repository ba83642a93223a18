"""What an empty view says: what is not there, and what belongs there."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from deskhand.domain.capabilities import Feature
from deskhand.domain.filters.asked import unknown_account
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.services.accounts import Accounts

EMPTY = {
    Scope.MINE_OPEN: ("Nothing is waiting for you", "Open tickets that are assigned to you appear here by themselves."),
    Scope.UNASSIGNED: ("Everything is taken", "Open tickets that belong to nobody appear here."),
    Scope.WAITING_FOR_US: (
        "Nobody waits for you",
        "Tickets in which the customer spoke last appear here, the longest wait first.",
    ),
    Scope.WAITING_FOR_THEM: ("Nobody keeps you waiting", "Tickets that wait for the customer's answer appear here."),
    Scope.DRAFTS: ("No drafts", "What you type and do not send is kept here, also when the program ends."),
    Scope.OUTBOX: ("Everything is sent", "What is on its way, or needs your decision, appears here."),
    Scope.ALL: ("No tickets yet", "They appear here as soon as an account has synced."),
    Scope.OPEN: ("No open tickets", "Open tickets of this account appear here by themselves."),
    Scope.SNOOZED: ("Nothing is snoozed", "Tickets that are snoozed at their vendor. Later is another view."),
    Scope.LATER: ("Nothing set aside", "H puts a ticket away until a time; it waits here and comes back by itself."),
    Scope.DONE: ("Nothing is done yet", "Solved and closed tickets appear here."),
}
"""Title and sentence of each view, translated where they are shown."""


def empty_texts(query: TicketQuery, accounts: Accounts, problem: str = "") -> tuple[str, str, str]:
    """Return title, sentence and what the button says, for a list that holds nothing; no button where the last one is empty.

    Args:
        problem: what is wrong with the view that is shown, sentences.
    """
    translate: Callable[[str, str], str] = QCoreApplication.translate
    if problem:
        return translate("lists", "This view needs you"), problem, translate("lists", "Edit view")
    if name := unknown_account(query.filter, accounts.all()):
        said = translate("lists", "There is no account named {name}").format(name=name)
        known = ", ".join(one.label for one in accounts.all())
        return said, translate("lists", "There are: {names}.").format(names=known) if known else "", ""
    if query.view and query.filter is not None:
        return translate("lists", "No ticket fits this view"), translate("lists", "It fills by itself."), ""
    if query.states or query.priorities or query.tag or query.unread:
        return (
            translate("lists", "Nothing fits these filters"),
            translate("lists", "Other tickets are hidden by them."),
            translate("lists", "Clear filters"),
        )
    account = accounts.get(query.account) if query.account else None
    if account is not None and account.capabilities is not None and Feature.LIST not in account.capabilities:
        said = translate(
            "lists", "Nothing can be read from {vendor}. What you make or import here is listed while it is open."
        )
        return translate("lists", "No open tickets"), said.format(vendor=accounts.vendor(account).name), ""
    if query.scope is Scope.MINE_OPEN and not query.text and (unknown := _without_me(accounts)):
        said = translate("lists", "Which tickets are yours is told by your e-mail, and it is missing in {accounts}.")
        return translate("lists", "No ticket is known to be yours"), said.format(accounts=unknown), ""
    title, sentence = EMPTY.get(query.scope, EMPTY[Scope.ALL])
    if query.filter is not None and not query.text:
        title, sentence = "Nothing fits this filter", "Take a condition out of it to see more."
    if query.text:
        title, sentence = "Nothing found here", "What the vendors find stands below. Fewer words find more."
    return translate("lists", title), translate("lists", sentence), ""


def _without_me(accounts: Accounts) -> str:
    """Return the accounts whose tickets have assignees, and where nothing says which of those the agent is."""
    both = {Feature.LIST, Feature.ASSIGN}
    able = [one for one in accounts.all() if one.capabilities is not None and both <= one.capabilities.can]
    return ", ".join(one.label for one in able if not one.me)
