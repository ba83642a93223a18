"""What can be done with views: to make one from what is shown, to go to one, and each one's menu in the left pane."""

import sys
from typing import TYPE_CHECKING

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import Scope
from deskhand.services.view_list import ListedView
from deskhand.ui.actions.action import POSSIBLE, Action, Group, Possible, Reason, possible_unless, translate
from deskhand.ui.actions.selection import Selection

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell

_HELD = "Meta" if sys.platform == "darwin" else "Alt"
"""With a digit: Alt types letters on a Mac, where Meta is the control key."""


# --- in the whole window ---

SAVE_VIEW = Action[Selection](
    "save view",
    "Save as view …",
    ("Shift+V",),
    lambda s: s.window.views.save_as_view(s.window.lists.query),
    group=Group.VIEW,
    icon="save",
)
EDIT_SHOWN = Action[Selection](
    "edit view",
    "Edit this view …",
    (),
    lambda s: s.window.views.edit(s.window.lists.query.view),
    lambda s: possible_unless(s.window.views.why_not_edit()),
    Group.VIEW,
    icon="pencil",
)


def _by_place(number: int) -> Action[Selection]:
    return Action(
        f"view {number}",
        "View {n} of the left pane",
        (f"{_HELD}+{number}",),
        lambda s: s.window.views.choose_at(number),
        group=Group.VIEW,
        values={"n": str(number)},
        in_palette=False,  # which offers the views by their names
    )


BY_PLACE = tuple(_by_place(number) for number in range(1, 10))
"""What opens the views by their place, the first one first."""


def _step(by: int) -> Action[Selection]:
    return Action(
        "next view" if by > 0 else "previous view",
        "Next pinned view" if by > 0 else "Previous pinned view",
        (),
        lambda s: s.window.views.step(by),
        lambda s: possible_unless(s.window.views.why_not_step()),
        Group.VIEW,
        widget_keys=("Tab",) if by > 0 else ("Shift+Tab",),
    )


ACCOUNT_VIEWS = {
    scope: (name, title)
    for scope, name, title in (
        (Scope.OPEN, "account open", "Open tickets of this account"),
        (Scope.DONE, "account closed", "Closed tickets of this account"),
        (Scope.ALL, "account all", "All tickets of this account"),
    )
}
"""What can be listed of an account: ids of the actions, and their titles."""


def _of_account(scope: Scope) -> Action[Selection]:
    name, title = ACCOUNT_VIEWS[scope]

    def available(s: Selection) -> Possible | Reason:
        shown = s.window.lists.query
        if shown.account is None:
            return Reason(translate("The list shows no account."))
        return Reason(translate("It is shown already.")) if shown.scope is scope and not shown.view else POSSIBLE

    return Action(name, title, (), lambda s: s.window.lists.choose_of_account(scope), available, Group.VIEW)


VIEW_ACTIONS: tuple[Action[Selection], ...] = (
    SAVE_VIEW,
    Action("new view", "New view …", (), lambda s: s.window.views.new(), group=Group.VIEW, icon="plus"),
    EDIT_SHOWN,
    Action(
        "go to view",
        "Go to view …",
        ("G, V",),
        lambda s: s.window.actions.go_to_view(),
        group=Group.VIEW,
        icon="layers",
    ),
    _step(1),
    _step(-1),
    *BY_PLACE,
    *(_of_account(scope) for scope in ACCOUNT_VIEWS),
    Action(
        "export views",
        "Export views …",
        (),
        lambda s: s.window.views.exchange.export(),
        group=Group.VIEW,
        icon="upload",
    ),
    Action(
        "import views",
        "Import views …",
        (),
        lambda s: s.window.views.exchange.take(),
        group=Group.VIEW,
        icon="download",
    ),
)


# --- the menu of a view ---


@dataclass(frozen=True, slots=True)
class ViewSelection:
    """A view as the left pane lists it, and the window that acts on it."""

    view: ListedView
    window: "Shell"

    @property
    def is_own(self) -> bool:
        """Whether the agent made it."""
        return self.view.own is not None

    @property
    def has_counter(self) -> bool:
        """Whether it shows how many tickets it has."""
        return self.view.own is None or self.view.own.counter


