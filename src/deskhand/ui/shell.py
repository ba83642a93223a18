"""The window as a whole: builds panes and presenters, hands change sets on, ends in order."""

import asyncio
import errno
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, QTimer

from deskhand.domain import wording
from deskhand.domain.changes import ChangeSet
from deskhand.domain.problems import DeskProblem
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui import idle, panes
from deskhand.ui.accounts.accounts_pane import AccountsPane
from deskhand.ui.accounts.presenter import AccountsPresenter
from deskhand.ui.bridge import Bridge
from deskhand.ui.kit.theme import Appearance
from deskhand.ui.list.density import DensityPresenter
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.looks import Looks
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.place_keeper import PlaceKeeper
from deskhand.ui.ticket_links import LinkPresenter
from deskhand.ui.views.presenter import ViewsPresenter
from deskhand.ui.window import MainWindow
from deskhand.ui.window_closing import WindowClosing

if TYPE_CHECKING:
    from deskhand.ui.accounts.health_presenter import HealthPresenter
    from deskhand.ui.actions.registry import ActionRegistry
    from deskhand.ui.bulk.reply_all_presenter import ReplyAllPresenter
    from deskhand.ui.composer.reply_boxes import ReplyBoxes
    from deskhand.ui.later.presenter import LaterPresenter
    from deskhand.ui.linked.presenter import LinkedPresenter
    from deskhand.ui.list.selection import SelectionPresenter
    from deskhand.ui.macros.presenter import MacrosPresenter
    from deskhand.ui.notifications.presenter import NotificationsPresenter
    from deskhand.ui.outbox.presenter import OutboxPresenter
    from deskhand.ui.search.building import Building
    from deskhand.ui.search.presenter import SearchPresenter
    from deskhand.ui.search.search_results import SearchResults
    from deskhand.ui.tabs.presenter import TabsPresenter
    from deskhand.ui.ticket.presenter import TicketPresenter
    from deskhand.ui.ticket.web_page import WebPagePresenter
    from deskhand.ui.ticket_parts import TicketParts
    from deskhand.ui.ticket_windows.presenter import TicketWindows

_LAYOUT, _UNFOLDED = "window.layout", "window.unfolded"


