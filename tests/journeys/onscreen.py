"""Drives the program from outside, as a screen reader and two hands do: `python3 onscreen.py PLAN`, with the system's Python (gi).

PLAN is a JSON file: `command` starts the program, `subject` names the row to open, `text` is the reply. Xvfb, a session bus, the
accessibility bus and a window manager are started here, are private, and end here. One line is printed per step; the exit code
is 0 only if every step held. It knows names and roles of the accessibility tree and nothing of the program's code.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

PATIENCE = float(
    os.environ.get("DESKHAND_TEST_WAIT", "90")
)  # as in tests.helpers.timeouts, which the system's Python does not find
OPENS_WITHIN = 10.0
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
BUS = """<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""
INTERACTIVE = frozenset(
    [
        "push button",
        "button",
        "toggle button",
        "check box",
        "radio button",
        "text",
        "entry",
        "password text",
        "combo box",
        "table",
        "table cell",
        "list",
        "list item",
        "tree",
        "page tab",
        "slider",
        "spin button",
        "link",
    ]
)
CONTROL, SHIFT, LETTER_Q, LETTER_S = 37, 50, 24, 39
"""Key codes, the same on every keyboard with latin letters at their usual places."""


def wait(condition: Callable[[], Any], what: str) -> Any:
    """Return the first true value of a condition."""
    ends = time.monotonic() + PATIENCE
    while True:
        if value := condition():
            return value
        if time.monotonic() > ends:
            raise AssertionError(f"not within {PATIENCE:.0f} s: {what}")
        time.sleep(0.05)


@contextmanager
def ended(process: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    """End a process that was started here."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def screen(stack: ExitStack) -> None:
    """Start an X server on a free display; its number and the end of the line come in two writes."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1500x950x24", "-nolisten", "tcp", "-noreset"]
    stack.enter_context(ended(subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)))
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        os.environ["DISPLAY"] = ":" + told.readline().decode().strip()


def buses(stack: ExitStack, folder: Path) -> None:
    """Start a session bus without services, and the accessibility bus before any program could look for it."""
    config = folder / "bus.conf"
    config.write_text(BUS.format(folder=folder))
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
    daemon = stack.enter_context(ended(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)))
    assert daemon.stdout is not None
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().decode().strip()
    launcher = next(path for path in LAUNCHERS if Path(path).exists())
    for command in ([launcher, "--launch-immediately"], ["openbox"]):
        quiet = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.enter_context(ended(quiet))
    # Who asks before it answers is told that there is none, and ends at once.
    subprocess.run(["gdbus", "wait", "--session", "--timeout", f"{PATIENCE:.0f}", "org.a11y.Bus"], check=True)


def below(node: Any, depth: int = 40) -> Iterator[Any]:
    """Yield what can be seen below a node: rows on a hidden page claim to show, so nothing below a hidden node counts."""
    yield node
    if depth == 0 or (node.get_role_name() != "application" and not states(node) & {"showing"}):
        return
    for index in range(min(node.get_child_count(), 300)):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from below(child, depth - 1)


def states(node: Any) -> set[str]:
    return {state.value_nick for state in node.get_state_set().get_states()}


