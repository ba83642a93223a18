"""What journeys do often: add an account as a person does, open a ticket, and ask the sandbox what arrived."""

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtWidgets import QTextEdit
from tests.helpers.app_driver import AppDriver
from tests.helpers.ui_driver import name_of

from deskhand.domain.accounts import Secret, SignInKind, VendorInfo
from deskhand.domain.ids import VendorId
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import Services
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.server import VendorServer


def sign_in_kind(server: VendorServer) -> tuple[VendorInfo, SignInKind]:
    """Return a vendor and the first of its sign-ins that the sandbox gives everything for."""
    info = REGISTRY[VendorId(server.vendor)].info
    given = server.credentials
    return info, next(kind for kind in info.kinds if all(one.name in given for one in kind.fields if one.required))


async def fill_account_dialog(
    driver: AppDriver, server: VendorServer, label: str, *, wrong: bool = False, **more: str
) -> None:
    """Open the dialog and type what a sandbox server takes (or, `wrong`, does not); nothing is sent yet.

    Args:
        more: options by name, behind "More settings".
    """
    info, kind = sign_in_kind(server)
    driver.press("Add account")
    await driver.wait_for_dialog("Add an account")
    driver.press(info.name)
    driver.type_into("Name", label)
    driver.type_into("Address", server.base_url)
    if len(info.kinds) > 1:
        driver.choose("Sign in with", kind.title)
    for one in kind.fields:
        if one.name in server.credentials:
            secret = "not-the-secret-0123456789" if wrong and one.secret else server.credentials[one.name]
            driver.type_into(one.label, secret)
    driver.type_into("Your e-mail", server.seed_data.me.email)
    if more:
        driver.press("More settings")
        await driver.process_events()
        for option in info.options:
            if option.name in more:
                driver.type_into(option.label, more[option.name])


async def add_account(driver: AppDriver, server: VendorServer, label: str, **more: str) -> None:
    """Add an account and wait until its tickets are there."""
    await fill_account_dialog(driver, server, label, wrong=False, **more)
    driver.press("Check and add")
    await driver.wait_until(
        lambda: not driver.in_dialog and label in driver.names(), f"{label} stands among the accounts"
    )
    await driver.wait_until(lambda: driver.wait_synced(label), f"{label} is in step")


def with_accounts(*accounts: tuple[VendorServer, str]) -> Callable[[Services], Awaitable[None]]:
    """Return what adds accounts before the window opens, for a journey that is not about adding them."""

    async def add(services: Services) -> None:
        for server, label in accounts:
            info, kind = sign_in_kind(server)
            given = server.credentials
            settings = {one.name: given[one.name] for one in kind.fields if not one.secret and one.name in given}
            form = AccountForm(info.id, label, server.base_url, server.seed_data.me.email, kind.id, settings)
            assert isinstance(await services.accounts.add(form, Secret(given[kind.secret.name])), Added)

    return add


def open_plain_tickets(server: VendorServer) -> list[dict[str, Any]]:
    """Return open tickets whose subject names them alone, with their messages, plain ones only."""
    held = server.tickets()
    subjects = [one["subject"] for one in held]
    found = []
    for one in held:
        ticket = server.ticket(one["id"])
        assert ticket is not None
        is_open = str(one["state"]).lower() not in ("closed", "resolved", "solved")
        plain = not ticket["messages"] or "<" not in ticket["messages"][0]["text"]
        if one["subject"] and subjects.count(one["subject"]) == 1 and is_open and plain:
            found.append(ticket)
    return found


def open_tickets_with_messages(server: VendorServer) -> list[dict[str, Any]]:
    """Return those of them that have messages."""
    return [ticket for ticket in open_plain_tickets(server) if ticket["messages"]]


def filter_list(driver: AppDriver, choice: str) -> None:
    """Choose from the menu of the filter above the list."""
    driver.press("Filter the list")
    driver.choose_from_menu(choice)


async def open_ticket(driver: AppDriver, subject: str) -> None:
    """Show all tickets and open one by its subject."""
    driver.press("All tickets")
    await driver.wait_until(lambda: any(subject in row for row in driver.row_texts()), f"a row about {subject}")
    driver.open_row(subject)
    await driver.wait_until(lambda: driver.subject == subject, f"{subject} is open")
    boxes = driver.find_all("Reply", QTextEdit)
    await driver.wait_until(
        lambda: not any(box.visibleRegion().isEmpty() for box in boxes), "the reply box is laid out"
    )


async def open_record(driver: AppDriver, name: str) -> None:
    """Show all tickets and open one of a vendor that keeps records, by its name."""
    driver.press("All tickets")
    await driver.wait_until(lambda: any(name in row for row in driver.row_texts()), f"a row about {name}")
    driver.open_row(name)
    await driver.wait_until(
        lambda: driver.find_all("Record") and name in driver.visible_text(driver.find("Record")), f"{name} is open"
    )


def received_with_text(server: VendorServer, text: str) -> list[dict[str, Any]]:
    """Return what took effect at a vendor with this in its text."""
    return [one for one in server.received() if text in str(one["text"])]


def state_at_vendor(server: VendorServer, ticket: str) -> str:
    """Return the state of a ticket at its vendor."""
    held = server.ticket(ticket)
    assert held is not None
    return str(held["state"]).lower()


async def back_in(driver: AppDriver, name: str) -> None:
    """Wait until a dialog that lay under another one is in front again, and has the keyboard as a window manager gives it."""
    await driver.wait_until(lambda: name_of(driver.active_surface()) == name, f"{name} is in front again")
    driver.active_surface().activateWindow()
    await driver.wait_for_dialog(name)
