"""The window as a whole: builds panes and presenters, hands change sets on, ends in order."""

import asyncio
import errno
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer

from deskhand.content import ticket_link
from deskhand.domain import wording
from deskhand.domain.accounts import Health
from deskhand.domain.changes import ChangeSet
from deskhand.domain.problems import DeskProblem, Invalid
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.services.services import Services
from deskhand.services.ticket_actions import read_ticket_name
from deskhand.sync.tasks import TaskScope
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.accounts.presenter import AccountsPresenter
from deskhand.ui.bridge import Bridge
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.ticket_links import OPEN_NAMED, LinkPresenter
from deskhand.ui.window import MainWindow

if TYPE_CHECKING:
    from deskhand.ui.actions.registry import ActionRegistry
    from deskhand.ui.list.selection import SelectionPresenter
    from deskhand.ui.outbox.presenter import OutboxPresenter
    from deskhand.ui.ticket.presenter import TicketPresenter

_THEME, _LAYOUT, _UNFOLDED = "window.theme", "window.layout", "window.unfolded"
IDLE_MS = 400
"""A screenshot is taken when nothing has changed for so long."""


class Shell(QObject):
    """The one window and everything that drives it.

    Attributes:
        closed: set when the agent has closed the window.
    """

    window: MainWindow
    lists: ListPresenter
    accounts: AccountsPresenter
    # Built behind the first paint:
    ticket: "TicketPresenter"
    selection: "SelectionPresenter"
    outbox: "OutboxPresenter"
    actions: "ActionRegistry"

    def __init__(self, services: Services, scope: TaskScope, appearance: Appearance, *, remember_theme: bool) -> None:
        super().__init__()
        self.closed = asyncio.Event()
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self._services = services
        self._scope = scope
        self._appearance = appearance
        self._painted = asyncio.Event()
        self._deferred_built = False
        self._warned_unsaved: list[object] = []
        if remember_theme and (kept := services.settings.text(_THEME)) in tuple(Choice):
            appearance.choose(Choice(kept))
        tickets = TicketList()
        self._accounts_pane = AccountsPane()
        self._list_pane = ListPane(tickets)
        self._status = StatusLine()
        self.window = MainWindow(self._accounts_pane, self._list_pane, self._status)
        self.window.installEventFilter(self)
        self.window.closing.connect(self._close)
        self.lists = ListPresenter(self._list_pane, tickets, services.views, services.accounts, scope)
        self.accounts = AccountsPresenter(self._accounts_pane, self._status, services, scope, self.window)
        self.links = LinkPresenter(self.lists, self._status, services, scope, self.window)
        self.lists.query_changed.connect(self._show_scope)
        if not services.accounts.all():
            self._build_deferred()

    def _build_deferred(self) -> None:
        """Build what the first paint of the list does not show: a fifth of the start."""
        from deskhand.ui.accounts.welcome import Welcome
        from deskhand.ui.actions.registry import ActionRegistry
        from deskhand.ui.list.selection import SelectionPresenter
        from deskhand.ui.outbox.presenter import OutboxPresenter
        from deskhand.ui.ticket.presenter import TicketPresenter
        from deskhand.ui.ticket.ticket_pane import TicketPane

        services, scope = self._services, self._scope
        pane = self._ticket_pane = TicketPane()
        self.ticket = TicketPresenter(pane, self._status, services, scope, self.window)
        self.window.place_ticket(pane)
        self._welcome = Welcome(services.accounts.vendors())
        self.window.place_welcome(self._welcome)
        self.selection = SelectionPresenter(
            self.lists.tickets, self._status, services, scope, self.ticket.changes.remember
        )
        self.outbox = OutboxPresenter(self.ticket.changes, services, scope, self.window)
        self.actions = ActionRegistry(self)
        self._bridge = Bridge(services.changes, self)
        self._bridge.changed.connect(self._changed)
        self._connect()
        self._deferred_built = True
        if (chosen := self.lists.tickets.current) is not None:
            self.ticket.open(chosen)

    # --- what commands reach for ---

    @property
    def services(self) -> Services:
        """The services."""
        return self._services

    @property
    def scope(self) -> TaskScope:
        """Where tasks of the window belong."""
        return self._scope

    @property
    def appearance(self) -> Appearance:
        """Light or dark."""
        return self._appearance

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self._status

    @property
    def accounts_pane(self) -> AccountsPane:
        """The left pane."""
        return self._accounts_pane

    def _connect(self) -> None:
        pane = self._accounts_pane
        pane.scope_chosen.connect(self.lists.choose)
        pane.account_chosen.connect(self.lists.choose_account)
        pane.group_chosen.connect(self.lists.choose_account)
        pane.search_changed.connect(self.lists.search)
        pane.search_submitted.connect(self.lists.search)
        pane.palette_requested.connect(self.actions.open_palette)
        pane.search_submitted.connect(self._list_pane.focus_list)
        self.lists.query_changed.connect(self.window.show_list)
        self.lists.list_followed.connect(self.window.show_conversation)
        self.lists.search_ended.connect(lambda: pane.set_search_text(""))
        pane.unfolded_changed.connect(self._save_unfolded)
        self.lists.opened.connect(self.ticket.open)
        self.lists.opened.connect(self.window.show_conversation)
        # A click or Enter on the ticket that is open already changes nothing, but asks for it where the list has the turn.
        self.lists.tickets.view.clicked.connect(lambda _row: self.window.show_conversation(self.lists.tickets.current))
        self.lists.tickets.activated.connect(self.window.show_conversation)
        self.lists.tickets.activated.connect(lambda _key: self.ticket.keys.focus_conversation())
        self.ticket.keys.requested.connect(self.window.show_conversation)
        self.lists.opened.connect(self._hand_keyboard_to_list)
        self.lists.leaving = self.ticket.save
        self.lists.search_resumed.connect(pane.set_search_text)
        self.ticket.action_chosen.connect(self.actions.run_on_ticket)
        self.ticket.return_requested.connect(lambda: self.lists.go(-1))
        self.ticket.open_requested.connect(self.lists.open)
        self.ticket.next_requested.connect(self.lists.tickets.step)
        self.ticket.back_requested.connect(self.window.show_list)
        self.accounts.accounts_changed.connect(self._first_start)
        self.accounts.accounts_changed.connect(self.actions.forms.accounts_changed)
        self.actions.forms.made.connect(self.lists.open)
        self.actions.forms.refused.connect(self._status.show_message)
        pane.action_chosen.connect(self.actions.run_on_account)
        self._welcome.add_requested.connect(self.accounts.add)
        self._list_pane.new_ticket_requested.connect(self.actions.new_ticket)
        self._list_pane.search_vendors_requested.connect(self._search_vendors)
        self._status.outbox_requested.connect(self.outbox.open)
        self.outbox.open_requested.connect(self.lists.open)

    # --- life ---

    def show(self, size: QSize | None) -> None:
        """Show the window with what is stored; nothing is read from a vendor yet."""
        self.accounts.show()
        self.lists.show(TicketQuery(Scope.MINE_OPEN))
        self._first_start()
        self.window.restore(self._services.settings.text(_LAYOUT), size)
        if isinstance(unfolded := self._services.settings.json_value(_UNFOLDED), list):
            self._accounts_pane.set_unfolded(account for account in unfolded if isinstance(account, str))
        self.window.show()
        self.lists.tickets.setFocus()
        if self._services.notices:
            self._show_repair_notices()

    def _show_repair_notices(self) -> None:
        """Say it where it stays until it was read: something that was typed may be missing."""
        from deskhand.ui.kit.text_dialog import TextDialog

        TextDialog(self.tr("This profile was mended"), "\n\n".join(self._services.notices), self.window).open()

    async def wait_painted(self) -> None:
        """Wait for the first paint."""
        await self._painted.wait()

    def build_deferred(self) -> None:
        """Build what the first paint did not show; call it behind `painted`."""
        if not self._deferred_built:
            self._build_deferred()

    def open_named(self, text: str) -> None:
        """Open ACCOUNT/ID, or what a link names."""
        if ticket_link.is_one(text):
            self.links.follow(text)
        else:
            self._scope.replace(self._open_named(text), name=OPEN_NAMED)

    async def _open_named(self, text: str) -> None:
        named = read_ticket_name(self._services.accounts.all(), text)
        if named is None:
            self._status.show_message(self.tr("No account fits {text}.").format(text=text))
            return
        owner, name = named
        try:
            try:
                key = await self._services.tickets.find(owner, name)
            except DeskProblem:
                # A number is known only once the account was read: on a first start that is a moment later.
                await self._services.engine.wait_synced(owner.id)
                key = await self._services.tickets.find(owner, name)
        except Invalid as problem:
            self.show_problem(problem)
            return
        except DeskProblem:
            self._status.show_message(self.tr("{text} is not known here.").format(text=text))
            return
        self.lists.open(key)

    def follow_link(self, text: str) -> None:
        """Come to the front with what a link names, because the system was asked to open it."""
        self.links.follow(text)
        self.raise_window()

    def show_problem(self, problem: BaseException) -> None:
        """Say what went wrong with something that was to be done here."""
        if not self.closed.is_set():
            self._status.show_message(wording.problem(problem, "Deskhand", goes_on=False))

    def raise_window(self) -> None:
        """Come to the front, because somebody started Deskhand again."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    async def save_screenshot(self, file: Path) -> int:
        """Wait until nothing is loading, write the window as a PNG, and end; returns the exit code. Raises OSError."""
        await self.wait_idle()
        if not self.window.grab().save(str(file), "PNG"):
            raise OSError(errno.EIO, "the picture cannot be written", str(file))
        return 0

    async def wait_idle(self) -> None:
        """Wait until nothing is loading and nothing has changed for a moment."""
        while True:
            changed = asyncio.Event()
            connection = self._bridge.changed.connect(lambda _changes, bell=changed: bell.set())
            try:
                async with asyncio.timeout(IDLE_MS / 1000):
                    await changed.wait()
            except TimeoutError:
                if not self._loading():
                    return
            finally:
                self._bridge.changed.disconnect(connection)

    def _loading(self) -> bool:
        accounts = self._services.accounts
        waiting = (Health.NEW, Health.SYNCING)
        return any(accounts.status(a.id).health in waiting or accounts.status(a.id).progress for a in accounts.all())

    def add_closer(self, closer: Callable[[], Awaitable[None]]) -> None:
        """Have something closed together with the window."""
        self._closers.append(closer)

    async def aclose(self) -> None:
        """Keep what is typed, and let go."""
        async with AsyncExitStack() as ending:  # from the last to the first, each whatever becomes of the others
            ending.callback(self.window.hide)
            ending.push_async_callback(self._save_layout)
            if self._deferred_built:
                ending.callback(self._bridge.close)
                ending.push_async_callback(self.actions.save)
                ending.push_async_callback(self.ticket.aclose)
            for closer in reversed(self._closers):
                ending.push_async_callback(closer)

    async def _save_layout(self) -> None:
        with suppress(DeskProblem):  # a full disk: everything else still has to be closed
            await self._services.settings.put(_LAYOUT, self.window.layout_text())

    async def save_theme(self, choice: Choice) -> None:
        """Remember the agent's choice."""
        self._appearance.choose(choice)
        await self._services.settings.put(_THEME, choice.value)

    # --- inside ---

    def _changed(self, changes: ChangeSet) -> None:
        self.lists.changed(changes)
        self.accounts.changed(changes)
        self.ticket.changed(changes)
        self.outbox.changed(changes)

    def _hand_keyboard_to_list(self, key: object) -> None:
        """Nothing is open any more: what took keys for it takes none."""
        if key is None and self._ticket_pane.has_keyboard:
            self._list_pane.setFocus()

    def _show_scope(self) -> None:
        query = self.lists.query
        scope = query.scope if query.account is None and not query.text else None
        self._accounts_pane.set_selection(scope, query.account, query.group, query.stage)

    def _save_unfolded(self, accounts: Sequence[str]) -> None:
        self._scope.start(self._services.settings.put(_UNFOLDED, json.dumps(list(accounts))), name="unfolded")

    def _first_start(self) -> None:
        self.window.show_welcome(not self._services.accounts.all())
        self.lists.refresh_accounts()

    def _search_vendors(self) -> None:
        self._scope.replace(self._ask_vendors(self.lists.query.text), name="search vendors")

    async def _ask_vendors(self, text: str) -> None:
        self._status.show_message(self.tr("Searching at the vendors."))
        found = await self._services.search.at_vendors(text)
        problems = [one.problem for one in found if one.problem]
        count = sum(one.found for one in found)
        said = (
            self.tr("The vendors found {count}.").format(count=count) if found else self.tr("No vendor here searches.")
        )
        self._status.show_message(" ".join((said, *problems)))

    def _close(self) -> None:
        self._scope.replace(self._save_and_close(), name="close")

    async def _save_and_close(self) -> None:
        """End, unless the disk does not take what was typed: then only when the agent, told so, closes once more."""
        lost = await self._save_typed()
        if lost:  # perhaps only what was typed while the rest was written
            lost = await self._save_typed()
        if lost and lost != self._warned_unsaved:
            self._warned_unsaved = lost
            said = self.tr("What you typed could not be put on disk. Make room there, or close again and lose it.")
            self._status.show_message(said, seconds=60)
            return
        self.closed.set()

    async def _save_typed(self) -> list[object]:
        """Put what is typed on disk; return what is not there."""
        return [*await self.ticket.save(), *await self.actions.save()] if self._deferred_built else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first paint."""
        if event.type() is QEvent.Type.Paint and not self._painted.is_set():
            QTimer.singleShot(0, self._painted.set)
        return super().eventFilter(watched, event)
