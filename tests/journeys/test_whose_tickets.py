"""What "My open" says where nobody told which agent one is."""

from pathlib import Path

from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import sign_in_kind, with_accounts

from deskhand.domain.accounts import Secret
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import Services
from deskhand_sandbox.sandbox import serving


async def test_an_account_without_my_e_mail_is_named_where_no_ticket_is_known_to_be_mine(tmp_path: Path) -> None:
    with serving(tickets=30, only=("thena",)) as box:
        server = box["thena"]
        info, kind = sign_in_kind(server)

        async def add(services: Services) -> None:
            form = AccountForm(info.id, "Platform support", server.base_url, "", kind.id, {})
            assert isinstance(await services.accounts.add(form, Secret(server.credentials[kind.secret.name])), Added)

        async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=add) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Platform support"))
            driver.press("My open")
            await driver.wait_for_text("No ticket is known to be yours")
            assert "your e-mail, and it is missing in Platform support" in driver.visible_text()


async def test_an_account_with_my_e_mail_is_not_named(tmp_path: Path) -> None:
    with serving(tickets=30, only=("thena",)) as box:
        ready = with_accounts((box["thena"], "Platform support"))
        async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=ready) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Platform support"))
            driver.press("My open")
            assert "known to be yours" not in driver.visible_text()
