"""What holds for every test: no window is needed, and nothing ends in the log as an error unnoticed."""

import gc
import logging
import os
import signal
import sys
from collections.abc import Generator, Iterator

os.environ.setdefault(
    "QT_QPA_PLATFORM", "offscreen"
)  # before anything imports Qt; a test that wants a screen starts its own

import pytest
from hypothesis import settings
from tests.helpers import required_programs

# The same examples on every run, so that a green run stays green; `--hypothesis-profile explore` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2_000, deadline=None)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full", action="store_true", help="run the soak tests at their full length (500 kills per vendor class)"
    )
    parser.addoption("--write-key-table", action="store_true", help="write the manual's table of keys again")


def pytest_configure(config: pytest.Config) -> None:
    # A shell lets what it starts in the background ignore Ctrl+C, and `nohup` lets it ignore the end of the terminal; the programs that
    # the tests start would inherit both.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is signal.SIG_IGN:
        signal.signal(hang_up, signal.SIG_DFL)
    config.addinivalue_line("markers", "expects_errors: this test provokes an error that belongs into the log")
    config.addinivalue_line("markers", "needs(*programs): skipped where one of these programs is not installed")
    if sys.platform == "linux":
        required_programs.watch(lambda: required_programs.needed_by(_running[-1]) if _running else ())


_running: list[pytest.Item] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Keep which test runs, for what it may start."""
    _running.append(item)
    try:
        return (yield)
    finally:
        _running.pop()


def pytest_runtest_setup(item: pytest.Item) -> None:
    required_programs.skip_without(item)


def pytest_collection_finish() -> None:
    """Leave thousands of tests out of what the garbage collector looks through while they run."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests recorded by `record_property("figures", line)`: what a worker prints is not seen."""
    lines = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, value in report.user_properties
        if name == "figures"
    ]
    if lines:
        terminalreporter.section("figures")
        for line in sorted(str(line) for line in lines):
            terminalreporter.line(line)


def pytest_sessionfinish() -> None:
    """Empty Qt's own clipboard, which outlives Python: what a test copied would be freed after it, and crash."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The program's own QApplication: there is one per process, and journeys run in the same ones as widgets."""
    from deskhand.ui.application import Application

    return Application


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a log record of level ERROR or above, wherever in the program it comes from."""
    errors = _Errors()
    root = logging.getLogger()
    root.addHandler(errors)
    try:
        yield
    finally:
        root.removeHandler(errors)
    if errors.records and request.node.get_closest_marker("expects_errors") is None:
        shown = logging.Formatter("%(name)s: %(message)s")
        pytest.fail("Logged as errors:\n" + "\n".join(shown.format(record) for record in errors.records))


@pytest.fixture(autouse=True)
def _no_button_is_held() -> Iterator[None]:
    """Fail a test that leaves a mouse button pressed: the next one in this process that moves the pointer would drag."""
    yield
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        held = gui.QGuiApplication.mouseButtons()
        assert not held.value, f"{held} is still pressed"