def _own(v: ViewSelection) -> bool:
    return v.is_own


def _can_move(v: ViewSelection, by: int) -> Possible | Reason:
    return POSSIBLE if v.window.views.can_move(v.view.id, by) else Reason("")


def _menu(
    name: str, title: str, run: str, icon: str = "", *, keys: tuple[str, ...] = (), of_own: bool = True
) -> Action[ViewSelection]:
    """Return what calls a method of the presenter with the view's id."""

    def act(v: ViewSelection) -> object:
        return getattr(v.window.views, run)(v.view.id)

    shown = _own if of_own else (lambda _v: True)
    return Action(name, title, (), act, group=Group.VIEW, icon=icon, shown=shown, widget_keys=keys)


OPEN_VIEW = _menu("open view", "Show", "choose", of_own=False)
EDIT_VIEW = _menu("edit own view", "Edit …", "edit", "pencil", keys=("F2",))
RENAME_VIEW = Action[ViewSelection](
    "rename view", "Rename …", (), lambda v: v.window.views.edit(v.view.id, "name"), group=Group.VIEW, shown=_own
)
DUPLICATE_VIEW = _menu("duplicate view", "Duplicate", "duplicate", "copy")
REMOVE_VIEW = _menu("remove view", "Remove", "remove", "trash-2", keys=("Del",))
EXPORT_VIEW = Action[ViewSelection](
    "export view",
    "Export …",
    (),
    lambda v: v.window.views.exchange.export({v.view.id}),
    group=Group.VIEW,
    icon="upload",
    shown=_own,
)
PIN_VIEW = Action[ViewSelection](
    "pin view",
    "Pin: Tab in the list goes to it",
    (),
    lambda v: v.window.views.set_pinned(v.view.id, True),
    group=Group.VIEW,
    icon="pin",
    shown=lambda v: not v.view.pinned,
)
UNPIN_VIEW = Action[ViewSelection](
    "unpin view",
    "Unpin",
    (),
    lambda v: v.window.views.set_pinned(v.view.id, False),
    group=Group.VIEW,
    icon="pin",
    shown=lambda v: v.view.pinned,
)
SHOW_COUNTER = Action[ViewSelection](
    "show counter",
    "Show the counter",
    (),
    lambda v: v.window.views.set_counter(v.view.id, True),
    group=Group.VIEW,
    icon="hash",
    shown=lambda v: v.is_own and not v.has_counter,
)
HIDE_COUNTER = Action[ViewSelection](
    "hide counter",
    "Hide the counter",
    (),
    lambda v: v.window.views.set_counter(v.view.id, False),
    group=Group.VIEW,
    icon="hash",
    shown=lambda v: v.is_own and v.has_counter,
)
MOVE_UP = Action[ViewSelection](
    "move view up",
    "Move up",
    (),
    lambda v: v.window.views.move(v.view.id, -1),
    lambda v: _can_move(v, -1),
    Group.VIEW,
    icon="arrow-up",
    widget_keys=(f"{_HELD}+Up",),
)
MOVE_DOWN = Action[ViewSelection](
    "move view down",
    "Move down",
    (),
    lambda v: v.window.views.move(v.view.id, 1),
    lambda v: _can_move(v, 1),
    Group.VIEW,
    icon="arrow-down",
    widget_keys=(f"{_HELD}+Down",),
)

VIEW_MENU = (
    OPEN_VIEW,
    None,
    EDIT_VIEW,
    RENAME_VIEW,
    DUPLICATE_VIEW,
    None,
    PIN_VIEW,
    UNPIN_VIEW,
    SHOW_COUNTER,
    HIDE_COUNTER,
    MOVE_UP,
    MOVE_DOWN,
    None,
    EXPORT_VIEW,
    None,
    REMOVE_VIEW,
)
"""The menu of a view; None = a line between."""
