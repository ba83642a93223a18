"""What can be done to the open ticket, or to all that are selected: one record each, for keys, menus and the palette."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from deskhand.domain.capabilities import Feature
from deskhand.domain.tickets import State
from deskhand.services import ticket_actions as changes
from deskhand.services.bulk_overview import Overview, Reach
from deskhand.services.people import why_no_me
from deskhand.services.ticket_actions import choice_for_state
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, no_choices, possible_unless, translate
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_subject import Run, WhyNot
from deskhand.ui.actions.ticket_subject import all_can as _all
from deskhand.ui.actions.ticket_subject import nothing as _nothing
from deskhand.ui.actions.ticket_subject import one_or_several as _one_or_several
from deskhand.ui.actions.ticket_subject import to_all as _to_all
from deskhand.ui.actions.ticket_subject import to_open as _to_open
from deskhand.ui.actions.ticket_subject import why_not_one as _why_not_one
from deskhand.ui.actions.ticket_values import (
    assignee_now,
    assignees,
    note_now,
    now_of,
    priorities,
    priority_now,
    reply_now,
    state_now,
    states,
)

if TYPE_CHECKING:
    from deskhand.ui.list.selection import SelectionPresenter


def _one_only(what: str, why: WhyNot = _nothing) -> Callable[[Selection], Possible | Reason]:
    """Return what tells whether it can be done to the open ticket; `what` begins the sentence while several are selected."""

    def available(s: Selection) -> Possible | Reason:
        if s.several is not None and (said := s.several.why_one(translate(what))):
            return Reason(said)
        return possible_unless(_why_not_one(s.ticket, why))

    return available


def _why_no_state(meaning: State, said: str) -> WhyNot:
    def why(view: TicketView) -> str:
        return "" if choice_for_state(view.ticket, view.capabilities, meaning) else translate(said)

    return why


def _why_not_to_me(view: TicketView) -> str:
    return why_no_me(view.account.me, view.account.label)


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
    now: Callable[[TicketView], str] = _nothing,
    palette_title: str = "",
    choices: Callable[[Selection], Sequence[Action[Selection]]] = no_choices,
    reach: Callable[[Overview], Reach] | None = None,
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
        now=now_of(now),
        palette_title=palette_title,
        choices=choices,
        reach=reach,
    )


def _why_not_record(s: Selection) -> str:
    if s.shell is not None and s.window.macros.is_recording:
        return ""
    if s.own is not None:
        return translate("Macros are recorded in the main window.")
    if s.several is not None:
        return s.several.why_one(translate("A macro is recorded on one ticket"))
    return _why_not_one(s.ticket, _nothing)


def _reach_of(feature: Feature) -> Callable[[Overview], Reach]:
    return lambda overview: overview.reach[feature]


REPLY = _ticket(
    "reply",
    "Reply",
    ("R",),
    lambda s: s.here.ticket.keys.start_reply(),
    _one_only("A reply goes to one ticket", lambda view: view.why_not(Feature.REPLY)),
    icon="reply",
    now=reply_now,
    enters_text=True,
)
NOTE = _ticket(
    "note",
    "Write a note",
    ("M", "Ctrl+M"),
    lambda s: s.here.ticket.keys.start_note(),
    _one_only("A note belongs to one ticket"),
    icon="sticky-note",
    now=note_now,
    enters_text=True,
)
REPLY_ALL = _ticket(
    "reply all",
    "Reply to all that are selected",
    ("Shift+R",),
    lambda _s: None,
    lambda s: possible_unless(
        translate("It answers several: select them first, with X.")
        if s.several is None
        else s.several.why_not(Feature.REPLY)
    ),
    several=lambda many: many.reply_to_all(),
    icon="reply",
    menu_title="Reply to all …",
    reach=_reach_of(Feature.REPLY),
)
MACRO = _ticket(
    "macro",
    "Run a macro …",
    ("Ctrl+Shift+Y",),
    lambda s: s.window.macros.choose(s),
    _all(None),
    several=lambda many: many.choose_macro(),
    icon="list-ordered",
    menu_title_several="Macro",
)
RECORD_MACRO = _ticket(
    "record macro",
    "Record a macro, or stop recording",
    (),
    lambda s: s.window.macros.toggle_recording(),
    lambda s: possible_unless(_why_not_record(s)),
    icon="circle-dot",
)
CLOSE = _ticket(
    "close",
    "Close the ticket",
    ("E",),
    lambda s: s.here.ticket.changes.close_ticket(),
    _all(Feature.STATE, _why_no_state(State.CLOSED, "No state here means done.")),
    several=_to_all(changes.CLOSE),
    icon="check",
    menu_title="Close",
    reach=lambda overview: overview.close,
)
REOPEN = _ticket(
    "reopen",
    "Reopen the ticket",
    ("Shift+E",),
    _to_open(changes.REOPEN),
    _all(Feature.STATE, _why_no_state(State.OPEN, "No state here means open.")),
    several=_to_all(changes.REOPEN),
    icon="undo-2",
    menu_title="Reopen",
)
STATE = _ticket(
    "state",
    "Change the state",
    ("S",),
    lambda s: s.here.ticket.keys.focus_state(),
    _all(Feature.STATE),
    several=lambda many: many.choose_state(),
    icon="circle-dot",
    menu_title_several="State",
    reach=_reach_of(Feature.STATE),
    now=state_now,
    palette_title="State…",
    choices=states,
)
PRIORITY = _ticket(
    "priority",
    "Change the priority",
    ("Y",),
    lambda s: s.here.ticket.keys.focus_priority(),
    _all(Feature.PRIORITY),
    several=lambda many: many.choose_priority(),
    icon="signal-high",
    menu_title_several="Priority",
    reach=_reach_of(Feature.PRIORITY),
    now=priority_now,
    palette_title="Priority…",
    choices=priorities,
)
ASSIGN = _ticket(
    "assign",
    "Assign to …",
    ("A",),
    lambda s: s.here.ticket.keys.focus_assignee(),
    _all(Feature.ASSIGN),
    several=lambda many: many.choose_assignee(),
    icon="user-plus",
    menu_title_several="Assign",
    now=assignee_now,
    palette_title="Assign…",
    choices=assignees,
    enters_text=True,
    reach=_reach_of(Feature.ASSIGN),
)
ASSIGN_TO_ME = _ticket(
    "assign me",
    "Assign to me",
    ("I",),
    _to_open(changes.ASSIGN_TO_ME),
    _all(Feature.ASSIGN, _why_not_to_me),
    several=_to_all(changes.ASSIGN_TO_ME),
    icon="user-plus",
    now=lambda view: view.account.me,
)
TAGS = _ticket(
    "tags",
    "Edit tags",
    ("T",),
    lambda s: s.here.ticket.keys.focus_tags(),
    _all(Feature.TAGS),
    several=lambda many: many.choose_tags(),
    icon="tag",
    menu_title_several="Tags",
    now=lambda view: ", ".join(view.ticket.tags[:8]) or translate("none"),
    palette_title="Tags…",
    enters_text=True,
    reach=_reach_of(Feature.TAGS),
)
UNREAD = _ticket(
    "unread",
    "Mark as unread",
    ("U",),
    lambda s: s.here.ticket.mark_unread(),
    _all(None),
    several=lambda many: many.mark_unread(),
    icon="mail",
    menu_title_several="Unread",
)
COPY_NUMBER = _ticket(
    "copy number",
    "Copy the ticket's number",
    (".",),
    lambda s: s.here.ticket.keys.copy_number(),
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
    lambda s: s.here.ticket.keys.copy_deskhand_link(),
    _all(None, lambda view: view.why_not_named),
    several=lambda many: many.copy_deskhand_links(),
    icon="users",
    menu_title="Copy Deskhand link",
    tip="For colleagues: it opens this ticket in their Deskhand.",
)
WEB_PAGE = _ticket(
    "web page",
    "Open the ticket at its vendor's web page",
    ("B",),
    lambda s: s.here.web_page.open(s.ticket) if s.ticket is not None else None,
    _one_only("A web page shows one ticket", lambda view: view.why_not_named),
    icon="external-link",
    menu_title="Open in the browser",
)

WRITE = (REPLY, NOTE, REPLY_ALL)
"""What is written to a ticket, in the order of the palette and the key overview."""

CHANGE = (CLOSE, REOPEN, STATE, PRIORITY, ASSIGN, ASSIGN_TO_ME, TAGS, UNREAD, MACRO, RECORD_MACRO)
"""What changes tickets."""

COPY = (COPY_NUMBER, COPY_DESKHAND_LINK, WEB_PAGE)
"""What copies something of tickets, and shows them elsewhere."""
