"""What can be done in the window that is no change of a ticket: to go somewhere, to search, to select, to set it up."""

from collections.abc import Callable
from functools import partial

from deskhand.domain.queries import GroupBy, Scope
from deskhand.services.search_scopes import SearchScope
from deskhand.services.views import NAMES
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, possible_unless
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.tab_actions import TABS
from deskhand.ui.kit.theme import Choice
from deskhand.ui.list.row_metrics import Density

Run = Callable[[Selection], object]

_GO = {
    Scope.MINE_OPEN: ("mine", "I"),
    Scope.UNASSIGNED: ("unassigned", "U"),
    Scope.WAITING_FOR_US: ("waiting for us", "Q"),
    Scope.WAITING_FOR_THEM: ("waiting", "W"),
    Scope.DRAFTS: ("drafts", "D"),
    Scope.OUTBOX: ("outbox", "O"),
    Scope.SNOOZED: ("snoozed", "S"),
    Scope.ALL: ("all", "A"),
    Scope.LATER: ("later view", "H"),
}
"""Where G leads with a second letter."""

SCOPE_OF = {name: scope for scope, (name, _) in _GO.items()}
"""The built-in views by the ids of the actions that go there."""


def _hit(by: int) -> tuple[Run, Callable[[Selection], Possible | Reason]]:
    return lambda s: s.window.search_results.ticket.step(by), lambda s: possible_unless(
        s.window.search_results.ticket.why_not_step()
    )


_LOOK_IN = {
    SearchScope.VIEW: "Search in this view",
    SearchScope.ACCOUNT: "Search in this account",
    SearchScope.EVERYWHERE: "Search everywhere",
}


def _look_in(scope: SearchScope, title: str) -> Action[Selection]:
    return Action(
        f"search {scope.value}",
        title,
        (),
        lambda s: s.window.search_results.scopes.choose(scope),
        lambda s: possible_unless(s.window.search_results.scopes.why_not(scope)),
        Group.SEARCH,
    )


