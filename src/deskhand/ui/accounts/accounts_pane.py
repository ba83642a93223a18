"""The left pane: search and new ticket, the views, and the accounts with their groups."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Overview, Scope
from deskhand.ui.accounts.account_card import AccountCard, rows_of
from deskhand.ui.accounts.account_header import AccountHeader
from deskhand.ui.accounts.new_ticket_button import NewTicketButton
from deskhand.ui.accounts.pane_account import PaneAccount
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for
from deskhand.ui.search.search_field import BackField, SearchField
from deskhand.ui.views.own_views_part import OwnViewLine, OwnViewsPart
from deskhand.ui.views.row_drag import RowDrag

__all__ = ["AccountsPane", "PaneAccount"]

_WIDTH, _NARROWEST = 236, 180
_ICONS = {
    Scope.MINE_OPEN: "user-round",
    Scope.OPEN: "mail-open",
    Scope.UNASSIGNED: "user-round-x",
    Scope.WAITING_FOR_US: "hourglass",
    Scope.WAITING_FOR_THEM: "clock",
    Scope.DRAFTS: "pencil",
    Scope.OUTBOX: "send",
    Scope.SNOOZED: "moon",
    Scope.LATER: "alarm-clock",
    Scope.DONE: "circle-check",
    Scope.ALL: "layers",
}


class AccountsPane(QFrame):
    """Says the truth at a glance, and touches only what changed: scroll and focus stay.

    Signals:
        scope_chosen: a smart view (Scope).
        account_chosen: an account's own list (account id).
        group_chosen: account id, group id, stage id (empty = the whole group).
        view_menu_requested: the id of a built-in view, and a point on the screen.
        view_moved: the id of a built-in view, and by how many places.
        search_requested: the search box is to take the keyboard. back_requested: back to the list before the search.
        new_ticket_requested: make a ticket.
        changed: a line says something else, came or went.
        unfolded_changed: ids of the unfolded accounts (tuple), after the agent folded one.
    """

    scope_chosen = Signal(object)
    account_chosen = Signal(str)
    group_chosen = Signal(str, str, str)
    view_menu_requested = Signal(str, QPoint)
    view_moved = Signal(str, int)
    add_requested = Signal()
    fix_requested = Signal(str)
    action_chosen = Signal(object, object)
    search_requested = Signal()
    new_ticket_requested = Signal()
    back_requested = Signal()
    palette_requested = Signal()
    unfolded_changed = Signal(object)
    changed = Signal()

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
        self._own = OwnViewsPart()
        self._own.step.connect(self._step)
        self._own.changed.connect(self.changed)
        self._unfolded: set[str] | None = None
        self._stops: list[QWidget] = []
        self._search = SearchField()
        self._search.clicked.connect(self.search_requested)
        self._search.palette_requested.connect(self.palette_requested)
        self._search.left.connect(self._enter_lines)
        self._back = BackField()
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._new = NewTicketButton(side=28, around=5)
        self._new.clicked.connect(self.new_ticket_requested)
        self._add = IconButton("plus", self.tr("Add account"), side=24)
        self._add.clicked.connect(self.add_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        heading = label(self.tr("Accounts"), role=Role.SMALL, tone=Tone.PLAIN)
        heading.setFont(fonts_for(self.font()).small_medium)
        set_margins(heading, 7, 0, 0, 0)
        head = QHBoxLayout()
        set_margins(head, 0, 6, GAP_SMALL - 2, 0)
        head.addWidget(heading, 1)
        head.addWidget(self._add)
        self._views_box, self._cards_box = QVBoxLayout(), QVBoxLayout()
        self._views_box.setSpacing(0)
        self._drag = RowDrag(self._views_box, self)
        self._drag.dropped.connect(self._view_dropped)
        self._cards_box.setSpacing(0)
        self._scroll = ScrollColumn()
        column = self._scroll.column
        column.setContentsMargins(GAP_SMALL, 2, GAP_SMALL, GAP_SMALL)
        column.setSpacing(4)
        column.addLayout(self._views_box)
        column.addWidget(self._own)
        column.addLayout(head)
        column.addLayout(self._cards_box)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(8)
        framed = QHBoxLayout()
        set_margins(framed, 10, 0, GAP_SMALL, 0)
        framed.setSpacing(4)
        framed.addWidget(self._search, 1)
        framed.addWidget(self._back, 1)
        framed.addWidget(self._new)
        whole.addLayout(framed)
        whole.addWidget(self._scroll, 1)

    # what it is told

    def set_views(self, views: Sequence[tuple[Scope, str]]) -> None:
        """Show these smart views, by name, in this order; a line stays as long as its view does."""
        if [(scope, row.text()) for scope, row in self._views.items()] == list(views) and not self._drag.is_dragging:
            rows = [self._views[scope] for scope, _ in views]
            if [self._views_box.indexOf(row) for row in rows] == list(range(len(rows))):
                return
        for gone in set(self._views) - {scope for scope, _ in views}:
            row = self._views.pop(gone)
            self._views_box.removeWidget(row)
            row.deleteLater()
        made = {scope: self._views.get(scope) or self._make_view(scope, name) for scope, name in views}
        for place, (scope, name) in enumerate(views):
            made[scope].set_name(name)
            self._views_box.removeWidget(made[scope])
            self._views_box.insertWidget(place, made[scope])
        self._views = made
        self._count_views()
        self._mark()
        self._order_stops()

    def set_oldest(self, text: str, spoken: str, tone: Tone) -> None:
        """Say below the view of those who wait for us how long the first of them has; empty = nobody is known to wait.

        Args:
            spoken: how a screen reader says it.
        """
        if (row := self._views.get(Scope.WAITING_FOR_US)) is not None:
            row.set_note(text, tone, spoken)
            self.changed.emit()

    def set_own_views(self, views: Sequence[OwnViewLine]) -> None:
        """Show the agent's own views in this order."""
        if self._own.set_views(views):
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
        self.changed.emit()

    def set_selection(
        self,
        scope: Scope | None,
        account: str | None,
        group: str | None = None,
        stage: str | None = None,
        view: str = "",
    ) -> None:
        """Mark what the list shows: a view, or an account with perhaps a group and a stage; nothing of it in a search.

        Args:
            view: the id of one of the agent's own; then none of the others is shown.
        """
        self._selection = (None if account or view else scope, account or "", group or "", stage or "")
        self._own.set_shown(view)
        self._mark()

    def set_unfolded(self, accounts: Iterable[str]) -> None:
        """Unfold these accounts and fold the others, as they were kept."""
        self._unfolded = set(accounts)
        for account, card in self._cards.items():
            card.set_unfolded(account in self._unfolded)

    def set_back_to(self, title: str) -> None:
        """Show the way back to the list before the search in place of the way into it; empty = the search has ended."""
        if title:
            self._back.set_back_to(title)
        if bool(title) is self._back.isHidden():
            gone, comes = (self._search, self._back) if title else (self._back, self._search)
            had_keyboard = gone.hasFocus()
            comes.show()
            if had_keyboard:
                comes.setFocus(Qt.FocusReason.OtherFocusReason)
            gone.hide()

    # what it tells

    def entry(self) -> QWidget:
        """Return the line that the list shows, for the keyboard when it comes to this pane."""
        scope, account, _, _ = self._selection
        if scope is not None and scope in self._views:
            return self._views[scope]
        if (own := self._own.shown_row) is not None:
            return own
        return self._cards[AccountId(account)].header if AccountId(account) in self._cards else self._search

    @property
    def search_field(self) -> SearchField:
        """The way into the search."""
        return self._search

    @property
    def own_views(self) -> OwnViewsPart:
        """The agent's own views."""
        return self._own

    @property
    def back_field(self) -> BackField:
        """The way back out of it."""
        return self._back

    @property
    def new_button(self) -> IconButton:
        """Makes a ticket."""
        return self._new

    @property
    def add_button(self) -> IconButton:
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
        stops = [
            *self._views.values(),
            *self._own.stops(),
            self._add,
            *(stop for card in self._cards.values() for stop in card.stops()),
        ]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise([self._search, self._search.hint, self._back, self._new, *stops]):
                QWidget.setTabOrder(before, after)

    def _make_view(self, scope: Scope, name: str) -> ViewRow:
        row = ViewRow(name, icon=_ICONS[scope])
        row.clicked.connect(lambda _checked=False: self.scope_chosen.emit(scope))
        row.step.connect(lambda by: self._step(row, by))
        row.moved.connect(lambda by: self.view_moved.emit(scope.value, by))
        row.menu_requested.connect(lambda at: self.view_menu_requested.emit(scope.value, at))
        self._drag.watch(row)
        return row

    def _view_dropped(self, row: QWidget, by: int) -> None:
        scope = next((each for each, known in self._views.items() if known is row), None)
        if scope is not None:
            self.view_moved.emit(scope.value, by)

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

    def rail_lines(self) -> list[ViewRow | AccountHeader]:
        """Return the lines that a rail of icons stands for, from top to bottom."""
        return [
            one
            for one in self._lines()
            if isinstance(one, AccountHeader) or (isinstance(one, ViewRow) and any(one.look))
        ]

    def _count_card(self, account: AccountId, card: AccountCard) -> None:
        self.changed.emit()
        card.set_count(self._overview.accounts.get(account))
        card.set_groups(tuple(self._overview.groups.get(account, ())))

    def _count_views(self) -> None:
        self.changed.emit()
        for scope, row in self._views.items():
            if scope is Scope.OUTBOX and (need_decision := self._overview.outbox_decisions):
                text = (
                    self.tr("1 needs you")
                    if need_decision == 1
                    else self.tr("{count} need you").format(count=figure(need_decision))
                )
                row.set_text(text, Tone.WRONG)
            else:
                row.set_count(self._overview.scopes.get(scope))

    def _mark(self) -> None:
        self.changed.emit()
        scope, account, group, stage = self._selection
        for which, row in self._views.items():
            row.set_shown(which is scope)
        for which_account, card in self._cards.items():
            card.set_selection((group, stage) if which_account == account else None)

    def _lines(self) -> list[QWidget]:
        return [*self._views.values(), *self._own.lines(), *rows_of(list(self._cards.values()))]

    def _step(self, line: QWidget, by: int) -> None:
        lines = self._lines()
        at = lines.index(line) + by
        if at < 0:
            top = self._search if self._back.isHidden() else self._back
            top.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif at < len(lines):
            lines[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(lines[at], 0, 8)

    def _enter_lines(self) -> None:
        self._lines()[0].setFocus(Qt.FocusReason.TabFocusReason)
