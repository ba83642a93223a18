"""What can be done to a message that is read: one record each, for its menu and the key overview."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from deskhand.ui.actions.action import Action, Group, Takes
from deskhand.ui.ticket.link_text import destination, host, shortened

if TYPE_CHECKING:
    from deskhand.ui.ticket.message_body import MessageBody

COPY: "Action[MessageBody]" = Action(
    "copy message",
    "Copy the message, or what is marked in it",
    (),
    lambda body: body.copy(),
    group=Group.MESSAGE,
    takes=Takes.ONE,
    menu_title="Copy message",
    shown=lambda body: not body.selected_text,
    widget_keys=("Ctrl+C",),
)
COPY_MARKED: "Action[MessageBody]" = Action(
    "copy marked",
    "Copy",
    (),
    lambda body: body.copy(),
    group=Group.MESSAGE,
    takes=Takes.ONE,
    shown=lambda body: bool(body.selected_text),
)
SELECT_ALL: "Action[MessageBody]" = Action(
    "mark message",
    "Mark the whole message",
    (),
    lambda body: body.select_all(),
    group=Group.MESSAGE,
    takes=Takes.ONE,
    menu_title="Select all",
    widget_keys=("Ctrl+A",),
)

MESSAGE = (COPY, COPY_MARKED, SELECT_ALL)
"""What every message offers."""


def message_menu(links: Sequence[tuple[str, str]]) -> "Sequence[Action[MessageBody] | None]":
    """Return the menu of a message; None = a line between.

    Args:
        links: address and words of each link that it offers.
    """
    entries: list[Action[MessageBody] | None] = [*MESSAGE]
    for href, text in links:
        entries += [None, _open_link(href, text), _copy_link(href)]
    return entries


def _open_link(href: str, text: str) -> "Action[MessageBody]":
    return Action(
        f"open link {href}",
        "Open link: {text} ({host})",
        (),
        lambda body: body.link_activated.emit(href, text),
        group=Group.MESSAGE,
        takes=Takes.ONE,
        tip="{destination}",
        values={"text": shortened(text or href), "host": host(href, text), "destination": destination(href, text)},
    )


def _copy_link(href: str) -> "Action[MessageBody]":
    return Action(
        f"copy link {href}",
        "Copy link address",
        (),
        lambda _body: QGuiApplication.clipboard().setText(href),
        group=Group.MESSAGE,
        takes=Takes.ONE,
    )
