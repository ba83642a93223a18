"""A colleague's link: copied here, opened there, from whichever side it comes; and what a page cannot do with one."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from tests.helpers.errands import arrived, conversations, open_record, open_ticket, signed_in, tickets_in_work
from tests.helpers.houses import LAZY
from tests.helpers.patience import PATIENCE
from tests.helpers.running import RULES, Desk, Place, living, running
from tests.journeys.test_accounts import deskhand, window_start

from deskhand import bootstrap
from deskhand.domain.ids import TicketKey
from deskhand.services.ticket_commands import Accepted
from deskhand.ui import app
from deskhand_sandbox.sandbox import Sandbox, serving

UNHURRIED = bootstrap.Rules(pace=LAZY, settling=RULES.settling)
"""Looks at an account once, so that what comes to its vendor later is not stored here."""


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with serving(tickets=100, only=("thena", "routera")) as made:
        yield made


def click(link: str) -> None:
    """Hand a link over as macOS does."""
    QCoreApplication.sendEvent(app.application(), QFileOpenEvent(QUrl(link)))


async def copied_link(desk: Desk) -> str:
    """Copy the link of the ticket that is open, and return it."""
    QGuiApplication.clipboard().setText("")
    desk.press("More actions")
    await desk.breathe()
    desk.menu("Copy Deskhand link")
    await desk.until_says("Copied.")
    return QGuiApplication.clipboard().text()


async def made_at_the_vendor(desk: Desk, label: str, subject: str) -> TicketKey:
    """Make a ticket in one account; others at the same vendor have not heard of it."""
    local = await unnamed(desk, label, subject)
    async with asyncio.timeout(PATIENCE):
        while (named := await desk.house.reading.named(local)) is None:
            await desk.breathe()
    return named


async def test_a_link_copied_here_opens_the_ticket_at_a_colleague_who_calls_the_account_otherwise(
    box: Sandbox, tmp_path: Path
) -> None:
    thena, routera = box["thena"], box["routera"]
    ticket, record = conversations(thena)[0], tickets_in_work(routera)[0]
    mine = signed_in((thena, "Platform"), (routera, "Onboarding"))
    async with running(Place(tmp_path / "mine"), before=mine) as desk:
        await desk.until(lambda: desk.in_step("Platform") and desk.in_step("Onboarding"))
        await open_ticket(desk, ticket["subject"])
        link = await copied_link(desk)
        await open_record(desk, record["subject"])
        of_a_record = await copied_link(desk)
    assert link == f"deskhand:thena/{ticket['id']}"
    assert of_a_record == f"deskhand:routera/{record['id']}"
    theirs = signed_in((thena, "Support desk"), (routera, "Vendors"))
    async with running(Place(tmp_path / "theirs"), before=theirs) as desk:
        await desk.until(lambda: desk.in_step("Support desk") and desk.in_step("Vendors"))
        click(link)
        await desk.until(lambda: desk.subject == ticket["subject"], "the ticket of the link is open")
        click(of_a_record)
        await desk.until(lambda: desk.find_all("Record") and record["subject"] in desk.words(desk.find("Record")))


async def test_a_link_that_starts_the_program_is_opened_when_its_window_stands(box: Sandbox, tmp_path: Path) -> None:
    server, place = box["thena"], Place(tmp_path / "profile")
    first, second = conversations(server)[:2]
    async with running(place, before=signed_in((server, "Platform"))) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
    click(f"deskhand:thena/{first['id']}")
    click(f"DESKHAND://Thena/{second['id']}/")
    async with running(place) as desk:
        await desk.until(lambda: desk.subject == second["subject"], "the newest link is followed")
    async with running(place) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
        assert desk.subject == "", "a link is followed once"


async def test_the_command_line_brings_the_open_window_to_the_front_with_the_ticket(
    box: Sandbox, tmp_path: Path
) -> None:
    server, folder = box["thena"], tmp_path / "profile"
    folder.mkdir()
    words = tmp_path / "words"
    words.write_text("correct horse battery\n")
    start = window_start(folder, "--vault", "passphrase", "--passphrase-file", str(words))
    async with living(start.open, start.listen) as desk:
        await signed_in((server, "Platform"))(desk.house)
        await desk.until(lambda: desk.in_step("Platform"))
        await desk.until(desk.rows, "the list is filled")
        assert desk.list.hasFocus(), (
            "the keyboard is where the question for an account was, and not in the search field"
        )
        ticket = conversations(server)[0]
        desk.window.showMinimized()
        code, said = await deskhand(folder, f"DeskHand://thena/{ticket['id']}/")
        assert (code, said) == (0, "")
        assert not desk.window.windowState() & Qt.WindowState.WindowMinimized
        await desk.until(lambda: desk.subject == ticket["subject"], "the ticket of the link is open")
        code, said = await deskhand(folder, f"deskhand:thena/{ticket['id']}?reply=Hello")
        assert (code, said) == (0, "")
        await desk.until_says("This link names no ticket")
        code, said = await deskhand(folder, f"deskhand:thena/{ticket['id']}", "reply", "Platform/1", "--text", "Hello")
        assert code == 2
        assert not arrived(server, "Hello")


async def test_on_a_first_start_a_link_opens_the_window_which_says_that_no_account_fits(tmp_path: Path) -> None:
    async with running(Place(tmp_path / "profile"), options=app.WindowOptions(open="deskhand:thena/TKT-12")) as desk:
        await desk.until_says("No account fits “thena”.")
        assert desk.find("Add account").isVisible()
    picture = tmp_path / "window.png"
    code, said = await deskhand(
        tmp_path / "new", "--vault", "session", "--screenshot", str(picture), "deskhand:thena/TKT-12"
    )
    assert (code, said, picture.exists()) == (0, "", True)


async def test_of_several_accounts_the_one_that_knows_the_ticket_opens_it(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    both = signed_in((server, "Platform"), (server, "Second desk"))
    async with running(Place(tmp_path / "profile"), rules=UNHURRIED, before=both) as desk:
        await desk.until(lambda: desk.in_step("Platform") and desk.in_step("Second desk"))
        made = await made_at_the_vendor(desk, "Second desk", "Only one of them has heard of me")
        click(f"deskhand:thena/{made.remote}")
        await desk.until(lambda: desk.subject == "Only one of them has heard of me")
        assert desk.find_all("Account Thena · Second desk")
        click(f"deskhand:platform/{made.remote}")
        await desk.until(lambda: desk.find_all("Account Thena · Platform"))
        assert desk.subject == "Only one of them has heard of me", "asked of the vendor, by the account's own name"


async def test_where_two_accounts_know_the_ticket_the_window_says_which_one_is_shown(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    ticket = conversations(server)[0]
    both = signed_in((server, "Platform"), (server, "Second desk"))
    async with running(Place(tmp_path / "profile"), before=both) as desk:
        await desk.until(lambda: desk.in_step("Platform") and desk.in_step("Second desk"))
        click(f"deskhand:thena/{ticket['id']}")
        await desk.until_says("This is the ticket of Platform; Second desk has one of this name too.")
        await desk.until(lambda: desk.find_all("Account Thena · Platform"))
        desk.press("Show that one")
        await desk.until_says("This is the ticket of Second desk; Platform has one of this name too.")
        await desk.until(lambda: desk.find_all("Account Thena · Second desk"))


async def test_a_link_takes_no_ticket_away_that_is_being_written_to(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    first, second = conversations(server)[:2]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, "Platform"))) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
        await open_ticket(desk, first["subject"])
        desk.type_into("Reply", "We send a ")
        click(f"deskhand:thena/{second['id']}")
        await desk.until_says(f"A link leads to “thena/{second['id']}”.")
        desk.type("new one")
        assert desk.subject == first["subject"]
        assert desk.text("Reply").toPlainText() == "We send a new one"
        desk.press("Open it")
        await desk.until(lambda: desk.subject == second["subject"], "it is open")
        assert desk.text("Reply").toPlainText() == ""
        await open_ticket(desk, first["subject"])
        await desk.until(lambda: desk.text("Reply").toPlainText() == "We send a new one", "nothing typed is lost")
    assert not server.received()


async def test_an_answer_that_comes_while_a_reply_is_typed_waits_for_the_agent(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    ticket = conversations(server)[0]
    both = signed_in((server, "Platform"), (server, "Second desk"))
    async with running(Place(tmp_path / "profile"), rules=UNHURRIED, before=both) as desk:
        await desk.until(lambda: desk.in_step("Platform") and desk.in_step("Second desk"))
        made = await made_at_the_vendor(desk, "Second desk", "Asked for, and answered late")
        await open_ticket(desk, ticket["subject"])
        server.faults.latency(0.5)
        click(f"deskhand:Platform/{made.remote}")
        await desk.until_says("Asking for “Platform/")
        desk.type_into("Reply", "Dear")
        await desk.until_says("A link leads to “Platform/")
        assert desk.subject == ticket["subject"]
        assert desk.focused == "Reply"
        server.faults.clear()
        desk.press("Open it")
        await desk.until(lambda: desk.subject == "Asked for, and answered late")


async def test_what_a_page_made_up_is_answered_with_one_plain_sentence(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    story = "<b>Your password has expired</b>, call this number at once: +31 20 000 00 00"
    async with running(Place(tmp_path / "profile"), before=signed_in((server, "Platform"))) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
        for link in (
            "deskhand:",
            "deskhand:thena",
            "deskhand:thena/1?reply=Hello",
            "deskhand:thena/1/reply",
            "deskhand:thena/%E2%80%AE1",
            "deskhand:thena/" + "1" * 5_000,
        ):
            desk.shell.status.clear_message()
            click(link)
            await desk.until(lambda: desk.shell.status.message == "This link names no ticket, so nothing was opened.")
        click(f"deskhand:{quote(story, safe='')}/1")
        await desk.until(lambda: desk.shell.status.message.startswith("No account fits “<b>Your password"))
        assert "number" not in desk.shell.status.message
        click(f"deskhand:thena/{quote(story, safe='')}")
        await desk.until(
            lambda: desk.shell.status.message == "“thena/<b>Your password has expired</b>, call th…” is not known here."
        )
        server.faults.status(500, times=None)
        click("deskhand:thena/TKT-404")
        await desk.until_says("“thena/TKT-404” is not known here. Thena has a problem of its own")
        assert desk.subject == ""
    assert not server.received()


async def test_an_account_that_is_paused_is_not_asked(box: Sandbox, tmp_path: Path) -> None:
    server = box["thena"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, "Platform"))) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
        account = desk.house.accounts.labelled("Platform")
        assert account is not None
        await desk.house.accounts.pause(account.id, paused=True)
        click("deskhand:thena/TKT-404")
        await desk.until_says("“thena/TKT-404” is not known here. Platform is paused.")


async def test_the_palette_copies_the_link_too_and_says_why_where_there_is_none_yet(
    box: Sandbox, tmp_path: Path
) -> None:
    server = box["thena"]
    async with running(Place(tmp_path / "profile"), before=signed_in((server, "Platform"))) as desk:
        await desk.until(lambda: desk.in_step("Platform"))
        ticket = conversations(server)[0]
        await open_ticket(desk, ticket["subject"])
        await in_palette(desk, "link, for colleagues")
        desk.key("Return")
        await desk.until_says("Copied.")
        assert QGuiApplication.clipboard().text() == f"deskhand:thena/{ticket['id']}"
        server.faults.status(503, times=None)
        desk.shell.lists.open(await unnamed(desk, "Platform", "Still without an id"))
        await desk.until(lambda: desk.subject == "Still without an id")
        desk.press("More actions")
        await desk.breathe()
        assert "Copy Deskhand link Thena has not confirmed this ticket yet." in desk.menu_says()
        desk.key("Esc")
        await in_palette(desk, "link, for colleagues")
        await desk.until_says("Thena has not confirmed this ticket yet.")
        desk.key("Esc")


async def in_palette(desk: Desk, words: str) -> None:
    desk.key("Ctrl+K")
    await desk.dialog("Commands")
    desk.type(words)
    await desk.until_says("Deskhand link")


async def unnamed(desk: Desk, label: str, subject: str) -> TicketKey:
    """Make a ticket, which has no id until its vendor answers."""
    account = desk.house.accounts.labelled(label)
    assert account is not None
    assert account.capabilities is not None
    needed = [one for one in account.capabilities.create_form if one.required]
    form = {one.name: one.choices[0][0] if one.choices else "someone@example.com" for one in needed}
    outcome = await desk.house.desk.create(account.id, form | {"title": subject}, subject)
    assert isinstance(outcome, Accepted)
    assert outcome.ticket is not None
    return outcome.ticket