class Shell(QObject):
    """The one window and everything that drives it.

    Attributes:
        closed: set when the agent has closed the window.
        looks: theme, contrast and motion.
    """

    window: MainWindow
    lists: ListPresenter
    density: DensityPresenter
    accounts: AccountsPresenter
    views: ViewsPresenter
    # Built behind the first paint:
    boxes: "ReplyBoxes"
    parts: "TicketParts"
    ticket: "TicketPresenter"
    selection: "SelectionPresenter"
    tabs: "TabsPresenter"
    own_windows: "TicketWindows"
    outbox: "OutboxPresenter"
    notifications: "NotificationsPresenter"
    health: "HealthPresenter"
    later: "LaterPresenter"
    linked: "LinkedPresenter"
    macros: "MacrosPresenter"
    reply_all: "ReplyAllPresenter"
    actions: "ActionRegistry"
    web_page: "WebPagePresenter"
    search: "SearchPresenter"
    search_results: "SearchResults"
    building: "Building"

    def __init__(self, services: Services, scope: TaskScope, appearance: Appearance, *, remember_theme: bool) -> None:
        super().__init__()
        self.closed = asyncio.Event()
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self._services = services
        self._scope = scope
        self.looks = Looks(services.settings, appearance, remember_theme=remember_theme)
        self._painted = asyncio.Event()
        self._deferred_built = False
        tickets = TicketList()
        self._accounts_pane = AccountsPane()
        self._list_pane = ListPane(tickets)
        self._status = StatusLine()
        self.window = MainWindow(self._accounts_pane, self._list_pane, self._status)
        self.window.installEventFilter(self)
        self.window.closing.connect(self._close)
        self.lists = ListPresenter(
            self._list_pane, tickets, services.lists, services.accounts, services.settings, services.view_list, scope
        )
        self.density = DensityPresenter(self.lists, self._list_pane, services.settings, services.views, scope)
        self.density.table_shown.connect(self.window.set_table)
        self.density.look_requested.connect(lambda: self.window.look_in(not self.window.is_looking))
        self.accounts = AccountsPresenter(self._accounts_pane, self._status, services, scope, self.window)
        parts = (self._status, services, scope, self.window)
        self.views = ViewsPresenter(self._accounts_pane, self._list_pane, self.lists, *parts)
        self.accounts.counted.connect(self.views.set_overview)
        self._closing = WindowClosing(self._save_typed, self.closed, self._status, scope, self.window)
        self.links = LinkPresenter(self.lists, self._status, services, scope, self.window)
        self.keeper = PlaceKeeper(self.lists, self._status, services, scope, self._save_layout)
        self.lists.query_changed.connect(self._show_scope)
        if not services.accounts.all():
            self._build_deferred()

    def _build_deferred(self) -> None:
        """Build what the first paint of the list does not show: a fifth of the start."""
        from deskhand.ui.accounts.health_presenter import HealthPresenter
        from deskhand.ui.accounts.welcome import Welcome
        from deskhand.ui.actions.registry import ActionRegistry
        from deskhand.ui.bulk.presenter import BulkPresenter
        from deskhand.ui.bulk.reply_all_presenter import ReplyAllPresenter
        from deskhand.ui.bulk.results_presenter import ResultsPresenter
        from deskhand.ui.composer.reply_boxes import ReplyBoxes
        from deskhand.ui.list.go_on import GoOnPresenter
        from deskhand.ui.list.selection import SelectionPresenter
        from deskhand.ui.macros.presenter import MacrosPresenter
        from deskhand.ui.notifications.presenter import NotificationsPresenter
        from deskhand.ui.outbox.presenter import OutboxPresenter
        from deskhand.ui.search.search_results import SearchResults
        from deskhand.ui.tabs.presenter import TabsPresenter
        from deskhand.ui.ticket_parts import TicketParts
        from deskhand.ui.ticket_windows.presenter import TicketWindows

        services, scope = self._services, self._scope
        self.boxes = ReplyBoxes(services, scope, self)
        self.parts = TicketParts(self._status, self.boxes, services, scope, self.window)
        pane, self.ticket, self.later = self.parts.pane, self.parts.ticket, self.parts.later
        self.linked, self.web_page, self._ticket_pane = self.parts.linked, self.parts.web_page, pane
        self.window.place_ticket(pane)
        self._welcome = Welcome(services.accounts.vendors())
        self.window.place_welcome(self._welcome)
        self.selection = SelectionPresenter(self.lists.tickets, self._status, services, scope, self.ticket.undo)
        self._bulk = BulkPresenter(self.lists.tickets, self._list_pane, pane, self.selection, services, scope)
        self._results = ResultsPresenter(services, scope, self.window)
        self._results.serve(self.selection, self.lists)
        self._results.take_back = lambda command: self.boxes.take_back(command, leads=False)
        self.selection.shell = self
        self.macros = MacrosPresenter(self, pane, pane.recording)
        self.reply_all = ReplyAllPresenter(self)
        self.outbox = OutboxPresenter(self.ticket.changes, services, scope, self.window)
        self.tabs = TabsPresenter(pane, self.lists, services)
        self.own_windows = TicketWindows(self)
        self.go_on = GoOnPresenter(
            services.settings,
            services.lists,
            self.lists,
            self.tabs,
            self.ticket,
            self.boxes,
            self._list_pane,
            self._status,
            self.window,
        )
        self._build_search()
        self.health = HealthPresenter(self)
        self.notifications = NotificationsPresenter(self, self.later.for_an_hour)
        self.actions = ActionRegistry(self)
        self._bridge = Bridge(services.changes, self)
        self._bridge.changed.connect(self._changed)
        self.search_results = SearchResults(self, self._list_pane, pane)
        self._connect()
        self._deferred_built = True
        if (chosen := self.lists.tickets.current) is not None:
            self.own_windows.show_opened(chosen)

    def _build_search(self) -> None:
        from deskhand.ui.search.building import Building
        from deskhand.ui.search.presenter import SearchPresenter
        from deskhand.ui.search.search_bar import SearchBar

        services, scope = self._services, self._scope
        bar = SearchBar()
        place = self.window.place_search(bar)
        self.search = SearchPresenter(bar, place, self._accounts_pane, self._list_pane, self.lists, services, scope)
        self.building = Building(
            self.search, place, self.lists, services.view_list, services.filters, scope, self.window
        )
        self.window.place_beside_search(self.building.builder)

    @property
    def services(self) -> Services:
        """The services."""
        return self._services

    @property
    def scope(self) -> TaskScope:
        """Where tasks of the window belong."""
        return self._scope

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self._status

    def _connect(self) -> None:
        pane = self._accounts_pane
        self._status.settings_requested.connect(self.actions.open_settings)
        pane.scope_chosen.connect(self.lists.choose)
        pane.account_chosen.connect(self.lists.choose_account)
        pane.group_chosen.connect(self.lists.choose_account)
        pane.palette_requested.connect(self.actions.open_palette)
        self.lists.query_changed.connect(self.window.show_list)
        self.lists.list_followed.connect(self.window.show_conversation)
        pane.unfolded_changed.connect(self._save_unfolded)
        self.tabs.subject = self.actions.selection
        self.ticket.settled.connect(self.tabs.read_on)
        self._ticket_pane.conversation.verticalScrollBar().valueChanged.connect(self.keeper.changed)
        self.window.laid_out.connect(self.keeper.changed)
        self.lists.opened.connect(self.window.follow_conversation)
        # A click or Enter on the ticket that is open already changes nothing, but asks for it where the list has the turn.
        self.lists.tickets.view.clicked.connect(
            lambda _row: self.window.follow_conversation(self.lists.tickets.current)
        )
        self.lists.tickets.activated.connect(self.window.show_conversation)
        self.lists.tickets.activated.connect(lambda _key: self.ticket.keys.focus_conversation())
        self.ticket.keys.requested.connect(self.window.show_conversation)
        self.lists.opened.connect(self._hand_keyboard_to_list)
        self.lists.leaving = self.ticket.save
        self.window.stepped_out.connect(self.search.step_out)
        self.search.hit_marked.connect(self.window.show_list)
        self._list_pane.filters.more_requested.connect(self.building.open)
        self.search.bar.save_requested.connect(lambda: self.views.save_as_view(self.lists.query))
        self.ticket.action_chosen.connect(self.actions.run_on_ticket)
        self.ticket.return_requested.connect(lambda: self.tabs.go(-1))
        self.ticket.open_requested.connect(self.tabs.open_here)
        self.linked.open_requested.connect(self.tabs.open_here)
        self.ticket.back_requested.connect(self.window.show_list)
        self.accounts.accounts_changed.connect(self._first_start)
        self.accounts.accounts_changed.connect(self.actions.forms.accounts_changed)
        self.actions.forms.made.connect(self.lists.open)
        self.actions.forms.did.connect(self.ticket.undo.did)
        self.accounts.did.connect(self.ticket.undo.did)
        self.actions.forms.refused.connect(self._status.show_message)
        pane.action_chosen.connect(self.actions.run_on_account)
        for asked in (pane.view_menu_requested, pane.own_views.menu_requested):
            asked.connect(self.actions.open_view_menu)
        self._welcome.add_requested.connect(self.accounts.add)
        pane.new_ticket_requested.connect(self.actions.new_ticket)
        self._status.outbox_requested.connect(self.outbox.open)
        self._status.health_requested.connect(self.health.open)
        self.outbox.open_requested.connect(self.lists.open)
        self.outbox.results_requested.connect(self._results.open)
        self.keeper.open_tickets(self.tabs, self.own_windows)

    def show(self, size: QSize | None) -> None:
        """Show the window with what is stored; nothing is read from a vendor yet."""
        self.accounts.show()
        self.views.show()
        self.keeper.show_list()
        self._first_start()
        self.window.restore(self._services.settings.text(_LAYOUT), size)
        if isinstance(unfolded := self._services.settings.json_value(_UNFOLDED), list):
            self._accounts_pane.set_unfolded(account for account in unfolded if isinstance(account, str))
        self.window.show()
        self.window.enter_middle()
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
        """Build what the first paint did not show; call it behind `wait_painted`."""
        if not self._deferred_built:
            self._build_deferred()

    def open_named(self, text: str) -> None:
        """Open ACCOUNT/ID, or what a link names."""
        self.links.open_named(text)

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
        panes.come_up(self.window)

    async def save_screenshot(self, file: Path) -> int:
        """Wait until nothing is loading, write the window as a PNG, and end; returns the exit code. Raises OSError."""
        await self.wait_idle()
        if not self.window.grab().save(str(file), "PNG"):
            raise OSError(errno.EIO, "the picture cannot be written", str(file))
        return 0

    async def wait_idle(self) -> None:
        """Wait until nothing is loading and nothing has changed for a moment."""
        await idle.wait_idle(self._bridge.changed, self._services.accounts)

    def add_closer(self, closer: Callable[[], Awaitable[None]]) -> None:
        """Have something closed together with the window."""
        self._closers.append(closer)

    async def aclose(self) -> None:
        """Keep what is typed, and let go."""
        async with AsyncExitStack() as ending:  # from the last to the first, each whatever becomes of the others
            ending.callback(self._closing.rest)
            if self._deferred_built:
                ending.push_async_callback(self.own_windows.aclose)
            ending.push_async_callback(self.keeper.save if self._deferred_built else self._save_layout)
            if self._deferred_built:
                ending.callback(self._bridge.close)
                ending.push_async_callback(self.notifications.aclose)
                ending.push_async_callback(self.actions.save)
                ending.push_async_callback(self.ticket.aclose)
            for closer in reversed(self._closers):
                ending.push_async_callback(closer)

    async def _save_layout(self) -> None:
        with suppress(DeskProblem):  # a full disk: everything else still has to be closed
            if (layout := self.window.layout_text()) != self._services.settings.text(_LAYOUT):
                await self._services.settings.put(_LAYOUT, layout)

    def _changed(self, changes: ChangeSet) -> None:
        shown = (self.lists, self.accounts, self.parts, self.outbox, self.health, self.notifications)
        for each in (
            *shown,
            self.views,
            self._bulk,
            self._results,
            self.search_results,
            self.tabs,
            self.macros,
            self.own_windows,
        ):
            each.changed(changes)

    def _hand_keyboard_to_list(self, key: object) -> None:
        """Nothing is open any more: what took keys for it takes none."""
        if key is None and self._ticket_pane.has_keyboard:
            self._list_pane.focus_list()

    def _show_scope(self) -> None:
        query = self.lists.query
        scope = query.scope if query.account is None and self.lists.typed is None else None
        self._accounts_pane.set_selection(scope, query.account, query.group, query.stage, query.view)

    def _save_unfolded(self, accounts: Sequence[str]) -> None:
        self._scope.start(self._services.settings.put(_UNFOLDED, json.dumps(list(accounts))), name="unfolded")

    def _first_start(self) -> None:
        self.window.show_welcome(not self._services.accounts.all())
        self.lists.refresh_accounts()

    def quit(self) -> None:
        """End the program, whatever closing the window does."""
        self._closing.quit()

    def _close(self) -> None:
        self._closing.close_window(stays=self._deferred_built and self.notifications.stays_in_tray)

    async def _save_typed(self) -> list[object]:
        """Put what is typed on disk; return what is not there."""
        await self.views.save_typed()
        if not self._deferred_built:
            return []
        return [*await self.ticket.save(), *await self.own_windows.save(), *await self.actions.save()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first paint."""
        if event.type() is QEvent.Type.Paint and not self._painted.is_set():
            QTimer.singleShot(0, self._painted.set)
        return super().eventFilter(watched, event)
