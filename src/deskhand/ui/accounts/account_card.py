"""One account in the left pane: its row, and its vendor's own groups below it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.queries import GroupCount
from deskhand.ui.accounts.account_header import NAME_AT, AccountHeader
from deskhand.ui.accounts.account_menu import AccountMenu
from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.accounts.status_label import status_label
from deskhand.ui.accounts.view_row import ViewRow

_STAGE_INDENT = 14


class AccountCard(QFrame):
    """Foldable: its groups stand below while it is unfolded.

    Signals:
        chosen: show this account's list.
        group_chosen: show one group (id) or one of its stages (id, else empty).
        fix_requested: the agent wants to mend the sign-in.
        step: the focus wants to go to the previous (-1) or next (1) line, from this widget.
        folded: it was folded (False) or unfolded (True) by the agent.
    """

    chosen = Signal()
    group_chosen = Signal(str, str)
    fix_requested = Signal()
    step = Signal(QWidget, int)
    folded = Signal(bool)

    def __init__(self, shown: PaneAccount, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._now = now
        self._unfolded = False
        self._selection: tuple[str, str] | None = None
        self._groups: tuple[GroupCount, ...] = ()
        self._rows: dict[tuple[str, str], ViewRow] = {}
        self._header = AccountHeader(self)
        self._menu = AccountMenu(self)
        self._below = QWidget(self)
        self._box = QVBoxLayout(self._below)
        self._box.setContentsMargins(0, 0, 0, 2)
        self._box.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._below)
        self._below.hide()
        self._connect()
        self._update_status()

    def _connect(self) -> None:
        header = self._header
        header.clicked.connect(self._choose)
        header.fix_requested.connect(self.fix_requested)
        header.fold_requested.connect(self._fold)
        header.step.connect(lambda by: self.step.emit(header, by))
        header.menu_requested.connect(lambda at: self._menu.open_at(at, self._shown))

    # what it is told

    def set_shown(self, shown: PaneAccount, now: datetime) -> None:
        """Show the account as it is at this moment."""
        if shown != self._shown:
            renamed = self._group_label(shown) != self._group_label(self._shown)
            self._shown = shown
            if renamed:
                self._name_rows()
        self.set_now(now)

    def set_now(self, now: datetime) -> None:
        """Say ages as of this moment."""
        self._now = now
        self._update_status()

    def set_count(self, count: int | None) -> None:
        """Show how many open tickets the account has; None = not known."""
        self._header.set_count(count)

    def set_groups(self, groups: tuple[GroupCount, ...]) -> None:
        """Show the vendor's own drawers; rows that stay are not touched."""
        if groups == self._groups:
            return
        self._groups = groups
        wanted = [(group.id, stage) for group in groups for stage in ("", *(s.id for s in group.stages))]
        for gone in [place for place in self._rows if place not in set(wanted)]:
            row = self._rows.pop(gone)
            self._box.removeWidget(row)
            row.deleteLater()
        for at, place in enumerate(wanted):
            row = self._rows.get(place) or self._make_row(place)
            if self._box.indexOf(row) != at:
                self._box.removeWidget(row)
                self._box.insertWidget(at, row)
            row.set_shown(place == self._selection)
        self._name_rows()
        self._show_below()

    def set_selection(self, selection: tuple[str, str] | None) -> None:
        """Mark what the list shows: ("", "") is the account itself, (group, stage) below it, None is elsewhere."""
        if selection == self._selection:
            return
        self._selection = selection
        self._header.set_shown(selection == ("", ""))
        for where, row in self._rows.items():
            row.set_shown(where == selection)
        if selection is not None and selection != ("", ""):
            self.set_unfolded(True)

    def set_unfolded(self, unfolded: bool) -> None:
        """Show the groups, or only the account."""
        self._unfolded = unfolded
        self._show_below()

    # what it tells

    @property
    def shown(self) -> PaneAccount:
        """What it shows."""
        return self._shown

    @property
    def header(self) -> AccountHeader:
        """The upper part, for focus."""
        return self._header

    @property
    def menu(self) -> AccountMenu:
        """What can be done with the account."""
        return self._menu

    @property
    def unfolded(self) -> bool:
        """Whether the groups are in view."""
        return self._unfolded

    def lines(self) -> list[QWidget]:
        """Return what Up and Down go through, from top to bottom."""
        rows: list[QWidget] = [self._header]
        if not self._below.isHidden():
            rows += sorted(self._rows.values(), key=self._box.indexOf)
        return rows

    def stops(self) -> list[QWidget]:
        """Return where Tab stops, from top to bottom."""
        return [*self._header.stops(), *sorted(self._rows.values(), key=self._box.indexOf)]

    # inside

    def _make_row(self, group_and_stage: tuple[str, str]) -> ViewRow:
        row = ViewRow("", self._below, name_at=NAME_AT + (_STAGE_INDENT if group_and_stage[1] else 0), small=True)
        row.clicked.connect(lambda: self.group_chosen.emit(*group_and_stage))
        row.step.connect(lambda by: self.step.emit(row, by))
        self._rows[group_and_stage] = row
        return row

    def _name_rows(self) -> None:
        noun = self._group_label(self._shown)
        for group in self._groups:
            _name(self._rows[group.id, ""], group.name, group.count, noun)
            for stage in group.stages:
                _name(self._rows[group.id, stage.id], wording.vendor_title(stage.name), stage.count)

    @staticmethod
    def _group_label(shown: PaneAccount) -> str:
        capabilities = shown.account.capabilities
        return capabilities.group_label.capitalize() if capabilities else ""

    def _update_status(self) -> None:
        account, vendor = self._shown.account, self._shown.vendor
        reads = account.capabilities is None or Feature.LIST in account.capabilities
        status = status_label(self._shown.status, self._now, reads=reads)
        self._header.set_account(account.label, account.shown_mark)
        self._header.set_status(vendor.name, status, self._shown.status.problem)

    def _choose(self) -> None:
        if self._groups and not self._unfolded:
            self._fold(True)
        self.chosen.emit()

    def _fold(self, unfold: bool) -> None:
        if unfold != self._unfolded and self._groups:
            self.set_unfolded(unfold)
            self.folded.emit(unfold)

    def _show_below(self) -> None:
        self._below.setVisible(self._unfolded and bool(self._groups))
        self._header.set_foldable(bool(self._groups), unfolded=self._unfolded)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos() if event.reason() is QContextMenuEvent.Reason.Mouse else self._header.menu_point()
        self._menu.open_at(QPoint(at), self._shown)
        event.accept()


def _name(row: ViewRow, name: str, count: int, kind: str = "") -> None:
    row.set_name(name, kind)
    row.set_count(count)


def rows_of(cards: Sequence[AccountCard]) -> list[QWidget]:
    """Return every line of several cards, from top to bottom."""
    return [line for card in cards for line in card.lines()]
