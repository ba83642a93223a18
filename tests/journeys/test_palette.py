"""The palette on a ticket: what it can be set to without a second step, tickets, people and canned replies, by key and by mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import (
    open_plain_tickets,
    open_ticket,
    open_tickets_with_messages,
    state_at_vendor,
    with_accounts,
)

from deskhand.domain.tickets import Person
from deskhand.services.ticket_commands import Accepted
from deskhand_sandbox.sandbox import Sandbox, serving
from deskhand_sandbox.server import VendorServer

LABELS = {
    "nexuscore": "Retail EU",
    "thena": "Platform support",
    "mijnklantportaal": "Klantenservice",
    "routera": "Onboarding",
    "thalamus": "Field repairs",
}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with serving(tickets=60) as made:
        yield made


@pytest.fixture
def profile_setup(tmp_path: Path) -> ProfileSetup:
    return ProfileSetup(tmp_path / "profile")


def lines(driver: AppDriver) -> list[str]:
    """What the palette lists, as a screen reader says it."""
    model = driver.find("Commands and tickets", QListView).model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def marked(driver: AppDriver) -> str:
    """What Enter would do."""
    view = driver.find("Commands and tickets", QListView)
    return str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")


def click_line(driver: AppDriver, text: str) -> None:
    """Click the entry that says this."""
    view = driver.find("Commands and tickets", QListView)
    row = next(n for n, one in enumerate(lines(driver)) if text in one)
    place = view.visualRect(view.model().index(row, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.bottomLeft() + QPoint(40, -8))


def known_agents(driver: AppDriver) -> int:
    account = driver.services.accounts.labelled("Retail EU")
    return len(account.capabilities.agents) if account is not None and account.capabilities is not None else 0


def others_than_assigned(driver: AppDriver) -> list[Person]:
    """Who is neither the agent nor the one whom the open ticket is assigned to."""
    view = driver.shell.ticket.current()
    assert view is not None
    taken = (view.ticket.assignee, view.assignees.me)
    return [one for one in view.capabilities.agents if not any(one.is_same(other) for other in taken)]


async def open_palette(driver: AppDriver) -> QWidget:
    await driver.wait_until(lambda: not driver.in_dialog)
    driver.key("Ctrl+K")
    return await driver.wait_for_dialog("Commands")


async def at_a_ticket_of(driver: AppDriver, server: VendorServer) -> str:
    """Open a ticket of a vendor that has not been closed, and return its id."""
    label = LABELS[server.vendor]
    if server.vendor == "thalamus":  # nothing can be read there: what is made here is what there is
        account = driver.services.accounts.labelled(label)
        assert account is not None
        assert account.capabilities is not None
        needed = [one for one in account.capabilities.create_form if one.required]
        form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
        outcome = await driver.services.commands.create(account.id, form | {"subject": "Lift stands"}, "Lift stands")
        assert isinstance(outcome, Accepted)
        assert outcome.ticket is not None
        driver.shell.lists.open(outcome.ticket)
        await driver.wait_until(lambda: driver.shell.ticket.current() is not None)
        return outcome.ticket.remote
    await driver.wait_until(lambda: driver.wait_synced(label))
    found = open_plain_tickets(server)[0]
    driver.press("All tickets")
    await driver.wait_until(lambda: any(found["subject"] in row for row in driver.row_texts()))
    driver.open_row(found["subject"])
    await driver.wait_until(
        lambda: (view := driver.shell.ticket.current()) is not None and view.ticket.key.remote == found["id"]
    )
    return str(found["id"])


async def test_a_palette_asked_for_while_the_next_ticket_opens_is_for_that_ticket(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], LABELS["nexuscore"]))) as driver:
        await at_a_ticket_of(driver, box["nexuscore"])
        before = driver.list.currentIndex().row()
        for one in ("K" if before else "J", "Ctrl+K", *"state"):
            driver.key(one)
        await driver.wait_for_dialog("Commands")
        assert driver.find("Search commands and tickets", QLineEdit).text() == "state"
        assert any("State…" in one for one in lines(driver))
        assert driver.list.currentIndex().row() != before


@pytest.mark.parametrize("vendor", LABELS)
async def test_every_vendor_offers_its_own_words_or_says_why_not(
    box: Sandbox, profile_setup: ProfileSetup, vendor: str
) -> None:
    async with run_on_profile(profile_setup, before=with_accounts((box[vendor], LABELS[vendor]))) as driver:
        await at_a_ticket_of(driver, box[vendor])
        view = driver.shell.ticket.current()
        assert view is not None
        for word, title, labels in (
            ("state", "State", [one.label for one in view.states]),
            ("priority", "Priority", [one.label for one in view.capabilities.priorities]),
        ):
            await open_palette(driver)
            driver.type(word)
            said = lines(driver)
            first = next(one for one in said if f"{title}…" in one)
            values = [one for one in said if f"{title}: " in one]
            if labels:
                assert len(values) == len(labels), said
                assert sum("It is so already." in one for one in values) <= 1
                driver.key("Right")
                assert len(lines(driver)) == len(labels)
                driver.key("Esc")
            else:
                assert "," in first, "why not is said beside it"
                assert not values
            driver.key("Esc")
            await driver.wait_until(lambda: not driver.in_dialog)


@pytest.mark.parametrize("by_mouse", [False, True])
async def test_a_state_is_set_without_a_second_step_by_a_word_in_another_language(
    box: Sandbox, profile_setup: ProfileSetup, *, by_mouse: bool
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        ticket = await at_a_ticket_of(driver, server)
        await open_palette(driver)
        driver.type("erledigt")
        assert "State: Resolved" in marked(driver)
        assert "Also understood: close, done" in driver.visible_text()
        if by_mouse:
            click_line(driver, "State: Resolved")
        else:
            driver.key("Return")
        await driver.wait_until(lambda: state_at_vendor(server, ticket) == "resolved")


async def test_somebody_is_assigned_and_a_tag_added_without_a_second_step(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: known_agents(driver) > 2, "agents were seen in the tickets")
        await at_a_ticket_of(driver, server)
        view = driver.shell.ticket.current()
        assert view is not None
        person = others_than_assigned(driver)[0]
        await open_palette(driver)
        driver.type(f"assign {view.account.me}")
        assert marked(driver).startswith("This ticket: Assign to me")
        driver.key("Esc")
        await open_palette(driver)
        driver.type(f"assign {person.shown}")
        assert marked(driver).startswith(f"This ticket: Assign to {person.shown}")
        driver.key("Return")
        await driver.wait_until(
            lambda: (now := driver.shell.ticket.current()) is not None and person.is_same(now.ticket.assignee)
        )
        await open_palette(driver)
        tag = next(one for one in await driver.services.accounts.tags() if one not in view.ticket.tags)
        driver.type(tag)
        await driver.wait_until(lambda: any(f"Add tag: {tag}" in one for one in lines(driver)))
        click_line(driver, f"Add tag: {tag}")
        await driver.wait_until(lambda: (now := driver.shell.ticket.current()) is not None and tag in now.ticket.tags)


async def test_several_tickets_stand_in_front_and_are_set_together(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.press("All tickets")
        await driver.wait_until(lambda: len(driver.row_texts()) >= 15)
        driver.list.setFocus()
        driver.key("J", "X", "J", "X")
        chosen = [key.remote for key in driver.shell.lists.tickets.selected()]
        await open_palette(driver)
        assert driver.find_all("For 2 tickets")
        assert lines(driver)[0].startswith("These tickets: State…")
        driver.type("priority urgent")
        assert marked(driver).startswith("These tickets: Priority: Urgent")
        driver.key("Return")
        await driver.wait_until(lambda: not driver.in_dialog)
        await driver.wait_until(
            lambda: all(str((server.ticket(one) or {}).get("priority")).lower() == "urgent" for one in chosen)
        )


async def test_a_canned_reply_goes_into_the_reply_of_the_open_ticket_and_is_offered_again(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.services.settings.save_snippet("IBAN by phone", "We never take an IBAN by phone.")
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await open_palette(driver)
        driver.type(";iban")
        assert marked(driver).endswith("IBAN by phone, No ticket is open.")
        driver.key("Return")
        assert driver.in_dialog, "it cannot be done, and stays"
        driver.key("Esc")
        await driver.wait_until(lambda: not driver.in_dialog)
        await open_ticket(driver, open_tickets_with_messages(server)[0]["subject"])
        await driver.wait_until(lambda: driver.find_all("Write a reply"))
        await open_palette(driver)
        driver.press("; canned")
        click_line(driver, "IBAN by phone")
        await driver.wait_until(lambda: "never take an IBAN" in driver.text_edit("Reply").toPlainText())
        assert driver.focused == "Reply"
        driver.key("Esc")
        await open_palette(driver)
        assert any(one.startswith("A moment ago: IBAN by phone") for one in lines(driver))
        driver.key("Esc")
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        await open_palette(driver)
        assert any(one.startswith("A moment ago: IBAN by phone") for one in lines(driver))


async def test_a_customer_is_found_by_a_part_of_the_address_and_the_tickets_are_shown(
    box: Sandbox, profile_setup: ProfileSetup
) -> None:
    server = box["thena"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Platform support"))) as driver:
        await at_a_ticket_of(driver, server)
        view = driver.shell.ticket.current()
        assert view is not None
        assert view.ticket.requester is not None
        email = view.ticket.requester.email.casefold()
        await open_palette(driver)
        button = next(one for one in driver.active_surface().findChildren(QPushButton) if one.text() == "@ people")
        driver.click(button)
        driver.type(email[:6])
        await driver.wait_until(lambda: any(email in one for one in lines(driver)))
        click_line(driver, email)
        await driver.wait_until(lambda: driver.shell.lists.query.requester == email)
        await driver.wait_until(lambda: f"Tickets of {email}" in driver.names())
        await open_palette(driver)
        assert any(one.startswith("A moment ago") and email in one for one in lines(driver))
        driver.key("Esc")


async def test_a_customer_is_found_by_name(box: Sandbox, profile_setup: ProfileSetup) -> None:
    server = box["nexuscore"]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail EU"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
        driver.press("All tickets")
        await driver.wait_until(lambda: any("Grace Barlow" in row for row in driver.row_texts()))
        await open_palette(driver)
        driver.type("@grace")
        await driver.wait_until(lambda: any("Grace Barlow" in one for one in lines(driver)))
        driver.key("Return")
        await driver.wait_until(lambda: driver.shell.lists.query.requester.startswith("grace"))
        await driver.wait_until(lambda: driver.row_texts() and all("Grace Barlow" in row for row in driver.row_texts()))
