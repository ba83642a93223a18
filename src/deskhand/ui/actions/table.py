"""Every action there is: the one table that menus, shortcuts, the palette and the key overview are drawn from."""

from deskhand.ui.actions import ticket_actions as ticket
from deskhand.ui.actions import window_actions as window
from deskhand.ui.actions.account_actions import ACCOUNT_MENU, AccountSelection
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.reply_box_actions import REPLY_BOX
from deskhand.ui.actions.selection import Selection

WINDOW: tuple[Action[Selection], ...] = (
    *window.SEARCH_AND_LIST,
    ticket.REPLY,
    ticket.NOTE,
    window.UNDO,
    ticket.CLOSE,
    ticket.REOPEN,
    ticket.STATE,
    ticket.PRIORITY,
    ticket.ASSIGN,
    ticket.ASSIGN_TO_ME,
    ticket.TAGS,
    ticket.UNREAD,
    window.QUOTES,
    ticket.COPY_NUMBER,
    ticket.COPY_DESKHAND_LINK,
    *window.MESSAGES,
    *window.GO_AND_SET_UP,
)
"""What can be done from anywhere, in the order of the palette and the key overview; single letters act only where no text is
being typed (`shortcuts`). No Ctrl+Alt: AltGr types letters with it."""

MENUS_ONLY: tuple[Action[Selection], ...] = tuple(
    one for menu in (ticket.TICKET_MENU, ticket.LIST_MENU) for one in menu if one is not None and one not in WINDOW
)
"""What menus of tickets offer beside that."""

ACCOUNT: tuple[Action[AccountSelection], ...] = tuple(one for one in ACCOUNT_MENU if one is not None)


def ids() -> frozenset[str]:
    """Return the ids of all actions."""
    return frozenset(
        [*(one.id for one in (*WINDOW, *MENUS_ONLY)), *(one.id for one in ACCOUNT), *(one.id for one in REPLY_BOX)]
    )
