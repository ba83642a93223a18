"""Runs the whole program in this process, on a Qt event loop, and drives its window.

    async with run_on_profile(profile_setup) as driver:
        driver.press("Add account")
        driver.type_into("Name", "Retail EU")
        await driver.wait_for_text("Retail EU")

`ProfileSetup` is what outlives a start: the profile's folder and the vault. Every wait is for a condition and has a bound.
"""

import asyncio
import gc
import itertools
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QTableView,
    QTextEdit,
    QWidget,
)
from tests.helpers.timeouts import WAIT_SECONDS
from tests.helpers.ui_driver import UiDriver, visible
from typing_extensions import override

from deskhand import bootstrap
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.accounts import Health
from deskhand.domain.going_on import Done, GoOn
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.services.services import Services
from deskhand.sync.reconciliation import ReconcileConfig
from deskhand.sync.schedule import Pace
from deskhand.sync.tasks import TaskScope
from deskhand.ui import app
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.shell import Shell
from deskhand.vendors.registry import warm_up

EXIT_SECONDS = 10.0
"""Seconds from closing the window to the end of everything."""

RULES = bootstrap.Rules(
    pace=Pace(poll=0.4, full=60, rotation=0.4, share=50), reconcile=ReconcileConfig(settle_seconds=0.5)
)
"""The product's rules with the waits of a test."""


@dataclass(frozen=True, slots=True)
class ProfileSetup:
    """What is there before and after the program runs."""

    folder: Path
    vault: MemoryVault = field(default_factory=MemoryVault)


@dataclass
class ExitReport:
    """How the program ended."""

    seconds: float = 0.0
    threads: tuple[str, ...] = ()


class AppDriver(UiDriver):
    """The running program, as somebody at the desk meets it."""

    def __init__(self, shell: Shell, exit_report: ExitReport) -> None:
        self.shell = shell
        MOTION.is_reduced = True  # what a click is meant for stands still
        self.services = shell.services
        self.exit_report = exit_report

    @property
    def window(self) -> QWidget:
        return self.shell.window

    def wait_synced(self, label: str) -> bool:
        """Whether an account has ended a round and says that all is well."""
        account = self.services.accounts.labelled(label)
        return account is not None and self.services.accounts.status(account.id).health is Health.FINE

    @property
    def subject(self) -> str:
        """The subject of the ticket that is open."""
        shown = [one for one in visible(self.window, QLabel) if one.objectName() == "Subject"]
        return shown[0].text() if shown else ""

    @override
    def click(self, widget: QWidget) -> None:
        """Press the left button on a widget; where the reply box is folded, on its line first, as a person would."""
        if isinstance(widget, QTextEdit):
            self.open_box(widget.accessibleName())
        super().click(widget)

    @override
    def type_into(self, name: str, text: str) -> None:
        """Click a line or a text and type; a text of the reply box is opened first where that is folded to its line."""
        self.open_box(name)
        super().type_into(name, text)

    def open_box(self, name: str = "Reply") -> None:
        """Press the line that the reply box is folded to, unless it is open."""
        lines = self.find_all(f"Write a {name.lower()}", QAbstractButton) if name in ("Reply", "Note") else []
        if lines and not self.find_all(name, QTextEdit):
            super().click(lines[0])

    def text_edit(self, name: str) -> QTextEdit:
        """Return a text of the reply box, whether its side is turned up or not."""
        box = next(one for one in self.window.findChildren(QWidget) if one.accessibleName() == "Reply box")
        return next(one for one in box.findChildren(QTextEdit) if one.accessibleName() == name)

    def row_texts(self) -> list[str]:
        """What the rows of the list say; none where something else stands in its place."""
        if not self.find_all("Tickets", QTableView, within=self.window):
            return []
        model = self.list.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    @property
    def list(self) -> QTableView:
        return self.find("Tickets", QTableView, within=self.window)

    def open_row(self, text: str) -> None:
        """Click the row that shows this text."""
        said = self.row_texts()
        row = next((i for i, one in enumerate(said) if text in one), None)
        assert row is not None, f"no row says “{text}”: {said[:12]}"
        view = self.list
        index = view.model().index(row, 0)
        view.scrollTo(index)
        view.viewport().repaint()  # a person clicks what is on screen
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


