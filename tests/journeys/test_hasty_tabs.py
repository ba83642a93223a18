"""Tabs and windows in haste: opened, closed, switched and typed into without waiting; each word lands at the ticket that was on screen."""

import random
from collections import defaultdict
from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts
from tests.helpers.narrowing import instance

from deskhand.domain.going_on import GoOn
from deskhand.domain.ids import TicketKey
from deskhand.services.ticket_commands import REPLY
from deskhand.ui.ticket.presenter import TicketPresenter
from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving

STEPS = 90
TABS = 100
WAITED = 0.7
"""After so many of its steps, of one, the agent looks at what happened before going on."""


class HastyAgent:
    """Goes through tickets without waiting, and remembers which word was typed at which ticket."""

    def __init__(self, driver: AppDriver, keys: list[TicketKey], seed: int) -> None:
        self.driver, self.keys, self.chance = driver, keys, random.Random(seed)  # noqa: S311 - no secret
        self.typed: defaultdict[TicketKey, list[str]] = defaultdict(list)
        self.log: list[str] = []

    async def go(self, steps: int) -> None:
        shell, windows = self.driver.shell, self.driver.shell.own_windows
        ways: list[tuple[int, Callable[[], object]]] = [
            (3, lambda: shell.tabs.open_in_tab(self.some())),
            (2, lambda: shell.tabs.open_in_tab(self.some(), behind=True)),
            (6, lambda: shell.tabs.go_to(self.chance.randrange(len(shell.tabs.tabs.all)))),
            (2, shell.tabs.close),
            (1, shell.tabs.reopen),
            (2, lambda: shell.lists.open(self.some())),
            (3, lambda: windows.open(self.near())),
            (2, lambda: windows.close(self.chance.choice(windows.desks)) if windows.desks else None),
            (1, lambda: self.chance.choice(windows.desks).to_tab() if windows.desks else None),
            (12, self.type),
        ]
        acts, weights = [act for _, act in ways], [weight for weight, _ in ways]
        for _ in range(steps):
            (act,) = self.chance.choices(acts, weights)
            act()
            if len(windows.desks) > 3:
                windows.close(windows.desks[0])
            if self.chance.random() < WAITED:
                await self.driver.process_events()

    def some(self) -> TicketKey:
        return self.chance.choice(self.keys)

    @property
    def words(self) -> int:
        """How many were typed."""
        return sum(map(len, self.typed.values()))

    def near(self) -> TicketKey:
        """One that is open, mostly: the text of its box changes hands."""
        shown = self.driver.shell.tabs.tabs.front.key
        return shown if shown is not None and self.chance.random() < 0.6 else self.some()

    def type(self) -> None:
        """Type a word into a box that shows a ticket, in the main window or another one."""
        ticket = self.chance.choice(self.driver.shell.own_windows.tickets)
        shown, box = ticket._shown_view, self.box(ticket)
        if shown is None or box is None:
            return
        word = f"w{self.words}x "
        box.window().activateWindow()
        ticket.compose.write(REPLY)
        if QApplication.focusWidget() is not box:
            return
        QTest.keyClicks(box, word)
        self.typed[shown.ticket.key].append(word.strip())
        self.log.append(f"{word}at {shown.ticket.key.remote}")

    @staticmethod
    def box(ticket: TicketPresenter) -> QTextEdit | None:
        """The text of its reply, where it can be seen or opened."""
        if ticket._pane.composer.isHidden():
            return None
        found = ticket._pane.composer.findChildren(QTextEdit)
        return next(one for one in found if one.accessibleName() == "Reply")


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_each_word_is_in_the_draft_of_the_ticket_that_it_was_typed_at(
    profile_setup: ProfileSetup, seed: int
) -> None:
    with serving(tickets=420, only=("nexuscore",)) as box:
        server = instance(box["nexuscore"], Server)
        async with run_on_profile(
            profile_setup, after_sending=GoOn.STAY, before=with_accounts((server, "Retail"))
        ) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Retail"))
            driver.press("All tickets")
            await driver.wait_until(lambda: len(driver.row_texts()) > TABS, "the list of all")
            rows = [driver.shell.lists.tickets.model.row(number) for number in range(TABS)]
            keys = [row.key for row in rows if row is not None]
            for key in keys:
                driver.shell.tabs.open_in_tab(key, behind=True)
            agent = HastyAgent(driver, keys[:12], seed)
            await agent.go(STEPS)
            for _ in range(50):  # on a slow machine few tickets came on screen while everything was switched
                if agent.words >= 5:
                    break
                driver.shell.lists.open(agent.some())
                await driver.wait_until(lambda: not driver.shell.ticket.is_opening, "it is quiet")
                agent.type()
            assert agent.words >= 5, "something was typed"
            await driver.wait_until(lambda: not driver.shell.ticket.is_opening, "it is quiet")
        async with run_on_profile(profile_setup) as driver:
            found = {}
            for key in keys:
                words = (await driver.services.drafts.get(key, REPLY)).text.split()
                if words:
                    found[key] = sorted(words)
            assert found == {key: sorted(words) for key, words in agent.typed.items()}, "\n".join(agent.log)
