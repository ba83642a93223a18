"""A window so narrow that list and conversation take turns: keys for the ticket bring it to the front."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.running import Desk, Place, running

from deskhand.ui.app import WindowOptions
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=120, only=("nexuscore",)) as made:
        yield made


def at_the_list(desk: Desk) -> None:
    while not desk.find_all("Tickets"):
        desk.key("Escape")
    assert not desk.find_all("Conversation")
    assert desk.focused == "Tickets"


async def test_keys_for_the_ticket_pressed_in_the_list_show_it_and_what_is_typed_then_is_no_command(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["nexuscore"]
    ticket = conversations(server)[0]
    options = WindowOptions(theme="light", size=(720, 480))
    ready = signed_in((server, "Shop"))
    async with running(Place(tmp_path / "profile"), before=ready, options=options) as desk:
        await desk.until(lambda: desk.in_step("Shop"))
        await open_ticket(desk, ticket["subject"])
        for key, words in (("R", "reply"), ("M", "inner")):
            at_the_list(desk)
            desk.key(key)
            assert desk.find_all("Conversation")
            desk.type(words)
            assert words in desk.words()
        for key in ("S", "Y", "A"):
            at_the_list(desk)
            desk.key(key)
            popup = QApplication.activePopupWidget()
            assert popup is not None, f"{key} shows no choices"
            assert desk.find_all("Conversation")
            assert desk.window.frameGeometry().contains(popup.geometry().topLeft()), f"{key} opens them elsewhere"
            popup.close()
            await desk.breathe()
        for key in ("T", "N"):
            at_the_list(desk)
            desk.key(key)
            assert desk.find_all("Conversation")
            assert desk.focused not in ("", "Tickets")
    assert not [one for one in box["nexuscore"].received() if "state" in str(one)]