@asynccontextmanager
async def run_on_profile(
    profile_setup: ProfileSetup,
    *,
    rules: bootstrap.Rules = RULES,
    undo_seconds: int | None = None,
    after_sending: GoOn | None = None,
    before: Callable[[Services], Awaitable[None]] | None = None,
    options: app.WindowOptions | None = None,
) -> AsyncIterator[AppDriver]:
    """Start the program on a profile and end it as closing its window does.

    Args:
        undo_seconds: how long a message is held; None = as the agent set it.
        after_sending: what comes after a reply; None = as the agent set it, or the next ticket.
        before: done to the services before the window shows.
    """

    async def opener(_choice: object) -> bootstrap.OpenProfile:
        profile, ownership = Profile.open_or_create(profile_setup.folder), bootstrap.lock_profile(profile_setup.folder)
        made = await bootstrap.open_profile(profile, profile_setup.vault, ownership, Redactor(), rules)
        if undo_seconds is not None:
            await made.services.settings.set_undo_seconds(undo_seconds)
        if after_sending is not None:
            await made.services.settings.set_after(Done.SENT, after_sending)
        if before is not None:
            await before(made.services)
        return made

    async with run_app(opener, options=options) as driver:
        yield driver


@asynccontextmanager
async def run_app(
    opener: app.Opener,
    ready: Callable[[Shell], Awaitable[None]] | None = None,
    *,
    options: app.WindowOptions | None = None,
) -> AsyncIterator[AppDriver]:
    """Run the product's own life of a window around the block, and see to it that nothing of it is left."""
    before = set(threading.enumerate())
    application = app.get_application()
    windows_before = set(application.topLevelWidgets())
    application.setQuitOnLastWindowClosed(False)
    gc.freeze()  # the program looks through its objects once at its start; those of thousands of tests took it a second more
    scope = TaskScope("journey", lambda _name, _problem: None)
    window_shown: asyncio.Future[Shell] = asyncio.get_running_loop().create_future()

    async def is_ready(shell: Shell) -> None:
        if ready is not None:
            await ready(shell)
        window_shown.set_result(shell)

    options = options or app.WindowOptions(theme="light", size=(1440, 900))
    life = scope.start(
        app.run_window(application, options, opener, app.Hooks(ready=is_ready, warm_up=warm_up)), name="life"
    )
    exit_report = ExitReport()
    first: set[asyncio.Future[Any]] = {life, window_shown}
    try:
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        if not window_shown.done():
            await life
            raise AssertionError("the program ended before its window stood")
        shell = window_shown.result()
        shell.window.activateWindow()
        yield AppDriver(shell, exit_report)
        began = time.monotonic()
        shell.window.close()
        ended, _ = await asyncio.wait({life}, timeout=WAIT_SECONDS)
        assert ended, f"the program did not end after its window was closed; what waits:\n{waiting_tasks()}"
        assert life.result() == 0
        exit_report.seconds = time.monotonic() - began
    finally:
        await scope.aclose()
        if window_shown.done():
            await asyncio.sleep(0.05)  # timers of the window that were about to fire have done so
        # Also where ending failed, and tickets' own windows too: they would keep the keyboard from the next ones, and each change of
        # style would go through all of them. Popups go with what they belong to, which deletes them itself.
        for window in set(application.topLevelWidgets()) - windows_before:
            if window.windowType() is Qt.WindowType.Window:
                window.deleteLater()
        if window_shown.done():
            window_shown.result().deleteLater()  # with its timers
            await asyncio.sleep(0)
        gc.set_threshold(*_THRESHOLD)
        sys.setswitchinterval(_SWITCH_SECONDS)
        if next(_STARTED) % _COLLECTED_EACH == 0:
            gc.unfreeze()
            gc.collect()
    exit_report.threads = tuple(
        one.name
        for one in set(threading.enumerate()) - before
        if not isinstance(one, threading._DummyThread) and not one.name.startswith("waitpid")
    )
    assert not exit_report.threads, f"threads go on: {exit_report.threads}"
    assert exit_report.seconds <= EXIT_SECONDS, f"ending took {exit_report.seconds:.1f} s"


def waiting_tasks() -> str:
    """Every task that has not ended, and the lines it waits at, the outermost first: two lines or more a task."""
    said = []
    for task in asyncio.all_tasks():
        said.append(f"{task.get_name()} (cancelled {task.cancelling()} times)")
        awaited: Any = task.get_coro()
        while awaited is not None:
            frame = _first(awaited, "cr_frame", "ag_frame", "gi_frame")
            said.append(f"    {frame.f_code.co_qualname}, line {frame.f_lineno}" if frame else f"    {awaited!r}")
            awaited = _first(awaited, "cr_await", "ag_await", "gi_yieldfrom")
    return "\n".join(said)


def _first(awaited: object, *names: str) -> Any:
    """The first of these attributes that is set: coroutines, asynchronous generators and generators call theirs differently."""
    return next((value for name in names if (value := getattr(awaited, name, None)) is not None), None)


_THRESHOLD, _SWITCH_SECONDS = gc.get_threshold(), sys.getswitchinterval()

_STARTED = itertools.count(1)
_COLLECTED_EACH = 10
"""After so many starts what earlier windows left is looked for."""
