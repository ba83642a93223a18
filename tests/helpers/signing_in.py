"""Adding an account as a person does: the dialog, its labels, the button."""

from tests.helpers.running import Desk

from deskhand.sandbox.server import VendorServer
from deskhand.vendors.registry import REGISTRY


async def fill_in(desk: Desk, server: VendorServer, label: str, *, me: str = "", wrong: bool = False, **more: str) -> None:
    """Open the dialog and type what a sandbox server takes (or, `wrong`, does not); nothing is sent yet.

    Args:
        more: options by name, behind "More settings".
    """
    info = REGISTRY[server.vendor].info
    desk.press("Add account")
    await desk.dialog("Add an account")
    desk.press(info.name)
    desk.type_into("Name", label)
    desk.type_into("Address", server.base_url)
    given = server.credentials
    kind = next(kind for kind in info.kinds if all(one.name in given for one in kind.fields if one.required))
    if len(info.kinds) > 1:
        desk.choose("Sign in with", kind.title)
    for one in kind.fields:
        if one.name in given:
            desk.type_into(one.label, "not-the-secret-0123456789" if wrong and one.secret else given[one.name])
    desk.type_into("Your e-mail", me or server.world.me.email)
    if more:
        desk.press("More settings")
        for one in info.options:
            if one.name in more:
                desk.type_into(one.label, more[one.name])


async def add_account(desk: Desk, server: VendorServer, label: str, **more: str) -> None:
    """Add an account and wait until its tickets are there."""
    await fill_in(desk, server, label, **more)
    desk.press("Check and add")
    await desk.until(lambda: label in desk.window_names(), f"{label} stands among the accounts")
    account = desk.house.accounts.labelled(label)
    assert account is not None
    await desk.until(lambda: desk.in_step(account.id), f"{label} is in step")
