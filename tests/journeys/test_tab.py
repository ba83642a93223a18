"""The keyboard reaches everything, in the order of reading, and one sees and hears where it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from tests.helpers.children import child
from tests.helpers.errands import conversations, open_ticket, signed_in
from tests.helpers.hands import interface_of, name_of, tip_of
from tests.helpers.narrowing import present
from tests.helpers.running import Desk, Place, running

from deskhand.ui.kit.focus_ring import FocusRing
from deskhand.ui.ticket.conversation import Conversation
from deskhand_sandbox.sandbox import Sandbox, serving


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=60, only=("nexuscore",)) as made:
        yield made


async def opened(desk: Desk, box: Sandbox) -> None:
    await desk.until(lambda: desk.in_step("Retail EU"))
    longest = max(conversations(box["nexuscore"]), key=lambda one: len(one["messages"]))
    await open_ticket(desk, longest["subject"])
    await desk.until(lambda: any(one["text"][:10] in desk.words() for one in longest["messages"]))


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    QTest.keyClick(present(QApplication.focusWidget() or QApplication.activeWindow()), key, modifiers)
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


async def test_tab_comes_to_every_button_and_from_top_to_bottom_in_the_accounts(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await opened(desk, box)
        desk.find("Search tickets").setFocus()
        reached: list[QWidget] = []
        while (focus := press(Qt.Key.Key_Tab)) not in reached:
            reached.append(focus)
            place = focus.mapTo(desk.window, QPoint(0, 0))
            assert desk.window.rect().contains(place), name_of(focus)
        names = [name_of(one) for one in reached]
        for wanted in (
            "New ticket",
            "Sort",
            "Filter by state",
            "Unread only",
            "Tickets",
            "Conversation",
            "Reply",
            "Add account",
        ):
            assert wanted in names
        views = [
            names.index(name)
            for name in ("My open", "Unassigned", "All tickets", "Retail EU", "Add account", "New ticket")
        ]
        assert views == sorted(views)


async def test_f6_shows_where_the_keyboard_went(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await opened(desk, box)
        desk.list.setFocus()
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
    async with running(Place(tmp_path / "profile"), before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await opened(desk, box)
        conversation = desk.find("Conversation", Conversation)
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
    async with running(Place(tmp_path / "profile"), before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await opened(desk, box)
        for widget in desk.window.findChildren(QWidget):
            assert "<qt>" not in (widget.accessibleDescription() or widget.toolTip())
            if isinstance(widget, QComboBox) and widget.isVisible():
                beside = present(widget.parentWidget()).findChildren(
                    QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly
                )
                assert widget.accessibleName() in [label.text() for label in beside if label.buddy() is widget]


async def test_no_description_of_a_button_repeats_its_name(box: Sandbox, tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), before=signed_in((box["nexuscore"], "Retail EU"))) as desk:
        await opened(desk, box)
        repeated = []
        for widget in desk.window.findChildren(QAbstractButton):
            read = interface_of(widget)
            if read is None or not (name := " ".join(read.text(QAccessible.Text.Name).split())):
                continue
            if name in " ".join(read.text(QAccessible.Text.Description).split()):
                repeated.append(name)
        assert repeated == []
        for name in ("More actions", "New ticket"):
            assert tip_of(desk.find(name)).startswith(name)
