"""An account is removed while somebody types into one of its tickets: the box goes, and nothing of it stays on disk."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.running import Place, running

from deskhand_sandbox.sandbox import serving

RETAIL, PLATFORM = "Retail EU", "Platform"


@pytest.mark.parametrize("editor", ["Reply", "New tag"])
async def test_what_is_typed_into_a_ticket_of_a_removed_account(tmp_path: Path, editor: str) -> None:
    with serving(tickets=20, only=("nexuscore", "thena")) as box:
        accounts = ((box["nexuscore"], RETAIL), (box["thena"], PLATFORM))
        place = Place(tmp_path / "profile")
        async with running(place, before=signed_in(*accounts)) as desk:
            await desk.until(lambda: desk.in_step(RETAIL) and desk.in_step(PLATFORM))
            here, other = (conversations(server)[0]["subject"] for server, _ in accounts)
            await open_ticket(desk, here)
            account = desk.house.accounts.labelled(RETAIL)
            assert account is not None
            desk.type_into("Reply", "Half a sentence")
            if editor == "New tag":
                desk.press("Add a tag")
                await desk.breathe()
                desk.type("half7")
            await desk.house.accounts.remove(account.id, give_up_unsent=True)
            await desk.until_says(f"“{here}” was removed with its account.")
            assert desk.shell.ticket.compose.key is None
            assert not desk.text("Reply").isVisible()
            assert not [line for line in desk.window.findChildren(QLineEdit) if "half7" in line.text()]
            await open_ticket(desk, other)
            assert desk.text("Reply").toPlainText() == ""
            desk.type_into("Reply", "For the other")
        async with running(place) as desk:
            assert [draft.text for _, draft in await desk.house.drafts.all()] == ["For the other"]
