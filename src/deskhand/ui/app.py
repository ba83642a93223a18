"""The application: QApplication and asyncio on one loop, opened and ended in order.

Nothing that talks to a vendor is imported before the first paint: the network's libraries come in a thread right after it
(reference: speed 1, 90 to 250 ms saved).
"""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtWidgets import QApplication

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import DeskProblem, NoDisplay, VaultUnavailable
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui import display
from deskhand.ui.application import Application
from deskhand.ui.kit import icons, theme
from deskhand.ui.kit.focus_ring import FocusFollower
from deskhand.ui.kit.text_menu import TextMenus
from deskhand.ui.settings.vault_choice import VaultChoice, ask_for_vault
from deskhand.ui.shell import Shell
from deskhand.ui.signals import ended_by_signals

log = logging.getLogger(__name__)

IMAGE_LIMIT_MB = 64
"""A decoded picture larger than this is refused: 16 million pixels of 4 bytes, what `message_pictures` lets through by the head."""

DESKTOP_FILE = "io.github.deskhand.Deskhand"
"""Name of the desktop file in every Linux package: by it a desktop finds the window's icon and groups its windows."""

COLLECTED = (2_000, 5, 5_000)
"""New objects after which the garbage collector looks at them, and how often until it looks at the next generation."""

SWITCH_SECONDS = 0.0001
"""How long another thread may keep the interpreter while the window's waits for it."""


class OpenServices(Protocol):
    """What the composition root hands over."""

    @property
    def services(self) -> Services:
        """The services."""
        ...

    async def aclose(self) -> None:
        """Stop sync, close the files, give the profile up."""
        ...


Opener = Callable[[VaultChoice | None], Awaitable[OpenServices]]
"""Opens the profile; raises VaultUnavailable where the agent has to choose first."""


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """The window's own options of the command line.

    Attributes:
        open: ACCOUNT/ID to open.
        screenshot: write this PNG when nothing is loading, then end.
    """

    open: str = ""
    theme: str = ""
    size: tuple[int, int] | None = None
    platform: str = ""
    screenshot: Path | None = None


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the composition root wants to know.

    Attributes:
        ready: the shell is built; called once.
        warm_up: imports what the first paint does without, on a worker thread after it.
        on_loop_error: called with an exception that no task handles.
        no_display: called with the reason when Qt finds no screen, just before the process ends.
    """

    ready: Callable[[Shell], Awaitable[None]]
    warm_up: Callable[[], None]
    on_loop_error: Callable[[asyncio.AbstractEventLoop, dict[str, object]], None] | None = None
    no_display: Callable[[NoDisplay], None] = lambda _problem: None


def run(options: WindowOptions, opener: Opener, hooks: Hooks) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    if options.platform:
        os.environ["QT_QPA_PLATFORM"] = options.platform
    app = display.report_fatal_qt_messages(get_application, hooks.no_display)
    display.check_fonts()
    with make_runner(app) as runner:
        if hooks.on_loop_error is not None:
            runner.get_loop().set_exception_handler(hooks.on_loop_error)
        return runner.run(run_window(app, options, opener, hooks))


def make_runner(app: QApplication) -> asyncio.Runner:
    """Return a runner whose loop is Qt's own: one clock for the window and the network."""
    os.environ["QT_API"] = "pyside6"  # what other programs are told by it ends qasync, where it is another binding
    from qasync import QEventLoop

    return asyncio.Runner(loop_factory=lambda: QEventLoop(app))


def get_application() -> Application:
    """Return the one application, set up."""
    existing = Application.instance()
    if isinstance(existing, Application):
        return existing
    QGuiApplication.setDesktopFileName(DESKTOP_FILE)
    app = Application(sys.argv[:1])
    app.setApplicationName("deskhand")
    app.setApplicationDisplayName("Deskhand")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(icons.app_icon())
    QImageReader.setAllocationLimit(IMAGE_LIMIT_MB)
    return app


async def run_window(app: Application, options: WindowOptions, opener: Opener, hooks: Hooks) -> int:
    """Show the window on an opened profile until it is closed; returns the exit code."""
    ring, texts = FocusFollower(app), TextMenus(app)
    appearance = theme.Appearance(app, theme.Choice(options.theme or theme.Choice.SYSTEM))
    opened = await _open_profile(opener, may_ask=options.screenshot is None)
    if opened is None:
        ring.stop()
        texts.stop()
        return 3
    scope = TaskScope("window", lambda task, problem: _report(task, problem, shell))
    services = opened.services
    await services.engine.open_without_running()  # who has accounts never sees the first start, not for a moment
    with appearance.without_stylesheet():
        shell = Shell(services, scope, appearance, remember_theme=not options.theme)
    try:
        shell.show(QSize(*options.size) if options.size else None)
        await shell.wait_painted()
        shell.build_deferred()
        tune_interpreter()
        await asyncio.to_thread(hooks.warm_up)
        await hooks.ready(shell)
        await services.engine.start()
        if options.open:
            shell.open_named(options.open)
        app.set_link_handler(shell.follow_link)
        if options.screenshot is not None:
            return await shell.save_screenshot(options.screenshot)
        with ended_by_signals(shell.closed.set):
            await shell.closed.wait()
        return 0
    finally:
        app.set_link_handler(None)
        async with AsyncExitStack() as ending:  # from the last to the first, each whatever becomes of the others
            ending.callback(empty_own_clipboard)
            ending.callback(ring.stop)
            ending.callback(texts.stop)
            ending.push_async_callback(opened.aclose)
            ending.push_async_callback(scope.aclose)
            ending.push_async_callback(shell.aclose)


async def _open_profile(opener: Opener, *, may_ask: bool) -> OpenServices | None:
    """Open the profile, asking where the vault needs the agent; None where the agent rather ends the program.

    Args:
        may_ask: there is an agent; else VaultUnavailable is raised.
    """
    choice: VaultChoice | None = None
    while True:
        try:
            return await opener(choice)
        except VaultUnavailable as problem:
            if not may_ask:
                raise
            log.warning("the vault cannot be used: %s %s", problem.reason.value, problem.detail)
            choice = await ask_for_vault(problem)
            if choice is None:
                return None


def empty_own_clipboard() -> None:
    """Without a screen the clipboard is Qt's own and outlives Python: what Python put there would be freed after it, and crash."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        QGuiApplication.clipboard().clear()


def tune_interpreter() -> None:
    """Keep the window's thread from waiting for Python itself.

    What is alive now stays alive: the collector need not look at it (GUI gap p99 27 -> 9 ms). What comes later is looked at in small
    portions, because every thread stands still meanwhile: 50,000 new objects, which three accounts that sync hold at a time, took 25
    to 75 ms, 2,000 take at most 7 and the 10,000 of the next generation at most 14. And a thread that parses or sanitizes gives the
    interpreter up after 0.1 ms instead of 5: beside two of them a page of the list took 5 ms to read instead of 32 at 0.5 ms already,
    and 0.1 takes another 2 ms off the gaps without making sync slower (resources/docs/speed.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    gc.enable()
    sys.setswitchinterval(SWITCH_SECONDS)


def _report(task: str, problem: BaseException, shell: Shell) -> None:
    """Say that something the agent asked for was not done; what can be named is no error of the program."""
    level = logging.WARNING if isinstance(problem, DeskProblem) else logging.ERROR
    log.log(level, "task %s ended", task, exc_info=problem)
    shell.show_problem(problem)
