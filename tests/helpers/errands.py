"""What journeys do often: add an account as a person does, open a ticket, and ask the sandbox what arrived."""

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtWidgets import QTextEdit
from tests.helpers.running import Desk

from deskhand.domain.accounts import Secret, SignInKind, VendorInfo
from deskhand.domain.ids import VendorId
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import House
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.server import VendorServer


def way_in(server: VendorServer) -> tuple[VendorInfo, SignInKind]:
    """Return a vendor and the first of its sign-ins that the sandbox gives everything for."""
    info = REGISTRY[VendorId(server.vendor)].info
    given = server.credentials
    return info, next(kind for kind in info.kinds if all(one.name in given for one in kind.fields if one.required))


async def fill_in(desk: Desk, server: VendorServer, label: str, *, wrong: bool = False, **more: str) -> None:
    """Open the dialog and type what a sandbox server takes (or, `wrong`, does not); nothing is sent yet.

    Args:
        more: options by name, behind "More settings".
    """
    info, kind = way_in(server)
    desk.press("Add account")
    await desk.dialog("Add an account")
    desk.press(info.name)
    desk.type_into("Name", label)
    desk.type_into("Address", server.base_url)
    if len(info.kinds) > 1:
        desk.choose("Sign in with", kind.title)
    for one in kind.fields:
        if one.name in server.credentials:
            secret = "not-the-secret-0123456789" if wrong and one.secret else server.credentials[one.name]
            desk.type_into(one.label, secret)
    desk.type_into("Your e-mail", server.seed_data.me.email)
    if more:
        desk.press("More settings")
        await desk.breathe()
        for option in info.options:
            if option.name in more:
                desk.type_into(option.label, more[option.name])


async def add_account(desk: Desk, server: VendorServer, label: str, **more: str) -> None:
    """Add an account and wait until its tickets are there."""
    await fill_in(desk, server, label, wrong=False, **more)
    desk.press("Check and add")
    await desk.until(lambda: not desk.in_dialog and label in desk.names(), f"{label} stands among the accounts")
    await desk.until(lambda: desk.in_step(label), f"{label} is in step")


def signed_in(*accounts: tuple[VendorServer, str]) -> Callable[[House], Awaitable[None]]:
    """Return what adds accounts before the window opens, for a journey that is not about adding them."""

    async def add(house: House) -> None:
        for server, label in accounts:
            info, kind = way_in(server)
            given = server.credentials
            settings = {one.name: given[one.name] for one in kind.fields if not one.secret and one.name in given}
            form = AccountForm(info.id, label, server.base_url, server.seed_data.me.email, kind.id, settings)
            assert isinstance(await house.accounts.add(form, Secret(given[kind.secret.name])), Added)

    return add


def tickets_in_work(server: VendorServer) -> list[dict[str, Any]]:
    """Return open tickets whose subject names them alone, with their messages, plain ones only."""
    held = server.tickets()
    subjects = [one["subject"] for one in held]
    found = []
    for one in held:
        ticket = server.ticket(one["id"])
        assert ticket is not None
        in_work = str(one["state"]).lower() not in ("closed", "resolved", "solved")
        plain = not ticket["messages"] or "<" not in ticket["messages"][0]["text"]
        if one["subject"] and subjects.count(one["subject"]) == 1 and in_work and plain:
            found.append(ticket)
    return found


def conversations(server: VendorServer) -> list[dict[str, Any]]:
    """Return those of them that have messages."""
    return [ticket for ticket in tickets_in_work(server) if ticket["messages"]]


async def open_ticket(desk: Desk, subject: str) -> None:
    """Show all tickets and open one by its subject."""
    desk.press("All tickets")
    await desk.until(lambda: any(subject in row for row in desk.rows()), f"a row about {subject}")
    desk.open_row(subject)
    await desk.until(lambda: desk.subject == subject, f"{subject} is open")
    boxes = desk.find_all("Reply", QTextEdit)
    await desk.until(lambda: not any(box.visibleRegion().isEmpty() for box in boxes), "the reply box is laid out")


async def open_record(desk: Desk, name: str) -> None:
    """Show all tickets and open one of a vendor that keeps records, by its name."""
    desk.press("All tickets")
    await desk.until(lambda: any(name in row for row in desk.rows()), f"a row about {name}")
    desk.open_row(name)
    await desk.until(lambda: desk.find_all("Record") and name in desk.words(desk.find("Record")), f"{name} is open")


def arrived(server: VendorServer, words: str) -> list[dict[str, Any]]:
    """Return what took effect at a vendor with these words in its text."""
    return [one for one in server.received() if words in str(one["text"])]


def state_held(server: VendorServer, ticket: str) -> str:
    """Return the state of a ticket at its vendor."""
    held = server.ticket(ticket)
    assert held is not None
    return str(held["state"]).lower()
