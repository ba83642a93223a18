"""The button of the list's header that says the order, and its menu: orders, and what the list is grouped by."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QWidget

from deskhand.domain.queries import SORTED_WHEN_ASKED, GroupBy, Sort
from deskhand.ui.actions.action import translate
from deskhand.ui.actions.window_actions import GROUPINGS
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.list.header_button import HeaderButton

_SHORT: Mapping[Sort, str] = {
    Sort.NEWEST: "Newest",
    Sort.OLDEST: "Oldest",
    Sort.BEST: "Best",
    Sort.PRIORITY: "Priority",
    Sort.WAITING: "Wait",
    Sort.STATE: "State",
    Sort.ACCOUNT: "Account",
    Sort.ASSIGNEE: "Assignee",
    Sort.DUE: "Due",
}
_LONG: Mapping[Sort, str] = {
    Sort.NEWEST: "Newest first",
    Sort.OLDEST: "Oldest first",
    Sort.BEST: "Best first",
    Sort.PRIORITY: "Most urgent first",
    Sort.WAITING: "Longest wait first",
    Sort.STATE: "By state",
    Sort.ACCOUNT: "By account",
    Sort.ASSIGNEE: "By assignee",
    Sort.DUE: "What is due next first",
}


def short_order(sort: Sort) -> str:
    """Return the name of an order in one word."""
    return QCoreApplication.translate("ListOrder", _SHORT[sort])


def long_order(sort: Sort) -> str:
    """Return what an order does."""
    return QCoreApplication.translate("ListOrder", _LONG[sort])


class OrderButton(HeaderButton):
    """Says the order in one word.

    Attributes:
        is_search: hits are listed, which can be in the order of a search.

    Signals:
        order_chosen: a Sort.
        groups_chosen: a GroupBy.
    """

    order_chosen = Signal(object)
    groups_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("arrow-down-wide-narrow", parent)
        self.is_search = False
        self._sort, self._then, self._group_by = Sort.NEWEST, None, GroupBy.NONE
        self._say(Sort.NEWEST, None, GroupBy.NONE)
        self.clicked.connect(self.open_menu)

    _then: Sort | None

    def set_order(self, sort: Sort, then: Sort | None, group_by: GroupBy) -> None:
        """Show what is in force."""
        if (sort, then, group_by) != (self._sort, self._then, self._group_by):
            self._say(sort, then, group_by)
            self.updateGeometry()
            self.update()

    def _say(self, sort: Sort, then: Sort | None, group_by: GroupBy) -> None:
        self._sort, self._then, self._group_by = sort, then, group_by
        self.setText(short_order(sort))
        said = [long_order(sort)]
        if then is not None:
            said.append(self.tr("then: {order}").format(order=long_order(then)))
        if group_by is not GroupBy.NONE:
            said.append(translate(GROUPINGS[group_by].title))
        name_and_keys(self, self.tr("Order and groups"), "")
        self.setAccessibleDescription(", ".join(said))
        self.setToolTip(", ".join(said))

    def open_menu(self) -> None:
        """Let the agent choose."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Order and groups"))
        orders = QActionGroup(menu)
        for sort in (one for one in Sort if one not in (SORTED_WHEN_ASKED if self.is_search else (Sort.BEST,))):
            action = menu.addAction(long_order(sort))
            action.setCheckable(True)
            action.setChecked(sort is self._sort)
            action.triggered.connect(lambda _on=False, sort=sort: self.order_chosen.emit(sort))
            orders.addAction(action)
        menu.addSeparator()
        groups = QActionGroup(menu)
        for group_by, record in GROUPINGS.items():
            action = menu.addAction(translate(record.title))
            action.setCheckable(True)
            action.setChecked(group_by is self._group_by)
            action.triggered.connect(lambda _on=False, group_by=group_by: self.groups_chosen.emit(group_by))
            groups.addAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
