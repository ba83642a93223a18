"""Every action there is: the one table that menus, shortcuts, the palette and the key overview are drawn from."""

from typing import Any

from deskhand.ui.actions import ticket_actions as ticket
from deskhand.ui.actions import window_actions as window
from deskhand.ui.actions.account_actions import ACCOUNT_MENU, AccountSelection
from deskhand.ui.actions.action import Action, translate
from deskhand.ui.actions.later_actions import LATER_ACTIONS
from deskhand.ui.actions.link_actions import LINK_ACTIONS
from deskhand.ui.actions.message_actions import MESSAGE
from deskhand.ui.actions.own_actions import OWN
from deskhand.ui.actions.reply_box_actions import REPLY_BOX
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.tab_actions import CLOSE_TAB, OPEN_IN_TAB
from deskhand.ui.actions.ticket_menus import LIST_MENU, TICKET_MENU
from deskhand.ui.actions.undo_actions import UNDO_ACTIONS
from deskhand.ui.actions.view_actions import VIEW_ACTIONS, VIEW_MENU, ViewSelection

WINDOW: tuple[Action[Selection], ...] = (
    *window.SEARCH_AND_LIST,
    *ticket.WRITE,
    *UNDO_ACTIONS,
    *ticket.CHANGE,
    *LATER_ACTIONS,
    *LINK_ACTIONS,
    window.QUOTES,
    *ticket.COPY,
    *window.MESSAGES,
    *window.GO_AND_SET_UP,
    *VIEW_ACTIONS,
)
"""What can be done from anywhere, in the order of the palette and the key overview; single letters act only where no text is
being typed (`shortcuts`). No Ctrl+Alt: AltGr types letters with it."""

IN_OWN_WINDOW: tuple[Action[Selection], ...] = (
    window.PALETTE,
    window.FIND,
    *(one for one in ticket.WRITE if one is not ticket.REPLY_ALL),
    *UNDO_ACTIONS,
    *ticket.CHANGE,
    *LATER_ACTIONS,
    *LINK_ACTIONS,
    window.QUOTES,
    *ticket.COPY,
    *window.MESSAGES,
    *window.PANES,
    window.CUSTOMER,
    OPEN_IN_TAB,
    CLOSE_TAB,
)
"""What is done in a ticket's own window to that ticket. Each of them goes by `Selection.here`, never by the main window's ticket."""

IN_MAIN_WINDOW: tuple[Action[Selection], ...] = tuple(
    one for one in window.GO_AND_SET_UP if one not in (*IN_OWN_WINDOW, window.SIDEBAR)
)
"""What can be asked for in a ticket's own window and is done in the main window."""

MENUS_ONLY: tuple[Action[Selection], ...] = tuple(
    dict.fromkeys(one for one in (*TICKET_MENU, *LIST_MENU) if one is not None and one not in WINDOW)
)
"""What menus of tickets offer beside that."""

ACCOUNT: tuple[Action[AccountSelection], ...] = tuple(one for one in ACCOUNT_MENU if one is not None)

VIEW: tuple[Action[ViewSelection], ...] = tuple(one for one in VIEW_MENU if one is not None)


def by_place() -> tuple[tuple[str, tuple[Action[Any], ...]], ...]:
    """Return the actions that have keys by where those act, for the key overview and the manual; "" = in the whole window."""
    return (
        ("", (*WINDOW, *OWN.actions)),
        (translate("In the reply box"), REPLY_BOX),
        (translate("In a message"), MESSAGE),
    )


def with_keys() -> tuple[Action[Any], ...]:
    """Return the actions whose keys can be changed: all that a key can be bound to."""
    return (*WINDOW, *OWN.actions, *REPLY_BOX)


def ids() -> frozenset[str]:
    """Return the ids of all actions."""
    every: tuple[Action[Any], ...] = (*WINDOW, *MENUS_ONLY, *ACCOUNT, *VIEW, *REPLY_BOX, *MESSAGE)
    return frozenset(one.id for one in every)
