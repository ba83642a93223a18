"""What opening a profile had to mend is said in a dialog that stays until it was read."""

from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit
from tests.helpers.children import child
from tests.helpers.running import Place, running

from deskhand.ui.kit.text_dialog import TextDialog


async def test_a_backup_that_came_back_is_said_until_it_was_read(tmp_path: Path) -> None:
    place = Place(tmp_path / "profile")
    async with running(place):
        pass
    (place.folder / "desk.db").write_bytes(b"not a database at all" * 400)
    async with running(place) as desk:
        dialog = desk.find("This profile was mended", TextDialog)
        assert "may be missing" in child(dialog, QPlainTextEdit).toPlainText()
        desk.press("Close")
        await desk.until(lambda: not desk.find_all("This profile was mended", TextDialog), "it was read")
    async with running(place) as desk:
        assert not desk.find_all("This profile was mended", TextDialog)
