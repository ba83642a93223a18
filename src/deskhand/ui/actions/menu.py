"""A menu, drawn from records of actions."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from deskhand.ui.actions.action import Action, S, translate
from deskhand.ui.kit.icons import icon
from deskhand.ui.kit.labels import literal_tip


def fill_menu(
    menu: QMenu,
    entries: Sequence[Action[S] | None],
    subject: S,
    run: Callable[[Action[S]], object],
    *,
    several: bool = False,
    with_icons: bool = True,
) -> None:
    """Add entries to a menu; what cannot be done is greyed with its reason.

    Args:
        entries: None = a line between.
        run: told the action that was chosen.
        several: whether it is the menu of several tickets.
    """
    line_due = False
    for entry in entries:
        if entry is None:
            line_due = True
        elif entry.shown(subject):
            if line_due:
                menu.addSeparator()
            line_due = False
            _add(menu, entry, subject, run, several=several, with_icons=with_icons)


def _add(
    menu: QMenu,
    entry: Action[S],
    subject: S,
    run: Callable[[Action[S]], object],
    *,
    several: bool,
    with_icons: bool,
) -> None:
    text = entry.title_in_menu(several=several)
    reason = entry.reason(subject)
    if entry.has_choices:
        choices = entry.choices(subject)
        below = menu.addMenu(icon(entry.icon), text)
        below.setEnabled(bool(choices))
        below.menuAction().setData(entry.id)
        fill_menu(below, choices, subject, run)
        return
    shown = QAction(text, menu)
    if with_icons and entry.icon:
        shown.setIcon(icon(entry.icon))
    shown.setData(entry.id)
    shown.setEnabled(not entry.is_refused(subject))
    shown.setToolTip(literal_tip(reason) if reason else translate(entry.tip) if entry.tip else text)
    shown.triggered.connect(lambda _checked=False: run(entry))
    menu.addAction(shown)
