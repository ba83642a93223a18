"""A hasty agent: types, sends, takes back and changes tickets without waiting, while the disk and the vendor have their moods.

Every word typed must be in exactly one place at the end, and that of its own ticket: in a draft, in the outbox, or at the vendor.
Four such agents run with the tests, two hundred with `--full`.
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts
from tests.helpers.narrowing import instance
from tests.helpers.store_faults import stalled_disk

from deskhand.domain.commands import SendReply
from deskhand.domain.going_on import GoOn
from deskhand.domain.threads import Delivery
from deskhand_sandbox.nexuscore.server import Server
from deskhand_sandbox.sandbox import serving

STEPS = 70
ACCOUNT = "Retail EU"


class Agent:
    """What one of them did.

    Attributes:
        typed: by word, the ticket into whose box it went.
        log: every step, to read after a failure.
    """

    def __init__(self, seed: int, driver: AppDriver, server: Server) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._program = driver
        self._server = server
        self._subjects = [(one["subject"], one["id"]) for one in open_tickets_with_messages(server)[:4]]
        self._disk = AsyncExitStack()
        self._blocked_disk = False
        self.typed: dict[str, str] = {}
        self.log: list[str] = []

    async def work(self) -> None:
        """Do this and that, and leave disk and vendor in order."""
        actions: Mapping[Callable[[], object], int] = {
            self._type: 10,
            self._open: 6,
            self._open_many: 2,
            lambda: self._press("Send"): 5,
            self._undo: 3,
            self._program.process_events: 4,
            self._pause: 4,
            self._trouble_vendor: 2,
            self._hear_customer: 1,
            self._trouble_disk: 2,
        }
        await open_ticket(self._program, self._subjects[0][0])
        async with self._disk:
            for action in self._chance.choices(list(actions), list(actions.values()), k=STEPS):
                done = action()
                if asyncio.iscoroutine(done):
                    await done
        self._server.faults.clear()

    def _type(self) -> None:
        box, key = self._program.text_edit("Reply"), self._program.shell.ticket.compose.key
        if key is None:
            return
        self._program.open_box()
        if not box.isVisible():
            return
        word = f"word{len(self.typed)}."
        box.setFocus()
        box.moveCursor(QTextCursor.MoveOperation.End)
        box.insertPlainText(f"{word} ")
        self.typed[word] = key.remote
        self.log.append(f"{word} into {key.remote}")

    def _open(self) -> None:
        subject, ticket = self._chance.choice(self._subjects)
        if any(subject in row for row in self._program.row_texts()):
            self._program.open_row(subject)
            self.log.append(f"opens {ticket}")

    def _open_many(self) -> None:
        for _ in range(3):
            self._open()

    def _undo(self) -> None:
        if not self._press("Undo"):
            self._program.shell.ticket.undo.undo()
            self.log.append("takes back")

    def _press(self, name: str) -> bool:
        button = next((one for one in self._program.find_all(name, QAbstractButton) if one.isEnabled()), None)
        if button is not None:
            button.click()
            self.log.append(name)
        return button is not None

    async def _pause(self) -> None:
        """Let what is typed be taken to the disk."""
        await self._program.process_events()
        await self._program.wait_until(lambda: not self._program.shell.ticket.compose._unsaved)

    def _trouble_vendor(self) -> None:
        faults = self._server.faults
        faults.clear()
        trouble = self._chance.choice(
            (
                lambda: faults.latency(0.3),
                lambda: faults.accept_and_drop(methods=("POST",)),
                lambda: faults.drop_before(methods=("POST",)),
                lambda: faults.accept_and_status(502, methods=("POST",)),
            )
        )
        trouble()
        self.log.append("trouble at the vendor")

    def _hear_customer(self) -> None:
        self._server.add_customer_message(self._chance.choice(self._subjects)[1], "And me?")
        self.log.append("a customer speaks up")

    async def _trouble_disk(self) -> None:
        self._blocked_disk = not self._blocked_disk
        self.log.append("the disk stands" if self._blocked_disk else "the disk goes on")
        if self._blocked_disk:
            await self._disk.enter_async_context(stalled_disk(self._program))
        else:
            await self._disk.aclose()


async def test_a_hasty_agent_loses_no_word_and_sends_none_twice_or_to_somebody_else(
    tmp_path: Path, hasty_seed: int
) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(tickets=40, only=("nexuscore",)) as box:
        server = instance(box["nexuscore"], Server)
        async with run_on_profile(
            profile_setup, undo_seconds=hasty_seed % 2, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
        ) as driver:
            await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
            agent = Agent(hasty_seed, driver, server)
            await agent.work()
            await driver.services.engine.drain(30)
        async with run_on_profile(profile_setup) as driver:
            found = await places(driver, server)
    for word, ticket in agent.typed.items():
        where = [one for one, text in found for _ in range(text.count(word))]
        sent = ("sent", ticket) in where
        rest = [one for one in where if not (sent and one == ("asks", ticket))]  # may have been sent, and was
        assert len(rest) == 1, (word, where, agent.log)
        assert rest[0][1] == ticket, (word, where, agent.log)


async def places(driver: AppDriver, server: Server) -> list[tuple[tuple[str, str], str]]:
    """Return everything typed that is anywhere: where, for which ticket, and its text."""
    found = [(("draft", key.remote), draft.text) for key, draft in await driver.services.drafts.all()]
    for item in await driver.services.outbox.recent(1_000):
        action, ticket = item.command.action, item.command.ticket
        if isinstance(action, SendReply) and ticket is not None and item.delivery is not Delivery.SENT:
            kind = "asks" if item.delivery is Delivery.NEEDS_DECISION else "outbox"
            found.append(((kind, ticket.remote), action.text))
    sent = [one for one in server.received() if one["kind"] == "message"]
    return found + [(("sent", one["ticket"]), one["text"]) for one in sent]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "hasty_seed" in metafunc.fixturenames:
        metafunc.parametrize("hasty_seed", range(200 if metafunc.config.getoption("--full") else 4))
