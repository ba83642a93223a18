"""The menus and button rows of tickets, and what only they offer: one record each."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from deskhand.domain.capabilities import Feature
from deskhand.services import ticket_actions as changes
from deskhand.services.decisions import DecideAction
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, possible_unless, translate
from deskhand.ui.actions.later_actions import LATER, LATER_BACK, PIN, REMIND
from deskhand.ui.actions.link_actions import DUPLICATE, LINK, LINK_AT_VENDOR, MERGE, SUB_TICKET
from deskhand.ui.actions.own_actions import OWN
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.tab_actions import OPEN_IN_TAB, OPEN_IN_WINDOW
from deskhand.ui.actions.ticket_actions import (
    ASSIGN,
    ASSIGN_TO_ME,
    CLOSE,
    COPY_DESKHAND_LINK,
    COPY_NUMBER,
    MACRO,
    PRIORITY,
    REOPEN,
    REPLY_ALL,
    STATE,
    TAGS,
    UNREAD,
    WEB_PAGE,
)
from deskhand.ui.actions.ticket_subject import Run, WhyNot
from deskhand.ui.actions.ticket_subject import all_can as _all
from deskhand.ui.actions.ticket_subject import to_all as _to_all
from deskhand.ui.actions.ticket_subject import why_not_one as _why_not_one

if TYPE_CHECKING:
    from deskhand.ui.list.selection import SelectionPresenter


def _open_ticket(why: WhyNot) -> Callable[[Selection], Possible | Reason]:
    return lambda s: possible_unless(_why_not_one(s.ticket, why))


def _why_no_link(view: TicketView) -> str:
    if view.ticket.web_url:
        return ""
    return translate("{vendor} tells no address of its tickets.").format(vendor=view.vendor.name)


def _offers(feature: Feature) -> Callable[[Selection], bool]:
    return lambda s: s.ticket is not None and s.ticket.obstacle(feature) is None


def _routers(s: Selection) -> Sequence[Action[Selection]]:
    return [
        Action(
            f"dispatch {identifier}",
            "{name}",
            (),
            _dispatch_to(identifier),
            group=Group.TICKET,
            takes=Takes.ONE,
            values={"name": name},
        )
        for identifier, name in (s.ticket.capabilities.routers if s.ticket is not None else ())
    ]


def _dispatch_to(router: str) -> Run:
    return _to_shown(changes.dispatch_to(router))


def _to_shown(decide: DecideAction) -> Run:
    """Return what makes a change of the ticket on screen, also while another one is being opened."""
    return lambda s: s.here.ticket.for_shown(s.here.ticket.changes.apply)(decide)


REFRESH = Action[Selection](
    "refresh",
    "Refresh",
    (),
    lambda s: s.here.ticket.refresh(),
    group=Group.TICKET,
    takes=Takes.ONE,
    icon="refresh-cw",
    in_palette=False,
)
COPY_LINK = Action[Selection](
    "copy link",
    "Copy link",
    (),
    lambda s: s.here.ticket.keys.copy_link(),
    _open_ticket(_why_no_link),
    Group.TICKET,
    Takes.ONE,
    icon="link",
    in_palette=False,
)
DISPATCH = Action[Selection](
    "dispatch",
    "Dispatch to a router",
    (),
    lambda _s: None,
    group=Group.TICKET,
    takes=Takes.ONE,
    icon="route",
    shown=_offers(Feature.DISPATCH),
    choices=_routers,
    has_choices=True,
    in_palette=False,
)
ARCHIVE = Action[Selection](
    "archive",
    "Archive …",
    (),
    _to_shown(changes.ARCHIVE.decide),
    group=Group.TICKET,
    takes=Takes.ONE,
    icon="archive",
    shown=_offers(Feature.ARCHIVE),
    in_palette=False,
)


def _each(run: Callable[["SelectionPresenter"], object]) -> Run:
    return lambda s: run(s.several) if s.several is not None else None


READ = Action[Selection](
    "read",
    "Mark as read",
    (),
    _each(lambda many: many.mark_read()),
    _all(None),
    Group.TICKET,
    Takes.SEVERAL,
    icon="mail-open",
    menu_title_several="Read",
    in_palette=False,
)
PENDING = Action[Selection](
    "pending",
    "Set to pending",
    (),
    _each(_to_all(changes.SET_PENDING)),
    _all(Feature.STATE),
    Group.TICKET,
    Takes.SEVERAL,
    in_palette=False,
)

MACROS = Action[Selection](
    "macros menu",
    "Run a macro",
    (),
    lambda _s: None,
    group=Group.TICKET,
    takes=Takes.SEVERAL,
    icon="list-ordered",
    shown=lambda _s: bool(OWN.actions),
    choices=lambda _s: OWN.actions,
    has_choices=True,
    in_palette=False,
)

TICKET_MENU = (
    OPEN_IN_TAB,
    OPEN_IN_WINDOW,
    REFRESH,
    UNREAD,
    None,
    LATER,
    LATER_BACK,
    REMIND,
    PIN,
    None,
    LINK,
    LINK_AT_VENDOR,
    SUB_TICKET,
    MERGE,
    DUPLICATE,
    None,
    COPY_NUMBER,
    COPY_LINK,
    COPY_DESKHAND_LINK,
    WEB_PAGE,
    None,
    MACROS,
    None,
    DISPATCH,
    ARCHIVE,
)
"""The menu of the open ticket; None = a line between."""

BULK_BAR = (ASSIGN, STATE, PRIORITY, TAGS, LATER, READ, CLOSE, REPLY_ALL, MACRO)
"""The buttons under what is selected in the list."""

LIST_MENU = (
    *(OPEN_IN_TAB, OPEN_IN_WINDOW, None),
    *(READ, UNREAD, LATER, LATER_BACK, PIN, None),
    *(ASSIGN_TO_ME, REOPEN, PENDING, CLOSE, None),
    *(REPLY_ALL, MACROS, None),
    COPY_NUMBER,
)
"""The menu of what is selected in the list."""
