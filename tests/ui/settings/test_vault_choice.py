"""Where secrets shall live is asked when the keyring does not answer, and not decided without the agent."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.ui.settings.vault_choice import VaultChoice, ask_for_vault
from deskhand.ui.settings.vault_dialog import VaultDialog


async def asked(reason: VaultReason) -> "tuple[VaultDialog, asyncio.Task[VaultChoice | None]]":
    """Ask, and return the dialog that came up with what will be answered."""
    answer = asyncio.get_running_loop().create_task(ask_for_vault(VaultUnavailable(reason)))
    await asyncio.sleep(0)
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, VaultDialog) and one.isVisible())
    return dialog, answer


async def test_what_is_chosen_is_the_answer(qapp) -> None:
    dialog, answer = await asked(VaultReason.NO_KEYRING)
    dialog.choice("session").click()
    dialog.go_button.click()
    assert await answer == VaultChoice("session")
    assert not dialog.isVisible()


async def test_a_vault_that_exists_is_opened_with_its_passphrase(qapp) -> None:
    dialog, answer = await asked(VaultReason.PASSPHRASE_MISSING)
    assert dialog.windowTitle() == "Open your vault"
    QTest.keyClicks(dialog.passphrase_field.control, "correct horse")
    dialog.go_button.click()
    assert await answer == VaultChoice("passphrase", "correct horse")


async def test_escape_is_no_choice(qapp) -> None:
    dialog, answer = await asked(VaultReason.NO_KEYRING)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert await answer is None
