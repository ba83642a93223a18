"""What the palette offers: commands, accounts, and tickets, which are looked for while the agent goes on typing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import SearchHit
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.actions.action import Action
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.shortcuts import Shortcuts
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.palette.command_palette import CommandPalette
from deskhand.ui.palette.entries import Entry

MAX_TICKETS = 8
"""Tickets that the palette shows below the commands."""

MIN_LETTERS = 3
"""Letters that tickets are looked for by: fewer are for commands."""

_SEARCH = "palette search"


class PalettePresenter(QObject):
    """Opens the palette and fills it."""

    def __init__(
        self,
        actions: Sequence[Action[Selection]],
        shortcuts: Shortcuts[Selection],
        selection: Callable[[], Selection],
        lists: ListPresenter,
        services: Services,
        scope: TaskScope,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._actions = actions
        self._shortcuts = shortcuts
        self._selection = selection
        self._lists = lists
        self._services = services
        self._scope = scope
        self._window = window

    def open(self) -> None:
        """Open the palette over the window."""
        palette = CommandPalette(self._entries, self._window, search=lambda text: self._search(palette, text))
        palette.finished.connect(lambda _result: self._scope.cancel(_SEARCH))
        palette.open()

    def _entries(self) -> Sequence[Entry]:
        accounts, selection = self._services.accounts, self._selection()
        entries = [
            Entry(
                c.title,
                keys=" / ".join(self._shortcuts.active_keys(c)),
                reason=c.reason(selection),
                run=partial(self._run, c),
            )
            for c in self._actions
            if c.in_palette
        ]
        return entries + [
            Entry(self.tr("Go to: {name}").format(name=a.label), accounts.vendor(a).name, run=self._go_to_account(a.id))
            for a in accounts.all()
        ]

    def _run(self, action: Action[Selection]) -> None:
        action.run(self._selection())

    def _search(self, palette: CommandPalette, text: str) -> bool:
        """Look for tickets on another thread; the newest text is the one that is answered."""
        self._scope.cancel(_SEARCH)
        if len(text.strip()) < MIN_LETTERS:
            return False
        self._scope.replace(self._find(palette, text), name=_SEARCH)
        return True

    async def _find(self, palette: CommandPalette, text: str) -> None:
        palette.show_found(
            text, [self._entry(hit) for hit in await self._services.search.local(text.strip(), MAX_TICKETS)]
        )

    def _entry(self, hit: SearchHit) -> Entry:
        row = hit.row
        account = self._services.accounts.get(row.key.account)
        detail = " · ".join(part for part in (account.label if account else "", row.number) if part)
        return Entry(self.tr("Ticket: {subject}").format(subject=row.subject), detail, run=self._open_ticket(row.key))

    def _go_to_account(self, account: AccountId) -> Callable[[], None]:
        return lambda: self._lists.choose_account(account)

    def _open_ticket(self, key: TicketKey) -> Callable[[], None]:
        return lambda: self._lists.open(key)
