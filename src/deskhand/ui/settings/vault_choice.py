"""Where secrets shall live, when the keyring does not answer: asked, never decided silently."""

import asyncio

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import VaultReason, VaultUnavailable


@dataclass(frozen=True, slots=True)
class VaultChoice:
    """What the agent chose.

    Attributes:
        kind: `keyring` (try again), `passphrase` or `session`.
    """

    kind: str
    passphrase: str = ""


async def ask_for_vault(problem: VaultUnavailable) -> VaultChoice | None:
    """Ask; None where the agent would rather end the program."""
    from deskhand.ui.settings.vault_dialog import VaultDialog

    answer: asyncio.Future[VaultChoice | None] = asyncio.get_running_loop().create_future()
    existing = problem.reason in (VaultReason.PASSPHRASE_MISSING, VaultReason.WRONG_PASSPHRASE)
    dialog = VaultDialog(problem, existing=existing)

    def chosen(kind: str, passphrase: str) -> None:
        if not answer.done():
            answer.set_result(VaultChoice(kind, passphrase))
        dialog.accept()

    def gone() -> None:
        if not answer.done():
            answer.set_result(None)

    dialog.chosen.connect(chosen)
    dialog.finished.connect(gone)
    dialog.open()
    return await answer
