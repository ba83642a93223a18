"""Opens every dialog on the screen that the environment names and prints, as JSON, what does not fit or lies over something else.

Run as a program: the size of a screen is settled before Qt starts.
"""

import json
from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deskhand.content.links import Link, LinkWarning
from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Capabilities, Feature, FormField, RecordForm
from deskhand.domain.ids import AccountId, CommandId, TicketKey, VendorId
from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.domain.threads import Option, Resolution
from deskhand.services.accounts import Removal
from deskhand.ui.accounts.account_dialog import AccountDialog
from deskhand.ui.accounts.import_dialog import ImportDialog
from deskhand.ui.accounts.remove_dialog import RemoveDialog
from deskhand.ui.actions.keys_dialog import KeysDialog
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.text_dialog import TextDialog
from deskhand.ui.kit.theme import Appearance, Choice
from deskhand.ui.notifications.start_failure import StartFailureDialog
from deskhand.ui.outbox.outbox_dialog import OutboxDialog, OutboxLine
from deskhand.ui.settings.settings_dialog import SettingsDialog
from deskhand.ui.settings.snippet_dialog import SnippetDialog
from deskhand.ui.settings.vault_dialog import VaultDialog
from deskhand.ui.ticket.link_dialog import LinkDialog
from deskhand.ui.ticket.record_dialog import RecordDialog
from deskhand.vendors.registry import REGISTRY

LONG = "Nothing was lost, and nothing was sent that should not be. What was typed is kept on this computer. " * 4
KEY = TicketKey(AccountId("a"), "t1")
FIELDS = tuple(FormField(f"f{n}", f"Field {n}", required=n < 3) for n in range(12))


def _outbox() -> OutboxDialog:
    dialog = OutboxDialog()
    options = (
        Option(Resolution.AGAIN, "Send again"),
        Option(Resolution.WAS_SENT, "It was sent"),
        Option(Resolution.DRAFT, "Edit"),
    )
    dialog.set_lines(
        [OutboxLine(CommandId("1"), "reply: Hello", "Shop · t1", "needs you", "2 min", LONG[:200], KEY, options)]
    )
    return dialog


def _removal() -> Removal:
    account = Account(
        AccountId("a"), VendorId("nexuscore"), "Shop", "", capabilities=Capabilities(can=frozenset({Feature.LIST}))
    )
    return Removal(account, 1240, ((KEY, "reply"),), 2, "GNOME Keyring")


DIALOGS: dict[str, Callable[[], QDialog]] = {
    "add an account": lambda: AccountDialog([spec.info for spec in REGISTRY.values()], "KWallet"),
    "keys": lambda: KeysDialog([("", [(f"Ctrl+{n % 10}", f"What key {n} does") for n in range(60)])]),
    "outbox": _outbox,
    "import": lambda: ImportDialog([LONG] * 20, 3),
    "text": lambda: TextDialog("What the import left out", LONG),
    "settings": lambda: SettingsDialog(Choice.LIGHT, 10, (), [("Profile", "/home/jane/.local/share/deskhand")] * 4),
    "canned reply": lambda: SnippetDialog(None),
    "record": lambda: RecordDialog([RecordForm("contact", "Contact", FIELDS)], "Repairs"),
    "question": lambda: ConfirmDialog("Close these tickets?", LONG, "Close", danger=True),
    "link": lambda: LinkDialog(
        Link("https://example.com/" + "path/" * 60, "example.com", frozenset(LinkWarning), refused=False)
    ),
    "remove": lambda: RemoveDialog(_removal()),
    "vault": lambda: VaultDialog(VaultUnavailable(VaultReason.NO_KEYRING, "no bus")),
    "start": lambda: StartFailureDialog("Deskhand did not start", LONG, "/home/jane/.local/share/deskhand/logs"),
}


_FRAME = 40
"""What a window manager draws around a dialog."""


def faults(dialog: QDialog) -> Iterator[str]:
    room = dialog.screen().availableSize()
    if dialog.height() > room.height() or dialog.width() > room.width():
        yield f"{dialog.width()} x {dialog.height()} on {room.width()} x {room.height()}"
    scrolls = any(column.verticalScrollBar().isVisible() for column in dialog.findChildren(ScrollColumn))
    if scrolls and dialog.height() < room.height() - _FRAME:
        yield f"scrolls at {dialog.height()} of {room.height()}"
    parts = [part for part in dialog.children() if isinstance(part, QWidget) and part.isVisible()]
    for part in parts:
        if not dialog.rect().contains(part.geometry()):
            yield f"{part.accessibleName() or type(part).__name__} sticks out"
    for one, other in combinations(parts, 2):
        over: QRect = one.geometry().intersected(other.geometry())
        if not over.isEmpty():
            yield f"{_named(one)} and {_named(other)} overlap by {over.height()}"


def _named(part: QWidget) -> str:
    return part.accessibleName() or str(part.property("text") or type(part).__name__)


def main() -> None:
    app = QApplication([])
    appearance = Appearance(app, Choice.LIGHT)
    found = {}
    for name, make in DIALOGS.items():
        dialog = make()
        dialog.show()
        for _ in range(4):
            app.processEvents()
        if told := list(faults(dialog)):
            found[name] = told
        dialog.close()
    print(json.dumps(found))
    del appearance


if __name__ == "__main__":
    main()
