"""What opening a profile had to mend is said in a dialog that stays until it was read."""

from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.child_widgets import child

from deskhand.ui.kit.text_dialog import TextDialog


async def test_a_backup_that_came_back_is_said_until_it_was_read(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(profile_setup):
        pass
    (profile_setup.folder / "desk.db").write_bytes(b"not a database at all" * 400)
    async with run_on_profile(profile_setup) as driver:
        dialog = driver.find("This profile was mended", TextDialog)
        assert "may be missing" in child(dialog, QPlainTextEdit).toPlainText()
        driver.press("Close")
        await driver.wait_until(lambda: not driver.find_all("This profile was mended", TextDialog), "it was read")
    async with run_on_profile(profile_setup) as driver:
        assert not driver.find_all("This profile was mended", TextDialog)
