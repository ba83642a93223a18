"""What stands where there is nothing is true of that place."""

from pathlib import Path

from tests.helpers.errands import signed_in
from tests.helpers.running import Place, running

from deskhand_sandbox.sandbox import serving


async def test_nothing_is_promised_of_an_account_that_can_only_be_written_to(tmp_path: Path) -> None:
    with serving(only=("thalamus",)) as box:
        ready = signed_in((box["thalamus"], "Field repairs"))
        async with running(Place(tmp_path / "profile"), before=ready) as desk:
            await desk.until(lambda: desk.find_all("Field repairs"))
            desk.press("Field repairs")
            await desk.until_says("Nothing can be read from")
            assert "by themselves" not in desk.words()
            desk.press("My open")
            await desk.until_says("Nothing is waiting for you")