def _go(scope: Scope) -> Action[Selection]:
    name, letter = _GO[scope]
    keys = [f"G, {letter}"]
    if scope is Scope.ALL:
        keys.append("Ctrl+0")
    return Action(
        name,
        "Go to: {name}",
        tuple(keys),
        lambda s: s.window.lists.choose(scope),
        group=Group.VIEW,
        values={"name": NAMES[scope]},
        now=lambda s: s.window.views.count_text(scope.value),
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


def _show_rows(density: Density, selection: Selection) -> None:
    selection.window.density.choose(density)


def _group_by(group_by: GroupBy, selection: Selection) -> None:
    selection.window.lists.group_by(group_by)


GROUPINGS = {
    group_by: Action[Selection](
        f"group by {group_by.value or 'nothing'}", title, (), partial(_group_by, group_by), group=Group.LIST
    )
    for group_by, title in (
        (GroupBy.NONE, "No groups"),
        (GroupBy.TURN, "Group by who waits"),
        (GroupBy.ACCOUNT, "Group by account"),
        (GroupBy.STATE, "Group by state"),
        (GroupBy.DAY, "Group by day"),
    )
}
NEW_TICKET = Action[Selection](
    "new", "New ticket", ("C", "Ctrl+N"), lambda s: s.window.actions.new_ticket(), group=Group.TICKET, icon="square-pen"
)
DENSITIES = {
    density: Action[Selection](
        f"{density.value} rows",
        title,
        (f"Ctrl+Shift+{number}",),
        partial(_show_rows, density),
        group=Group.LIST,
        icon=icon,
    )
    for number, (density, title, icon) in enumerate(
        (
            (Density.COMFORTABLE, "Comfortable rows", "rows-3"),
            (Density.COMPACT, "Compact rows", "rows-4"),
            (Density.COLUMNS, "Columns", "table-2"),
        ),
        start=1,
    )
}
PALETTE = Action[Selection](
    "palette",
    "Search commands and tickets",
    ("Ctrl+K",),
    lambda s: s.here.actions.open_palette(),
    group=Group.SEARCH,
    enters_text=True,
    in_palette=False,
)

SEARCH_ELSEWHERE = Action[Selection](
    "search elsewhere",
    "Search elsewhere: in the view, the account, everywhere",
    ("Ctrl+Shift+E",),
    lambda s: s.window.search_results.scopes.choose_next(),
    lambda s: possible_unless(s.window.search_results.scopes.why_not_next()),
    Group.SEARCH,
)
PREVIOUS_HIT = Action[Selection](
    "previous hit", "Previous hit in this conversation", ("Shift+F3",), *_hit(-1), Group.SEARCH, repeats=True
)
NEXT_HIT = Action[Selection]("next hit", "Next hit in this conversation", ("F3",), *_hit(1), Group.SEARCH, repeats=True)
FIND = Action[Selection](
    "find", "Find in this conversation", ("Ctrl+F",), lambda s: s.here.actions.find(), group=Group.SEARCH
)
FILTER = Action[Selection](
    "filter",
    "Filter: choose conditions",
    ("Ctrl+Shift+F",),
    lambda s: s.window.building.toggle(),
    group=Group.SEARCH,
    icon="sliders-horizontal",
)
CUSTOMER = Action[Selection](
    "customer",
    "Customer beside the conversation, or not",
    ("Ctrl+.",),
    lambda s: s.here.window.toggle_customer(),
    group=Group.VIEW,
    icon="panel-right",
)
SIDEBAR = Action[Selection](
    "sidebar",
    "Narrow sidebar, or the whole",
    ("Ctrl+\\",),
    lambda s: s.window.window.toggle_sidebar(),
    group=Group.VIEW,
    icon="panel-left",
)


SEARCH_AND_LIST: tuple[Action[Selection], ...] = (
    PALETTE,
    Action("search", "Search tickets", ("/",), lambda s: s.window.search.open(), group=Group.SEARCH),
    FILTER,
    FIND,
    NEXT_HIT,
    PREVIOUS_HIT,
    SEARCH_ELSEWHERE,
    *(_look_in(scope, title) for scope, title in _LOOK_IN.items()),
    Action(
        "ask vendors",
        "Search at the vendors now",
        (),
        lambda s: s.window.search_results.vendors.ask(),
        lambda s: possible_unless(s.window.search_results.vendors.why_not()),
        Group.SEARCH,
    ),
    Action(
        "vendor results",
        "Go to what the vendors found",
        (),
        lambda s: s.window.search_results.vendors.focus_results(),
        lambda s: possible_unless(s.window.search_results.vendors.why_not()),
        Group.SEARCH,
    ),
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
    *TABS,
    *DENSITIES.values(),
    *GROUPINGS.values(),
    Action(
        "look in",
        "Look into the ticket beside the table",
        (),
        lambda s: s.window.density.look_in(),
        group=Group.LIST,
        widget_keys=("Space",),
    ),
    Action("choose columns", "Choose columns", (), lambda s: s.window.density.choose_columns(), group=Group.LIST),
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

QUOTES = Action[Selection](
    "quotes",
    "Fold or unfold quoted text",
    ("Q",),
    lambda s: s.here.ticket.keys.toggle_quotes(),
    group=Group.TICKET,
)

MESSAGES: tuple[Action[Selection], ...] = (
    Action("next message", "Next message", ("N",), lambda s: s.here.ticket.keys.step_message(1), group=Group.TICKET),
    Action(
        "previous message",
        "Previous message",
        ("P",),
        lambda s: s.here.ticket.keys.step_message(-1),
        group=Group.TICKET,
    ),
)

PANES: tuple[Action[Selection], ...] = (
    Action("next pane", "Next pane", ("F6",), lambda s: s.here.window.step_pane(1)),
    Action("previous pane", "Previous pane", ("Shift+F6",), lambda s: s.here.window.step_pane(-1)),
)

GO_AND_SET_UP: tuple[Action[Selection], ...] = (
    NEW_TICKET,
    Action("add account", "Add account", (), lambda s: s.window.accounts.add(), group=Group.ACCOUNT),
    Action("sync", "Sync now", ("F5", "Ctrl+R"), lambda s: s.window.accounts.sync(), group=Group.ACCOUNT),
    *PANES,
    CUSTOMER,
    SIDEBAR,
    *(_go(scope) for scope in _GO),
    Action("outbox items", "Show the outbox item by item", (), lambda s: s.window.outbox.open(), group=Group.VIEW),
    _theme("light", "Light theme", Choice.LIGHT),
    _theme("dark", "Dark theme", Choice.DARK),
    _theme("system theme", "Theme of the system", Choice.SYSTEM),
    Action("settings", "Settings", ("Ctrl+,",), lambda s: s.window.actions.open_settings()),
    Action("macros", "Macros", (), lambda s: s.window.macros.open(), icon="list-ordered"),
    Action("notifications", "Notifications", (), lambda s: s.window.notifications.open_choices()),
    Action("test notification", "Why did nothing show? Send a test", (), lambda s: s.window.notifications.test()),
    Action("pause notifications", "Pause notifications for 1 hour", (), lambda s: s.window.notifications.pause("hour")),
    Action(
        "pause notifications until tomorrow",
        "Pause notifications until tomorrow 9:00",
        (),
        lambda s: s.window.notifications.pause("tomorrow"),
    ),
    Action("resume notifications", "Resume notifications", (), lambda s: s.window.notifications.pause("")),
    Action("health", "How the accounts are", (), lambda s: s.window.health.open(), group=Group.ACCOUNT),
    Action("keys", "Keys", ("?", "F1"), lambda s: s.window.actions.open_keys()),
    Action("quit", "Quit", ("Ctrl+Q",), lambda s: s.window.quit()),
    *(_account(n) for n in range(1, 10)),
)
