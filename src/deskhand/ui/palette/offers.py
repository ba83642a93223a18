"""What the palette offers at once: actions with what they can be set to, views, accounts, canned replies, settings."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from deskhand.domain.accounts import Account
from deskhand.domain.queries import Scope
from deskhand.services.accounts import Accounts
from deskhand.services.settings import Snippet
from deskhand.services.tickets import TicketView
from deskhand.services.view_list import ListedView
from deskhand.ui.actions.action import Action, Group, Takes
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.synonyms import SYNONYMS, VIEW_SYNONYMS
from deskhand.ui.actions.ticket_actions import REPLY
from deskhand.ui.actions.window_actions import SCOPE_OF
from deskhand.ui.palette.entries import Entry, Mark, Section
from deskhand.ui.views.own_views_part import look_of

_ICONS = {
    Group.SEARCH: "search",
    Group.LIST: "list",
    Group.TICKET: "message-square",
    Group.VIEW: "inbox",
    Group.ACCOUNT: "layers",
    Group.WINDOW: "command",
}
"""Of actions that have no icon of their own."""

_SETTINGS = frozenset(("light", "dark", "system theme", "settings", "keys", "add account"))
"""Ids of actions that set the program up."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Palette", text)


def account_mark(account: Account | None) -> Mark:
    """Return the mark of an account."""
    return Mark(account=account.shown_mark if account is not None else None)


def of_actions(
    actions: Iterable[Action[Selection]], selection: Selection, keys: Callable[[Action[Selection]], Sequence[str]]
) -> list[Entry]:
    """Return the actions of the window, and once something is typed also each value that one of them can set.

    Args:
        keys: returns the keys that are bound to an action now.
    """
    entries: list[Entry] = []
    for action in sorted(actions, key=lambda one: not one.palette_title):  # what has a value stands first
        if action.in_palette:
            entry = _of_action(action, selection, keys(action))
            entries.append(entry)
            if entry.values is not None and not entry.reason:
                entries += _values(action, selection, typed_only=True)
    return entries


def _of_action(action: Action[Selection], selection: Selection, keys: Sequence[str]) -> Entry:
    values = None
    if action.palette_title and action.choices(selection):
        values = partial(_values, action, selection, typed_only=False)
    title, also = action.title, ""
    if action.palette_title:
        title, also = _translated(action.palette_title), action.title
    if action.group is Group.VIEW and "name" in action.values:
        title, also = action.values["name"], action.title
    return Entry(
        title,
        action.now(selection),
        " / ".join(keys),
        action.reason(selection),
        lambda: action.run(selection),
        section=_section(action),
        id=f"action {action.id}",
        mark=Mark(action.icon or _ICONS.get(action.group, "command")),
        also=also,
        synonyms=SYNONYMS.get(action.id, ()),
        values=values,
    )


def _values(action: Action[Selection], selection: Selection, *, typed_only: bool) -> list[Entry]:
    return [
        Entry(
            one.title,
            one.explanation,
            reason=one.reason(selection),
            run=partial(one.run, selection),
            section=Section.TICKET,
            mark=Mark(action.icon),
            synonyms=SYNONYMS.get(one.same_as, ()),
            typed_only=typed_only,
        )
        for one in action.choices(selection)
    ]


def of_tags(actions: Iterable[Action[Selection]], selection: Selection) -> list[Entry]:
    """Return what adds a tag, for each that is typed."""
    return [
        Entry(
            one.title,
            reason=one.reason(selection),
            run=partial(one.run, selection),
            section=Section.TICKET,
            mark=Mark("tag"),
            typed_only=True,
        )
        for one in actions
    ]


def _translated(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def _section(action: Action[Selection]) -> Section:
    if action.takes is not Takes.NONE and action.group is Group.TICKET:
        return Section.TICKET
    if action.group is Group.VIEW:
        return Section.VIEWS
    return Section.SETTINGS if action.id in _SETTINGS else Section.COMMANDS


def of_views(
    views: Iterable[ListedView],
    count: Callable[[str], str],
    key: Callable[[str], str],
    show: Callable[[str], object],
) -> list[Entry]:
    """Return views with their counters.

    Args:
        count, key: return what stands beside a view, and what opens it, by its id.
    """
    ids = {scope.value: name for name, scope in SCOPE_OF.items()}
    return [
        Entry(
            one.name,
            count(one.id),
            key(one.id),
            run=partial(show, one.id),
            section=Section.VIEWS,
            id=f"view {one.id}" if one.own is not None else f"action {ids[one.id]}",
            mark=_view_mark(one),
            also=_tr("Go to: {name}").format(name=one.name),
            synonyms=VIEW_SYNONYMS if one.own is not None else SYNONYMS.get(ids[one.id], ()),
        )
        for one in views
    ]


def _view_mark(view: ListedView) -> Mark:
    if view.own is None:
        return Mark(_ICONS[Group.VIEW])
    colour, icon = look_of(view.own)
    return Mark(icon, colour=colour)


def of_accounts(accounts: Accounts, show: Callable[..., object]) -> list[Entry]:
    """Return the accounts, each of which shows what is open in it; once something is typed, also what is closed, and all."""
    entries: list[Entry] = []
    for one in accounts.all():
        entries.append(_of_account(one, accounts, partial(show, one.id)))
        for scope, which in ((Scope.DONE, _tr("closed tickets")), (Scope.ALL, _tr("all tickets"))):
            entries.append(
                Entry(
                    f"{one.label}: {which}",
                    run=partial(show, one.id, scope=scope),
                    section=Section.ACCOUNTS,
                    id=f"account {one.id} {scope.value}",
                    mark=account_mark(one),
                    synonyms=SYNONYMS["account closed" if scope is Scope.DONE else "account all"],
                    typed_only=True,
                )
            )
    return entries


def _of_account(one: Account, accounts: Accounts, show: Callable[[], object]) -> Entry:
    return Entry(
        one.label,
        accounts.vendor(one).name,
        run=show,
        section=Section.ACCOUNTS,
        id=f"account {one.id}",
        mark=account_mark(one),
        also=_tr("Go to: {name}").format(name=one.label),
    )


def of_snippets(snippets: Iterable[Snippet], selection: Selection, insert: Callable[[Snippet], object]) -> list[Entry]:
    """Return the canned replies, each of which goes into the reply to the open ticket."""
    reason = REPLY.reason(selection)
    return [
        Entry(
            " ".join(one.title.split()),
            " ".join(one.text.split())[:120],
            reason=reason,
            run=partial(insert, one),
            section=Section.CANNED,
            id=f"canned {one.id}",
            mark=Mark("quote"),
        )
        for one in snippets
    ]


def context_title(ticket: TicketView | None, count: int) -> str:
    """Return what the actions are for: "3 tickets", or a subject; empty where no ticket is open."""
    if count > 1:
        return _tr("{count} tickets").format(count=f"{count:,}")
    return "" if ticket is None else ticket.ticket.subject or _tr("No subject")
