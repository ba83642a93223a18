"""What stands where there is nothing is true of that place."""

from pathlib import Path

from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts

from deskhand_sandbox.sandbox import serving


async def test_nothing_is_promised_of_an_account_that_can_only_be_written_to(tmp_path: Path) -> None:
    with serving(only=("thalamus",)) as box:
        ready = with_accounts((box["thalamus"], "Field repairs"))
        async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=ready) as driver:
            await driver.wait_until(lambda: driver.find_all("Field repairs"))
            driver.press("Field repairs")
            await driver.wait_for_text("Nothing can be read from")
            assert "by themselves" not in driver.visible_text()
            driver.press("My open")
            await driver.wait_for_text("Nothing is waiting for you")
            driver.key("/")
            driver.type("account:field is:open")
            await driver.wait_for_text("There is no account named field")
            await driver.wait_for_text("There are: Field repairs.")
