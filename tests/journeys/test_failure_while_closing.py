"""Whatever goes wrong while the window closes, what was just typed is kept and the profile is given up."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.running import Place, running

from deskhand_sandbox.sandbox import serving


async def fail() -> None:
    raise RuntimeError("a closer of the window")


async def test_a_failure_while_closing_loses_nothing_that_was_just_typed(tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    with serving(tickets=60, only=("nexuscore",)) as box:
        ticket = conversations(box["nexuscore"])[0]
        windows: list[QWidget] = []

        async def type_and_fail() -> None:
            async with running(place, before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
                await desk.until(lambda: desk.in_step("Retail EU"))
                await open_ticket(desk, ticket["subject"])
                desk.type_into("Reply", "Typed at the last moment.")
                desk.shell.when_closing(fail)
                windows.append(desk.shell.window)

        with pytest.raises(RuntimeError, match="a closer of the window"):
            await type_and_fail()
        assert not any(window.isVisible() for window in windows if isValid(window))
        async with running(place) as desk:
            await open_ticket(desk, ticket["subject"])
            await desk.until(lambda: desk.text("Reply").toPlainText() == "Typed at the last moment.")
