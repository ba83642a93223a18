"""Eyes and hands for a program that was started elsewhere: `python3 drive.py PLAN PID [ARGUMENTS]`, with the system's Python (gi).

It knows names and roles of the accessibility tree and nothing of the program's code; what they are good for comes from the journeys'
own `onscreen`, which is copied beside it. One line is printed per step; the exit code is 0 only if every step held.
"""

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import onscreen


class Elsewhere:
    """A process that somebody else started and will end."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode = "an exit code that its starter knows"

    def poll(self) -> int | None:
        """Return None while it runs."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return 0
        return 0 if state == "Z" else None


def answer(driver: onscreen.Driver, row: str, text: str) -> None:
    """Open a ticket that has this text in its row, reply, and see that it was sent."""
    open_ticket(driver, row)
    write(driver, text)
    nameless = driver.nameless()
    onscreen.step(f"everything has a name {nameless}", value=not nameless)
    onscreen.send_and_stay(driver)
    see_sent(driver, text)


def draft(driver: onscreen.Driver, row: str, text: str) -> None:
    """Open such a ticket and type, no more."""
    open_ticket(driver, row)
    write(driver, text)


def find_draft(driver: onscreen.Driver, text: str) -> None:
    """Find what was typed in an earlier life of the program."""
    driver.press(driver.find("Drafts", "push button", "button"))
    onscreen.wait(lambda: opens_draft(driver, text), "the draft is there")
    onscreen.step("the draft is there", value=True)


def opens_draft(driver: onscreen.Driver, text: str) -> bool:
    """Click the first row and look for what was typed; false where the row was still one of the list that was shown before."""
    click_row(driver, "")

    def is_shown(one: Any) -> bool:
        return one.get_role_name() in ("text", "entry") and one.get_name() == "Reply" and driver.text(one) == text

    ends = time.monotonic() + onscreen.OPENS_WITHIN
    while not (found := driver.look(is_shown)) and time.monotonic() < ends:
        time.sleep(0.05)
    return bool(found)


def opened(driver: onscreen.Driver, subject: str) -> None:
    """See a ticket that nobody clicked."""
    driver.settled()
    driver.find("Conversation")
    onscreen.step(f"{subject} is open", driver.find(subject, "label"))


def send_draft(driver: onscreen.Driver, text: str) -> None:
    """Find what was typed and send it."""
    find_draft(driver, text)
    onscreen.send_and_stay(driver)
    see_sent(driver, text)


def leave(driver: onscreen.Driver) -> None:
    """Press Ctrl+Q and see the program end."""
    driver.settled()
    driver.chord(onscreen.CONTROL, onscreen.LETTER_Q)
    onscreen.step("Ctrl+Q ends it", onscreen.wait(lambda: driver._process.poll() is not None, "its end"))  # noqa: SLF001


def open_ticket(driver: onscreen.Driver, row: str) -> None:
    """Click the newest such ticket and wait for its conversation."""
    onscreen.step("window", driver.settled().get_name().endswith("Deskhand"))
    driver.press(driver.find("All tickets", "push button", "button"))
    onscreen.step(f"a ticket: {click_row(driver, row)[:60]}", value=True)
    driver.find("Conversation")


def click_row(driver: onscreen.Driver, row: str) -> str:
    """Click the first row of the list whose name has this text in it and return its name."""
    driver.find("Tickets", "table", "list", "tree table")
    return driver.click_first(
        lambda one: one.get_role_name() == "table cell" and row in (one.get_name() or ""), f"a row with “{row}”"
    )


def write(driver: onscreen.Driver, text: str) -> None:
    """Type into the reply."""
    driver.press(driver.find("Write a reply", "push button", "button"))
    reply = driver.find("Reply", "text", "entry")
    onscreen.wait(lambda: "focused" in onscreen.states(reply), "the reply has the keyboard")
    driver.type(text)
    onscreen.wait(lambda: driver.text(reply) == text, "the reply is typed")
    onscreen.step("the reply is typed", value=True)


def see_sent(driver: onscreen.Driver, text: str) -> None:
    """See that the conversation holds the message as sent."""
    onscreen.wait(lambda: driver.look(lambda one: is_sent(one.get_name() or "", text)), f"“{text}” is sent")
    onscreen.step("sent, says the window", value=True)


def is_sent(name: str, text: str) -> bool:
    """Tell whether a message of ours is named so and not as one that is on its way."""
    head, _, said = name.partition(": ")
    return said == text and head.startswith("You, ") and head.endswith("just now")


PLANS: dict[str, Callable[..., None]] = {
    "answer": answer,
    "draft": draft,
    "opened": opened,
    "find-draft": find_draft,
    "send-draft": send_draft,
    "leave": leave,
}


def main() -> None:
    """Do the plan that the arguments name."""
    warnings.simplefilter("ignore", DeprecationWarning)
    plan, pid, *arguments = sys.argv[1:]
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi

    onscreen.wait(lambda: Atspi.init() in (0, 1), "the accessibility bus")
    Atspi.set_timeout(4000, 15000)
    try:
        PLANS[plan](onscreen.Driver(Atspi, Elsewhere(int(pid))), *arguments)
    except AssertionError as problem:
        onscreen.step(str(problem), value=False)


if __name__ == "__main__":
    main()
