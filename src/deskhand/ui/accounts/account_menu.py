"""What can be done with an account: by the right button, the menu key or the three dots."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.actions.account_actions import ACCOUNT_MENU, AccountSelection
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.kit.menu import Menu


class AccountMenu(Menu):
    """Filled for the account's state; what makes no sense now is greyed.

    Signals:
        action_chosen: with the `Action` and the `PaneAccount`.
    """

    action_chosen = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def open_at(self, at: QPoint, shown: PaneAccount) -> None:
        """Open at a point on the screen, for an account as it is now."""
        self.prepare(shown)
        self.setAccessibleName(shown.account.label)
        self.popup(at)

    def prepare(self, shown: PaneAccount) -> None:
        """Fill it with what is possible."""
        self.clear()
        fill_menu(self, ACCOUNT_MENU, AccountSelection(shown), lambda action: self.action_chosen.emit(action, shown))
