"""The left pane: search, smart views, and one card per account."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Overview, Scope
from deskhand.ui.accounts.account_card import AccountCard, rows_of
from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for
from deskhand.ui.search.search_field import SearchField

__all__ = ["AccountsPane", "PaneAccount"]

_WIDTH, _NARROWEST = 256, 200
_ICONS = {
    Scope.MINE_OPEN: "inbox",
    Scope.OPEN: "mail-open",
    Scope.UNASSIGNED: "circle",
    Scope.WAITING: "clock",
    Scope.DRAFTS: "pencil",
    Scope.OUTBOX: "arrow-up-to-line",
    Scope.SNOOZED: "alarm-clock",
    Scope.DONE: "circle-check",
    Scope.ALL: "layers",
}


class AccountsPane(QFrame):
    """Says the truth at a glance, and touches only what changed: scroll and focus stay.

    Signals:
        scope_chosen: a smart view (Scope).
        account_chosen: an account's own list (account id).
        shelf_chosen: account id, group id, stage id (empty = the whole group).
        unfolded_changed: ids of the unfolded accounts (tuple), after the agent folded one.
    """

    scope_chosen = Signal(object)
    account_chosen = Signal(str)
    group_chosen = Signal(str, str, str)
    add_requested = Signal()
    fix_requested = Signal(str)
    action_chosen = Signal(object, object)
    search_changed = Signal(str)
    search_submitted = Signal(str)
    palette_requested = Signal()
    unfolded_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setAccessibleName(self.tr("Accounts"))
        self.setObjectName("accounts")
        self.setMinimumWidth(_NARROWEST)
        self._now = datetime.now(UTC)
        self._overview = Overview({}, {}, {})
        self._views: dict[Scope, ViewRow] = {}
        self._cards: dict[AccountId, AccountCard] = {}
        self._selection: tuple[Scope | None, str, str, str] = (None, "", "", "")
        self._unfolded: set[str] | None = None
        self._stops: list[QWidget] = []
        self._search = SearchField()
        self._search.changed.connect(self.search_changed)
        self._search.submitted.connect(self.search_submitted)
        self._search.palette_requested.connect(self.palette_requested)
        self._search.left.connect(self._enter_lines)
        self._add = ViewRow(self.tr("Add account"), icon="plus")
        self._add.clicked.connect(self.add_requested)
        self._add.step.connect(lambda by: self._step(self._add, by))
        self._lay_out()

    def _lay_out(self) -> None:
        heading = label(self.tr("Accounts"), role=Role.SMALL, tone=Tone.PLAIN)
        heading.setFont(fonts_for(self.font()).small_medium)
        heading.setContentsMargins(7, 10, 0, 0)
        self._views_box, self._cards_box = QVBoxLayout(), QVBoxLayout()
        self._views_box.setSpacing(0)
        self._cards_box.setSpacing(GAP_SMALL)
        self._scroll = ScrollColumn()
        column = self._scroll.column
        column.setContentsMargins(GAP_SMALL, 2, GAP_SMALL, GAP_SMALL)
        column.setSpacing(6)
        column.addLayout(self._views_box)
        column.addWidget(heading)
        column.addLayout(self._cards_box)
        column.addWidget(self._add)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(8)
        framed = QVBoxLayout()
        framed.setContentsMargins(10, 0, 10, 0)
        framed.addWidget(self._search)
        whole.addLayout(framed)
        whole.addWidget(self._scroll, 1)

    # what it is told

    def set_views(self, views: Sequence[tuple[Scope, str]]) -> None:
        """Show these smart views, by name, in this order."""
        if [(scope, row.text()) for scope, row in self._views.items()] == list(views):
            return
        for row in self._views.values():
            self._views_box.removeWidget(row)
            row.deleteLater()
        self._views = {}
        for scope, name in views:
            row = ViewRow(name, icon=_ICONS[scope])
            row.clicked.connect(lambda _checked=False, scope=scope: self.scope_chosen.emit(scope))
            row.step.connect(lambda by, row=row: self._step(row, by))
            self._views[scope] = row
            self._views_box.addWidget(row)
        self._count_views()
        self._mark()
        self._order_stops()

    def set_overview(self, overview: Overview) -> None:
        """Show counts and groups."""
        if overview == self._overview:
            return
        self._overview = overview
        self._count_views()
        for account, card in self._cards.items():
            self._count_card(account, card)
        self._order_stops()

    def set_accounts(self, accounts: Sequence[PaneAccount], now: datetime | None = None) -> None:
        """Show these accounts in this order; a card stays as long as its account does.

        Args:
            now: the moment as of which ages are said; None = the last one.
        """
        self._now = now or self._now
        wanted = [one.account.id for one in accounts]
        for gone in [account for account in self._cards if account not in set(wanted)]:
            card = self._cards.pop(gone)
            self._cards_box.removeWidget(card)
            card.deleteLater()
        for at, one in enumerate(accounts):
            card = self._cards.get(one.account.id) or self._make_card(one)
            card.set_shown(one, self._now)
            if self._cards_box.indexOf(card) != at:
                self._cards_box.removeWidget(card)
                self._cards_box.insertWidget(at, card)
        self._cards = {account: self._cards[account] for account in wanted}
        self._mark()
        self._order_stops()

    def set_now(self, now: datetime) -> None:
        """Say ages as of this moment."""
        self._now = now
        for card in self._cards.values():
            card.set_now(now)

    def set_selection(
        self, scope: Scope | None, account: str | None, group: str | None = None, stage: str | None = None
    ) -> None:
        """Mark what the list shows: a view, or an account with perhaps a group and a stage; nothing of it in a search."""
        self._selection = (None if account else scope, account or "", group or "", stage or "")
        self._mark()

    def set_unfolded(self, accounts: Iterable[str]) -> None:
        """Unfold these accounts and fold the others, as they were kept."""
        self._unfolded = set(accounts)
        for account, card in self._cards.items():
            card.set_unfolded(account in self._unfolded)

    def set_search_text(self, text: str) -> None:
        """Show other words in the field, without telling anybody (the search was ended elsewhere)."""
        if text != self._search.text():
            self._search.setText(text)

    def focus_search(self) -> None:
        """Let the agent type what to find."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    # what it tells

    def entry(self) -> QWidget:
        """Return the line that the list shows, for the keyboard when it comes to this pane."""
        scope, account, _, _ = self._selection
        if scope is not None and scope in self._views:
            return self._views[scope]
        return self._cards[AccountId(account)].header if AccountId(account) in self._cards else self._search

    @property
    def search_field(self) -> SearchField:
        """The field."""
        return self._search

    @property
    def add_button(self) -> ViewRow:
        """Adds an account."""
        return self._add

    def view(self, scope: Scope) -> ViewRow:
        """Return a smart view's line."""
        return self._views[scope]

    def card(self, account: str) -> AccountCard:
        """Return an account's card."""
        return self._cards[AccountId(account)]

    @property
    def unfolded(self) -> tuple[str, ...]:
        """The accounts whose groups are in view."""
        return tuple(account for account, card in self._cards.items() if card.unfolded)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    # inside

    def _order_stops(self) -> None:
        """Let Tab go from top to bottom: lines are made when they are needed, and Qt goes through them as they were made."""
        stops = [*self._views.values(), *(stop for card in self._cards.values() for stop in card.stops()), self._add]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise([self._search.hint, *stops]):
                QWidget.setTabOrder(before, after)

    def _make_card(self, one: PaneAccount) -> AccountCard:
        card = AccountCard(one, self._now)
        account = one.account.id
        card.chosen.connect(lambda: self.account_chosen.emit(account))
        card.group_chosen.connect(lambda group, stage: self.group_chosen.emit(account, group, stage))
        card.fix_requested.connect(lambda: self.fix_requested.emit(account))
        card.step.connect(self._step)
        card.folded.connect(lambda _unfolded: self.unfolded_changed.emit(self.unfolded))
        card.menu.action_chosen.connect(self.action_chosen)
        # The first card starts unfolded, so that groups are found at all.
        card.set_unfolded(account in self._unfolded if self._unfolded is not None else not self._cards)
        self._cards[account] = card
        self._count_card(account, card)
        return card

    def _count_card(self, account: AccountId, card: AccountCard) -> None:
        card.set_count(self._overview.accounts.get(account))
        card.set_groups(tuple(self._overview.groups.get(account, ())))

    def _count_views(self) -> None:
        for scope, row in self._views.items():
            if scope is Scope.OUTBOX and (need_decision := self._overview.outbox_decisions):
                text = (
                    self.tr("1 needs you")
                    if need_decision == 1
                    else self.tr("{count} need you").format(count=figure(need_decision))
                )
                row.set_text(text, Tone.WAITING)
            else:
                row.set_count(self._overview.scopes.get(scope))

    def _mark(self) -> None:
        scope, account, group, stage = self._selection
        for which, row in self._views.items():
            row.set_shown(which is scope)
        for which_account, card in self._cards.items():
            card.set_selection((group, stage) if which_account == account else None)

    def _lines(self) -> list[QWidget]:
        return [*self._views.values(), *rows_of(list(self._cards.values())), self._add]

    def _step(self, line: QWidget, by: int) -> None:
        lines = self._lines()
        at = lines.index(line) + by
        if at < 0:
            self._search.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif at < len(lines):
            lines[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(lines[at], 0, 8)

    def _enter_lines(self) -> None:
        self._lines()[0].setFocus(Qt.FocusReason.TabFocusReason)
