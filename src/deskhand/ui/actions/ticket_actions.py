"""What can be done to the open ticket, or to all that are selected: one record each, for keys, menus and the palette."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from deskhand.domain.capabilities import Feature
from deskhand.domain.tickets import State
from deskhand.services.ticket_actions import assign_to_me, change_to_state, choice_for_state, why_no_me
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, possible_unless, translate
from deskhand.ui.actions.selection import Selection

if TYPE_CHECKING:
    from deskhand.ui.list.selection import SelectionPresenter

Run = Callable[[Selection], object]
WhyNot = Callable[[TicketView], str]


def _one_or_several(one: Run, several: Callable[["SelectionPresenter"], object]) -> Run:
    return lambda s: one(s) if s.several is None else several(s.several)


def _nothing(_view: TicketView) -> str:
    return ""


def _why_not_one(view: TicketView | None, why: WhyNot) -> str:
    return translate("No ticket is open.") if view is None else why(view)


def _all(feature: Feature | None, why: WhyNot = _nothing) -> Callable[[Selection], Possible | Reason]:
    """Return what tells whether it can be done to all that is meant.

    Args:
        feature: what the vendors have to offer; None = it can be done to any selection.
        why: why it cannot be done to the open ticket.
    """

    def available(s: Selection) -> Possible | Reason:
        if s.several is not None:
            return possible_unless(s.several.why_not(feature) if feature is not None else s.several.why_too_many())
        return possible_unless(_why_not_one(s.ticket, why_open))

    def why_open(view: TicketView) -> str:
        return (view.why_not(feature) if feature is not None else "") or why(view)

    return available


def _one_only(what: str, why: WhyNot = _nothing) -> Callable[[Selection], Possible | Reason]:
    """Return what tells whether it can be done to the open ticket; `what` begins the sentence while several are selected."""

    def available(s: Selection) -> Possible | Reason:
        if s.several is not None and (said := s.several.why_one(translate(what))):
            return Reason(said)
        return possible_unless(_why_not_one(s.ticket, why))

    return available


def _open_ticket(why: WhyNot) -> Callable[[Selection], Possible | Reason]:
    return lambda s: possible_unless(_why_not_one(s.ticket, why))


def _why_no_state(meaning: State, said: str) -> WhyNot:
    def why(view: TicketView) -> str:
        return "" if choice_for_state(view.ticket, view.capabilities, meaning) else translate(said)

    return why


def _why_not_to_me(view: TicketView) -> str:
    return why_no_me(view.account.me, view.account.label)


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
    return lambda s: s.window.ticket.for_shown(s.window.ticket.changes.dispatch)(router)


def _ticket(
    id: str,  # noqa: A002 -- the field's name
    title: str,
    keys: tuple[str, ...],
    one: Run,
    available: Callable[[Selection], Possible | Reason],
    *,
    several: Callable[["SelectionPresenter"], object] | None = None,
    icon: str = "",
    menu_title: str = "",
    menu_title_several: str = "",
    tip: str = "",
    enters_text: bool = False,
) -> Action[Selection]:
    return Action(
        id,
        title,
        keys,
        one if several is None else _one_or_several(one, several),
        available,
        Group.TICKET,
        Takes.ONE if several is None else Takes.SEVERAL,
        icon=icon,
        menu_title=menu_title,
        menu_title_several=menu_title_several,
        tip=tip,
        enters_text=enters_text,
    )


REPLY = _ticket(
    "reply",
    "Reply",
    ("R",),
    lambda s: s.window.ticket.keys.start_reply(),
    _one_only("A reply goes to one ticket", lambda view: view.why_not(Feature.REPLY)),
    enters_text=True,
)
NOTE = _ticket(
    "note",
    "Write a note",
    ("M", "Ctrl+M"),
    lambda s: s.window.ticket.keys.start_note(),
    _one_only("A note belongs to one ticket"),
    enters_text=True,
)
CLOSE = _ticket(
    "close",
    "Close the ticket",
    ("E",),
    lambda s: s.window.ticket.changes.close_ticket(),
    _all(Feature.STATE, _why_no_state(State.CLOSED, "No state here means done.")),
    several=lambda many: many.change(Feature.STATE, change_to_state(State.CLOSED), translate("Close")),
    menu_title="Close",
)
REOPEN = _ticket(
    "reopen",
    "Reopen the ticket",
    ("Shift+E",),
    lambda s: s.window.ticket.changes.reopen_ticket(),
    _all(Feature.STATE, _why_no_state(State.OPEN, "No state here means open.")),
    several=lambda many: many.change(Feature.STATE, change_to_state(State.OPEN), translate("Reopen")),
    menu_title="Reopen",
)
STATE = _ticket(
    "state",
    "Change the state",
    ("S",),
    lambda s: s.window.ticket.keys.focus_state(),
    _all(Feature.STATE),
    several=lambda many: many.choose_state(),
)
PRIORITY = _ticket(
    "priority",
    "Change the priority",
    ("Y",),
    lambda s: s.window.ticket.keys.focus_priority(),
    _all(Feature.PRIORITY),
    several=lambda many: many.choose_priority(),
)
ASSIGN = _ticket(
    "assign",
    "Assign to …",
    ("A",),
    lambda s: s.window.ticket.keys.focus_assignee(),
    _all(Feature.ASSIGN),
    several=lambda many: many.choose_assignee(),
    enters_text=True,
)
ASSIGN_TO_ME = _ticket(
    "assign me",
    "Assign to me",
    ("I",),
    lambda s: s.window.ticket.changes.assign_to_me(),
    _all(Feature.ASSIGN, _why_not_to_me),
    several=lambda many: many.change(Feature.ASSIGN, assign_to_me, translate("Assign")),
)
TAGS = _ticket(
    "tags",
    "Edit tags",
    ("T",),
    lambda s: s.window.ticket.keys.focus_tags(),
    _one_only("Tags are edited in one ticket at a time", lambda view: view.why_not(Feature.TAGS)),
    enters_text=True,
)
UNREAD = _ticket(
    "unread",
    "Mark as unread",
    ("U",),
    lambda s: s.window.ticket.mark_unread(),
    _all(None),
    several=lambda many: many.mark_unread(),
    icon="mail",
)
COPY_NUMBER = _ticket(
    "copy number",
    "Copy the ticket's number",
    (".",),
    lambda s: s.window.ticket.keys.copy_number(),
    lambda s: possible_unless(s.several.why_too_many() if s.several is not None else ""),
    several=lambda many: many.copy_numbers(),
    icon="copy",
    menu_title="Copy number",
    menu_title_several="Copy numbers",
)
COPY_DESKHAND_LINK = _ticket(
    "copy deskhand link",
    "Copy the ticket's Deskhand link, for colleagues",
    (),
    lambda s: s.window.ticket.keys.copy_deskhand_link(),
    _all(None, lambda view: view.why_not_named),
    several=lambda many: many.copy_deskhand_links(),
    icon="users",
    menu_title="Copy Deskhand link",
    tip="For colleagues: it opens this ticket in their Deskhand.",
)

# Only menus offer these.

REFRESH = Action[Selection](
    "refresh",
    "Refresh",
    (),
    lambda s: s.window.ticket.refresh(),
    group=Group.TICKET,
    takes=Takes.ONE,
    icon="refresh-cw",
    in_palette=False,
)
COPY_LINK = Action[Selection](
    "copy link",
    "Copy link",
    (),
    lambda s: s.window.ticket.keys.copy_link(),
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
    lambda s: s.window.ticket.for_shown(s.window.ticket.changes.archive)(),
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
    in_palette=False,
)
PENDING = Action[Selection](
    "pending",
    "Set to pending",
    (),
    _each(lambda many: many.change(Feature.STATE, change_to_state(State.PENDING), translate("Set to pending"))),
    _all(Feature.STATE),
    Group.TICKET,
    Takes.SEVERAL,
    in_palette=False,
)

TICKET_MENU = (REFRESH, UNREAD, None, COPY_NUMBER, COPY_LINK, COPY_DESKHAND_LINK, None, DISPATCH, ARCHIVE)
"""The menu of the open ticket; None = a line between."""

LIST_MENU = (READ, UNREAD, None, ASSIGN_TO_ME, REOPEN, PENDING, CLOSE, None, COPY_NUMBER)
"""The menu of what is selected in the list."""
