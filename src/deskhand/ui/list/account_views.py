"""The choice beside the title while the list shows an account: what is open there, closed, or all."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from deskhand.domain.queries import Scope
from deskhand.ui.kit.pill_button import PillButton
from deskhand.ui.list.filter_menu import ChoiceMenu


class AccountViews(PillButton):
    """Hidden while another list is shown.

    Signals:
        scope_chosen: a `Scope`: OPEN, DONE or ALL.
    """

    scope_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, checkable=False, arrow=True)
        self.setAccessibleName(self.tr("Which tickets of the account"))
        self._menu = ChoiceMenu(self.tr("Which tickets of the account"), self, one=True)
        self._menu.set_choices(
            ((Scope.OPEN, self.tr("Open")), (Scope.DONE, self.tr("Closed")), (Scope.ALL, self.tr("All")))
        )
        self._menu.chosen.connect(lambda: self.scope_chosen.emit(Scope(self._menu.ticked[0])))
        self.clicked.connect(self._open)
        self.hide()

    @property
    def menu(self) -> ChoiceMenu:
        """The choices."""
        return self._menu

    def set_scope(self, scope: Scope | None) -> None:
        """Show which of them is listed; None = the list shows no account."""
        self.setVisible(scope is not None)
        if scope is not None:
            self._menu.set_ticked((scope,))
            said = self._menu.label(scope) if self._menu.ticked else ""
            if said != self.text():
                self.setText(said)
                self.setAccessibleDescription(said)
                self.updateGeometry()

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
