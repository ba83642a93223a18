"""Tells the agent what happens while the window is not looked at: notifications, the tray, the title and the task bar's number."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from deskhand.domain.changes import ChangeSet
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import NotificationCenter
from deskhand.domain.ports.notifications import LATER, REPLY
from deskhand.domain.queries import Overview, Scope
from deskhand.services.notification_choices import TOLD, can_happen
from deskhand.services.notification_rules import Part, Presence
from deskhand.services.notification_sounds import why_unplayable
from deskhand.services.notification_texts import SUMMARY
from deskhand.services.notifier import Notifier
from deskhand.services.views import NAMES
from deskhand.ui.kit.times import exact_clock_time
from deskhand.ui.notifications.autostart import NAME, autostart
from deskhand.ui.notifications.chain_text import chain_line, tried_text
from deskhand.ui.notifications.freedesktop_center import FreedesktopCenter
from deskhand.ui.notifications.notifications_sheet import AccountLine, NotificationsSheet
from deskhand.ui.notifications.tray import Tray, TrayState
from deskhand.ui.notifications.tray_center import TrayCenter
from deskhand.ui.settings.undo_key import add_undo_key

if TYPE_CHECKING:
    from deskhand.ui.shell import Shell

_IN_TRAY = (Scope.WAITING_FOR_US, Scope.MINE_OPEN, Scope.UNASSIGNED)
"""Views with their counts in the tray's menu, beside the counted one."""


