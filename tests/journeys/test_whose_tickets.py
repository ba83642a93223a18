"""What "My open" says where nobody told which agent one is."""

from pathlib import Path

from tests.helpers.errands import signed_in, way_in
from tests.helpers.running import Place, running

from deskhand.domain.accounts import Secret
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import House
from deskhand_sandbox.sandbox import serving


async def test_an_account_without_my_e_mail_is_named_where_no_ticket_is_known_to_be_mine(tmp_path: Path) -> None:
    with serving(tickets=30, only=("thena",)) as box:
        server = box["thena"]
        info, kind = way_in(server)

        async def add(house: House) -> None:
            form = AccountForm(info.id, "Platform support", server.base_url, "", kind.id, {})
            assert isinstance(await house.accounts.add(form, Secret(server.credentials[kind.secret.name])), Added)

        async with running(Place(tmp_path / "profile"), before=add) as desk:
            await desk.until(lambda: desk.in_step("Platform support"))
            await desk.until_says("No ticket is known to be yours")
            assert "your e-mail, and it is missing in Platform support" in desk.words()


async def test_an_account_with_my_e_mail_is_not_named(tmp_path: Path) -> None:
    with serving(tickets=30, only=("thena",)) as box:
        ready = signed_in((box["thena"], "Platform support"))
        async with running(Place(tmp_path / "profile"), before=ready) as desk:
            await desk.until(lambda: desk.in_step("Platform support"))
            assert "known to be yours" not in desk.words()
