"""A view in groups: chosen with the mouse and by key, folded, and there again after a restart."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts
from tests.helpers.narrowing import not_none

from deskhand.domain.queries import GroupBy, Scope, Sort
from deskhand_sandbox.sandbox import Sandbox, serving

LABELS = ("Retail EU", "Field work")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore", "thena")) as made:
        yield made


def heads(driver: AppDriver) -> list[str]:
    model = driver.shell.lists.tickets.model
    return [not_none(model.head(at)).group for at in model.heads]


def names(driver: AppDriver) -> list[str]:
    model = driver.shell.lists.tickets.model
    return [str(model.index(at, 0).data()) for at in model.heads]


async def show_all(driver: AppDriver) -> None:
    for label in LABELS:
        await driver.wait_until(partial(driver.wait_synced, label))
    driver.shell.lists.choose(Scope.ALL)
    await driver.wait_until(lambda: len(driver.row_texts()) > 5)


async def test_groups_are_chosen_folded_and_kept(box: Sandbox, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    accounts = ((box["nexuscore"], LABELS[0]), (box["thena"], LABELS[1]))
    async with run_on_profile(setup, before=with_accounts(*accounts)) as driver:
        await show_all(driver)
        tickets = driver.shell.lists.tickets
        driver.press("Order and groups")
        driver.choose_from_menu("Group by account")
        await driver.wait_until(lambda: len(heads(driver)) == 2, "the accounts are groups")
        await driver.wait_until(lambda: all("tickets" in name for name in names(driver)), "and counted")
        assert [name.split(",")[0] for name in names(driver)] == [f"Group {label}" for label in LABELS]
        total, (first, second) = tickets.model.rowCount(), tickets.model.heads
        at = driver.list.visualRect(tickets.model.index(first, 0))
        await driver.process_events()
        QTest.mouseClick(driver.list.viewport(), Qt.MouseButton.LeftButton, pos=at.center())
        assert tickets.model.rowCount() == total - (second - first - 1), "a click folds a group"
        driver.list.setFocus()
        driver.key("Down", "Right")
        assert tickets.model.rowCount() == total, "the right arrow opens it again"
        driver.key("Left", "J")
        assert not_none(tickets.current).account == driver.services.accounts.all()[1].id, "J passes the folded group"
        driver.key("Ctrl+A")
        assert tickets.selected_count == total - second - 1
    async with run_on_profile(setup) as driver:
        await show_all(driver)
        assert driver.shell.lists.query.group_by is GroupBy.ACCOUNT
        model = driver.shell.lists.tickets.model
        assert not_none(model.head(0)).is_folded, "what was folded is so after a restart"
        driver.shell.lists.choose(Scope.OPEN)
        assert not driver.shell.lists.query.group_by, "another view has its own"


async def test_who_waits_is_a_group_and_so_is_what_cannot_be_known(box: Sandbox, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    accounts = ((box["nexuscore"], LABELS[0]), (box["thena"], LABELS[1]))
    async with run_on_profile(setup, before=with_accounts(*accounts)) as driver:
        await show_all(driver)
        driver.shell.lists.order_by(Sort.WAITING)
        driver.key("Ctrl+K")
        await driver.wait_for_dialog("Commands")
        driver.type("group by who waits")
        await driver.wait_until(lambda: "Group by who waits" in driver.visible_text())
        driver.key("Return")
        await driver.wait_until(lambda: "us" in heads(driver), "who waits for us is a group")
        wanted = ["us", "them", "nobody", "unknown", "done"]
        assert heads(driver) == [name for name in wanted if name in heads(driver)]
        await driver.wait_until(lambda: "oldest" in names(driver)[0], "the longest wait is said")
        driver.shell.lists.group_by(GroupBy.STATE)
        await driver.wait_until(lambda: "open" in heads(driver), "the states are groups in the order of waits too")
        driver.shell.lists.group_by(GroupBy.NONE)
        await driver.wait_until(lambda: not heads(driver) and len(driver.row_texts()) > 5)