class NotificationsPresenter(QObject):
    """Drives notifications, the tray and the number.

    Args:
        put_away: puts a ticket away for an hour, for the button "Later".
    """

    def __init__(self, shell: "Shell", put_away: Callable[[TicketKey], object]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._put_away = put_away
        self._overview = shell.services.lists.overview()
        self._sheet: NotificationsSheet | None = None
        self._tray = Tray(self)
        self._center = self._make_center()
        self._notifier = Notifier(shell.services, self._center, self._presence, self._report)
        self._autostart = autostart(os.environ, Path.home())
        self._connect()
        self._show()
        self._notifier.start()

    def _make_center(self) -> NotificationCenter:
        if sys.platform in ("win32", "darwin") and self._tray.icon is not None:
            name = "Windows" if sys.platform == "win32" else "macOS"
            return TrayCenter(self._tray.icon, name, self._pressed)
        return FreedesktopCenter(self._shell.scope, NAME, self._pressed)

    def _connect(self) -> None:
        tray, shell = self._tray, self._shell
        shell.accounts.counted.connect(self._count)
        tray.open_requested.connect(shell.raise_window)
        tray.view_requested.connect(self._open_view)
        tray.outbox_requested.connect(lambda: self._raise_and(shell.outbox.open))
        tray.health_requested.connect(lambda: self._raise_and(shell.health.open))
        tray.new_requested.connect(lambda: self._raise_and(shell.actions.new_ticket))
        tray.sync_requested.connect(shell.accounts.sync)
        tray.settings_requested.connect(lambda: self._raise_and(self.open_choices))
        tray.pause_requested.connect(self.pause)
        tray.quit_requested.connect(shell.quit)

    # --- what the window asks ---

    @property
    def tray(self) -> Tray:
        """The icon in the tray."""
        return self._tray

    @property
    def stays_in_tray(self) -> bool:
        """Whether closing the window leaves the program in the tray: where the agent wants that, and can find it there."""
        saving = isinstance(app := QApplication.instance(), QGuiApplication) and app.isSavingSession()
        return self._notifier.choices.close_to_tray and self._tray.is_there and not saving

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit touched; the number follows with `counted`."""
        if changes.settings or changes.accounts:
            self._show()
        if changes.settings and self._sheet is not None:
            self._shell.scope.replace(self._check_sounds(), name="check sounds")
        current = self._presence()
        if current.is_front and current.ticket is not None and current.ticket in changes.tickets:
            self._shell.scope.start(self._notifier.seen(current.ticket), name="notification seen")

    def pause(self, how: str) -> None:
        """Be quiet for an "hour", until "tomorrow", or not any more (""), and say so."""
        until = {
            "hour": self._notifier.now + timedelta(hours=1),
            "tomorrow": self._notifier.next_morning(),
        }.get(how)
        self._shell.scope.replace(self._pause(until), name="pause notifications")

    async def _pause(self, until: Any) -> None:
        await self._notifier.pause(until)
        said = self.tr("Notifications go on.") if until is None else self.tr("Notifications are paused.")
        self._shell.status.show_message(said)
        self._show()

    def open_choices(self, over: QWidget | None = None) -> None:
        """Show what is told, and when, over the main window or over another dialog."""
        if self._sheet is not None:
            return
        is_on = self._autostart.is_on() if self._autostart is not None else None
        sheet = NotificationsSheet(
            self._account_lines(),
            self._notifier.choices,
            self._notifier.now,
            over or self._shell.window,
            autostart=is_on,
            sound_formats=self._notifier.sound_formats,
            why_no_sound=partial(why_unplayable, formats=self._notifier.sound_formats),
        )
        self._sheet = sheet
        settings = self._notifier.settings
        keep = self._keep
        sheet.turned.connect(lambda on: keep(settings.turn(on=on)))
        sheet.account_chosen.connect(lambda account, own: keep(settings.choose(AccountId(account), own)))
        sheet.views_chosen.connect(lambda views: keep(settings.choose_views(views)))
        sheet.content_chosen.connect(lambda content: keep(settings.choose_content(content)))
        sheet.counted_chosen.connect(lambda view: keep(settings.count(view)))
        sheet.tray_chosen.connect(lambda on: keep(settings.show_tray(on=on)))
        sheet.close_to_tray_chosen.connect(lambda on: keep(settings.close_to_tray(on=on)))
        sheet.autostart_chosen.connect(self._set_autostart)
        sheet.resume_requested.connect(lambda: self.pause(""))
        sheet.test_requested.connect(self._test)
        sheet.fix_requested.connect(self._fix)
        sheet.try_sound_requested.connect(self._try_sound)
        sheet.finished.connect(self._closed)
        add_undo_key(sheet, self._shell.actions.settings.undo)
        sheet.open()
        self._shell.scope.replace(self._check_sounds(), name="check sounds")

    def test(self) -> None:
        """Show the page and send a test."""
        self.open_choices()
        accounts = self._shell.services.accounts.all()
        self._test(accounts[0].id if accounts else "", EventKind.REPLIED)

    async def aclose(self) -> None:
        """Stop telling, and leave the tray."""
        self._tray.close()
        await self._notifier.aclose()

    # --- inside ---

    def _presence(self) -> Presence:
        window, view = self._shell.window, self._shell.own_windows.active.current()
        seen = any(one.isVisible() and not one.isMinimized() for one in (window, *self._shell.own_windows.shown))
        is_front = seen and QApplication.activeWindow() is not None
        return Presence(is_front, view.ticket.key if view is not None else None)

    def _account_lines(self) -> list[AccountLine]:
        lines = []
        for account in self._shell.services.accounts.all():
            possible = frozenset(kind for kind in TOLD if can_happen(kind, account.capabilities))
            vendor = self._shell.services.accounts.vendor(account).name
            reason = self.tr("{vendor} does not tell of it.").format(vendor=vendor)
            lines.append(AccountLine(account.id, account.label, possible, reason))
        return lines

    def _count(self, overview: Overview) -> None:
        self._overview = overview
        self._show()

    def _show(self) -> None:
        """Show the number, on every place where it stands, and the tray."""
        choices, accounts = self._notifier.choices, self._shell.services.accounts
        count = self._overview.scopes.get(choices.counted_view, 0)
        name = NAMES[choices.counted_view]
        needing = tuple(
            (account.label, self.tr("needs you"))
            for account in accounts.all()
            if not account.paused and accounts.status(account.id).health.needs_agent
        )
        views = dict.fromkeys((choices.counted_view, *_IN_TRAY))
        self._tray.set_state(
            TrayState(
                count=count,
                counted=name,
                views=tuple((view, NAMES[view], self._overview.scopes.get(view, 0)) for view in views),
                outbox_decisions=self._overview.outbox_decisions,
                needing=needing[:10],
                is_paused=choices.is_paused(self._notifier.now),
                waiting=self._overview.outbox_open,
            )
        )
        self._tray.set_wanted(choices.tray)
        self._shell.window.setWindowTitle(self._title(name, count, needing))
        if isinstance(app := QApplication.instance(), QGuiApplication):
            app.setBadgeNumber(count)  # the task bar's on Windows and Linux, the dock's on macOS

    def _title(self, name: str, count: int, needing: tuple[tuple[str, str], ...]) -> str:
        if needing:
            label, what = needing[0]
            return self.tr("(!) {account} {what} · Deskhand").format(account=label, what=what)
        return self.tr("({count}) {view} · Deskhand").format(count=count, view=name) if count else "Deskhand"

    def _open_view(self, view: Scope) -> None:
        self._raise_and(lambda: self._shell.lists.choose(view))
        self._shell.window.enter_middle()

    def _raise_and(self, run: Callable[[], object]) -> None:
        self._shell.raise_window()
        run()

    def _pressed(self, tag: str, action: str) -> None:
        """Do what was pressed on a notification: it opens what it is about."""
        account, _, remote = tag.partition("/")
        if tag == SUMMARY:
            self._open_view(self._notifier.choices.counted_view)
        elif not remote:
            found = self._shell.services.accounts.get(AccountId(account))
            needs = found is not None and self._shell.services.accounts.status(found.id).health.needs_agent
            self._raise_and(self._shell.health.open if needs else lambda: self._open_account(account))
        else:
            self._shell.scope.start(self._act(TicketKey(AccountId(account), remote), action), name="notification")

    async def _act(self, key: TicketKey, action: str) -> None:
        """Do what was pressed to the ticket, which may have got its vendor's id or have gone since."""
        services = self._shell.services
        key = await services.tickets.vendor_key(key) or key
        if not services.lists.rows((key,)):
            said = self.tr("The ticket of this notification is not here any more.")
            self._raise_and(lambda: self._shell.status.show_message(said))
        elif action == LATER:
            self._put_away(key)
        else:
            self._raise_and(lambda: self._open(key, reply=action == REPLY))

    def _open_account(self, account: str) -> None:
        if self._overview.outbox_decisions:
            self._shell.outbox.open()
        elif account:
            self._shell.lists.choose_account(account)
            self._shell.window.enter_middle()

    def _open(self, key: TicketKey, *, reply: bool) -> None:
        self._shell.lists.open(key)
        if reply:
            self._shell.scope.replace(self._reply(key), name="reply from a notification")

    async def _reply(self, key: TicketKey) -> None:
        """Begin a reply once the ticket is on screen, unless another one was opened instead."""
        ticket = self._shell.own_windows.ticket_of(key)
        while (view := ticket.current()) is None or view.ticket.key != key:
            if not self._shell.own_windows.holds(key) and self._shell.lists.tickets.current != key:
                return
            await self._shell.services.clock.sleep(0.05)
        ticket.keys.start_reply()

    def _test(self, account: str, kind: EventKind) -> None:
        self._shell.scope.replace(self._send_test(Event(kind, AccountId(account))), name="test notification")

    async def _send_test(self, event: Event) -> None:
        tested = await self._notifier.test(event)
        if self._sheet is not None:
            lines = [chain_line(link, tested.at) for link in tested.links]
            at = exact_clock_time(tested.at)
            said = (
                self.tr("Handed over at {time}. If nothing shows:") if tested.shown else self.tr("{time}: not taken.")
            )
            self._sheet.set_chain(lines, said.format(time=at))

    async def _check_sounds(self) -> None:
        """Say on the page which chosen sounds cannot be played: a file may be gone, or its disk."""
        problems = await self._notifier.sound_problems()
        if self._sheet is not None:
            self._sheet.set_sound_problems(
                "\n".join(
                    self.tr("{account}: {why} The system's own sound is played.").format(account=label, why=why)
                    for label, why in problems
                )
            )

    def _try_sound(self, account: str, path: str) -> None:
        self._shell.scope.replace(self._send_sound(account, path), name="try a sound")

    async def _send_sound(self, account: str, path: str) -> None:
        tried = await self._notifier.try_sound(Event(EventKind.REPLIED, AccountId(account)), path)
        if self._sheet is not None:
            self._sheet.say_of_sound(tried_text(tried))

    def _fix(self, part: Part) -> None:
        settings, accounts = self._notifier.settings, self._shell.services.accounts.all()
        match part:
            case Part.SWITCH:
                self._keep(settings.turn(on=True))
            case Part.VIEW:
                self._keep(settings.choose_views(frozenset()))
            case Part.PAUSE:
                self.pause("")
            case Part.EVENT | Part.HOURS if accounts:
                own = self._notifier.choices.of(accounts[0].id)
                is_event = part is Part.EVENT
                own = replace(own, off=own.off - {EventKind.REPLIED}) if is_event else replace(own, hours=None)
                self._keep(settings.choose(accounts[0].id, own))
            case _:
                return
        self._shell.scope.start(self._again(), name="notifications again")

    async def _again(self) -> None:
        if self._sheet is not None:
            self._sheet.set_choices(self._notifier.choices, self._notifier.now)
            accounts = self._shell.services.accounts.all()
            links = await self._notifier.explain(
                Event(EventKind.REPLIED, accounts[0].id if accounts else AccountId(""))
            )
            lines = [chain_line(link, self._notifier.now) for link in links]
            self._sheet.set_chain(lines, self.tr("As it is now:"))

    def _set_autostart(self, on: bool) -> None:
        if self._autostart is not None:
            try:
                self._autostart.set_on(on=on)
            except OSError as problem:
                self._shell.status.show_message(str(problem.strerror or problem))

    def _keep(self, work: Any) -> None:
        said = self.tr("Changed the notifications")
        self._shell.ticket.undo.start(self._shell.services.undo.keep(said, work), name="notification choice")

    def show_again(self) -> None:
        """Show the choices on the page as they are kept, after they were put back."""
        self._show()
        if self._sheet is not None:
            self._sheet.set_choices(self._notifier.choices, self._notifier.now)

    def _report(self, _task: str, problem: BaseException) -> None:
        self._shell.show_problem(problem)

    def _closed(self) -> None:
        self._sheet = None
