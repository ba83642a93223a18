"""The notification service of Linux desktops, against dunst, and without anybody."""

import json
import os
import subprocess
from dataclasses import replace

import pytest
from tests.helpers.session_bus import program_on_bus, session_bus, until
from tests.helpers.x_server import x_server

from deskhand.domain.ports import Notification
from deskhand.domain.ports.notifications import OPEN, REPLY
from deskhand.sync.tasks import TaskScope
from deskhand.ui.notifications.freedesktop_center import FreedesktopCenter

pytestmark = pytest.mark.xvfb

NOTE = Notification(
    "eu/1",
    "Chloe <Castellano> wrote again",
    "Refund & more: “<b>Any news?</b>”",
    "Retail EU",
    ((OPEN, "Open"), (REPLY, "Reply")),
)


@pytest.fixture(scope="module")
def display():
    with x_server() as display:
        yield display


@pytest.fixture
def bus(tmp_path, monkeypatch):
    with session_bus(tmp_path / "bus") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def environment(bus, display, tmp_path):
    config = tmp_path / "dunstrc"
    config.write_text("[global]\nmarkup = full\n", encoding="utf-8")
    return {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus, "DISPLAY": display, "DUNST": str(config)}


def dunst(environment):
    return program_on_bus(["dunst", "-conf", environment["DUNST"]], environment)


def dunstctl(environment, *arguments):
    done = subprocess.run(["dunstctl", *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def pressed():
    return []


@pytest.fixture
async def center(pressed):
    problems = []
    scope = TaskScope("test", lambda name, problem: problems.append((name, problem)))
    yield FreedesktopCenter(scope, "io.github.deskhand.Deskhand", lambda tag, action: pressed.append((tag, action)))
    await scope.aclose()
    assert problems == []


async def answering(center):
    async def answers():
        return not (await center.facts()).problem

    await until(answers)


async def test_a_notification_is_shown_with_a_customers_signs_as_they_are(center, environment):
    with dunst(environment):
        await answering(center)
        assert await center.show(NOTE)
        assert dunstctl(environment, "count", "displayed") == "1"
        dunstctl(environment, "close")
        ((shown,),) = json.loads(dunstctl(environment, "history"))["data"]
        assert shown["summary"]["data"] == NOTE.title
        assert "&lt;b&gt;Any news?&lt;/b&gt;" in shown["body"]["data"]
        assert shown["body"]["data"].startswith("Retail EU\n")
        assert "<b>Any" not in shown["body"]["data"]


async def test_a_press_names_the_ticket_and_what_was_pressed(center, environment, pressed):
    with dunst(environment):
        await answering(center)
        assert await center.show(NOTE)
        dunstctl(environment, "action")
        await until(lambda: pressed)
        assert pressed == [("eu/1", OPEN)]


async def test_what_is_told_of_a_ticket_later_takes_the_place_and_what_was_seen_goes(center, environment):
    with dunst(environment):
        await answering(center)
        assert await center.show(NOTE)
        assert await center.show(NOTE)
        assert dunstctl(environment, "count", "displayed") == "1"
        await center.withdraw("eu/other")
        assert dunstctl(environment, "count", "displayed") == "1"
        await center.withdraw("eu/1")
        assert dunstctl(environment, "count", "displayed") == "0"


async def test_it_says_who_it_is_what_it_can_do_and_that_it_is_not_to_be_disturbed(center, environment):
    with dunst(environment):
        await answering(center)
        facts = await center.facts()
        assert facts.name.startswith("dunst")
        assert facts.has_actions
        assert facts.has_body
        assert facts.is_quiet is False
        dunstctl(environment, "set-paused", "true")
        assert (await center.facts()).is_quiet is True
        assert await center.is_locked() is False


async def test_without_a_service_it_says_so_and_nothing_fails(center, bus):
    assert await center.show(NOTE) is False
    assert "ServiceUnknown" in (await center.facts()).problem
    await center.withdraw("eu/1")


async def test_a_service_that_ends_and_returns_is_found_again(center, environment):
    with dunst(environment):
        await answering(center)
        assert await center.show(NOTE)

    async def is_gone():
        return not await center.show(NOTE)

    await until(is_gone)
    with dunst(environment):
        await answering(center)
        assert await center.show(NOTE)
        assert dunstctl(environment, "count", "displayed") == "1"


async def test_a_bus_that_ends_and_returns_is_found_again(center, tmp_path, monkeypatch):
    with session_bus(tmp_path / "first") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert "ServiceUnknown" in (await center.facts()).problem

    async def is_gone():
        return "session bus" in (await center.facts()).problem

    await until(is_gone)
    with session_bus(tmp_path / "second") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert "ServiceUnknown" in (await center.facts()).problem


async def test_without_a_bus_it_says_so(center, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert await center.show(NOTE) is False
    assert "no session bus" in (await center.facts()).problem
    assert await center.is_locked() is False


async def test_where_the_service_plays_no_sounds_a_program_plays_the_chosen_file(
    center, environment, tmp_path, monkeypatch
):
    heard = tmp_path / "heard"
    player = tmp_path / "pw-play"
    player.write_text(f'#!/bin/sh\nprintf %s "$1" > "{heard}.new"\nmv "{heard}.new" "{heard}"\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with dunst(environment):
        await answering(center)
        assert (await center.facts()).plays_files
        assert await center.show(replace(NOTE, sound=True, sound_file="/sounds/bell.wav"))

        async def is_heard():
            return heard.exists()

        await until(is_heard)
        assert heard.read_text() == "/sounds/bell.wav"
