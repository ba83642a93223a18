"""What the keys of the reply box do: one record each, for its shortcuts and its buttons."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextListFormat

from deskhand.domain.going_on import GoOn
from deskhand.ui.actions.action import Action, Group, Takes

if TYPE_CHECKING:
    from deskhand.ui.composer.composer import Composer

_BOX, _ONE = Group.REPLY_BOX, Takes.ONE

SEND: "Action[Composer]" = Action(
    "send", "Send", ("Ctrl+Return", "Ctrl+Enter"), lambda box: box.page.try_send(None), group=_BOX, takes=_ONE
)
SEND_AND_CLOSE: "Action[Composer]" = Action(
    "send and close",
    "Send and close the ticket",
    ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
    lambda box: box.send_and_close(),
    group=_BOX,
    takes=_ONE,
)
SEND_FOR_ONCE: "dict[GoOn, Action[Composer]]" = {
    GoOn.NEXT: Action(
        "send and next",
        "Send and go to the next ticket",
        ("Ctrl+Shift+N",),
        lambda box: box.page.try_send(None, GoOn.NEXT),
        group=_BOX,
        takes=_ONE,
    ),
    GoOn.STAY: Action(
        "send and stay",
        "Send and stay with the ticket",
        ("Ctrl+Shift+S",),
        lambda box: box.page.try_send(None, GoOn.STAY),
        group=_BOX,
        takes=_ONE,
    ),
    GoOn.BACK: Action(
        "send and back",
        "Send and go back to the list",
        ("Ctrl+Shift+B",),
        lambda box: box.page.try_send(None, GoOn.BACK),
        group=_BOX,
        takes=_ONE,
    ),
}
"""What comes after the message for once, whatever is set."""
SWITCH: "Action[Composer]" = Action(
    "switch", "Reply or note", ("Ctrl+Shift+M",), lambda box: box.switch(), group=_BOX, takes=_ONE
)
ATTACH: "Action[Composer]" = Action(
    "attach",
    "Attach files",
    ("Ctrl+Shift+A",),
    lambda box: box.page.choose_files(),
    group=_BOX,
    takes=_ONE,
    icon="paperclip",
)
SNIPPETS: "Action[Composer]" = Action(
    "canned reply",
    "Canned reply",
    ("Ctrl+;",),
    lambda box: box.open_snippets(),
    group=_BOX,
    takes=_ONE,
    widget_keys=("/",),  # as the first character
)
BOLD: "Action[Composer]" = Action(
    "bold", "Bold", ("Ctrl+B",), lambda box: box.page.edit.toggle_bold(), group=_BOX, takes=_ONE, icon="bold"
)
ITALIC: "Action[Composer]" = Action(
    "italic", "Italic", ("Ctrl+I",), lambda box: box.page.edit.toggle_italic(), group=_BOX, takes=_ONE, icon="italic"
)
LIST: "Action[Composer]" = Action(
    "list",
    "List",
    ("Ctrl+Shift+8",),
    lambda box: box.page.edit.toggle_list(QTextListFormat.Style.ListDisc),
    group=_BOX,
    takes=_ONE,
    icon="list",
)
NUMBERED_LIST: "Action[Composer]" = Action(
    "numbered list",
    "Numbered list",
    ("Ctrl+Shift+7",),
    lambda box: box.page.edit.toggle_list(QTextListFormat.Style.ListDecimal),
    group=_BOX,
    takes=_ONE,
    icon="list-ordered",
)
LINK: "Action[Composer]" = Action(
    "link", "Link", ("Ctrl+Shift+L",), lambda box: box.page.ask_link(), group=_BOX, takes=_ONE, icon="link"
)

DISCARD: "Action[Composer]" = Action(
    "discard draft",
    "Discard what is typed",
    ("Ctrl+D",),
    lambda box: box.discard(),
    group=_BOX,
    takes=_ONE,
    icon="trash-2",
)

REPLY_BOX = (
    SEND,
    SEND_AND_CLOSE,
    *SEND_FOR_ONCE.values(),
    SWITCH,
    DISCARD,
    ATTACH,
    SNIPPETS,
    BOLD,
    ITALIC,
    LIST,
    NUMBERED_LIST,
    LINK,
)
"""Its keys act while the keyboard is in it."""