class Driver:
    """Eyes and hands."""

    def __init__(self, atspi: Any, process: "subprocess.Popen[bytes]") -> None:
        self._atspi = atspi
        self._process = process
        self.app = wait(self._found, "the program on the accessibility bus")
        self.app.set_cache_mask(atspi.Cache.NONE)

    def _found(self) -> Any:
        assert self._process.poll() is None, f"the program ended with {self._process.returncode}"
        desktop = self._atspi.get_desktop(0)
        children = (desktop.get_child_at_index(i) for i in range(desktop.get_child_count()))
        mine = (one for one in children if one is not None and one.get_process_id() == self._process.pid)
        return next((one for one in mine if one.get_child_count()), None)

    def look(self, fits: Callable[[Any], bool]) -> Any:
        """Return the first visible node that fits, or None; a node may die under our hands."""
        try:
            return next((one for one in below(self.app) if "showing" in states(one) and fits(one)), None)
        except Exception:
            return None

    def find(self, name: str, *roles: str) -> Any:
        """Return the node of this name, of one of these roles where any are given."""
        return wait(
            lambda: self.look(lambda one: one.get_name() == name and (not roles or one.get_role_name() in roles)),
            f"{' or '.join(roles)} “{name}”",
        )

    def identified(self, name: str) -> Any:
        """Return the node whose id ends so: a combo box says its value where others say their name."""
        return wait(lambda: self.look(lambda one: (one.get_accessible_id() or "").rsplit(".", 1)[-1] == name), name)

    def click(self, node: Any) -> None:
        """Press the left button on the middle of a node."""
        area = node.get_extents(self._atspi.CoordType.SCREEN)
        self._atspi.generate_mouse_event(area.x + area.width // 2, area.y + area.height // 2, "b1c")

    def click_first(self, fits: Callable[[Any], bool], what: str) -> str:
        """Click the first visible node that fits and return its name; a list that is being read anew takes its rows away meanwhile."""

        def clicked() -> str | None:
            node = self.look(fits)
            try:
                name = node.get_name() if node is not None else None
                if name:
                    self.click(node)
            except Exception:
                return None
            return name

        return str(wait(clicked, what))

    def press(self, node: Any) -> None:
        """Do what pressing does."""
        names = [self._atspi.Action.get_action_name(node, i) for i in range(self._atspi.Action.get_n_actions(node))]
        assert self._atspi.Action.do_action(node, names.index("Press")), f"{node.get_name()} refused to be pressed"

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        self._atspi.generate_keyboard_event(0, text, self._atspi.KeySynthType.STRING)

    def chord(self, *codes: int) -> None:
        """Press keys together, by their codes, and let them go."""
        for code in codes:
            self._atspi.generate_keyboard_event(code, None, self._atspi.KeySynthType.PRESS)
        for code in reversed(codes):
            self._atspi.generate_keyboard_event(code, None, self._atspi.KeySynthType.RELEASE)

    def text(self, node: Any) -> str:
        """Return what is written in a text."""
        return self._atspi.Text.get_text(node, 0, self._atspi.Text.get_character_count(node))

    def settled(self) -> Any:
        """Return the window once it is active: clicks before that go astray."""
        return wait(
            lambda: self.look(lambda one: one.get_role_name() == "frame" and "active" in states(one)), "a window"
        )

    def nameless(self) -> list[str]:
        """Return what can be operated and tells nobody its name."""

        def walked() -> tuple[list[str]] | None:
            try:
                return ([kind(one) for one in below(self.app) if is_nameless(one)],)
            except Exception:
                return None  # a node died under our hands: once more

        def kind(one: Any) -> str:
            return f"{one.get_role_name()} {one.get_accessible_id()}"

        def is_nameless(one: Any) -> bool:
            operated = one.get_role_name() in INTERACTIVE and "showing" in states(one)
            return operated and not (one.get_name() or "").strip()

        (found,) = wait(walked, "a whole look at everything")
        return found


def journey(driver: Driver, subject: str, text: str) -> None:
    """Find every name that others rely on, open a row, answer, and look."""
    step("window", driver.settled().get_name().endswith("Deskhand"))
    for name, roles in (
        ("Accounts", ()),
        ("Search all tickets", ("push button", "button")),
        ("Add account", ("push button", "button")),
        ("All tickets", ("push button", "button")),
    ):
        step(f"{name} is there", driver.find(name, *roles))
    driver.press(driver.find("All tickets", "push button", "button"))
    step("Tickets is there", driver.find("Tickets", "table", "list", "tree table"))
    wait(lambda: opens(driver, subject), f"{subject} is open")
    step("Conversation is there", driver.find("Conversation"))
    step("State is there", driver.identified("State").get_role_name() == "combo box")
    driver.press(driver.find("Write a reply", "push button", "button"))
    reply = driver.find("Reply", "text", "entry")
    wait(lambda: "focused" in states(reply), "the reply has the keyboard")
    driver.type(text)
    wait(lambda: driver.text(reply) == text, "the reply is typed")
    step("Reply takes keys", value=True)
    nameless = driver.nameless()
    step(f"everything has a name {nameless}", value=not nameless)
    send_and_stay(driver)
    step("the reply stands in the conversation", driver_sees(driver, text))
    driver.press(driver.find("Write a note", "push button", "button"))
    step("Note is there", driver.find("Note", "text", "entry"))
    driver.press(driver.find("Search all tickets", "push button", "button"))
    step("Search tickets is there", driver.find("Search tickets", "text", "entry"))


def send_and_stay(driver: Driver) -> None:
    """Send what is typed and stay with the ticket, to see it there: the button itself goes on to the next one.

    By its keys: Qt shows a menu that is popped up to nobody who looks for it from the window.
    """
    step("the button says what comes after", driver.find("Send and next", "push button", "button"))
    reply = driver.find("Reply", "text", "entry")
    driver.click(reply)
    wait(lambda: "focused" in states(reply), "the reply has the keyboard")
    driver.chord(CONTROL, SHIFT, LETTER_S)


def opens(driver: Driver, subject: str) -> bool:
    """Click the row of a ticket; false where the click met another row, because rows move while the first tickets arrive."""
    driver.click_first(lambda one: one.get_role_name() == "table cell" and subject in one.get_name(), subject)

    def is_shown(one: Any) -> bool:
        return (one.get_accessible_id() or "").endswith(".Subject") and one.get_name() == subject

    ends = time.monotonic() + OPENS_WITHIN
    while not (found := driver.look(is_shown)) and time.monotonic() < ends:
        time.sleep(0.05)
    return bool(found)


def driver_sees(driver: Driver, text: str) -> bool:
    said = re.compile(rf": {re.escape(text)}$")
    return bool(wait(lambda: driver.look(lambda one: said.search(one.get_name() or "") is not None), text))


def step(text: str, value: Any) -> None:
    """Print a step, and end where it did not hold."""
    print(("ok    " if value else "FAILED ") + text, flush=True)
    if not value:
        sys.exit(1)


def main() -> None:
    warnings.simplefilter("ignore", DeprecationWarning)
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onscreen-")))
        os.environ.update(HOME=str(folder), XDG_RUNTIME_DIR=str(folder), QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        screen(stack)
        buses(stack, folder)
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        wait(lambda: Atspi.init() in (0, 1), "the accessibility bus")
        Atspi.set_timeout(4000, 15000)
        process = stack.enter_context(ended(subprocess.Popen(plan["command"], cwd=plan["folder"])))
        driver = Driver(Atspi, process)
        journey(driver, plan["subject"], plan["text"])
        if plan.get("stay"):
            sys.stdin.readline()
        driver.chord(CONTROL, LETTER_Q)
        step("Ctrl+Q ends it", wait(lambda: process.poll() is not None, "the end of the program"))
        step(f"its exit code is 0 ({process.returncode})", value=process.returncode == 0)


if __name__ == "__main__":
    main()
