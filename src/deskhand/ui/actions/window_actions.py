"""What can be done in the window that is no change of a ticket: to go somewhere, to search, to select, to set it up."""

import sys
from collections.abc import Callable

from deskhand.domain.queries import Scope
from deskhand.services.views import NAMES, SCOPES
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, possible_unless
from deskhand.ui.actions.selection import Selection
from deskhand.ui.kit.theme import Choice

Run = Callable[[Selection], object]

_GO = {
    Scope.MINE_OPEN: ("mine", "I"),
    Scope.UNASSIGNED: ("unassigned", "U"),
    Scope.WAITING: ("waiting", "W"),
    Scope.DRAFTS: ("drafts", "D"),
    Scope.OUTBOX: ("outbox", "O"),
    Scope.SNOOZED: ("snoozed", "S"),
    Scope.ALL: ("all", "A"),
}
"""Where G leads with a second letter."""

_VIEW = "Meta" if sys.platform == "darwin" else "Alt"
"""With a digit: Alt types letters on a Mac, where Meta is the control key."""


_BACK, _FORWARD = (("Ctrl+[",), ("Ctrl+]",)) if sys.platform == "darwin" else (("Alt+Left",), ("Alt+Right",))
"""As in a browser of the system; on a Mac Alt and an arrow go by words in a text."""


def _history(by: int) -> tuple[Run, Callable[[Selection], Possible | Reason]]:
    return lambda s: s.window.lists.go(by), lambda s: possible_unless(s.window.lists.why_not_go(by))


def _go(scope: Scope) -> Action[Selection]:
    name, letter = _GO[scope]
    place = next((n for n, (one, _) in enumerate(SCOPES, 1) if one is scope), None)
    keys = [f"G, {letter}"]
    if place is not None:
        keys.append(f"{_VIEW}+{place}")
    if scope is Scope.ALL:
        keys.append("Ctrl+0")
    values = {"name": NAMES[scope]}
    return Action(
        name, "Go to: {name}", tuple(keys), lambda s: s.window.lists.choose(scope), group=Group.VIEW, values=values
    )


def _account(number: int) -> Action[Selection]:
    def choose(s: Selection) -> None:
        accounts = s.window.services.accounts.all()
        if number <= len(accounts):
            s.window.lists.choose_account(accounts[number - 1].id)

    return Action(
        f"account {number}",
        "Account {n}",
        (f"Ctrl+{number}",),
        choose,
        group=Group.ACCOUNT,
        values={"n": str(number)},
        in_palette=False,  # which offers the accounts by their names
    )


def _theme(name: str, title: str, choice: Choice) -> Action[Selection]:
    return Action(name, title, (), lambda s: s.window.actions.choose_theme(choice))


NEW_TICKET = Action[Selection](
    "new", "New ticket", ("C", "Ctrl+N"), lambda s: s.window.actions.new_ticket(), group=Group.TICKET, icon="square-pen"
)
PALETTE = Action[Selection](
    "palette",
    "Search commands and tickets",
    ("Ctrl+K",),
    lambda s: s.window.actions.open_palette(),
    group=Group.SEARCH,
    in_palette=False,
)

SEARCH_AND_LIST: tuple[Action[Selection], ...] = (
    PALETTE,
    Action("search", "Search tickets", ("/",), lambda s: s.window.accounts_pane.focus_search(), group=Group.SEARCH),
    Action("find", "Find in this conversation", ("Ctrl+F",), lambda s: s.window.actions.find(), group=Group.SEARCH),
    Action(
        "next",
        "Next ticket",
        ("J",),
        lambda s: s.window.lists.tickets.step(1),
        group=Group.LIST,
        widget_keys=("Down",),
        repeats=True,
    ),
    Action(
        "previous",
        "Previous ticket",
        ("K",),
        lambda s: s.window.lists.tickets.step(-1),
        group=Group.LIST,
        widget_keys=("Up",),
        repeats=True,
    ),
    Action(
        "open",
        "Open the ticket",
        ("O",),
        lambda s: s.window.lists.tickets.open_current(),
        group=Group.LIST,
        takes=Takes.ONE,
        widget_keys=("Enter",),
    ),
    Action("back", "Back to the ticket before", _BACK, *_history(-1), Group.LIST),
    Action("forward", "Forward again", _FORWARD, *_history(1), Group.LIST),
    Action(
        "pick",
        "Select the ticket, or not, beside others",
        ("X",),
        lambda s: s.window.selection.pick(),
        group=Group.LIST,
    ),
    Action(
        "extend down",
        "Select the next ticket too",
        ("Shift+J",),
        lambda s: s.window.lists.tickets.extend(1),
        group=Group.LIST,
        widget_keys=("Shift+Down",),
        repeats=True,
    ),
    Action(
        "extend up",
        "Select the previous ticket too",
        ("Shift+K",),
        lambda s: s.window.lists.tickets.extend(-1),
        group=Group.LIST,
        widget_keys=("Shift+Up",),
        repeats=True,
    ),
    Action(
        "select all",
        "Select all tickets in this view",
        (),
        lambda s: s.window.selection.select_all(),
        group=Group.LIST,
        widget_keys=("Ctrl+A",),
    ),
)

UNDO = Action[Selection](
    "undo",
    "Undo the last send or change",
    ("Z", "Ctrl+Z"),
    lambda s: s.window.ticket.changes.undo_last(),
    group=Group.TICKET,
)
QUOTES = Action[Selection](
    "quotes",
    "Fold or unfold quoted text",
    ("Q",),
    lambda s: s.window.ticket.keys.toggle_quotes(),
    group=Group.TICKET,
)

MESSAGES: tuple[Action[Selection], ...] = (
    Action("next message", "Next message", ("N",), lambda s: s.window.ticket.keys.step_message(1), group=Group.TICKET),
    Action(
        "previous message",
        "Previous message",
        ("P",),
        lambda s: s.window.ticket.keys.step_message(-1),
        group=Group.TICKET,
    ),
)

GO_AND_SET_UP: tuple[Action[Selection], ...] = (
    NEW_TICKET,
    Action("add account", "Add account", (), lambda s: s.window.accounts.add(), group=Group.ACCOUNT),
    Action("sync", "Sync now", ("F5", "Ctrl+R"), lambda s: s.window.accounts.sync(), group=Group.ACCOUNT),
    Action("next pane", "Next pane", ("F6",), lambda s: s.window.window.step_pane(1)),
    Action("previous pane", "Previous pane", ("Shift+F6",), lambda s: s.window.window.step_pane(-1)),
    *(_go(scope) for scope in _GO),
    Action("outbox items", "Show the outbox item by item", (), lambda s: s.window.outbox.open(), group=Group.VIEW),
    _theme("light", "Light theme", Choice.LIGHT),
    _theme("dark", "Dark theme", Choice.DARK),
    _theme("system theme", "Theme of the system", Choice.SYSTEM),
    Action("settings", "Settings", ("Ctrl+,",), lambda s: s.window.actions.open_settings()),
    Action("keys", "Keys", ("?", "F1"), lambda s: s.window.actions.open_keys()),
    Action("quit", "Quit", ("Ctrl+Q",), lambda s: s.window.window.close()),
    *(_account(n) for n in range(1, 10)),
)
