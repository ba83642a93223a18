"""The keyboard reaches everything, in the order of reading, and one sees and hears where it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.child_widgets import child
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts
from tests.helpers.narrowing import not_none
from tests.helpers.ui_driver import interface_of, name_of, tool_tip_of

from deskhand.ui.kit.focus_ring import FocusRing
from deskhand.ui.ticket.conversation import Conversation
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


async def opened(driver: AppDriver, box: Sandbox) -> None:
    await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
    longest = max(open_tickets_with_messages(box["nexuscore"]), key=lambda one: len(one["messages"]))
    await open_ticket(driver, longest["subject"])
    conversation = driver.find("Conversation", Conversation)  # the list shows what was said last too
    await driver.wait_until(
        lambda: any(one["text"][:10] in driver.visible_text(conversation) for one in longest["messages"])
    )


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    QTest.keyClick(not_none(QApplication.focusWidget() or QApplication.activeWindow()), key, modifiers)
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


async def test_tab_comes_to_every_button_and_from_top_to_bottom_in_the_accounts(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await opened(driver, box)
        driver.find("Search all tickets").setFocus()
        reached: list[QWidget] = []
        while (focus := press(Qt.Key.Key_Tab)) not in reached:
            reached.append(focus)
            profile_setup = focus.mapTo(driver.window, QPoint(0, 0))
            assert driver.window.rect().contains(profile_setup), name_of(focus)
        names = [name_of(one) for one in reached]
        for wanted in (
            "New ticket",
            "Order and groups",
            "Filter the list",
            "Tickets",
            "Conversation",
            "Write a reply",
            "Write a note",
            "Add account",
        ):
            assert wanted in names
        views = [
            names.index(name)
            for name in ("New ticket", "My open", "Unassigned", "All tickets", "Add account", "Retail EU")
        ]
        assert views == sorted(views)


async def test_f6_shows_where_the_keyboard_went(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await opened(driver, box)
        driver.list.setFocus()
        stops = [press(Qt.Key.Key_F6) for _ in range(6)]
        names = [name_of(stop) for stop in stops]
        assert "Conversation" in names
        assert "Reply" in names
        assert "All tickets" in names
        for stop in stops:
            assert stop.focusPolicy() & Qt.FocusPolicy.TabFocus, name_of(stop)
        conversation = stops[names.index("Conversation")]
        while press(Qt.Key.Key_F6) is not conversation:
            pass
        assert child(conversation, FocusRing).isVisible()
        press(Qt.Key.Key_F6)
        assert not child(conversation, FocusRing).isVisible()


async def test_what_tab_reaches_in_a_conversation_is_brought_into_view(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await opened(driver, box)
        conversation = driver.find("Conversation", Conversation)
        conversation.setFocus()
        inside = 0
        for _ in range(60):
            focus = press(Qt.Key.Key_Tab)
            if not conversation.viewport().isAncestorOf(focus):
                break
            inside += 1
            top = focus.mapTo(conversation.viewport(), QPoint(0, 0)).y()
            assert 0 <= top < conversation.viewport().height(), name_of(focus)
        assert inside


async def test_every_choice_has_a_label_and_no_name_or_description_holds_markup(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await opened(driver, box)
        for widget in driver.window.findChildren(QWidget):
            assert "<qt>" not in (widget.accessibleDescription() or widget.toolTip())
            if isinstance(widget, QComboBox) and widget.isVisible():
                beside = not_none(widget.parentWidget()).findChildren(
                    QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly
                )
                assert widget.accessibleName() in [label.text() for label in beside if label.buddy() is widget]


async def test_no_description_of_a_button_repeats_its_name(box: Sandbox, tmp_path: Path) -> None:
    async with run_on_profile(
        ProfileSetup(tmp_path / "profile"), before=with_accounts((box["nexuscore"], "Retail EU"))
    ) as driver:
        await opened(driver, box)
        repeated = []
        for widget in driver.window.findChildren(QAbstractButton):
            read = interface_of(widget)
            if read is None or not (name := " ".join(read.text(QAccessible.Text.Name).split())):
                continue
            if name in " ".join(read.text(QAccessible.Text.Description).split()):
                repeated.append(name)
        assert repeated == []
        for name in ("More actions", "New ticket"):
            assert tool_tip_of(driver.find(name)).startswith(name)
