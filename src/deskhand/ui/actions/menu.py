"""A menu, drawn from records of actions."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from deskhand.ui.actions.action import Action, S
from deskhand.ui.actions.keymap import IN_FORCE
from deskhand.ui.kit.icons import icon
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.menu import Menu


def fill_menu(
    menu: Menu,
    entries: Sequence[Action[S] | None],
    subject: S,
    run: Callable[[Action[S]], object],
    *,
    several: bool = False,
    with_icons: bool = True,
) -> None:
    """Add entries to a menu; what cannot be done is greyed with its reason.

    A line stands only between two entries that are shown: never first, last, alone or beside another line.

    Args:
        entries: None = a line between.
        run: told the action that was chosen.
        several: whether it is the menu of several tickets.
    """
    line_due = False
    for entry in entries:
        if entry is None:
            line_due = not menu.isEmpty()
        elif entry.shown(subject):
            if line_due:
                menu.addSeparator()
            line_due = False
            _add(menu, entry, subject, run, several=several, with_icons=with_icons)


def _add(
    menu: Menu,
    entry: Action[S],
    subject: S,
    run: Callable[[Action[S]], object],
    *,
    several: bool,
    with_icons: bool,
) -> None:
    title = entry.title_in_menu(several=several)
    text = title.replace("&", "&&")  # what a vendor calls something may hold one
    reason = entry.reason(subject)
    if entry.has_choices:
        choices = entry.choices(subject)
        below = menu.add_menu(icon(entry.icon), text)
        below.setEnabled(bool(choices))
        below.menuAction().setData(entry.id)
        fill_menu(below, choices, subject, run)
        return
    shown = QAction(text, menu)
    if with_icons and entry.icon:
        shown.setIcon(icon(entry.icon))
    if key := IN_FORCE.first_key(entry):
        shown.setShortcut(QKeySequence(key))  # shown beside the title; it is the window that binds it
        shown.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        shown.setShortcutVisibleInContextMenu(True)
    shown.setData(entry.id)
    shown.setEnabled(not entry.is_refused(subject))
    shown.setToolTip(literal_tip(reason or entry.explanation or title))
    shown.triggered.connect(lambda _checked=False: run(entry))
    menu.addAction(shown)
