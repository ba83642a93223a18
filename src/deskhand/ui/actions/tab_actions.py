"""Tabs of tickets: one record each for keys, menus and the palette."""

import sys
from collections.abc import Callable

from deskhand.domain.ids import TicketKey
from deskhand.ui.actions.action import POSSIBLE, Action, Group, Possible, Reason, Takes, possible_unless, translate
from deskhand.ui.actions.selection import Selection

_BACK, _FORWARD = (("Ctrl+[",), ("Ctrl+]",)) if sys.platform == "darwin" else (("Alt+Left",), ("Alt+Right",))
"""As in a browser of the system; on a Mac Alt and an arrow go by words in a text."""

_CTRL = "Meta" if sys.platform == "darwin" else "Ctrl"
"""With Tab: what Qt calls Ctrl is the command key on a Mac, whose system changes programs by it."""


def _history(by: int) -> tuple[Callable[[Selection], object], Callable[[Selection], Possible | Reason]]:
    return lambda s: s.window.tabs.go(by), lambda s: possible_unless(s.window.tabs.why_not_go(by))


def _some(s: Selection) -> Possible | Reason:
    return possible_unless(s.window.tabs.why_no_tabs() if s.shell is not None else "")


def _closable(s: Selection) -> Possible | Reason:
    if s.own is not None:
        return POSSIBLE
    return possible_unless(s.window.tabs.why_not_closed() if s.shell is not None else "")


def _one_only(s: Selection) -> Possible | Reason:
    if s.several is not None:
        return possible_unless(s.several.why_one(translate("A tab shows one ticket")) or "")
    return possible_unless("" if s.ticket is not None else translate("No ticket is open."))


def _key(s: Selection) -> TicketKey | None:
    keys = s.several.meant if s.several is not None else ()
    return keys[0] if keys else s.ticket.ticket.key if s.ticket is not None else None


def _open(s: Selection) -> None:
    if s.own is not None:
        s.own.to_tab()
    else:
        s.window.tabs.open_in_tab(_key(s))


def _not_own(s: Selection) -> Possible | Reason:
    if s.own is not None:
        return Reason(translate("It is open in a window of its own."))
    if s.several is not None:
        return possible_unless(s.several.why_one(translate("A window of its own shows one ticket")) or "")
    return _one_only(s)


def _close(s: Selection) -> None:
    if s.own is not None:
        s.own.close()
    else:
        s.window.tabs.close()


BACK = Action[Selection]("back", "Back to the ticket before", _BACK, *_history(-1), Group.LIST)
FORWARD = Action[Selection]("forward", "Forward again", _FORWARD, *_history(1), Group.LIST)
OPEN_IN_TAB = Action[Selection](
    "open in tab",
    "Open in a tab",
    ("Ctrl+T",),
    _open,
    _one_only,
    Group.TICKET,
    Takes.ONE,
    icon="layers",
    widget_keys=("Ctrl+Enter",),  # in the list: in the reply box it sends
)
OPEN_IN_WINDOW = Action[Selection](
    "open in window",
    "Open in a window of its own",
    ("Shift+O",),
    lambda s: s.window.own_windows.open(_key(s)),
    _not_own,
    Group.TICKET,
    Takes.ONE,
    icon="app-window",
    shown=lambda s: s.own is None,
    widget_keys=("Shift+Enter",),  # in the list: in a text it begins a line
)
NEXT_TAB = Action[Selection](
    "next tab", "Next tab", (f"{_CTRL}+Tab", "Ctrl+PgDown"), lambda s: s.window.tabs.step(1), _some, Group.VIEW
)
PREVIOUS_TAB = Action[Selection](
    "previous tab",
    "Previous tab",
    (f"{_CTRL}+Shift+Tab", "Ctrl+PgUp"),
    lambda s: s.window.tabs.step(-1),
    _some,
    Group.VIEW,
)
CLOSE_TAB = Action[Selection](
    "close tab",
    "Close the tab, or the ticket's own window",
    ("Ctrl+W",),
    _close,
    _closable,
    Group.VIEW,
    menu_title="Close the tab",
)
CLOSE_OTHER_TABS = Action[Selection](
    "close other tabs", "Close the other tabs", (), lambda s: s.window.tabs.close_others(), _some, Group.VIEW
)
REOPEN_TAB = Action[Selection](
    "reopen tab", "Open the closed tab again", ("Ctrl+Shift+T",), lambda s: s.window.tabs.reopen(), group=Group.VIEW
)

TABS = (BACK, FORWARD, OPEN_IN_TAB, OPEN_IN_WINDOW, NEXT_TAB, PREVIOUS_TAB, CLOSE_TAB, CLOSE_OTHER_TABS, REOPEN_TAB)
"""What is done with tabs, in the order of the palette and the key overview."""

TAB_MENU = (OPEN_IN_WINDOW, CLOSE_TAB, CLOSE_OTHER_TABS, REOPEN_TAB)
"""The menu of a tab."""
