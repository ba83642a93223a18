"""What can be done to an account: one record each, for its menu and its button."""

from typing import TYPE_CHECKING

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.actions.action import POSSIBLE, Action, Group, Possible, Reason

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell


@dataclass(frozen=True, slots=True)
class AccountSelection:
    """An account as the left pane shows it.

    Attributes:
        shell: the window that acts on it; a menu that only shows what is possible needs none.
    """

    shown: PaneAccount
    shell: "Shell | None" = None

    @property
    def id(self) -> str:
        """The account's id."""
        return self.shown.account.id

    @property
    def is_paused(self) -> bool:
        """Whether it is paused."""
        return self.shown.account.paused

    @property
    def window(self) -> "Shell":
        """The window. Raises LookupError where there is none."""
        if self.shell is None:
            raise LookupError("an account outside of a window")
        return self.shell


def _not_paused(a: AccountSelection) -> Possible | Reason:
    return Reason("") if a.is_paused else POSSIBLE


def _is_syncing(a: AccountSelection) -> Possible | Reason:
    return POSSIBLE if a.shown.status.progress is not None and not a.is_paused else Reason("")


SYNC = Action[AccountSelection](
    "sync account",
    "Sync now",
    (),
    lambda a: a.window.accounts.sync(a.id),
    _not_paused,
    Group.ACCOUNT,
    icon="refresh-cw",
)
STOP = Action[AccountSelection](
    "stop sync", "Stop this sync", (), lambda a: a.window.accounts.stop(a.id), _is_syncing, Group.ACCOUNT, icon="x"
)
PAUSE = Action[AccountSelection](
    "pause account",
    "Pause",
    (),
    lambda a: a.window.accounts.pause(a.id, True),
    group=Group.ACCOUNT,
    icon="pause",
    shown=lambda a: not a.is_paused,
)
RESUME = Action[AccountSelection](
    "resume account",
    "Resume",
    (),
    lambda a: a.window.accounts.pause(a.id, False),
    group=Group.ACCOUNT,
    icon="play",
    shown=lambda a: a.is_paused,
)
EDIT = Action[AccountSelection](
    "edit account", "Edit…", (), lambda a: a.window.accounts.edit(a.id), group=Group.ACCOUNT, icon="pencil"
)
CHECK = Action[AccountSelection](
    "check account",
    "Check the credentials",
    (),
    lambda a: a.window.accounts.check(a.id),
    group=Group.ACCOUNT,
    icon="circle-check",
)
HEALTH = Action[AccountSelection](
    "account health",
    "How it is…",
    (),
    lambda a: a.window.health.open(),
    group=Group.ACCOUNT,
    icon="info",
)
IMPORT = Action[AccountSelection](
    "import tickets",
    "Import tickets…",
    (),
    lambda a: a.window.accounts.import_tickets(a.id),
    group=Group.ACCOUNT,
    icon="download",
    shown=lambda a: a.shown.can_import,
)
PUSH = Action[AccountSelection](
    "push record",
    "Push a record…",
    (),
    lambda a: a.window.actions.forms.push_record(a.id),
    group=Group.ACCOUNT,
    icon="upload",
    shown=lambda a: a.shown.can_push,
)
WEB_PAGES = Action[AccountSelection](
    "web pages",
    "Web addresses of its tickets…",
    (),
    lambda a: a.window.web_page.edit(a.id),
    group=Group.ACCOUNT,
    icon="external-link",
)
REMOVE = Action[AccountSelection](
    "remove account", "Remove…", (), lambda a: a.window.accounts.remove(a.id), group=Group.ACCOUNT, icon="trash-2"
)

ACCOUNT_MENU = (SYNC, STOP, PAUSE, RESUME, None, EDIT, WEB_PAGES, CHECK, HEALTH, None, IMPORT, PUSH, None, REMOVE)
"""The menu of an account; None = a line between."""
